"""A table of firms as cells, with what must be said of how it was read: sheets left out, formulas, other encodings.

Tables come from outside: packing and size are looked at before a workbook is opened, and nothing is ever calculated. Of a
formula the value stored with it is taken, as the user last saw it.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from advisor.errors import InputError, Place, Problem, ProblemsError
from advisor.files import read_file
from advisor.tables import ERROR_VALUES, csv_rows, decode_csv, detect_separator, is_workbook, unescape_formula
from advisor.workbooks import cell_text, check_archive, table_error, without_trailing_blanks

MAX_FILE = 400_000_000
"""Bytes of a CSV."""
MAX_WORKBOOK = 50_000_000
MAX_UNPACKED = 500_000_000
MAX_ROWS = 100_100
"""A hundred thousand firms, with their heads and what may stand above."""
MAX_COLUMNS = 400
MAX_CELL = 10_000
"""Characters of a cell."""
MOST_COVERED = 1_000_000
"""Places that merged cells may cover."""
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d{1,7})"')
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)[ >]")
_FORMULA = re.compile(rb"<f[ >/]")


@dataclass(frozen=True)
class Note:
    """Something a user must know that is no mistake: a key of the catalogue and its values."""

    key: str
    values: dict[str, object]


@dataclass(frozen=True)
class Table:
    """The cells of a table as text, by row and column from 0; ``formulas`` are the places that hold one, ``merged`` those
    that a cell above them covers."""

    name: str
    sheet: str
    cells: list[list[str]]
    formulas: frozenset[tuple[int, int]]
    notes: tuple[Note, ...]
    merged: frozenset[tuple[int, int]] = frozenset()


def read_cells(path: Any, sheet: str = "") -> Table:
    """The cells of the CSV or workbook at ``path``; of a workbook the sheet named, or the first that is not hidden.

    Raises :class:`~advisor.errors.ProblemsError` or :class:`~advisor.errors.InputError` where it cannot be read or goes
    beyond the bounds above.
    """
    workbook = path.suffix.lower() == ".xlsx"
    content = read_file(path, MAX_WORKBOOK if workbook else MAX_FILE)
    table = _workbook(content, str(path), sheet) if is_workbook(content, str(path)) else _csv(content, str(path))
    if len(table.cells) > MAX_ROWS:
        raise table_error("C103", str(path), limit=MAX_ROWS)
    for number, row in enumerate(table.cells, 1):
        if len(row) > MAX_COLUMNS or any(len(cell) > MAX_CELL for cell in row):
            raise table_error("B101", f"{path}:{number}", columns=MAX_COLUMNS, characters=MAX_CELL)
    return table


def _csv(content: bytes, name: str) -> Table:
    text = decode_csv(content, name)
    notes = [] if _is_utf8(content) else [Note("note.gb18030", {})]
    lines = io.StringIO(text, newline="")
    rows = [[unescape_formula(cell.strip()) for cell in row] for row in csv_rows(lines, detect_separator(text), name)]
    return Table(name, "", rows, frozenset(), tuple(notes))


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _workbook(content: bytes, name: str, sheet: str) -> Table:
    check_archive(content, name, MAX_UNPACKED)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        chosen, notes = _sheet(book, name, sheet)
        part = _part(content, book[chosen]._worksheet_path)
        if _goes_beyond(part):
            raise table_error("C103", name, limit=MAX_ROWS)
        cells = _cells(book[chosen])
        merged = _merged(part, name, len(cells))
        book.close()
        formulas: frozenset[tuple[int, int]] = frozenset()
        if _has_formulas(content):
            book = load_workbook(io.BytesIO(content), read_only=True)
            formulas = _formulas(book[chosen])
            book.close()
    except (InputError, ProblemsError, MemoryError):
        raise
    except Exception as error:  # whatever a broken file makes the reader raise, the user hears the same
        raise table_error("C101", name, detail=type(error).__name__) from None
    if formulas:
        notes.append(Note("note.formulas", {"count": len(formulas)}))
    return Table(name, chosen, cells, formulas, tuple(notes), merged)


def _sheet(book: Any, name: str, wanted: str) -> tuple[str, list[Note]]:
    """The sheet to read, and what is said of the others. A hidden one is read only when asked for by name."""
    tables = [title for title in book.sheetnames if hasattr(book[title], "iter_rows")]  # and no sheets of charts
    hidden = [title for title in tables if book[title].sheet_state != "visible"]
    visible = [title for title in tables if title not in hidden]
    if wanted:
        if wanted not in tables:
            raise InputError("no_sheet", path=name, name=wanted, known=", ".join(tables))
        return wanted, []
    if not visible:
        raise InputError("all_hidden", path=name, known=", ".join(hidden))
    notes = [Note("note.hidden", {"names": ", ".join(hidden)})] if hidden else []
    if len(visible) > 1:
        notes.append(Note("note.sheets", {"name": visible[0], "names": ", ".join(visible[1:])}))
    return visible[0], notes


def _cells(sheet: Any) -> list[list[str]]:
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


def _part(content: bytes, path: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(path)


def _goes_beyond(part: bytes) -> bool:
    """Whether anything stands below the last row that is read; rows between need not be in the file."""
    first = next((row.start() for row in _ROW.finditer(part) if int(row[1]) > MAX_ROWS), None)
    return first is not None and _VALUE.search(part, first) is not None


def _merged(part: bytes, name: str, rows: int) -> frozenset[tuple[int, int]]:
    """The places under the first row of a cell merged over several: what it holds is read for its first row alone."""
    from openpyxl.utils.cell import range_boundaries

    covered, count = set[tuple[int, int]](), 0
    for area in _MERGED.findall(part):
        left, top, right, bottom = range_boundaries(area.decode("ascii"))
        columns, lines = range(left - 1, min(right, MAX_COLUMNS)), range(top, min(bottom, rows))
        count += len(columns) * len(lines)
        if count > MOST_COVERED:
            raise table_error("C109", name)
        covered.update((line, column) for line in lines for column in columns)
    return frozenset(covered)


def _formulas(sheet: Any) -> frozenset[tuple[int, int]]:
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


def fault_of(table: Table, head: str, number: int, column: int, text: str) -> Problem | None:
    """What is wrong with a cell, in row ``number`` and ``column`` from 0, whatever it is asked under ``head``."""
    place = Place(table.name, number + 1, column + 1)
    if not text and (number, column) in table.formulas:
        return Problem("B104", place, {"head": head[:60]})
    if not text and (number, column) in table.merged:
        return Problem("B107", place, {"head": head[:60]})
    return Problem("B105", place, {"value": text}) if text in ERROR_VALUES else None
