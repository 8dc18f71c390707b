"""A firm's answers to take away: as a table for people (XLSX, CSV), as a sheet that is read in again (YAML)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from advisor.assessment.words import answer_in_words
from advisor.interview import Answers, form
from advisor.knowledge import Knowledge
from advisor.office import as_text, settled
from advisor.text import Lang, say

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
}
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet may take for the beginning of a formula."""


def answer_file(knowledge: Knowledge, answers: Answers, kind: str, lang: Lang) -> tuple[bytes, str]:
    """The answers as a file of ``kind`` (xlsx, csv or yaml) and its content type. The same answers give the same bytes."""
    if kind == "yaml":
        return form(
            knowledge, "full" if "full" in knowledge.editions else next(iter(knowledge.editions)), lang, answers
        ).encode(), KINDS[kind]
    rows = list(_rows(knowledge, answers, lang))
    return (_xlsx(rows) if kind == "xlsx" else _csv(rows)), KINDS[kind]


def _rows(knowledge: Knowledge, answers: Answers, lang: Lang) -> Iterator[tuple[str, ...]]:
    yield tuple(say("report", f"answer_file.{name}", lang) for name in ("code", "question", "answer"))
    for name, question in knowledge.questions.items():
        if name in answers.given:
            yield question.code, question.text[lang], answer_in_words(answers.given[name], knowledge.facts[name])[lang]


def _csv(rows: list[tuple[str, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(RISKY) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _xlsx(rows: list[tuple[str, ...]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            as_text(sheet.cell(number, column), cell)
    for letter, width in (("A", 9), ("B", 60), ("C", 60)):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return settled(out.getvalue())
