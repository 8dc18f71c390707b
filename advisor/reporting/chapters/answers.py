"""The chapter with the answers given."""

from __future__ import annotations

from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import (
    Cell,
    Chapter,
    Line,
    Paragraph,
    Table,
)


def answers_chapter(words: ReportWording) -> Chapter:
    """The answers given, in catalogue order; what was not answered is counted, not listed."""
    rows = tuple(
        (
            Cell(Line(item.code)),
            Cell(Line(words.of(item.text))),
            Cell(Line(words.of(item.shown)), "plain" if item.status == "known" else "quiet"),
        )
        for item in words.assessment.answers
        if item.status != "unanswered"
    )
    columns = tuple(words(f"answers.column.{name}") for name in ("code", "question", "answer"))
    missing = sum(item.status == "unanswered" for item in words.assessment.answers)
    note = Paragraph(Line(words("answers.note", missing=missing)), "quiet")
    return Chapter(
        "answers",
        words("answers.title"),
        (note, Table(words("answers.table"), columns, (8, 58, 34), rows, small=True)),
        page=True,
    )
