"""Tables from outside, CSV or XLSX, as rows of text, hostile until read; workbooks are read by :mod:`advisor.workbooks`."""

from __future__ import annotations

import csv
import io

from advisor.workbooks import MAX_ROWS, MAX_UNPACKED, Cells, Sheet, first_sheet, read_workbook, refused

MAX_BYTES = 5_000_000
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet may take for the beginning of a formula."""
PACKED = b"PK\x03\x04"


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
    cells = first_sheet(content, name, most) if _is_workbook(content, name) else _csv(content, name)
    return [_trimmed([unguarded(cell.strip()) for cell in row]) for row in cells]


def read_sheets(content: bytes, name: str, most: int = MAX_UNPACKED) -> list[Sheet]:
    """Every sheet of a workbook, or a CSV as one sheet without a name; see :func:`read_table`."""
    if _is_workbook(content, name):
        return read_workbook(content, name, most)
    return [Sheet("", read_table(content, name), {})]


def _is_workbook(content: bytes, name: str) -> bool:
    """Whether the file is a workbook or a CSV; refused where its name and its content disagree."""
    workbook = name.lower().endswith(".xlsx")
    if len(content) > MAX_BYTES:
        raise refused("C109", name)
    if workbook != content.startswith(PACKED):
        raise refused("C110", name, found="XLSX" if content.startswith(PACKED) else "CSV")
    return workbook


def _trimmed(row: list[str]) -> list[str]:
    """A row without the empty cells at its end."""
    while row and not row[-1]:
        row.pop()
    return row


def _csv(content: bytes, name: str) -> Cells:
    text = decoded(content, name)
    head = text.split("\n", 1)[0]
    mark = max(",;\t", key=head.count)
    try:
        cells = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise refused("C101", name, detail=error) from None
    if len(cells) > MAX_ROWS:
        raise refused("C103", name, limit=MAX_ROWS)
    return cells


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
                raise refused("C101", name, detail="NUL")
            return text
    raise refused("C101", name, detail=f"byte {first}")
