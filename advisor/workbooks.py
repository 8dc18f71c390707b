"""Workbooks from outside, read sheet by sheet as text. They are hostile until read: size, packing and structure are looked
at before a cell is, entities are refused (openpyxl reads through defusedxml), and nothing is ever calculated.

What a cell shows is what counts: of a formula the result that the program stored which saved the file. A cell that shows an
error, and a formula whose result was never stored, are noted as faults; so are cells merged over several rows.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from advisor.errors import Place, Problem, ProblemsError
from advisor.workbook_cells import cell_text, open_workbook

MAX_UNPACKED = 50_000_000
"""Bytes a workbook may unpack to."""
MAX_MEMBERS = 200
MAX_SHEETS = 60
MAX_ROWS = 50_000
"""Rows a workbook may have, all sheets together."""
MAX_COLUMNS = 50

Cells = list[list[str]]
CellFault = Literal["error", "formula", "merged"]


@dataclass(frozen=True)
class WorkbookSheet:
    """One sheet: its name, its rows of text, and what is wrong with cells by (row, column), both counted from 1."""

    name: str
    rows: Cells
    faults: Mapping[tuple[int, int], CellFault]


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
    check_archive(content, name, max_unpacked)
    try:
        book = open_workbook(content)
        sheets = book.worksheets[:1] if only_first else book.worksheets
        parts = {sheet._worksheet_path for sheet in sheets}  # where openpyxl keeps the part a sheet is read from
        sound = bool(sheets) and len(parts) == len(sheets) <= MAX_SHEETS
        contents = list(_read_sheets(sheets, only_first)) if sound else []
        book.close()
    except ProblemsError:
        raise
    except Exception as error:  # a broken file may raise anything; the user gets one error
        raise table_error("C101", name, detail=type(error).__name__) from None
    if not contents:
        raise table_error("C109", name)
    if sum(len(content_sheet.rows) for content_sheet in contents) > MAX_ROWS:
        raise table_error("C103", name, limit=MAX_ROWS)
    return contents


def _read_sheets(sheets: list[Any], only_first: bool) -> Iterator[WorkbookSheet]:
    rows_left = MAX_ROWS + 1
    for sheet in sheets:
        rows = sheet.iter_rows(max_row=max(rows_left, 1), max_col=MAX_COLUMNS)
        cells = [without_trailing_blanks([cell_text(cell, with_format=not only_first) for cell in row]) for row in rows]
        rows_left -= len(cells)
        yield WorkbookSheet(sheet.title, cells, {} if only_first else dict(_cell_faults(sheet)))


def without_trailing_blanks(row: list[str]) -> list[str]:
    """A row without the empty cells at its end."""
    while row and not row[-1]:
        row.pop()
    return row


def _cell_faults(sheet: Any) -> Iterator[tuple[tuple[int, int], CellFault]]:
    """Faults of cells that openpyxl's reader of values does not report, read from the XML of the sheet."""
    from defusedxml.ElementTree import iterparse
    from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

    with sheet._get_source() as source:
        for _, node in iterparse(source, forbid_dtd=True):
            tag = node.tag.rpartition("}")[2]
            if tag == "mergeCell":
                left, top, right, bottom = range_boundaries(node.get("ref", ""))
                if top < bottom <= MAX_ROWS and right <= MAX_COLUMNS:
                    yield from (((top, column), "merged") for column in range(left, right + 1))
            elif tag == "c" and node.get("r"):
                children = {child.tag.rpartition("}")[2]: child.text for child in node}
                if node.get("t") == "e":
                    yield coordinate_to_tuple(node.get("r")), "error"
                elif "f" in children and not children.get("v"):
                    yield coordinate_to_tuple(node.get("r")), "formula"
                node.clear()


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
