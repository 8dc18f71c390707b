"""A firm's answers to take away and fill in: as a table (XLSX, CSV) or a sheet (YAML). Each is read in again."""

from __future__ import annotations

import csv
import io
from typing import Any

from advisor.interview import Answers, form
from advisor.interview.answer_tables import Row, answer_rows
from advisor.knowledge import Knowledge
from advisor.office import as_text, settled
from advisor.tables import guarded
from advisor.text import Lang

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
}
WIDTHS = (8, 56, 40, 70)
FILLED = 3
"""The column that is filled in."""


def answer_file(knowledge: Knowledge, answers: Answers, kind: str, lang: Lang, edition: str = "full") -> tuple[bytes, str]:
    """An edition's questions with the answers there are as a file of ``kind`` (xlsx, csv or yaml), and its content type. The
    same answers give the same bytes."""
    if edition not in knowledge.editions:
        edition = next(iter(knowledge.editions))
    if kind == "yaml":
        return form(knowledge, edition, lang, answers).encode(), KINDS[kind]
    rows = list(answer_rows(knowledge, answers, lang, edition))
    return (_xlsx(rows) if kind == "xlsx" else _csv(rows)), KINDS[kind]


def _csv(rows: list[Row]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _xlsx(rows: list[Row]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill

    head, open_to_fill = Font(bold=True), PatternFill("solid", start_color="EEF4FB")
    book = Workbook()
    sheet: Any = book.active
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = as_text(sheet.cell(number, column), text)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 1:
                cell.font = head
            elif column == FILLED:
                cell.fill = open_to_fill
    for letter, width in zip("ABCD", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "C2"
    out = io.BytesIO()
    book.save(out)
    return settled(out.getvalue())
