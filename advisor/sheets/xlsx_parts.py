"""What a workbook says beside the values of its cells: formats, formulas, errors, merged cells and comments.

The reader of values (calamine) is fast and sees none of these. They are looked for in the XML of the sheets, a piece at a
time.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from advisor.sheets.cells import At
from advisor.sheets.failed_cells import CELL
from advisor.sheets.row_numbers import RowNumbers
from advisor.sheets.xlsx_book import BrokenWorkbookError, telling_styles
from advisor.sheets.xml_pieces import pieces
from advisor.workbook_comments import CellComment, cell_comments

SMALL_SHEET = 8_000_000
"""Of sheets up to so many bytes the extent is worked out before they are read; larger ones pay for it in their own size."""
MOST_CELLS = 8_000_000
"""Cells between the first and the last that holds anything, in such a sheet."""
MOST_COLUMNS = 400
_ROW = re.compile(rb"<(?:\w+:)?row\b([^<>]*)>")
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)\b([^<>]*)>")
_ADDRESS = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
_HIDDEN = re.compile(rb"""<(?:\w+:)?(row|col)\b([^<>]*\bhidden\s*=\s*["'](?:1|true)["'][^<>]*)>""")
_SPAN = re.compile(rb"""\b(min|max)\s*=\s*["'](\d{1,5})["']""")
_NUMBER = re.compile(rb"""\br\s*=\s*["'](\d{1,7})["']""")
_UNADDRESSED = re.compile(rb"<(?:\w+:)?c(?=[\s/>])(?![^<>]*\br\s*=)[^<>]*>")
_FORMULA = re.compile(rb"<(?:\w+:)?c\b([^<>/]*)>\s*<(?:\w+:)?f[\s>/]")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]*)<")
_TEXT = re.compile(rb"""\bt\s*=\s*["']str["']""")
_OF_TEXT = re.compile(rb"""\bt\s*=\s*["'](?:s|str|inlineStr)["']""")
_STYLE = re.compile(rb"""\bs\s*=\s*["'](\d+)""")
_STORED = re.compile(rb"<(?:\w+:)?v[\s/>]")
_END = re.compile(rb"</?(?:\w+:)?c[\s>/]|</(?:\w+:)?row")
"""Where a cell ends, or at the latest the next one begins."""
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^<>]*\bref\s*=\s*["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']""")
_FAR = re.compile(rb"""<(?:\w+:)?c\b[^<>]*\br\s*=\s*["'](?:O[K-Z]|[P-Z][A-Z]|[A-Z]{3})\d+["'][^<>/]*>\s*<""")
"""A cell that holds something beyond the four hundredth column."""
_FAR_ADDRESS = re.compile(rb"""r\s*=\s*["'](?:O[K-Z]|[P-Z][A-Z]|[A-Z]{3})\d""")
_FAR_PLAIN = re.compile(rb'r="(?:O[K-Z]|[P-Z][A-Z]|[A-Z]{3})\d')
"""The same where every address is written as most programs write it."""
_HOLDS = tuple(f"{start}{name}{end}".encode() for start in ("<", ":") for name in ("v", "is") for end in (">", " "))
"""How what a cell holds begins, in nearly every file."""


@dataclass
class SheetScan:
    """What was found in the XML of one sheet, by place from 0; ``noughts`` are formulas with a result of 0, ``styled`` the
    numbers of cells whose style says something, empty for texts, ``last_row`` the last row that holds anything, ``truths``
    whether any cell holds true or false, ``shared`` how many may hold a text that the workbook keeps once."""

    formulas: set[At] = field(default_factory=set)
    unstored: set[At] = field(default_factory=set)
    noughts: set[At] = field(default_factory=set)
    errors: dict[At, str] = field(default_factory=dict)
    styled: dict[At, tuple[int, str]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    last_row: int = 0
    far: bool = False
    too_wide: bool = False
    truths: bool = False
    shared: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def column_number(letters: bytes) -> int:
    """The number of a column, from 0.

    >>> column_number(b"A"), column_number(b"AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def scan_sheet(content: bytes, path: str, formats: tuple[str, ...], most_rows: int) -> SheetScan:
    """Look through the XML of a sheet. Raises :class:`BrokenWorkbookError` where it declares a document type, or holds a row
    or a cell twice."""
    telling = telling_styles(formats)
    pattern = None
    if telling:
        listed = b"|".join(str(style).encode() for style in telling)
        pattern = re.compile(rb"""<(?:\w+:)?c\b([^<>/]*\bs\s*=\s*["'](?:%s)["'][^<>/]*)>""" % listed)
    found, place, rows = SheetScan(), _Place(), RowNumbers()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(path) as part:
        small = archive.getinfo(path).file_size <= SMALL_SHEET
        for piece in pieces(part, b"row"):
            if b"<!DOCTYPE" in piece:
                raise BrokenWorkbookError("DOCTYPE")
            rows.check(piece)
            _look_through(piece, found, place, pattern, small, most_rows)
    found.too_wide = small and (found.last_row + 1) * (place.last_column + 1) > MOST_CELLS
    return found


@dataclass
class _Place:
    """Where the pieces looked through so far end."""

    row: int = -1
    last_column: int = 0


def _look_through(
    piece: bytes, found: SheetScan, place: _Place, styled: re.Pattern[bytes] | None, small: bool, most_rows: int
) -> None:
    single, prefixed = b"'" in piece, b":row" in piece  # most programs write neither, and every look at a piece costs
    plain = _is_plain(piece)
    found.truths = found.truths or b'"b"' in piece or (single and b"'b'" in piece)
    found.shared += piece.count(b'"s"') + (piece.count(b"'s'") if single else 0)
    far = _FAR_PLAIN if plain and not single else _FAR_ADDRESS
    found.far = found.far or (far.search(piece) is not None and _FAR.search(piece) is not None)
    places = _count(piece, place, small) if small or not (plain or _is_addressed(piece)) else None
    found.last_row = max(found.last_row, _last_filled(piece, places))
    for cell in CELL.finditer(piece) if b'"e"' in piece or (single and b"'e'" in piece) else ():
        if (at := _at(cell, places)) is not None:
            found.errors[at] = _value(piece, cell.end())
    for cell in _FORMULA.finditer(piece) if b"<f" in piece or (prefixed and b":f" in piece) else ():
        if (at := _at(cell, places)) is not None:
            found.formulas.add(at)
            value = _value(piece, cell.end())
            if value == "0":
                found.noughts.add(at)
            elif not value and not (_TEXT.search(cell[1]) and _holds_a_value(piece, cell.end())):
                found.unstored.add(at)
    for cell in styled.finditer(piece) if styled else ():
        at, value = _at(cell, places), "" if (text := _OF_TEXT.search(cell[1])) else _value(piece, cell.end())
        if at is not None and (value or text) and at[0] <= most_rows:
            style = _STYLE.search(cell[1])
            found.styled[at] = int(style[1]) if style else 0, value
    if b"hidden" in piece:
        _note_hidden(piece, found)
    for left, top, right, bottom in _MERGED.findall(piece) if b"mergeCell" in piece else ():
        found.merged.append((int(top) - 1, column_number(left), int(bottom) - 1, column_number(right)))


def _note_hidden(piece: bytes, found: SheetScan) -> None:
    """The rows and columns that nobody sees."""
    for kind, said in _HIDDEN.findall(piece):
        if kind == b"col":
            span = {name: int(number) for name, number in _SPAN.findall(said)}
            found.hidden_columns |= set(range(span.get(b"min", 1) - 1, min(span.get(b"max", 1), MOST_COLUMNS)))
        elif number := _NUMBER.search(said):
            found.hidden_rows.add(int(number[1]) - 1)


def _last_filled(piece: bytes, places: Mapping[int, At] | None) -> int:
    """The last row that holds anything; looked for from behind, as a sheet may end in any number of rows that are only
    formatted."""
    filled = -1
    for begins in _HOLDS:  # most often the first of them stands near the end, and little is left to look through
        filled = max(filled, piece.rfind(begins, max(filled, 0)))
    if filled < 0:
        return 0
    if places:
        return max((row for start, (row, _) in places.items() if start < filled), default=0)
    begin = piece.rfind(b"<row", 0, filled)
    begin = begin if begin >= 0 else piece.rfind(b":row", 0, filled)
    row = _ROW.match(piece, piece.rfind(b"<", 0, begin + 1)) if begin >= 0 else None
    number = _NUMBER.search(row[1]) if row else None
    return int(number[1]) - 1 if number else 0


def _is_plain(piece: bytes) -> bool:
    """Whether every cell of a piece says where it stands, in the words of most programs."""
    addressed = piece.count(b'<c r="')
    return addressed > 0 and addressed == piece.count(b"<c") and b":c" not in piece


def _is_addressed(piece: bytes) -> bool:
    """Whether every cell of a piece says where it stands."""
    cells = piece.count(b"<c ") + piece.count(b"<c>") + piece.count(b"<c/")
    return (cells > 0 and cells == piece.count(b'<c r="')) or _UNADDRESSED.search(piece) is None


def _count(piece: bytes, place: _Place, small: bool) -> dict[int, At]:
    """The place of every cell by where it begins in a piece; a cell without an address follows the one before it."""
    places, column = dict[int, At](), -1
    for node in _ROW_OR_CELL.finditer(piece):
        if node[1] == b"row":
            number = _NUMBER.search(node[2])
            place.row, column = int(number[1]) - 1 if number else place.row + 1, -1
            continue
        address = _ADDRESS.search(node[2])
        column = column_number(address[1]) if address else column + 1
        row = int(address[2]) - 1 if address else place.row
        places[node.start()] = row, column
        if not node[2].endswith(b"/"):
            place.last_column = max(place.last_column, column)
    if len(set(places.values())) < len(places):
        raise BrokenWorkbookError("cells")
    return places


def _at(cell: re.Match[bytes], places: Mapping[int, At] | None) -> At | None:
    address = _ADDRESS.search(cell[1])
    if address:
        return int(address[2]) - 1, column_number(address[1])
    return places.get(cell.start()) if places else None


def _value(piece: bytes, start: int) -> str:
    """The value stored in the cell that goes on at ``start``."""
    end = _END.search(piece, start)
    value = _VALUE.search(piece, start, end.start() + 1 if end else len(piece))
    return html.unescape(value[1].decode("utf-8", "replace")).strip() if value else ""


def _holds_a_value(piece: bytes, start: int) -> bool:
    """Whether the cell that goes on at ``start`` stores a result, which may be a text of no letters."""
    end, value = _END.search(piece, start), _STORED.search(piece, start)
    return value is not None and (end is None or value.start() < end.start())


def comments_of(content: bytes, path: str) -> dict[At, CellComment]:
    """The comments on the cells of a sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {(row - 1, column - 1): said for (row, column), said in cell_comments(archive, path).items()}
