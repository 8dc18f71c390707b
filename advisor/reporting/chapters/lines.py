"""Two lines of business in a short block: which leads and why, the model and need of each."""

from __future__ import annotations

from advisor.assessment.model.lines import LineItem
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Block, Cell, Heading, Line, Paragraph, Table


def lines_block(words: ReportWording, reasons: bool = False) -> list[Block | Heading]:
    """Both lines of business side by side, with ``reasons`` what their need comes from; nothing where there is one."""
    lines = words.assessment.lines
    if lines is None:
        return []
    shown = ("line", "model", "need", *(("reasons",) if reasons else ()))
    rows = tuple(_row(words, line, line.line == lines.leads, reasons) for line in (lines.main, lines.other))
    table = Table(
        words("lines.table"),
        tuple(words(f"lines.column.{name}") for name in shown),
        (20, 20, 15, 45) if reasons else (40, 35, 25),
        rows,
    )
    return [Heading(words("lines.title")), Paragraph(Line(words.of(lines.why))), table]


def _row(words: ReportWording, line: LineItem, leads: bool, reasons: bool) -> tuple[Cell, ...]:
    need = words.of(line.grade_label)
    if line.need is not None:
        need = words("lines.need", points=words.points(line.need), grade=need)
    cells = (
        Cell(Line(words.of(line.name), aside=words("lines.leads") if leads else ""), strong=leads),
        Cell(Line(words.of(line.model_label))),
        Cell(Line(need)),
    )
    if not reasons:
        return cells
    sources = tuple(dict.fromkeys(source for reason in line.reasons for source in reason.sources))
    told = words.join_sentences(*(words.of(reason.text) for reason in line.reasons))
    return (*cells, Cell(Line(told or "–", sources)))
