"""Cells of a workbook as text: what a cell shows is what counts.

openpyxl would turn numbers with the format of a date into days by itself, and what a spreadsheet shows as no day at all too.
So it is told to leave them, and they are read here.
"""

from __future__ import annotations

import datetime
import functools
import io
import re
from typing import Any

FICTIONAL_DAY = 60
"""The number of 29 February 1900, which spreadsheets show and the calendar does not have."""
_UNSHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
"""Parts of a format that stand for no part of a value."""


def open_workbook(content: bytes, data_only: bool = True) -> Any:
    """A workbook to read row by row, with the results of its formulas or, without ``data_only``, the formulas."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)
    book._date_formats = set()  # the styles whose numbers openpyxl makes days of
    return book


def cell_text(cell: Any, with_format: bool) -> str:
    """What a cell shows as text: a number with the format of a date as a day, and ``with_format`` a share shown in percent
    as one."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        number_format = cell.number_format
        if with_format and _is_share(number_format):
            return f"{round(value * 100, 10):.12g} %"
        if _is_date(number_format):
            return _serial_text(value, number_format, cell.parent.parent.epoch)
    return value_text(value).strip()


@functools.cache
def _is_share(number_format: str) -> bool:
    """Whether a format shows a number as a percentage; a sign in quotation marks is only written beside it.

    >>> _is_share("0.0%"), _is_share('0"%"'), _is_share("General")
    (True, False, False)
    """
    return "%" in re.sub(r'"[^"]*"|\\.', "", number_format)


@functools.cache
def _is_date(number_format: str) -> bool:
    from openpyxl.styles.numbers import is_date_format

    return bool(is_date_format(number_format))


def _serial_text(number: float, number_format: str, epoch: datetime.datetime) -> str:
    """What the number of a day shows: the day, as ISO 8601 writes it, the month alone, the time of a day; and the number
    itself where there is no such day."""
    from openpyxl.styles.numbers import is_timedelta_format
    from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

    if int(number) == FICTIONAL_DAY and epoch == WINDOWS_EPOCH:
        return "1900-02-29"
    try:
        moment = from_excel(number, epoch, timedelta=is_timedelta_format(number_format))
    except (OverflowError, ValueError):
        return value_text(number)
    return str(moment)[:7] if isinstance(moment, datetime.datetime) and _is_month(number_format) else value_text(moment)


@functools.cache
def _is_month(number_format: str) -> bool:
    """Whether a format shows the month of a date, but no day of it.

    >>> _is_month("mmm-yy"), _is_month('yyyy"年"m"月"d"日"'), _is_month('[$-804]yyyy"年"m"月"'), _is_month("h:mm")
    (True, False, True, False)
    """
    shown = _UNSHOWN.sub("", number_format.partition(";")[0]).lower()
    return "y" in shown and "m" in shown and "d" not in shown


def value_text(value: Any) -> str:
    """A cell as text: dates without a time of day, whole numbers without a point, yes and no for true and false.

    >>> value_text(3.0), value_text(True), value_text(datetime.datetime(2026, 5, 1))
    ('3', 'yes', '2026-05-01')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return str(value.date())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
