"""A sheet as cells of text, with what is wrong or worth telling about single cells."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from advisor.sheets.number_formats import NumberFormat, format_for, is_date, is_month
from advisor.workbook_comments import CellComment

At = tuple[int, int]
"""Row and column of a cell, from 0."""
MOST_COVERED = 400
"""No column further right holds an answer."""
FICTIONAL_DAY = 60
"""The number of 29 February 1900, which spreadsheets show and the calendar does not have."""


@dataclass(frozen=True)
class FormatExample:
    """A cell whose number format says something: where it stands, its bare number, and the text it was read as."""

    at: At
    number: str
    text: str


@dataclass(frozen=True)
class SheetCells:
    """A sheet: its rows of text, the places of formulas and of those without a stored result, areas of merged cells (top,
    left, bottom, right), comments, the first cell in whose format a unit stands or which is shown scaled, the
    characters of the longest text where they were counted, and what was not seen: ``formats`` and comments, or ``comments``
    alone; rows and columns are ``hidden_`` where nobody sees them."""

    name: str
    rows: list[list[str]]
    formulas: frozenset[At] = frozenset()
    unstored: frozenset[At] = frozenset()
    errors: frozenset[At] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    comments: Mapping[At, CellComment] = field(default_factory=dict)
    unit_format: FormatExample | None = None
    scaled_format: FormatExample | None = None
    longest: int = 0
    unseen: str = ""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @property
    def covered(self) -> frozenset[At]:
        """The places in the first row of merged cells that hold something, which these cover."""
        held = (area for area in self.merged if self._text(area[0], area[1]))
        return frozenset((top, at) for top, left, _, right in held for at in range(left + 1, min(right, MOST_COVERED) + 1))

    def _text(self, row: int, column: int) -> str:
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else ""


def value_text(value: Any) -> str:
    """A cell as text: dates without a time of day, whole numbers without a point, yes and no for true and false.

    >>> value_text(3.0), value_text(True), value_text(datetime.datetime(2026, 5, 1))
    ('3', 'yes', '2026-05-01')
    """
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return str(value.date())
    return str(value)


def shown(number: float, code: str, date1904: bool = False) -> tuple[str, NumberFormat]:
    """What a cell shows of a number under a format: a share with its sign, a day, a number with its unit.

    >>> shown(80, '0"万元"')[0], shown(0.125, "0.0%")[0], shown(46477, "mmm-yy")[0], shown(90000, '0!.0,"万"')[0]
    ('80 万元', '12.5 %', '2027-03', '90000')
    >>> shown(2, '[=1]"是";[=2]"否"')[0], shown(90_000, '0,"k USD"')[0], shown(90, 'General"万元"')[0]
    ('否', '90000 USD', '90 万元')
    """
    if is_date(code):
        return _serial_text(number, code, date1904), NumberFormat()
    said = format_for(code, number)
    if said.share:
        return f"{round(number * 100, 10):.12g} %", said
    if said.instead:
        return said.instead, said
    behind = said.unscaled if said.scaled else said.behind
    return f"{said.before}{value_text(number)}{' ' if behind else ''}{behind}", said


def _serial_text(number: float, code: str, date1904: bool) -> str:
    """What the number of a day shows: the day, as ISO 8601 writes it, the month alone, the time of a day; and the number
    itself where there is no such day."""
    from openpyxl.styles.numbers import is_timedelta_format
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

    if int(number) == FICTIONAL_DAY and not date1904:
        return "1900-02-29"
    try:
        moment = from_excel(number, MAC_EPOCH if date1904 else WINDOWS_EPOCH, timedelta=is_timedelta_format(code))
    except (OverflowError, ValueError):
        return value_text(number)
    return str(moment)[:7] if isinstance(moment, datetime.datetime) and is_month(code) else value_text(moment)


class Texts(dict[Any, str]):
    """The text of every value, made once; true and false, which equal one and nought, are none of its values."""

    def __init__(self, tidy: Callable[[str], str] = str.strip) -> None:
        super().__init__()
        self.tidy, self.longest = tidy, 0

    def __missing__(self, value: Any) -> str:
        text = self.tidy(value.strip()) if isinstance(value, str) else value_text(value)
        self.longest = max(self.longest, len(text))
        if len(self) < 2_000_000:
            self[value] = text
        return text


def text_rows(sheet: Any, truths: bool, texts: Texts) -> Iterator[list[str]]:
    """The rows of a sheet that calamine read, as texts without the empty ones at their end; ``truths`` where a cell may hold
    true or false."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for values in sheet.iter_rows() if sheet.height else ():
        if truths:  # which equal 1 and 0, and those have texts of their own
            values = ["yes" if value is True else "no" if value is False else value for value in values]
        row = [*left, *map(texts.__getitem__, values)]
        while row and not row[-1]:
            row.pop()
        yield row
