"""A table of firms as cells, with what must be said of how it was read: sheets left out, formulas, other encodings.

Tables come from outside: packing and size are looked at before a workbook is opened, and nothing is ever calculated. Of a
formula the value stored with it is taken, as the user last saw it.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from advisor.errors import InputError
from advisor.files import read_whole
from advisor.tables import decoded, unguarded
from advisor.workbooks import cell_text, guard, refused

MAX_FILE = 400_000_000
"""Bytes of a CSV."""
MAX_WORKBOOK = 50_000_000
MAX_UNPACKED = 500_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 400
MAX_CELL = 10_000
"""Characters of a cell."""
ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!")
_FORMULA = re.compile(rb"<f[ >/]")


@dataclass(frozen=True)
class Note:
    """Something a user must know that is no mistake: a key of the catalogue and its values."""

    key: str
    values: dict[str, object]


@dataclass(frozen=True)
class Table:
    """The cells of a table as text, by row and column from 0; ``formulas`` are the places that hold one."""

    name: str
    sheet: str
    cells: list[list[str]]
    formulas: frozenset[tuple[int, int]]
    notes: tuple[Note, ...]


def read_cells(path: Any, sheet: str = "") -> Table:
    """The cells of the CSV or workbook at ``path``; of a workbook the sheet named, or the first that is not hidden.

    Raises :class:`~advisor.errors.ProblemsError` or :class:`~advisor.errors.InputError` where it cannot be read or goes
    beyond the bounds above.
    """
    workbook = path.suffix.lower() == ".xlsx"
    content = read_whole(path, MAX_WORKBOOK if workbook else MAX_FILE)
    if workbook != content.startswith(b"PK\x03\x04"):
        raise refused("C110", str(path), found="CSV" if workbook else "XLSX")
    table = _workbook(content, str(path), sheet) if workbook else _csv(content, str(path))
    if len(table.cells) > MAX_ROWS:
        raise refused("C103", str(path), limit=MAX_ROWS)
    for number, row in enumerate(table.cells, 1):
        if len(row) > MAX_COLUMNS or any(len(cell) > MAX_CELL for cell in row):
            raise refused("B101", f"{path}:{number}", columns=MAX_COLUMNS, characters=MAX_CELL)
    return table


def _csv(content: bytes, name: str) -> Table:
    text = decoded(content, name)
    notes = [] if _is_utf8(content) else [Note("note.gb18030", {})]
    head = next((line for line in text.splitlines() if line.strip()), "")
    mark = max(",;\t", key=head.count)
    try:
        rows = [
            [unguarded(cell.strip()) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        ]
    except csv.Error as error:
        raise refused("C101", name, detail=error) from None
    return Table(name, "", rows, frozenset(), tuple(notes))


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _workbook(content: bytes, name: str, sheet: str) -> Table:
    guard(content, name, MAX_UNPACKED)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        chosen, notes = _sheet(book, name, sheet)
        cells = _cells(book[chosen])
        book.close()
        formulas: frozenset[tuple[int, int]] = frozenset()
        if _has_formulas(content):
            book = load_workbook(io.BytesIO(content), read_only=True)
            formulas = _formulas(book[chosen])
            book.close()
    except (InputError, MemoryError):
        raise
    except Exception as error:  # whatever a broken file makes the reader raise, the user hears the same
        raise refused("C101", name, detail=type(error).__name__) from None
    if formulas:
        notes.append(Note("note.formulas", {"count": len(formulas)}))
    return Table(name, chosen, cells, formulas, tuple(notes))


def _sheet(book: Any, name: str, wanted: str) -> tuple[str, list[Note]]:
    """The sheet to read, and what is said of the others. A hidden one is read only when asked for by name."""
    hidden = [title for title in book.sheetnames if book[title].sheet_state != "visible"]
    visible = [title for title in book.sheetnames if title not in hidden and hasattr(book[title], "iter_rows")]
    if wanted:
        if wanted not in book.sheetnames:
            raise InputError("no_sheet", path=name, name=wanted, known=", ".join(book.sheetnames))
        return wanted, []
    if not visible:
        raise InputError("all_hidden", path=name, known=", ".join(hidden))
    notes = [Note("note.hidden", {"names": ", ".join(hidden)})] if hidden else []
    if len(visible) > 1:
        notes.append(Note("note.sheets", {"name": visible[0], "names": ", ".join(visible[1:])}))
    return visible[0], notes


def _cells(sheet: Any) -> list[list[str]]:
    rows = sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS)
    cells = [[unguarded(cell_text(cell, with_format=True)) for cell in row] for row in rows]
    while cells and not any(cells[-1]):
        cells.pop()
    return cells


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


def error_in(text: str) -> bool:
    """Whether a cell shows what a spreadsheet writes where a formula failed."""
    return text in ERRORS
