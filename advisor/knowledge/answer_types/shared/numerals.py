"""Numbers as people write them: ``18M``, ``300k``, ``80万``, ``1.2亿``, ``35 %``, ``1,200,000``, ``¥30万元``.

Only the unit that was asked for may stand beside a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeGuard

from advisor.knowledge.answer_types.shared.units import same_units
from advisor.text import Text, normalized

UNITS: dict[str, float] = {
    "": 1, "十": 1e1, "百": 1e2, "k": 1e3, "千": 1e3, "w": 1e4, "万": 1e4, "十万": 1e5, "m": 1e6, "mn": 1e6, "million": 1e6,
    "百万": 1e6, "千万": 1e7, "亿": 1e8, "b": 1e9, "bn": 1e9, "billion": 1e9, "十亿": 1e9, "百亿": 1e10,
}  # fmt: skip
"""Multipliers by suffix (lower case)."""

LARGEST = 1e15
"""Numbers below it are told apart to the last digit."""
DECIMALS = 6
"""So many decimals of a number are read."""
_LISTED = re.compile(r"[0-9]，[0-9]")
"""A Chinese comma between figures of usual width keeps two numbers apart, not thousands."""
_NUMBER = re.compile(r"^([-+]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(e[+-]?\d{1,2})?\s*([a-z]*|[十百千]?[万亿]|[十百千])$")
_GROUPED = re.compile(r"(?<![\d.,'’])\d{1,3}(?:(?: \d{3})+|(?:['’]\d{3})+|(?:\.\d{3}){2,})(?:,\d{1,2})?(?![\d.,'’])")
"""Thousands apart by blanks, apostrophes or, in two groups at least, points; a comma is then that of decimals."""
MONEY = ("人民币", "rmb", "cny", "¥", "元")
PERCENT = ("%",)


def unit_words(unit: Text) -> tuple[str, ...]:
    """The words by which people and this program write a unit beside a number, normalized, longest first.

    >>> unit_words(Text(zh="家（人）", en="customers"))
    ('customers', 'customer', 'accounts', 'clients', '家(人)', '家', '人', '户', '个', '位', '名')
    """
    chinese = [word for word in re.split(r"[（）/]", unit.zh) if word]
    measure = [word[0] for word in chinese if word[0] in "个种次" and "月" not in word]
    names = (unit.zh, *chinese, *measure, unit.en, unit.en.removesuffix("s"), *same_units(unit))
    words = dict.fromkeys(normalized(word) for word in names)
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
    >>> parse_number("120,130"), parse_number("120，130")  # the second is a list of two
    (120130.0, None)
    """
    if not isinstance(text, str):
        return float(text) if is_number(text) else None
    if len(text) > 40 or _LISTED.search(text):
        return None
    plain = ungrouped(normalized(text))
    for unit in units:
        bare = plain.removeprefix(unit) if unit in MONEY else plain
        bare = bare.removesuffix(unit).strip()
        if bare != plain:
            plain = bare
            if unit not in MONEY:
                break
    match = _NUMBER.match(plain)
    if not match or match[5] not in UNITS:
        return None
    value = float(f"{match[1]}{match[2].replace(',', '')}{match[3] or ''}{match[4] or ''}")
    return round(value * UNITS[match[5]], DECIMALS) if value < LARGEST else None


def ungrouped(plain: str) -> str:
    """Numbers with their thousands apart, as programs of other countries write them, without what keeps them apart.

    >>> ungrouped("1 200"), ungrouped("1'200"), ungrouped("1.200.000"), ungrouped("1 200 000,50"), ungrouped("1.200")
    ('1200', '1200', '1200000', '1200000.50', '1.200')
    """
    return _GROUPED.sub(lambda match: re.sub(r"[ '’.]", "", match[0]).replace(",", "."), plain)
