"""Numbers as people write them: ``18M``, ``300k``, ``80万``, ``1.2亿``, ``35 %``, ``1,200,000``, ``¥30万元``.

Only the unit that was asked for may stand beside a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeGuard

from advisor.text import Text, normalized

UNITS: dict[str, float] = {
    "": 1, "k": 1e3, "千": 1e3, "w": 1e4, "万": 1e4, "m": 1e6, "mn": 1e6, "million": 1e6, "百万": 1e6,
    "千万": 1e7, "亿": 1e8, "b": 1e9, "bn": 1e9, "billion": 1e9, "十亿": 1e9,
}  # fmt: skip
"""Multipliers by suffix (lower case)."""

LARGEST = 1e15
"""Numbers below it are told apart to the last digit."""
DECIMALS = 6
"""So many decimals of a number are read."""
_NUMBER = re.compile(r"^([-+]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*([a-z]*|[十百千]?[万亿千]|百万|十亿)$")
MONEY = ("人民币", "rmb", "cny", "¥", "元")
PERCENT = ("%",)


def unit_words(unit: Text) -> tuple[str, ...]:
    """The words by which people and this program write a unit beside a number, normalized, longest first.

    >>> unit_words(Text(zh="家（人）", en="customers"))
    ('customers', 'customer', '家(人)', '家', '人')
    """
    chinese = [word for word in re.split(r"[（）/]", unit.zh) if word]
    measure = [word[0] for word in chinese if word[0] in "个种次" and "月" not in word]
    words = dict.fromkeys(normalized(word) for word in (unit.zh, *chinese, *measure, unit.en, unit.en.removesuffix("s")))
    return tuple(sorted(words, key=len, reverse=True))


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether a value is a finite number that can be reckoned with; yes and no are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LARGEST


def digits(number: float, separator: str = "") -> str:
    """A number with all its digits and no exponent, so that :func:`parse_number` reads the same number back.

    >>> digits(1e12, ","), digits(1234567890123.0), digits(0.5)
    ('1,000,000,000,000', '1234567890123', '0.5')
    """
    exact = Decimal(str(round(number, DECIMALS)))
    return f"{exact.to_integral_value() if exact == exact.to_integral_value() else exact:{separator}f}"


def parse_number(text: str | int | float, units: Sequence[str] = ()) -> float | None:
    """The number that ``text`` states, or None where it states none (a range, a word, two numbers).

    Only ``units`` may stand beside it: "6个月" is no number of weeks.

    >>> parse_number("1.2亿元", MONEY), parse_number("300k"), parse_number("35 %", PERCENT), parse_number("2-3")
    (120000000.0, 300000.0, 35.0, None)
    """
    if not isinstance(text, str):
        return float(text) if is_number(text) else None
    if len(text) > 40:
        return None
    plain = normalized(text)
    for unit in units:
        bare = plain.removeprefix(unit) if unit in MONEY else plain
        bare = bare.removesuffix(unit).strip()
        if bare != plain:
            plain = bare
            if unit not in MONEY:
                break
    match = _NUMBER.match(plain)
    if not match or match[4] not in UNITS:
        return None
    value = float(f"{match[1]}{match[2].replace(',', '')}{match[3] or ''}")
    return round(value * UNITS[match[4]], DECIMALS)
