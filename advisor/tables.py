"""Tables from outside, CSV or XLSX, as rows of text. They are hostile until read: size, packing and structure are looked at
before a workbook is opened, entities are refused (openpyxl reads through defusedxml), and nothing is ever calculated."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from typing import Any

from advisor.errors import Place, Problem, ProblemsError

MAX_BYTES = 5_000_000
MAX_UNPACKED = 50_000_000
"""Bytes a workbook may unpack to."""
MAX_MEMBERS = 200
MAX_ROWS = 50_000
MAX_COLUMNS = 50
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet may take for the beginning of a formula."""
PACKED = b"PK\x03\x04"
Cells = list[list[str]]


def guarded(cell: str) -> str:
    """A cell of a CSV that no spreadsheet takes for a formula: one that could be gets an apostrophe in front.

    >>> guarded("=1+1"), guarded("plain")
    ("'=1+1", 'plain')
    """
    return f"'{cell}" if cell.startswith((*FORMULA, "'")) else cell


def unguarded(cell: str) -> str:
    """What :func:`guarded` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*FORMULA, "'")) else cell


def read_table(content: bytes, name: str, most: int = MAX_UNPACKED) -> Cells:
    """The rows of a CSV, or of the first sheet of a workbook: which of the two the end of ``name`` says and ``content`` must
    bear out. A workbook may unpack to ``most`` bytes.

    Raises :class:`~advisor.errors.ProblemsError` where it is no such table, too large, or packed beyond reason.
    """
    workbook = name.lower().endswith(".xlsx")
    if len(content) > MAX_BYTES:
        raise refuse("C109", name)
    if workbook != content.startswith(PACKED):
        raise refuse("C110", name, found="XLSX" if content.startswith(PACKED) else "CSV")
    cells = _workbook(content, name, most) if workbook else _csv(content, name)
    if len(cells) > MAX_ROWS:
        raise refuse("C103", name, limit=MAX_ROWS)
    return [_trimmed([unguarded(cell.strip()) for cell in row]) for row in cells]


def _trimmed(row: list[str]) -> list[str]:
    """A row without the empty cells at its end."""
    while row and not row[-1]:
        row.pop()
    return row


def refuse(code: str, name: str, /, **values: object) -> ProblemsError:
    """The error that says why a table is not read."""
    return ProblemsError([Problem(code, Place(name), values)])


def _csv(content: bytes, name: str) -> Cells:
    text = decoded(content, name)
    head = text.split("\n", 1)[0]
    mark = max(",;\t", key=head.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise refuse("C101", name, detail=error) from None


def decoded(content: bytes, name: str) -> str:
    """Text as programs write CSV: UTF-8, or GB 18030 as Chinese spreadsheets do.

    Raises :class:`~advisor.errors.ProblemsError` for anything else.
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            first = error.start
        else:
            if "\0" in text:
                raise refuse("C101", name, detail="NUL")
            return text
    raise refuse("C101", name, detail=f"byte {first}")


def _workbook(content: bytes, name: str, most: int) -> Cells:
    guard(content, name, most)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS, values_only=True)
        cells = [["" if value is None else cell_text(value) for value in row] for row in rows]
        book.close()
    except Exception as error:  # whatever a broken file makes the reader raise, the user hears the same
        raise refuse("C101", name, detail=type(error).__name__) from None
    return cells


def cell_text(value: Any) -> str:
    """A cell as text: dates without a time of day, whole numbers without a point, yes and no for true and false."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return str(value.date())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def guard(content: bytes, name: str, most: int) -> None:
    """Refuse what would fill the memory before a single cell is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise refuse("C101", name, detail=type(error).__name__) from None
    twice = len({member.filename for member in members}) != len(members)
    if twice or len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > most:
        raise refuse("C109", name)
