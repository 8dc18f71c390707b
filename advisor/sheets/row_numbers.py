"""Rows of a sheet (XLSX) that stand in it twice: the reader of values takes the last of them and says nothing."""

from __future__ import annotations

import operator
import re

from advisor.sheets.xlsx_book import BrokenWorkbookError

MOST_ROWS = 1_048_577
_NUMBERED = re.compile(rb'<row r="(\d{1,7})"')
_ROW = re.compile(rb"<(?:\w+:)?row\b([^<>]*)>")
_NUMBER = re.compile(rb"""\br\s*=\s*["'](\d{1,7})["']""")


class RowNumbers:
    """The numbers of the rows of one sheet, given piece by piece in their order."""

    def __init__(self) -> None:
        self._last, self._seen = 0, bytearray(MOST_ROWS)

    def check(self, piece: bytes) -> None:
        """Take the rows of a piece. Raises :class:`BrokenWorkbookError` for one whose number an earlier one has."""
        numbers = [int(number) for number in _NUMBERED.findall(piece)]
        if not numbers or len(numbers) != piece.count(b"<row"):
            numbers = self._of_any_program(piece)
        ascending = all(map(operator.lt, [self._last, *numbers], numbers))
        for number in numbers:
            if not ascending and number < MOST_ROWS and self._seen[number]:
                raise BrokenWorkbookError(f"row {number}")
            self._seen[min(number, MOST_ROWS - 1)] = 1
        self._last = max(self._last, numbers[-1] if numbers else 0)

    def _of_any_program(self, piece: bytes) -> list[int]:
        """The numbers of rows however they are written; a row without one follows the row before it."""
        numbers, last = list[int](), self._last
        for row in _ROW.finditer(piece):
            number = _NUMBER.search(row[1])
            last = int(number[1]) if number else last + 1
            numbers.append(last)
        return numbers
