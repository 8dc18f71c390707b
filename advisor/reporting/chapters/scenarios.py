"""The chapter on the scenarios kept for a firm."""

from __future__ import annotations

from advisor.assessment.model.insight import ScenarioItem
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import (
    Block,
    Bullets,
    Cell,
    Chapter,
    Heading,
    Line,
    Paragraph,
    Table,
)
from advisor.reporting.tones import VERDICT_TONES


def scenarios_chapter(words: ReportWording) -> Chapter | None:
    """The firm as it is beside each scenario kept for it."""
    insight = words.assessment.insight
    if insight is None or not insight.scenarios:
        return None
    blocks: list[Block | Heading] = [Paragraph(Line(words("scenario.intro")))]
    for scenario in insight.scenarios:
        blocks += [Heading(words.of(scenario.title)), _scenario_table(words, scenario)]
        changes = [("+", gain) for gain in scenario.gained] + [("–", loss) for loss in scenario.lost]
        if changes:
            lines = tuple(
                Line(
                    words(
                        "scenario.gain" if sign == "+" else "scenario.loss",
                        kind=words(f"found.{g.kind}"),
                        title=words.of(g.title),
                    )
                )
                for sign, g in changes
            )
            blocks.append(Bullets(lines))
    return Chapter("scenarios", words("scenario.title"), tuple(blocks))


def _scenario_table(words: ReportWording, scenario: ScenarioItem) -> Table:
    a = words.assessment
    rows = [
        (
            Cell(Line(words("titled", title=change.code, text=words.of(change.text)))),
            Cell(Line(words.of(change.before))),
            Cell(Line(words.of(change.after)), strong=True),
        )
        for change in scenario.changes
    ]
    for name, points in ((a.need, scenario.need), (a.ability, scenario.ability)):
        score = a.scores[name]
        rows.append(
            (Cell(Line(words.of(score.label))), Cell(Line(words.points(score.points))), Cell(Line(words.points(points))))
        )
    rows += [
        (
            Cell(Line(words.of(figure.label))),
            Cell(Line(words.of(figure.before))),
            Cell(Line(words.of(figure.after)), strong=True),
        )
        for figure in scenario.figures
    ]
    before, after = (
        Cell(Line(words.verdict_name(name)), VERDICT_TONES[name], strong=True) for name in (a.verdict.name, scenario.verdict)
    )
    rows.append((Cell(Line(words("scenario.verdict"))), before, after))
    columns = tuple(words(f"scenario.column.{name}") for name in ("what", "now", "then"))
    return Table(words.of(scenario.title), columns, (50, 25, 25), tuple(rows), together=True)
