"""Reads a table of firms as cells, with notes on sheets left out, formulas and encodings.

Tables come from outside: archive and size are checked before a workbook is opened, and formulas are never evaluated; the
value stored with a formula counts, as the user last saw it.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from advisor.batch.table import FirmTable, TableNote
from advisor.errors import InputError, ProblemsError
from advisor.files import read_file
from advisor.tables import csv_rows, decode_csv, detect_separator, is_workbook, unescape_formula
from advisor.text import catalogue
from advisor.workbook_cells import cell_text, open_workbook
from advisor.workbooks import check_archive, table_error, without_trailing_blanks

MAX_FILE = 400_000_000
"""Bytes of a CSV."""
MAX_WORKBOOK = 50_000_000
MAX_UNPACKED = 500_000_000
MAX_ROWS = 100_100
"""A hundred thousand firms, with their heads and what may stand above."""
MAX_COLUMNS = 400
MAX_CELL = 10_000
"""Characters of a cell."""
MAX_MERGED_CELLS = 1_000_000
"""Places that merged cells may cover."""
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d{1,7})"')
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)[ >]")
_FORMULA = re.compile(rb"<f[ >/]")


def read_firm_table(path: Any, sheet: str = "") -> FirmTable:
    """The cells of the CSV or workbook at ``path``; of a workbook the sheet named, or the first that is not hidden.

    Raises :class:`~advisor.errors.ProblemsError` or :class:`~advisor.errors.InputError` where it cannot be read or goes
    beyond the bounds above.
    """
    workbook = path.suffix.lower() == ".xlsx"
    content = read_file(path, MAX_WORKBOOK if workbook else MAX_FILE)
    table = _read_workbook(content, str(path), sheet) if is_workbook(content, str(path)) else _read_csv(content, str(path))
    if len(table.cells) > MAX_ROWS:
        raise table_error("C103", str(path), limit=MAX_ROWS)
    for number, row in enumerate(table.cells, 1):
        if len(row) > MAX_COLUMNS or any(len(cell) > MAX_CELL for cell in row):
            raise table_error("B101", f"{path}:{number}", columns=MAX_COLUMNS, characters=MAX_CELL)
    return table


def _read_csv(content: bytes, name: str) -> FirmTable:
    text = decode_csv(content, name)
    notes = [] if _is_utf8(content) else [TableNote("note.gb18030", {})]
    lines = io.StringIO(text, newline="")
    rows = [[unescape_formula(cell.strip()) for cell in row] for row in csv_rows(lines, detect_separator(text), name)]
    return FirmTable(name, "", rows, frozenset(), tuple(notes))


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _read_workbook(content: bytes, name: str, sheet: str) -> FirmTable:
    check_archive(content, name, MAX_UNPACKED)
    try:
        book = open_workbook(content)
        title, notes = _choose_sheet(book, name, sheet)
        part = _archive_member(content, book[title]._worksheet_path)
        if _has_too_many_rows(part):
            raise table_error("C103", name, limit=MAX_ROWS)
        cells = _sheet_cells(book[title])
        merged = _merged_cells(part, name, len(cells))
        book.close()
        formulas: frozenset[tuple[int, int]] = frozenset()
        if _has_formulas(content):
            book = open_workbook(content, data_only=False)
            formulas = _formula_cells(book[title])
            book.close()
    except (InputError, ProblemsError, MemoryError):
        raise
    except Exception as error:  # a broken file may raise anything; the user gets one error
        raise table_error("C101", name, detail=type(error).__name__) from None
    if formulas:
        notes.append(TableNote("note.formulas", {"count": len(formulas)}))
    return FirmTable(name, title, cells, formulas, tuple(notes), merged)


def _choose_sheet(book: Any, name: str, requested: str) -> tuple[str, list[TableNote]]:
    """The sheet to read, and notes on the others. A hidden one is read only when requested by name."""
    tables = [title for title in book.sheetnames if hasattr(book[title], "iter_rows")]  # and no sheets of charts
    hidden = [title for title in tables if book[title].sheet_state != "visible"]
    visible = [title for title in tables if title not in hidden]
    if requested:
        if requested not in tables:
            raise InputError("no_sheet", path=name, name=requested, known=", ".join(tables))
        return requested, []
    if not visible:
        raise InputError("all_hidden", path=name, known=", ".join(hidden))
    passed_over, unread = ([title for title in titles if title not in _own_sheets()] for titles in (hidden, visible[1:]))
    notes = [TableNote("note.hidden", {"names": ", ".join(passed_over)})] if passed_over else []
    if unread:
        notes.append(TableNote("note.sheets", {"name": visible[0], "names": ", ".join(unread)}))
    return visible[0], notes


def _own_sheets() -> set[str]:
    """The sheets of our own template that hold no firms: the guide, and the answers that cells offer."""
    return {*dict(catalogue("batch")["template.guide"]).values(), *dict(catalogue("forms")["lists"]).values()}


def _sheet_cells(sheet: Any) -> list[list[str]]:
    rows = sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS + 1)
    cells = [
        without_trailing_blanks(
            ["" if cell.value is None else unescape_formula(cell_text(cell, with_format=True)) for cell in row]
        )
        for row in rows
    ]
    while cells and not any(cells[-1]):
        cells.pop()
    return cells


def _archive_member(content: bytes, path: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(path)


def _has_too_many_rows(part: bytes) -> bool:
    """Whether anything stands below the last row that is read; rows between need not be in the file."""
    first = next((row.start() for row in _ROW.finditer(part) if int(row[1]) > MAX_ROWS), None)
    return first is not None and _VALUE.search(part, first) is not None


def _merged_cells(part: bytes, name: str, rows: int) -> frozenset[tuple[int, int]]:
    """The places under the first row of a cell merged over several: what it holds is read for its first row alone."""
    from openpyxl.utils.cell import range_boundaries

    covered, count = set[tuple[int, int]](), 0
    for area in _MERGED.findall(part):
        left, top, right, bottom = range_boundaries(area.decode("ascii"))
        columns, lines = range(left - 1, min(right, MAX_COLUMNS)), range(top, min(bottom, rows))
        count += len(columns) * len(lines)
        if count > MAX_MERGED_CELLS:
            raise table_error("C109", name)
        covered.update((line, column) for line in lines for column in columns)
    return frozenset(covered)


def _formula_cells(sheet: Any) -> frozenset[tuple[int, int]]:
    rows = sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS)
    return frozenset(
        (number, column)
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
        if getattr(cell, "data_type", "n") == "f"
    )


def _has_formulas(content: bytes) -> bool:
    """Whether any sheet holds a formula: a look at the text of the sheets spares most workbooks a second reading."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/")]
        return any(_FORMULA.search(archive.read(name)) for name in sheets)
