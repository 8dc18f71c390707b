"""The mistakes of a table where they are: a copy of the user's own file, the cells marked and the reason beside them.

The copy can be mended and given back: its last column, with the remarks, is passed over when it is read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from advisor.batch.headings import REMARKS, Headings
from advisor.batch.rows import Firms
from advisor.batch.table import Table
from advisor.errors import Problem
from advisor.files import read_whole, write_whole
from advisor.office import as_text, settled
from advisor.tables import guarded
from advisor.text import Lang, catalogue, say

LISTED = "problems.csv"
FILL, FONT = "FBE3E0", "A23B33"
COMMENT = 900
"""Characters of a remark on a cell; the whole of it stands in the last column."""
WIDE = 60


def mark(firms: Firms, folder: Path, lang: Lang) -> list[Path]:
    """Write down what is wrong with the rows of an input: the list of it, and for a table a marked copy. Gives the files."""
    problems = [(row.name, problem) for row in firms.bad for problem in row.problems]
    if not problems:
        (folder / LISTED).unlink(missing_ok=True)
        return []
    written = [write_whole(folder / LISTED, _listed(problems, firms, lang))]
    if firms.table is not None and firms.headings is not None:
        name = copy_name(firms.source.stem, lang)
        content = _marked(firms, firms.table, firms.headings, [problem for _, problem in problems], lang)
        written.append(write_whole(folder / name, content))
    return written


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
            letter(column) if column and firms.table else "",
            _head(firms.table, firms.headings, column),
            firm,
            problem.code,
            problem.message(lang),
            problem.hint(lang),
        ]
        writer.writerow([guarded(str(cell)) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def _head(table: Table | None, headings: Headings | None, column: int) -> str:
    if table is None or headings is None or not column:
        return ""
    row = table.cells[headings.row]
    return row[column - 1] if column <= len(row) else ""


def _marked(firms: Firms, table: Table, headings: Headings, problems: Sequence[Problem], lang: Lang) -> bytes:
    book = _opened(firms, table)
    sheet = book[table.sheet] if table.sheet else book.active
    column = _remarks_column(table, headings)
    for number in range(headings.row + 2, sheet.max_row + 1):
        sheet.cell(number, column).value = None
    as_text(sheet.cell(headings.row + 1, column), catalogue("batch")[f"head.{REMARKS}"][lang].split("|")[0])
    by_row: dict[int, list[Problem]] = {}
    for problem in problems:
        by_row.setdefault(problem.place.line, []).append(problem)
    for number, found in by_row.items():
        _mark_row(sheet, number, column, found, headings, table, lang)
    sheet.column_dimensions[letter(column)].width = WIDE
    out = io.BytesIO()
    book.save(out)
    return settled(out.getvalue())


def _mark_row(
    sheet: Any, number: int, column: int, problems: Sequence[Problem], headings: Headings, table: Table, lang: Lang
) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    fill, font = PatternFill("solid", start_color=FILL), Font(bold=True, color=FONT)
    lines = []
    for problem in problems:
        said = f"{problem.message(lang)} {problem.hint(lang)}"
        head = _head(table, headings, problem.place.column)
        lines.append(f"{letter(problem.place.column)}{number} {head}: {said}" if problem.place.column else said)
        if problem.place.column:
            cell = sheet.cell(number, problem.place.column)
            cell.fill, cell.font, cell.comment = fill, font, Comment(said[:COMMENT], "CRM Advisor", height=140, width=320)
    remark = as_text(sheet.cell(number, column), "\n".join(lines))
    remark.alignment, remark.fill = Alignment(wrap_text=True, vertical="top"), fill


def _opened(firms: Firms, table: Table) -> Any:
    """The user's workbook as it is, formulas and all; of a CSV a workbook with its cells as text."""
    from openpyxl import Workbook, load_workbook

    if table.sheet:
        return load_workbook(io.BytesIO(read_whole(firms.source, 50_000_000)))
    book = Workbook()
    sheet: Any = book.active
    for number, row in enumerate(table.cells, 1):
        for column, text in enumerate(row, 1):
            if text:
                as_text(sheet.cell(number, column), text)
    return book


def _remarks_column(table: Table, headings: Headings) -> int:
    """The column remarks go into, from 1: the one of an earlier copy, or the first behind all others."""
    known = [column for column, key in headings.keys.items() if key == REMARKS]
    return known[0] + 1 if known else max(len(row) for row in table.cells) + 1


def letter(column: int) -> str:
    """A column as spreadsheets call it.

    >>> letter(1), letter(28)
    ('A', 'AB')
    """
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
