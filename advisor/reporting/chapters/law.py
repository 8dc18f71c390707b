"""The chapter on points of law."""

from __future__ import annotations

from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Block, Cell, Chapter, Heading, Line, Paragraph, Table


def law_chapter(words: ReportWording) -> Chapter | None:
    """Points of law to raise with counsel; nothing here is a legal conclusion."""
    checks, undecided = words.assessment.legal_checks, words.undecided("legal_check")
    if not checks and not undecided:
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
    blocks: list[Block | Heading] = [Paragraph(Line(words("law.note")), "caution")]
    if rows:
        blocks.append(Table(words("law.table"), columns, (24, 46, 30), rows, small=True))
    if undecided:
        titles: dict[tuple[str, ...], list[str]] = {}
        for title, codes in undecided.items():
            titles.setdefault(tuple(codes), []).append(title)
        waiting = tuple(
            (Cell(Line(words("list").join(alike)), "quiet"), Cell(Line(words("law.open", codes=words("join").join(codes)))))
            for codes, alike in titles.items()
        )
        headings = (words("law.point"), words("functions.waits_for"))
        blocks.append(Table(words("law.undecided"), headings, (40, 60), waiting, small=True))
    return Chapter("law", words("law.title"), tuple(blocks), page=True)
