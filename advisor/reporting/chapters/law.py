"""The chapter on points of law."""

from __future__ import annotations

from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Cell, Chapter, Line, Paragraph, Table


def law_chapter(words: ReportWording) -> Chapter | None:
    """Points of law to raise with counsel; nothing here is a legal conclusion."""
    checks = words.assessment.legal_checks
    if not checks:
        return None
    rows = tuple(
        (
            Cell(Line(words.of(check.title), (), (), words.of(check.regime)), strong=True),
            Cell(words.line(check)),
            Cell(words.why(check)),
        )
        for check in checks
    )
    columns = (words("law.point"), words("law.check"), words("law.why"))
    blocks = (
        Paragraph(Line(words("law.note")), "caution"),
        Table(words("law.table"), columns, (24, 46, 30), rows, small=True),
    )
    return Chapter("law", words("law.title"), blocks, page=True)
