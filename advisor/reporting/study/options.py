"""The options that a study compares: leaving things as they are, something simpler, and each way of running a system."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.assessment.course import staying_course
from advisor.assessment.model.project import WayCostItem
from advisor.assessment.model.selection import OptionItem
from advisor.assessment.reasons import telling_answers
from advisor.knowledge.schema import factor_names
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.client.plain import said, strong
from advisor.reporting.document import Block, Cell, Heading, Line, Paragraph, Table
from advisor.reporting.tones import Tone

MAX_TOLD = 3
"""So many facts are told of each option."""


def compared(words: ReportWording) -> list[Block | Heading]:
    """All options side by side: what each means here, what it costs, and where it stands."""
    rows = (_nothing(words), *_simpler(words), *_ways(words))
    columns = tuple(words(f"study.column.{name}") for name in ("option", "here", "cost", "stands"))
    table = Table(words("study.options_table"), columns, (18, 46, 20, 16), rows)
    return [table, Paragraph(Line(words("study.options_note")), "quiet")]


def _nothing(words: ReportWording) -> tuple[Cell, ...]:
    """Leaving things as they are: what the firm said that would go on."""
    a = words.assessment
    now = [*said(words, "triggers", "crm_obstacles")]
    parts = sorted((a.scores[name] for name in factor_names(a.need, a.scores)), key=lambda part: -(part.points or 0.0))
    driven = [words.of(text) for part in parts if part.points for text in telling_answers(part, a.scores)]
    told = words.join_sentences(words("study.nothing.goes_on"), *dict.fromkeys([*now, *driven][:MAX_TOLD]))
    rejected = a.verdict.name in ("feasible", "conditional", "not_yet") and not staying_course(a)
    return (
        strong(words("study.nothing.title")),
        Cell(Line(told)),
        Cell(Line(words("study.nothing.cost"))),
        _stands(words, "rejected" if rejected else "open"),
    )


def _simpler(words: ReportWording) -> Iterator[tuple[Cell, ...]]:
    """What is simpler than a system, where that is advised."""
    a = words.assessment
    for way in a.lighter:
        cost = words("cost.open")
        if way.own_days:
            cost = words("study.own_days", days=words.around(way.own_days))
        yield (
            strong(words.of(way.title)),
            Cell(Line(words.of(way.text), way.sources, about=way.id)),
            Cell(Line(cost)),
            _stands(words, "advised" if a.verdict.name == "not_needed_now" else "open"),
        )


def _ways(words: ReportWording) -> Iterator[tuple[Cell, ...]]:
    """Each way of running a system, the best first, those that are ruled out last."""
    a = words.assessment
    if a.selection is None:
        return
    costs = {str(way.way): way for way in a.project.ways} if a.project else {}
    options = [option for option in a.selection.options if option.group == "deployment"]
    for option in sorted(options, key=lambda option: (option.hard, -option.points)):
        yield (
            strong(words.of(option.title), about=option.id),
            Cell(_reasons(words, option)),
            Cell(_cost(words, costs.get(option.id))),
            _stands(words, _state(words, option)),
        )


def _reasons(words: ReportWording, option: OptionItem) -> Line:
    """Why an option fits this firm or does not, the weightiest first."""
    ranked = [reason for reason in option.reasons if reason.hard] or sorted(option.reasons, key=lambda r: -abs(r.points))
    told = dict.fromkeys(words.of(reason.text) for reason in ranked[:MAX_TOLD])
    sources = dict.fromkeys(name for reason in ranked[:MAX_TOLD] for name in reason.sources)
    return Line(words.join_sentences(*told) or words.of(option.text), words.cite(*sources))


def _cost(words: ReportWording, way: WayCostItem | None) -> Line:
    """What a way costs in the first year and over all years."""
    project = words.assessment.project
    if way is None or project is None or way.first_year is None or way.total is None:
        return Line(words("cost.open"))
    first, total = (words.estimate(span[1], project.currency) for span in (way.first_year, way.total))
    return Line(words("study.way_cost", first=first, total=total, years=project.years))


def _state(words: ReportWording, option: OptionItem) -> str:
    a = words.assessment
    if option.hard:
        return "ruled_out"
    chosen = a.selection.recommended_way if a.selection else None
    if option.id != chosen:
        return "open"
    return {"feasible": "advised", "conditional": "advised_if", "not_yet": "later"}.get(a.verdict.name, "rejected")


_TONES: dict[str, Tone] = {"advised": "good", "advised_if": "caution", "later": "caution", "ruled_out": "bad"}


def _stands(words: ReportWording, state: str) -> Cell:
    return Cell(Line(words(f"study.stands.{state}")), _TONES.get(state, "plain"), strong=state.startswith("advised"))
