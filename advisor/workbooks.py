"""Workbooks from outside, read sheet by sheet as text. They are hostile until read: size, packing and structure are looked
at before a cell is, entities are refused, and nothing is ever calculated.

What a cell shows is what counts: of a formula the result that the program stored which saved the file. A cell that shows an
error, and a formula whose result was never stored, are noted as faults; so are cells merged over several rows.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from advisor.errors import Place, Problem, ProblemsError
from advisor.sheets.cells import SheetCells
from advisor.sheets.kinds import kind_of
from advisor.sheets.old_workbook import OldWorkbookError
from advisor.sheets.opendocument import TooLargeDocumentError
from advisor.sheets.workbook import OpenWorkbook, SheetTooLargeError, open_workbook
from advisor.workbook_comments import CellComment

MAX_UNPACKED = 50_000_000
"""Bytes a workbook may unpack to."""
MAX_MEMBERS = 200
MAX_SHEETS = 60
MAX_ROWS = 50_000
"""Rows a workbook may have, all sheets together."""
MAX_COLUMNS = 50
"""Columns of a table that is read."""
MOST_COLUMNS = 400
"""Columns of a sheet that may be a firm's: with every question as a head it has more than two hundred."""

Cells = list[list[str]]
CellFault = Literal["error", "formula", "merged"]


@dataclass(frozen=True)
class WorkbookSheet:
    """One sheet: its name, its rows of text, and what is wrong with cells by (row, column), both counted from 1, and
    the comments on them; ``source`` what was read of it, the ``kind`` of file, and
    whether it is hidden."""

    name: str
    rows: Cells
    faults: Mapping[tuple[int, int], CellFault]
    comments: Mapping[tuple[int, int], CellComment] = field(default_factory=dict)
    source: SheetCells | None = field(default=None, compare=False)
    kind: str = field(default="", compare=False)
    hidden: bool = False


def read_first_sheet(content: bytes, name: str, max_unpacked: int = MAX_UNPACKED) -> Cells:
    """The rows of the first sheet, as text; ``name`` is what errors call the file, which may unpack to ``most`` bytes.

    Raises :class:`~advisor.errors.ProblemsError` where it is no workbook, too large, or packed beyond reason.
    """
    return _sheets(content, name, max_unpacked, only_first=True)[0].rows


def read_workbook(content: bytes, name: str, max_unpacked: int = MAX_UNPACKED) -> list[WorkbookSheet]:
    """Every sheet, hidden ones and hidden rows too: what is hidden is no less filled in. See :func:`read_first_sheet`."""
    return _sheets(content, name, max_unpacked, only_first=False)


def table_error(code: str, name: str, /, **values: object) -> ProblemsError:
    """The error raised for a table that is not read at all."""
    return ProblemsError([Problem(code, Place(name), values)])


def _sheets(content: bytes, name: str, max_unpacked: int, only_first: bool) -> list[WorkbookSheet]:
    kind = kind_of(content, name)
    if kind in ("xlsx", "ods"):
        check_archive(content, name, max_unpacked)
    try:
        book = open_workbook(content, kind)
        names = book.names[:1] if only_first else book.names
        paths = {book.parts.sheets.get(title, title) for title in names} if book.parts else set(names)
        sound = bool(names) and len(paths) == len(names) <= MAX_SHEETS
        contents = list(_read_sheets(book, names, only_first)) if sound else []
    except ProblemsError:
        raise
    except SheetTooLargeError as error:
        raise table_error(
            *(("C103", name) if error.rows else ("C109", name)), **({"limit": MAX_ROWS} if error.rows else {})
        ) from None
    except (MemoryError, TooLargeDocumentError):
        raise table_error("C109", name) from None
    except OldWorkbookError as error:
        raise table_error(*(("C109", name) if error.too_large else ("C101", name)), detail="XLS") from None
    except Exception as error:  # a broken file may raise anything; the user gets one error
        raise table_error("C101", name, detail=type(error).__name__) from None
    if not contents:
        raise table_error("C109", name)
    if sum(len(content_sheet.rows) for content_sheet in contents) > MAX_ROWS:
        raise table_error("C103", name, limit=MAX_ROWS)
    return contents


def _read_sheets(book: OpenWorkbook, names: Sequence[str], only_first: bool) -> Iterator[WorkbookSheet]:
    rows_left, columns = MAX_ROWS, MAX_COLUMNS if only_first else MOST_COLUMNS
    for title in names:
        sheet = book.sheet(title, max(rows_left, 1), columns, comments=not only_first, only_dates=only_first)
        rows_left -= len(sheet.rows)
        rows = [without_trailing_blanks(row[:columns]) for row in sheet.rows]
        faults = {} if only_first else dict(_cell_faults(sheet))
        yield WorkbookSheet(title, rows, faults, _from_one(sheet.comments), sheet, book.kind, title in book.hidden)


def _from_one(comments: Mapping[tuple[int, int], CellComment]) -> dict[tuple[int, int], CellComment]:
    return {(row + 1, column + 1): said for (row, column), said in comments.items()}


def without_trailing_blanks(row: list[str]) -> list[str]:
    """A row without the empty cells at its end."""
    while row and not row[-1]:
        row.pop()
    return row


def _cell_faults(sheet: SheetCells) -> Iterator[tuple[tuple[int, int], CellFault]]:
    """Faults of cells by row and column from 1."""
    for places, fault in ((sheet.errors, "error"), (sheet.unstored, "formula")):
        for row, column in sorted(places):
            yield (row + 1, column + 1), "error" if fault == "error" else "formula"
    for top, left, bottom, right in sheet.merged:
        if top < bottom < MAX_ROWS and right < MOST_COLUMNS:
            yield from (((top + 1, column + 1), "merged") for column in range(left, right + 1))


def check_archive(content: bytes, name: str, max_unpacked: int) -> None:
    """Refuse what would fill the memory before a single cell is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise table_error("C101", name, detail=type(error).__name__) from None
    repeated = len({member.filename for member in members}) != len(members)
    if repeated or len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > max_unpacked:
        raise table_error("C109", name)
