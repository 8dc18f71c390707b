"""What an old workbook (XLS) says beside the values of its cells: the formats of numbers, merged cells, whether there are
comments.

The reader of values (calamine) sees none of these. The workbook is a stream of records inside a small file system of
sectors; of both only what is needed is read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from advisor.sheets.cells import At
from advisor.sheets.number_formats import says_of_texts
from advisor.sheets.xlsx_book import built_in_format

_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE = 0xFFFFFFF0
"""Numbers of sectors from here on are none."""
_SMALL_STREAM = 4096
_BOF, _EOF, _SHEET, _FORMAT, _XF, _DATES_1904 = 0x809, 0x0A, 0x85, 0x41E, 0xE0, 0x22
_NUMBER, _RK, _MULRK, _FORMULA, _MERGED, _NOTE, _PASSWORD = 0x203, 0x27E, 0xBD, 0x06, 0xE5, 0x1C, 0x2F
_LABEL, _SHARED_LABEL = 0x204, 0xFD
_EXCEL_97 = 0x600
MOST_NUMBERS = 8_000_000


@dataclass
class OldFormats:
    """What was found of one sheet: its numbers with their formats by place from 0, the formats of its texts, its merged
    cells, and whether it has comments."""

    numbers: dict[At, tuple[float, str]] = field(default_factory=dict)
    texts: dict[At, str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    comments: bool = False


def old_formats(content: bytes) -> tuple[dict[str, OldFormats], bool] | None:
    """What is said beside the values of each sheet by its name, and whether days are counted from 1904; None where the
    workbook is older still, or broken in this."""
    try:
        return _formats(_stream(content, "Workbook"))
    except (struct.error, ValueError, IndexError, OverflowError):
        return None


def _formats(stream: bytes) -> tuple[dict[str, OldFormats], bool] | None:
    if len(stream) < 8 or struct.unpack_from("<HHH", stream)[::2] != (_BOF, _EXCEL_97):
        return None
    codes, formats, sheets, date1904 = dict[int, str](), list[int](), list[tuple[str, int]](), False
    for kind, data in _records(stream, 0):
        if kind == _PASSWORD:
            return None
        if kind == _FORMAT and len(data) > 5:
            codes[struct.unpack_from("<H", data)[0]] = _text(data[2:], 2)
        elif kind == _XF and len(data) > 4:
            formats.append(struct.unpack_from("<H", data, 2)[0])
        elif kind == _SHEET and len(data) > 8:
            sheets.append((_text(data[6:], 1), struct.unpack_from("<I", data)[0]))
        elif kind == _DATES_1904:
            date1904 = data[:1] == b"\1"
    styles = [codes.get(number) or built_in_format(number) for number in formats]
    return {name: _sheet(stream, start, styles) for name, start in sheets}, date1904


def _text(data: bytes, size: int) -> str:
    """A text behind its length, which takes so many bytes, and a sign for whether its characters take two."""
    length, wide = int.from_bytes(data[:size], "little"), data[size] & 1
    return data[size + 1 : size + 1 + length * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1", "replace")


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records from one that begins a part of the workbook to the one that ends it."""
    depth = 0
    while start + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, start)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 1:
            yield kind, stream[start + 4 : start + 4 + size]
        elif depth < 1:
            return
        start += 4 + size


def _sheet(stream: bytes, start: int, styles: list[str]) -> OldFormats:
    found = OldFormats()
    for kind, data in _records(stream, start):
        if kind == _MERGED:
            count = min(struct.unpack_from("<H", data)[0], (len(data) - 2) // 8)
            areas = (struct.unpack_from("<HHHH", data, 2 + 8 * each) for each in range(count))
            found.merged += [(top, left, bottom, right) for top, bottom, left, right in areas]
        found.comments = found.comments or kind == _NOTE
        if kind in (_LABEL, _SHARED_LABEL, _FORMULA) and len(data) >= 8 and (kind != _FORMULA or data[12:14] == b"\xff\xff"):
            row, column, style = struct.unpack_from("<HHH", data)
            if style < len(styles) and says_of_texts(styles[style]) and len(found.texts) < MOST_NUMBERS:
                found.texts[row, column] = styles[style]
        for row, column, style, number in _numbers(kind, data):
            if style < len(styles) and styles[style] not in ("", "General") and len(found.numbers) < MOST_NUMBERS:
                found.numbers[row, column] = number, styles[style]
    return found


def _numbers(kind: int, data: bytes) -> Iterator[tuple[int, int, int, float]]:
    """The numbers of a record, each with its row, column and style."""
    if (kind == _NUMBER and len(data) >= 14) or (kind == _FORMULA and len(data) >= 14 and data[12:14] != b"\xff\xff"):
        row, column, style, number = struct.unpack_from("<HHHd", data)
        yield row, column, style, number
    elif kind == _RK and len(data) >= 10:
        row, column, style = struct.unpack_from("<HHH", data)
        yield row, column, style, _short_number(data[6:10])
    elif kind == _MULRK:
        row, column = struct.unpack_from("<HH", data)
        for place in range((len(data) - 6) // 6):
            (style,) = struct.unpack_from("<H", data, 4 + 6 * place)
            yield row, column + place, style, _short_number(data[6 + 6 * place : 10 + 6 * place])


def _short_number(data: bytes) -> float:
    """A number in four bytes: whole, or the first half of a float; perhaps a hundred times too large."""
    (raw,) = struct.unpack("<i", data)
    number = float(raw >> 2) if raw & 2 else struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", raw & 0xFFFFFFFC))[0]
    return number / 100 if raw & 1 else float(number)


def _stream(content: bytes, wanted: str) -> bytes:
    """The stream of this name; empty where there is none, or where the file system is broken."""
    if not content.startswith(_HEADER) or len(content) < 512:
        return b""
    shift, small_shift = struct.unpack_from("<HH", content, 30)
    if not (7 <= shift <= 16 and 4 <= small_shift <= shift):
        return b""
    (directory,), (small_table,), (more,) = (struct.unpack_from("<I", content, place) for place in (48, 60, 68))
    lists, size = list(struct.unpack_from("<109I", content, 76)), 1 << shift
    left = len(content) // size
    while more < _FREE and left:
        *listed, more = struct.unpack(f"<{size // 4}I", _sector(content, more, size))
        lists += listed
        left -= 1
    table = _numbers_in(b"".join(_sector(content, number, size) for number in lists if number < _FREE))
    entries = _chain(content, directory, table, size)
    root = b""
    for place in range(0, len(entries) - 127, 128):
        entry = entries[place : place + 128]
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        start, length = struct.unpack_from("<II", entry, 116)
        if place == 0:
            root = _chain(content, start, table, size)
        elif name == wanted and entry[66] == 2:
            if length >= _SMALL_STREAM:
                return _chain(content, start, table, size)[:length]
            small = _numbers_in(_chain(content, small_table, table, size))
            return _chain(root, start, small, 1 << small_shift, 0)[:length]
    return b""


def _numbers_in(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _sector(content: bytes, number: int, size: int, first: int = 1) -> bytes:
    return content[(number + first) * size : (number + first + 1) * size]


def _chain(content: bytes, start: int, table: tuple[int, ...], size: int, first: int = 1) -> bytes:
    """The sectors from one on, each of which the table follows by the next."""
    parts, seen = list[bytes](), 0
    while start < len(table) and seen <= len(table):
        parts.append(_sector(content, start, size, first))
        start, seen = table[start], seen + 1
    return b"".join(parts)
