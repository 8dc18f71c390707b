"""Reads a table of firms as cells, with notes on sheets left out, formulas, formats and encodings.

Tables come from outside: archive and size are checked before a workbook is opened, and formulas are never evaluated; the
value stored with a formula counts, as the user last saw it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

from advisor.errors import InputError, ProblemsError
from advisor.files import read_file
from advisor.interview.cell_units import clean_cell
from advisor.interview.firm_table import FirmTable, TableNote
from advisor.interview.reading_notes import encoding_notes, format_notes, own_sheets
from advisor.sheets.cells import At, SheetCells
from advisor.sheets.kinds import WORKBOOK_SUFFIXES, kind_of
from advisor.sheets.old_workbook import OldWorkbookError
from advisor.sheets.opendocument import TooLargeDocumentError
from advisor.sheets.workbook import OpenWorkbook, SheetTooLargeError, open_workbook
from advisor.tables import csv_rows, decoded, detect_separator, is_workbook
from advisor.workbooks import check_archive, table_error

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
HasHeads = Callable[[Sequence[Sequence[str]]], bool]


def read_firm_table(path: Path, sheet: str = "", encoding: str = "", has_heads: HasHeads | None = None) -> FirmTable:
    """The cells of the CSV or workbook at ``path``; of a workbook the sheet named, or the first that is not hidden and,
    where one does, ``has_heads``. A CSV is in ``encoding``, if one is named.

    Raises :class:`~advisor.errors.ProblemsError` or :class:`~advisor.errors.InputError` where it cannot be read or goes
    beyond the bounds above.
    """
    workbook = path.suffix.lower() in WORKBOOK_SUFFIXES
    content = read_file(path, MAX_WORKBOOK if workbook else MAX_FILE)
    if is_workbook(content, str(path)):
        return _read_workbook(content, str(path), sheet, has_heads)
    table = _read_csv(content, str(path), encoding)
    _check_bounds(table.cells, str(path), MAX_CELL + 1)
    return table


def _check_bounds(cells: Sequence[Sequence[str]], name: str, longest: int) -> None:
    """Refuse a table with more than is read; its longest text has no more than ``longest`` characters."""
    if len(cells) > MAX_ROWS:
        raise table_error("C103", name, limit=MAX_ROWS)
    for number, row in enumerate(cells, 1):
        if len(row) > MAX_COLUMNS or (longest > MAX_CELL and max(map(len, row), default=0) > MAX_CELL):
            raise table_error("B101", f"{name}:{number}", columns=MAX_COLUMNS, characters=MAX_CELL)


def _read_csv(content: bytes, name: str, encoding: str) -> FirmTable:
    text, used = decoded(content, name, encoding)
    lines, separator = io.StringIO(text, newline=""), detect_separator(text)
    rows = [[clean_cell(cell) for cell in row] for row in csv_rows(lines, separator, name)]
    return FirmTable(name, "", rows, frozenset(), encoding_notes(used), points_asked=separator == ";")


def _read_workbook(content: bytes, name: str, sheet: str, has_heads: HasHeads | None) -> FirmTable:
    kind = kind_of(content, name)
    if kind in ("xlsx", "ods"):
        check_archive(content, name, MAX_UNPACKED)
    try:
        book = open_workbook(content, kind)
        title, notes = _choose_sheet(book, name, sheet, has_heads)
        found = book.sheet(title, MAX_ROWS, MAX_COLUMNS, comments=True, tidy=clean_cell)
        cells = found.rows
        _check_bounds(cells, name, found.longest)
        merged = _merged_cells(found, len(cells))
    except (InputError, ProblemsError):
        raise
    except SheetTooLargeError as error:
        if error.rows:
            raise table_error("C103", name, limit=MAX_ROWS) from None
        raise table_error("B101", name, columns=MAX_COLUMNS, characters=MAX_CELL) from None
    except (MemoryError, TooLargeDocumentError):
        raise table_error("C109", name) from None
    except OldWorkbookError as error:
        raise table_error(*(("C109", name) if error.too_large else ("C101", name)), detail="XLS") from None
    except Exception as error:  # a broken file may raise anything; the user gets one error
        raise table_error("C101", name, detail=type(error).__name__) from None
    all_notes = (*notes, *format_notes(found, kind))
    return FirmTable(name, title, cells, found.unstored, all_notes, merged, comments=found.comments, across=found.covered)


def _choose_sheet(book: OpenWorkbook, name: str, requested: str, has_heads: HasHeads | None) -> tuple[str, list[TableNote]]:
    """The sheet to read, and notes on the others. A hidden one is read only when requested by name, and one before the first
    with heads, a cover perhaps, not at all."""
    hidden = [title for title in book.names if title in book.hidden]
    visible = [title for title in book.names if title not in hidden]
    if requested:
        if requested not in book.names:
            raise InputError("no_sheet", path=name, name=requested, known=", ".join(book.names))
        return requested, []
    if not visible:
        raise InputError("all_hidden", path=name, known=", ".join(hidden))
    chosen = visible[0]
    if has_heads is not None and len(visible) > 1:
        chosen = next((title for title in visible if has_heads(_top(book, title))), chosen)
    others = [title for title in visible if title != chosen]
    passed_over, unread = ([title for title in titles if title not in own_sheets()] for titles in (hidden, others))
    notes = [TableNote("note.hidden", {"names": ", ".join(passed_over)})] if passed_over else []
    if unread:
        notes.append(TableNote("note.sheets", {"name": chosen, "names": ", ".join(unread)}))
    return chosen, notes


def _top(book: OpenWorkbook, title: str) -> list[list[str]]:
    """The first rows of a sheet; nothing of one that is too large, which is told when it is read."""
    try:
        return [list(row) for row in book.sheet(title, MAX_ROWS, MAX_COLUMNS, tidy=clean_cell).rows[:400]]
    except SheetTooLargeError:
        return []


def _merged_cells(found: SheetCells, rows: int) -> frozenset[At]:
    """The places that merged cells cover in other rows than their first, whose content is read for that row alone. Raises
    ``MemoryError`` for very many."""
    covered, count = set[At](), 0
    for top, left, bottom, right in found.merged:
        columns, lines = range(left, min(right + 1, MAX_COLUMNS)), range(top + 1, min(bottom + 1, rows))
        count += len(columns) * (len(lines) + 1)
        if count > MAX_MERGED_CELLS:
            raise MemoryError
        covered.update((line, column) for line in lines for column in columns)
    return frozenset(covered)
