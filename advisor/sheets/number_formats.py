"""What the number format of a cell says besides the number: a unit, a currency, a share, a date, or that it is scaled."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

_SECTIONS = re.compile(r'((?:"[^"]*"|\\.|!.|[^;"\\!])*)(?:;|$)')
_TOKENS = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|\[\$(?P<money>[^\]-]*)(?:-[^\]]*)?\]|\[[^\]]*\]|[_*].|(?P<plain>.)', re.S
)
_CONDITION = re.compile(r"\[(>=|<=|<>|>|<|=)\s*(-?[\d.]+)\]")
_DIGITS = "0#?"
SIGNS = "$€£¥￥约≥≤~"
PERCENT_IDS, DATE_IDS = frozenset({9, 10}), frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})
"""Formats that a workbook may use without saying what they are; those of currencies depend on the country."""
MONTH_IDS = frozenset({27, 36, 50, 57})
SHARE, DATE, MONTH = "0%", "yyyy-mm-dd", 'yyyy"年"m"月"'
MONTHS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')


@dataclass(frozen=True)
class NumberFormat:
    """What stands before and behind the number; ``share``: it is shown in percent; ``scaled``: it is shown divided by some
    number, so that what stands behind it is no unit of the number itself."""

    before: str = ""
    behind: str = ""
    share: bool = False
    scaled: bool = False

    @property
    def plain(self) -> bool:
        """Whether the number alone says all."""
        return not (self.before or self.behind or self.share or self.scaled)


def format_for(code: str, value: float) -> NumberFormat:
    """What a format says of a number, by the section that the number falls into.

    >>> format_for('0"万元"', 80).behind, format_for("[$$-409]#,##0.00", 5).before, format_for("0.0%", 0.1).share
    ('万元', '$', True)
    >>> format_for('0!.0,"万"', 90000).scaled, format_for('0.0,,"M"', 1e6).scaled
    (True, True)
    """
    sections = _sections(code)
    for section, condition in sections:
        if condition is None or condition.holds(value):
            return _of_section(section)
    return NumberFormat()


@dataclass(frozen=True)
class _Condition:
    sign: str
    limit: float

    def holds(self, value: float) -> bool:
        low, same = value < self.limit, value == self.limit
        return {"<": low, "<=": low or same, ">": not (low or same), ">=": not low, "=": same, "<>": not same}[self.sign]


@functools.lru_cache(1024)
def _sections(code: str) -> tuple[tuple[str, _Condition | None], ...]:
    """The sections of a format with the condition of each; without any, numbers fall into the first but for their sign."""
    found = []
    for section in (match[1] for match in _SECTIONS.finditer(code)):
        condition = _CONDITION.search(section)
        found.append((section, _Condition(condition[1], float(condition[2])) if condition else None))
    return tuple(found) if any(condition for _, condition in found) else tuple(found[:1])


@functools.lru_cache(1024)
def _of_section(section: str) -> NumberFormat:
    before, behind, digits, commas, share, scaled = "", "", 0, 0, False, False
    for token in _TOKENS.finditer(section):
        literal = token["quoted"] or token["escaped"] or token["money"]
        plain = token["plain"] or ""
        if plain and plain in _DIGITS:
            scaled = scaled or (digits > 0 and "." in behind)  # a point that is only written between the digits
            digits, commas, behind = digits + 1, 0, behind.replace(".", "")
        elif plain == "," and digits:
            commas += 1
        elif plain == "%":
            share = True
        elif plain in "$€£¥￥" and plain:
            literal = plain
        if literal and digits:
            behind += literal
        elif literal:
            before += literal
    before = _said(before)
    before = before if len(before) > 1 or before in SIGNS else ""  # one letter only numbers a list
    said = NumberFormat(before, _said(behind), share and digits > 0, digits > 0 and (scaled or commas > 0))
    return said if digits else NumberFormat()


def _said(literal: str) -> str:
    """A literal that says something; blanks, brackets and dashes only set numbers apart."""
    stripped = literal.strip(" \u00a0()-+:")
    return stripped if any(c.isalpha() or c in "$€£¥￥%" for c in stripped) else ""


@functools.lru_cache(1024)
def is_date(code: str) -> bool:
    """Whether a format shows a number as a day or a time."""
    from openpyxl.styles.numbers import is_date_format

    return bool(is_date_format(code))


@functools.lru_cache(1024)
def is_month(code: str) -> bool:
    """Whether a format shows the month of a date, but no day of it.

    >>> is_month("mmm-yy"), is_month('yyyy"年"m"月"d"日"'), is_month('[$-804]yyyy"年"m"月"'), is_month("h:mm")
    (True, False, True, False)
    """
    shown = MONTHS.sub("", code.partition(";")[0]).lower()
    return "y" in shown and "m" in shown and "d" not in shown
