"""What must be in place first or instead, and the risks that endanger the project."""

from __future__ import annotations

from typing import get_args

from advisor.assessment.model import RiskItem
from advisor.assessment.risks import own_risks
from advisor.knowledge.schema import Timing
from advisor.reporting.chapters.risks import risk_matrix
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.client.plain import brief, by_whom, cell, hurdles, strong, titled, why
from advisor.reporting.document import Block, Bullets, Callout, Cell, Chapter, Heading, Line, Paragraph, Table
from advisor.reporting.tones import LEVEL_TONES

MAX_RISKS, FEW_RISKS = 5, 3


def preconditions(words: ReportWording) -> Chapter | None:
    """What must be in place first: why, done when, by whom, by when."""
    found = hurdles(words)
    if not found:
        return None
    rows = []
    for item, blocker in found:
        tasks = [words.assessment.plan[number - 1] for number in words.lifted_by(item.id)]
        rows.append(
            (
                strong(words.of(item.title), words("hurdles.badge.blockers") if blocker else "", item.id),
                Cell(why(words, item)),
                cell(words.of(item.lifted_by)),
                cell(by_whom(words, tasks)),
            )
        )
    columns = tuple(words(f"client.column.{name}") for name in ("precondition", "why", "done_when", "by_whom"))
    table = Table(words("owner.hurdles"), columns, (18, 35, 33, 14), tuple(rows))
    key = "client.hurdles_one" if len(found) == 1 else "client.hurdles"
    blocked = "_blocked" if words.assessment.blockers else ""
    return Chapter("preconditions", words(key + blocked, count=len(found)), (table,))


def alternative(words: ReportWording) -> Chapter | None:
    """What serves the firm better than a system: why, with what numbers it copes, when to look again."""
    ways = words.assessment.lighter
    if not ways or words.assessment.verdict.name != "not_needed_now":
        return None
    blocks: list[Block | Heading] = []
    for way in ways:
        blocks.append(
            Callout(
                words.of(way.title),
                (
                    Line(words.of(way.text), way.sources),
                    why(words, way),
                    Line(words("hurdles.revisit") + words.of(way.revisit)),
                ),
                "good",
            )
        )
    return Chapter("alternative", words("client.alternative"), tuple(blocks))


def risks(words: ReportWording) -> Chapter | None:
    """The risks that endanger this project most, each with why it threatens this firm and what is done about it."""
    top = own_risks(words.assessment)[: FEW_RISKS if brief(words) else MAX_RISKS]
    if not top:
        return None
    numbers = {risk.id: number for number, risk in enumerate(words.assessment.risks, 1)}
    columns = tuple(words(f"client.column.{name}") for name in ("risk", "why", "measure", "who"))
    rows = tuple(_risk_row(words, numbers[risk.id], risk) for risk in top)
    table = Table(words("owner.risks_table"), columns, (20, 36, 32, 12), rows)
    last = max(numbers[risk.id] for risk in top)
    blocks = (risk_matrix(words, words("client.risk_matrix"), last), table)
    count = len(words.assessment.risks)
    key = ("all" if len(top) == count else "most") + ("_one" if len(top) == 1 else "")
    return Chapter("risks", words(f"client.risks.{key}", count=count, high=len(top)), blocks)


def _risk_row(words: ReportWording, number: int, risk: RiskItem) -> tuple[Cell, ...]:
    title = words("risks.numbered", number=number, title=words.of(risk.title))
    return (
        Cell(Line(title, aside=words(f"risks.level.{risk.level}"), about=risk.id), LEVEL_TONES[risk.level], strong=True),
        Cell(why(words, risk)),
        cell(words.of(risk.measure)),
        cell(words.role(risk.owner)),
    )


def misconceptions(words: ReportWording) -> list[Block | Heading]:
    """What people in the firm should not believe, as lines."""
    found = words.assessment.misconceptions
    if not found:
        return []
    lines = tuple(titled(words, words.of(item.title), words.of(item.text), item.sources) for item in found)
    return [Heading(words("client.misconceptions")), Bullets(lines)]


def advice(words: ReportWording) -> Chapter | None:
    """How to go about it: every piece of advice that holds for the firm, by when it is taken up, and what people there
    should not believe."""
    blocks: list[Block | Heading] = []
    for timing in get_args(Timing):
        items = [item for item in words.assessment.advised_approaches if item.timing == timing]
        lines = tuple(titled(words, words.of(item.title), words.of(item.text), item.sources) for item in items)
        if lines:
            blocks += [Heading(words(f"approach.timing.{timing}")), Bullets(lines)]
    blocks += misconceptions(words)
    return Chapter("advice", words("client.advice"), tuple(blocks)) if blocks else None


def law(words: ReportWording) -> Chapter | None:
    """The points of law that bind the firm, to settle with counsel."""
    checks = words.assessment.legal_checks
    if not checks:
        return None
    lines = tuple(titled(words, words.of(item.title), words.of(item.text), item.sources) for item in checks)
    return Chapter("law", words("law.title"), (Bullets(lines), Paragraph(Line(words("law.note")), "quiet")))
