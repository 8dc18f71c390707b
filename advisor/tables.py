"""Tables from outside, CSV or XLSX, as rows of text, hostile until read; workbooks are read by :mod:`advisor.workbooks`."""

from __future__ import annotations

import csv
import io
import itertools
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterable, Iterator

from advisor.sheets.encodings import LOOKED_AT, is_known, looks_chinese, marked, unknown_encoding
from advisor.sheets.kinds import WORKBOOK_SUFFIXES, kind_of
from advisor.workbooks import (
    MAX_ROWS,
    MAX_UNPACKED,
    Cells,
    WorkbookSheet,
    read_first_sheet,
    read_workbook,
    table_error,
    without_trailing_blanks,
)

MAX_BYTES = 5_000_000
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet may take for the beginning of a formula."""
SEARCHED_ROWS, SEARCHED_CHARACTERS = 12, 60_000
"""How many rows, and how many characters, are looked at to detect the separator."""


def escape_formula(cell: str) -> str:
    """A cell of a CSV that no spreadsheet takes for a formula: one that could be gets an apostrophe in front.

    >>> escape_formula("=1+1"), escape_formula("plain")
    ("'=1+1", 'plain')
    """
    return f"'{cell}" if cell.startswith((*FORMULA_STARTS, "'")) else cell


def unescape_formula(cell: str) -> str:
    """What :func:`escape_formula` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*FORMULA_STARTS, "'")) else cell


def read_table(content: bytes, name: str, max_unpacked: int = MAX_UNPACKED, encoding: str = "") -> Cells:
    """The rows of a CSV, or of the first sheet of a workbook: which of the two the end of ``name`` says and ``content`` must
    bear out. A workbook may unpack to ``most`` bytes; a CSV is in ``encoding``, if one is named.

    Raises :class:`~advisor.errors.ProblemsError` where it is no such table, too large, or packed beyond reason.
    """
    small = _is_small_workbook(content, name)
    cells = read_first_sheet(content, name, max_unpacked) if small else _csv(content, name, encoding)
    return [without_trailing_blanks([unescape_formula(cell.strip()) for cell in row]) for row in cells]


def read_sheets(content: bytes, name: str, max_unpacked: int = MAX_UNPACKED, encoding: str = "") -> list[WorkbookSheet]:
    """Every sheet of a workbook, or a CSV as one sheet without a name; see :func:`read_table`."""
    if _is_small_workbook(content, name):
        return read_workbook(content, name, max_unpacked)
    return [WorkbookSheet("", read_table(content, name, max_unpacked, encoding), {})]


def _is_small_workbook(content: bytes, name: str) -> bool:
    """Whether the file is a workbook or a CSV; refused where it is too large."""
    if len(content) > MAX_BYTES:
        raise table_error("C109", name)
    return is_workbook(content, name)


def is_workbook(content: bytes, name: str) -> bool:
    """Whether ``name`` is that of a workbook; refused where ``content`` does not bear it out."""
    named, kind = name.lower().endswith(WORKBOOK_SUFFIXES), kind_of(content, name)
    if named and kind == "csv" and b"\0" in content and not content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise table_error("C101", name, detail="NUL")  # neither a workbook nor a text under its name
    if named != (kind != "csv"):
        raise table_error("C110", name, found=kind.upper())
    return named


def _csv(content: bytes, name: str, encoding: str) -> Cells:
    text = decoded(content, name, encoding)[0]
    cells = list(csv_rows(io.StringIO(text, newline=""), detect_separator(text), name))
    if len(cells) > MAX_ROWS:
        raise table_error("C103", name, limit=MAX_ROWS)
    return cells


def detect_separator(text: str) -> str:
    """The separator of a CSV that begins with ``text``: of comma, semicolon and tab the one that gives most cells in rows of
    equal length. A title above the headings, or text in a cell, may hold others.

    >>> detect_separator("Members, as of 2026\\n\\nFirm;A1;A2\\n"), detect_separator("A1")
    (';', ',')
    """
    lines = list(itertools.islice(io.StringIO(text[:SEARCHED_CHARACTERS], newline=""), SEARCHED_ROWS))

    def cells(delimiter: str) -> int:
        lengths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
        return max((length * rows for length, rows in lengths.items()), default=0)

    return max(",;\t", key=cells)


def csv_rows(lines: Iterable[str], delimiter: str, name: str, first: int = 1) -> Iterator[list[str]]:
    """The rows of a CSV, one after the other; ``first`` is the number of the first one, for errors.

    Raises :class:`~advisor.errors.ProblemsError` where it is none, and where quotation marks do not pair up: all rows up to
    the next one, or to the end, would vanish into one cell.
    """
    number = first
    try:
        for row in csv.reader(lines, delimiter=delimiter, strict=True):
            yield row
            number += 1
    except csv.Error as error:
        raise table_error("C111", f"{name}:{number}", detail=str(error)) from None


def decode_csv(content: bytes, name: str) -> str:
    """Text as programs write CSV: UTF-8, or GB 18030 as Chinese spreadsheets do.

    Raises :class:`~advisor.errors.ProblemsError` for anything else.
    """
    return decoded(content, name)[0]


def decoded(content: bytes, name: str, encoding: str = "") -> tuple[str, str]:
    """A text and the encoding it is in: the one named, else the one its beginning declares, UTF-8, or GB 18030 where that
    makes Chinese of it. Raises :class:`~advisor.errors.ProblemsError` for any other, with what it may be."""
    declared = encoding or marked(content[:4096])
    if encoding and not is_known(encoding):
        raise table_error("C115", name, encoding=encoding)
    for tried in (declared,) if declared else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(tried)
        except UnicodeError as error:
            first = getattr(error, "start", 0)
            continue
        if "\0" in text:
            raise table_error("C101", name, detail="NUL")
        if tried == "gb18030" and not encoding and not looks_chinese(text[:LOOKED_AT]):
            raise unknown_encoding(content, name)
        return text, tried
    if encoding:
        raise table_error("C115", name, encoding=encoding)
    raise (
        table_error("C101", name, detail=f"byte {first}")
        if declared or b"\0" in content
        else unknown_encoding(content, name)
    )
