"""The mistakes of a table where they are: a copy of the user's own file, the cells marked and the reason beside them.

The copy can be mended and given back: its last column, with the remarks, is passed over when it is read.
"""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from advisor.batch.headings import REMARKS, Headings
from advisor.batch.rows import Firms
from advisor.batch.table import MAX_WORKBOOK, Table
from advisor.errors import Problem
from advisor.files import read_file, write_file
from advisor.office import reproducible, set_text
from advisor.tables import escape_formula
from advisor.text import Lang, catalogue, say

LISTED = "problems.csv"
FILL, FONT = "FBE3E0", "A23B33"
AUTHOR = "CRM Advisor"
"""Who remarks on cells are by."""
COMMENT = 900
"""Characters of a remark on a cell; the whole of it stands in the last column."""
WIDE = 60


def mark(firms: Firms, folder: Path, lang: Lang) -> list[Path]:
    """Write down what is wrong with the rows of an input: the list of it, and for a table a marked copy. Gives the files."""
    problems = [(row.name, problem) for row in firms.bad for problem in row.problems]
    if not problems:
        (folder / LISTED).unlink(missing_ok=True)
        return []
    written = [write_file(folder / LISTED, _listed(problems, firms, lang))]
    if firms.table is not None and firms.headings is not None:
        content = _marked(firms, firms.table, firms.headings, [problem for _, problem in problems], lang)
        written.append(write_file(_free(folder / copy_name(firms.source.stem, lang), content, lang), content))
    return written


def _free(path: Path, content: bytes, lang: Lang) -> Path:
    """A name under which ``content`` stands already, or nothing: in another copy somebody may have begun to correct."""
    while path.exists() and not (path.is_file() and path.read_bytes() == content):
        path = path.with_name(copy_name(path.stem, lang))
    return path


def copy_name(stem: str, lang: Lang) -> str:
    """What the marked copy of a file is called; a copy of a copy gets the next number, so that none is written over.

    >>> copy_name("firms", "en"), copy_name("firms.to-correct", "en")
    ('firms.to-correct.xlsx', 'firms.to-correct-2.xlsx')
    """
    word = say("batch", "marked", lang)
    base, mark, number = stem.rpartition(f".{word}")
    if not mark or (number and not number[1:].isdecimal()):
        return f"{stem}.{word}.xlsx"
    return f"{base}.{word}-{int(number[1:] or 1) + 1}.xlsx"


def _listed(problems: Iterable[tuple[str, Problem]], firms: Firms, lang: Lang) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([say("batch", f"list.{name}", lang) for name in ("row", "column", "head", "firm", "code", "what", "do")])
    for firm, problem in problems:
        column = problem.place.column
        cells = [
            problem.place.line or "",
            problem.place.letters if firms.table else "",
            _head(firms.table, firms.headings, column),
            firm,
            problem.code,
            problem.message(lang),
            problem.hint(lang),
        ]
        writer.writerow([escape_formula(str(cell)) for cell in cells])
    return out.getvalue().encode("utf-8-sig", "replace")


def _head(table: Table | None, headings: Headings | None, column: int) -> str:
    if table is None or headings is None or not column:
        return ""
    row = table.cells[headings.row]
    return row[column - 1] if column <= len(row) else ""


def _marked(firms: Firms, table: Table, headings: Headings, problems: Sequence[Problem], lang: Lang) -> bytes:
    """The user's workbook as it is, formulas and all, with marks; of a CSV, and of a workbook of which something is beyond
    openpyxl, one with the cells as they were read."""
    from openpyxl import load_workbook

    if table.sheet:
        with contextlib.suppress(Exception):  # whatever it is: a copy with the cells alone will do
            book = load_workbook(io.BytesIO(read_file(firms.source, MAX_WORKBOOK)))
            return _with_marks(book, book[table.sheet], table, headings, problems, lang)
    book = _of_text(table)
    return _with_marks(book, book.active, table, headings, problems, lang)


def _with_marks(book: Any, sheet: Any, table: Table, headings: Headings, problems: Sequence[Problem], lang: Lang) -> bytes:
    from openpyxl.utils import get_column_letter

    column = _remarks_column(sheet, headings)
    _clear(sheet, headings, column)
    set_text(sheet.cell(headings.row + 1, column), catalogue("batch")[f"head.{REMARKS}"][lang].split("|")[0])
    by_row: dict[int, list[Problem]] = {}
    for problem in problems:
        by_row.setdefault(problem.place.line, []).append(problem)
    for number, found in by_row.items():
        _mark_row(sheet, number, column, found, headings, table, lang)
    sheet.column_dimensions[get_column_letter(column)].width = WIDE
    out = io.BytesIO()
    book.save(out)
    return reproducible(out.getvalue())


def _clear(sheet: Any, headings: Headings, column: int) -> None:
    """Take out what an earlier copy was marked with: what is mended by now must not look as if it were not."""
    from openpyxl.styles import Font, PatternFill

    for cell in _cells(sheet):
        if cell.comment is not None and cell.comment.author == AUTHOR:
            cell.comment, cell.fill, cell.font = None, PatternFill(), Font()
        if cell.column == column and cell.row > headings.row + 1:
            cell.value, cell.fill = None, PatternFill()


def _mark_row(
    sheet: Any, number: int, column: int, problems: Sequence[Problem], headings: Headings, table: Table, lang: Lang
) -> None:
    from openpyxl.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    fill, font = PatternFill("solid", start_color=FILL), Font(bold=True, color=FONT)
    lines = []
    for problem in problems:
        said = f"{problem.message(lang)} {problem.hint(lang)}"
        head = _head(table, headings, problem.place.column)
        lines.append(f"{problem.place.cell} {head}: {said}" if problem.place.column else said)
        cell = sheet.cell(number, problem.place.column) if problem.place.column else None
        if cell is not None and not isinstance(cell, MergedCell):
            cell.fill, cell.font, cell.comment = fill, font, Comment(said[:COMMENT], AUTHOR, height=140, width=320)
    remark = set_text(sheet.cell(number, column), "\n".join(lines))
    remark.alignment, remark.fill = Alignment(wrap_text=True, vertical="top"), fill


def _of_text(table: Table) -> Any:
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    with contextlib.suppress(ValueError):  # a name that only the user's own file bears
        sheet.title = table.sheet or sheet.title
    for number, row in enumerate(table.cells, 1):
        for column, text in enumerate(row, 1):
            if text:
                set_text(sheet.cell(number, column), text)
    return book


def _cells(sheet: Any) -> list[Any]:
    """The cells that are there; to ask for all up to the last one would make millions where that is far down."""
    from openpyxl.cell import MergedCell

    return [cell for cell in sheet._cells.values() if not isinstance(cell, MergedCell)]


def _remarks_column(sheet: Any, headings: Headings) -> int:
    """The column remarks go into, from 1: the one of an earlier copy, or the first behind all others."""
    if known := [column for column, key in headings.keys.items() if key == REMARKS]:
        return known[0] + 1
    filled: list[int] = [cell.column for cell in _cells(sheet) if cell.value is not None]
    merged: list[int] = [area.max_col for area in sheet.merged_cells.ranges if area.max_row > headings.row]
    return max([*filled, *merged]) + 1
