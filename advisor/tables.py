"""Tables from outside, CSV or XLSX, as rows of text, hostile until read; workbooks are read by :mod:`advisor.workbooks`."""

from __future__ import annotations

import csv
import io
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator

from advisor.workbooks import MAX_ROWS, MAX_UNPACKED, Cells, Sheet, first_sheet, read_workbook, refused

MAX_BYTES = 5_000_000
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet may take for the beginning of a formula."""
ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"}
"""What a spreadsheet writes where a formula failed."""
TOP, SEARCHED = 12, 60_000
"""Of how many rows, within how many characters, a separator is read off."""
OLD = b"\xd0\xcf\x11\xe0"
"""How old workbooks begin, and those with a password."""
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
    """Whether the file is a workbook or a CSV; refused where it is too large."""
    if len(content) > MAX_BYTES:
        raise refused("C109", name)
    return is_workbook(content, name)


def is_workbook(content: bytes, name: str) -> bool:
    """Whether ``name`` is that of a workbook; refused where ``content`` does not bear it out."""
    workbook = name.lower().endswith(".xlsx")
    if content.startswith(OLD):
        raise refused("C112", name)
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
    cells = list(csv_rows(io.StringIO(text, newline=""), separator(text), name))
    if len(cells) > MAX_ROWS:
        raise refused("C103", name, limit=MAX_ROWS)
    return cells


def separator(text: str) -> str:
    """What stands between the cells of a CSV that begins with ``text``: of comma, semicolon and tab the one that makes most
    cells in rows of one length. A title above the heads, or words in a cell, may hold others.

    >>> separator("Members, as of 2026\\n\\nFirm;A1;A2\\n"), separator("A1")
    (';', ',')
    """
    lines = list(itertools.islice(io.StringIO(text[:SEARCHED], newline=""), TOP))

    def cells(mark: str) -> int:
        lengths = Counter(len(row) for row in csv.reader(lines, delimiter=mark) if len(row) > 1)
        return max((length * rows for length, rows in lengths.items()), default=0)

    return max(",;\t", key=cells)


def csv_rows(lines: Iterable[str], mark: str, name: str) -> Iterator[list[str]]:
    """The rows of a CSV, one after the other.

    Raises :class:`~advisor.errors.ProblemsError` where it is none, and where quotation marks do not pair up: all rows up to
    the next one, or to the end, would vanish into one cell.
    """
    done = 0
    try:
        for row in csv.reader(lines, delimiter=mark, strict=True):
            yield row
            done += 1
    except csv.Error as error:
        raise refused("C111", f"{name}:{done + 1}", detail=error) from None
    except UnicodeDecodeError as error:
        raise refused("C101", name, detail=f"byte {error.start}") from None


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
