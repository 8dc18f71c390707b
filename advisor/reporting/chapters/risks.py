"""Chapter on risks: the matrix and the register."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.assessment.model import RiskItem
from advisor.assessment.risks import LEVELS
from advisor.knowledge.schema import Level
from advisor.reporting.chapters import chart_titles
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.charts import MatrixChart
from advisor.reporting.document import Card, Cards, Chapter, Chart, Line, Paragraph
from advisor.reporting.tones import LEVEL_TONES, Tone


def risks_chapter(words: ReportWording) -> Chapter | None:
    """Risks gravest first; numbers tie the matrix to the register."""
    risks = words.assessment.risks
    if not risks:
        return None
    intro = Paragraph(Line(words("risks.intro", count=len(risks)), words.cite("P4-41")))
    blocks = (intro, risk_matrix(words, chart_titles.high_risks(words)), risk_cards(words, risks))
    return Chapter("risks", words("risks.title"), blocks, page=True)


def risk_cards(words: ReportWording, risks: Sequence[RiskItem]) -> Cards:
    """A card a risk, numbered as among all risks of the firm."""
    numbers = {risk.id: number for number, risk in enumerate(words.assessment.risks, 1)}
    cards = tuple(
        Card(
            _title(words, numbers[risk.id], risk),
            words(f"risks.level.{risk.level}"),
            LEVEL_TONES[risk.level],
            (
                (words("risks.why"), words.why(risk)),
                (words("risks.cause"), Line(words.of(risk.cause))),
                (words("risks.effect"), Line(words.of(risk.effect))),
                (words(f"risks.{risk.strategy}"), Line(words.of(risk.measure))),
                (words("risks.sign"), Line(words.of(risk.sign))),
                (
                    words("risks.who"),
                    Line(
                        words(
                            "risks.class",
                            owner=words.role(risk.owner),
                            likelihood=words(f"level.{risk.likelihood}"),
                            impact=words(f"level.{risk.impact}"),
                            strikes=words(f"risks.strikes.{risk.strikes}") if risk.strikes else "",
                        )
                    ),
                ),
            ),
        )
        for risk in risks
    )
    return Cards(cards)


def _title(words: ReportWording, number: int, risk: RiskItem) -> str:
    """The risk by its number, with the stage of the project where it has one."""
    title = words.of(risk.title)
    if risk.stage:
        title = words("titled", title=words(f"risks.stage.{risk.stage}"), text=title)
    return words("risks.numbered", number=number, title=title)


def _cell_tone(words: ReportWording, numbers: Sequence[int]) -> Tone:
    """The tone of a cell of the matrix: that of the most urgent risk in it, as the register has it."""
    levels = [words.assessment.risks[number - 1].level for number in numbers]
    return LEVEL_TONES[max(levels, key=LEVELS.index)] if levels else "quiet"


def risk_matrix(words: ReportWording, title: str, first: int | None = None) -> Chart:
    """The ``first`` risks, or all of them, by likelihood and impact, numbered as in the register."""
    cells: dict[tuple[Level, Level], list[int]] = {}
    for number, risk in enumerate(words.assessment.risks[:first], 1):
        cells.setdefault((risk.likelihood, risk.impact), []).append(number)
    down: tuple[Level, Level, Level] = ("high", "medium", "low")
    names = {level: words(f"level.{level}") for level in LEVELS}
    drawing = MatrixChart(
        row_title=words("risks.likelihood"),
        column_title=words("risks.impact"),
        rows=(names["high"], names["medium"], names["low"]),
        columns=(names["low"], names["medium"], names["high"]),
        cells=tuple(tuple(tuple(cells.get((row, column), ())) for column in LEVELS) for row in down),
        tones=tuple(tuple(_cell_tone(words, cells.get((row, column), ())) for column in LEVELS) for row in down),
    )
    alternative = words("score.and").join(
        words(
            "risks.cell_text",
            likelihood=names[row],
            impact=names[column],
            numbers=words("join").join(map(str, cells[row, column])),
        )
        for row in down
        for column in reversed(LEVELS)
        if (row, column) in cells
    )
    return Chart(title, alternative, drawing)
