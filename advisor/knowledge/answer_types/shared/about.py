"""Numbers that people know only roughly: ``100-150``, ``80～90万``, ``约120``, ``≥50``, ``at most 30``, ``六成左右``."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from advisor.knowledge.answer_types.shared.numerals import UNITS, parse_number
from advisor.knowledge.margins import Margin
from advisor.text import normalized

MOST_CHARACTERS = 40
_RANGE = re.compile(r"^(.+?)\s*(?:-|–|—|~|至|到|\bto\b)\s*(.+)$")
_AT_LEAST = re.compile(r"^(?:≥|>=|at least|至少|不少于|不低于)\s*(.+)$|^(.+?)\s*(?:\+|以上|or more)$")
_AT_MOST = re.compile(r"^(?:≤|<=|at most|up to|至多|最多|不超过|不多于)\s*(.+)$|^(.+?)\s*(?:以下|or less|or fewer)$")
_ABOUT = re.compile(r"^(?:约|大约|大概|about|around|roughly|some|~)\s*(.+)$|^(.+?)\s*(?:左右|上下|or so)$")
_SUFFIX = re.compile(rf"({'|'.join(sorted((u for u in UNITS if u), key=len, reverse=True))})$")
_TENTHS = re.compile(r"^([一二三四五六七八九])成(半)?$")
_TENS = "零一二三四五六七八九"


def parse_margin(text: str, units: Sequence[str], least: float, most: float, about: float) -> Margin | None:
    """What ``text`` says of a number between ``least`` and ``most``; None where it says nothing of the kind.
    ``about`` is how far a number that is said to be about right may be off, as a share of it.

    >>> parse_margin("80-90万", (), 0, math.inf, 0.2), parse_margin("约120人", ("人",), 0, math.inf, 0.2)
    (Margin(low=800000.0, high=900000.0, whole=False), Margin(low=96.0, high=144.0, whole=False))
    >>> str(parse_margin("≥50", (), 0, math.inf, 0.2)), str(parse_margin("六成左右", ("%",), 0, 100, 0.2))
    ('≥50', '48-72')
    """
    if len(text) > MOST_CHARACTERS:
        return None
    plain = normalized(text)
    if (number := _either(_AT_LEAST, plain, units)) is not None:
        return Margin(number, math.inf)
    if (number := _either(_AT_MOST, plain, units)) is not None:
        return Margin(least, number)
    if (number := _either(_ABOUT, plain, units)) is not None:
        return Margin(max(least, number * (1 - about)), min(most, number * (1 + about)))
    return _range(plain, units)


def _either(pattern: re.Pattern[str], plain: str, units: Sequence[str]) -> float | None:
    match = pattern.match(plain)
    return _number(match[1] or match[2], units) if match else None


def _range(plain: str, units: Sequence[str]) -> Margin | None:
    match = _RANGE.match(plain)
    if match is None:
        return None
    low, high = _number(match[1], units), _number(match[2], units)
    bare = next((match[2].removesuffix(unit).strip() for unit in units if match[2].endswith(unit)), match[2])
    if low is not None and (suffix := _SUFFIX.search(bare)) and match[1].strip().replace(".", "").isdigit():
        low *= UNITS[suffix[1]]  # 80-90万: both in the unit of the second
    return Margin(low, high) if low is not None and high is not None and low < high else None


def _number(text: str, units: Sequence[str]) -> float | None:
    if "%" in units and (tenths := _TENTHS.match(text.strip())):
        return 10.0 * _TENS.index(tenths[1]) + (5.0 if tenths[2] else 0.0)
    number = parse_number(text, units)
    return None if number is None or math.isinf(number) or number < 0 else number
