"""A copy of the user's table with wrong and doubtful cells marked and the reason in a last column.

The copy can be corrected and given back: its column of remarks is ignored when it is read.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from typing import Any

from advisor.batch.firms import BatchInput
from advisor.batch.table_reader import MAX_WORKBOOK
from advisor.errors import Problem
from advisor.files import read_file
from advisor.interview.firm_table import FirmTable
from advisor.interview.head_words import REMARKS
from advisor.interview.headings import Headings, heading_of
from advisor.office import reproducible, set_text
from advisor.text import Lang, catalogue
from advisor.workbook_comments import OURS

FILL_COLOUR, FONT_COLOUR = "FBE3E0", "A23B33"
DOUBT_FILL, DOUBT_FONT = "FFF4D6", "7A5A00"
"""Colours of cells that must be corrected, and of those that a remark only asks about."""
COMMENT_LENGTH = 900
"""Characters of a comment on a cell; the last column holds all of it."""
REMARKS_WIDTH = 60


def marked_workbook(
    batch_input: BatchInput, table: FirmTable, headings: Headings, problems: Sequence[Problem], lang: Lang
) -> bytes:
    """The user's workbook with marks, formulas kept; for a CSV, or what openpyxl cannot write back, a new workbook with
    the text of the cells."""
    from openpyxl import load_workbook

    if table.sheet and not table.turned and batch_input.source.suffix.lower() in (".xlsx", ".xlsm"):
        with contextlib.suppress(Exception):  # whatever openpyxl stumbles over, a copy of the text will do
            book = load_workbook(io.BytesIO(read_file(batch_input.source, MAX_WORKBOOK)))
            return _save_with_marks(book, book[table.sheet], table, headings, problems, lang)
    book = _text_workbook(table)
    return _save_with_marks(book, book.active, table, headings, problems, lang)


def _save_with_marks(
    book: Any, sheet: Any, table: FirmTable, headings: Headings, problems: Sequence[Problem], lang: Lang
) -> bytes:
    from openpyxl.utils import get_column_letter

    column = _remarks_column(sheet, headings)
    _remove_marks(sheet, headings, column)
    set_text(sheet.cell(headings.row + 1, column), catalogue("batch")[f"head.{REMARKS}"][lang].split("|")[0])
    by_row: dict[int, list[Problem]] = {}
    for problem in problems:
        by_row.setdefault(problem.place.line, []).append(problem)
    for number, row_problems in by_row.items():
        _mark_row(sheet, number, column, row_problems, headings, table, lang)
    sheet.column_dimensions[get_column_letter(column)].width = REMARKS_WIDTH
    out = io.BytesIO()
    book.save(out)
    return reproducible(out.getvalue())


def _remove_marks(sheet: Any, headings: Headings, column: int) -> None:
    """Remove the marks of an earlier copy: what has been corrected must not look wrong."""
    from openpyxl.styles import Font, PatternFill

    for cell in _cells(sheet):
        if cell.comment is not None and cell.comment.author == OURS:
            cell.comment, cell.fill, cell.font = None, PatternFill(), Font()
        if cell.column == column and cell.row > headings.row + 1:
            cell.value, cell.fill = None, PatternFill()


def _mark_row(
    sheet: Any, number: int, column: int, problems: Sequence[Problem], headings: Headings, table: FirmTable, lang: Lang
) -> None:
    from openpyxl.cell import MergedCell
    from openpyxl.styles import Alignment, PatternFill

    lines = []
    for problem in problems:
        explanation = f"{problem.message(lang)} {problem.hint(lang)}"
        heading = heading_of(table, headings, problem.place.column)
        lines.append(f"{problem.place.cell} {heading}: {explanation}" if problem.place.column else explanation)
        cell = sheet.cell(number, problem.place.column) if problem.place.column else None
        if cell is not None and not isinstance(cell, MergedCell):
            _mark_cell(cell, explanation, problem.severity == "note")
    remark = set_text(sheet.cell(number, column), "\n".join(lines))
    only_doubtful = all(problem.severity == "note" for problem in problems)
    remark.alignment = Alignment(wrap_text=True, vertical="top")
    remark.fill = PatternFill("solid", start_color=DOUBT_FILL if only_doubtful else FILL_COLOUR)


def _mark_cell(cell: Any, explanation: str, doubtful: bool) -> None:
    """Colour a cell and explain why in a comment, beneath what is said of it already."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill

    fill, font = (DOUBT_FILL, DOUBT_FONT) if doubtful else (FILL_COLOUR, FONT_COLOUR)
    earlier = f"{cell.comment.text}\n" if cell.comment is not None and cell.comment.author == OURS else ""
    cell.fill, cell.font = PatternFill("solid", start_color=fill), Font(bold=True, color=font)
    cell.comment = Comment(f"{earlier}{explanation}"[:COMMENT_LENGTH], OURS, height=140, width=320)


def _text_workbook(table: FirmTable) -> Any:
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    with contextlib.suppress(ValueError):  # a title that openpyxl does not allow
        sheet.title = table.sheet or sheet.title
    for number, row in enumerate(table.cells, 1):
        for column, text in enumerate(row, 1):
            if text:
                set_text(sheet.cell(number, column), text)
    return book


def _cells(sheet: Any) -> list[Any]:
    """The cells that exist; iterating up to the last one would create millions where it is far down."""
    from openpyxl.cell import MergedCell

    return [cell for cell in sheet._cells.values() if not isinstance(cell, MergedCell)]


def _remarks_column(sheet: Any, headings: Headings) -> int:
    """The column for remarks, from 1: that of an earlier copy, or the first after all others."""
    if known := [column for column, key in headings.keys.items() if key == REMARKS]:
        return known[0] + 1
    filled: list[int] = [cell.column for cell in _cells(sheet) if cell.value is not None]
    merged: list[int] = [area.max_col for area in sheet.merged_cells.ranges if area.max_row > headings.row]
    return max([*filled, *merged]) + 1
