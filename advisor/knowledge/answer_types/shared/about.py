"""Numbers that people know only roughly: ``100-150``, ``80～90万``, ``约120``, ``≥50``, ``不到100``, ``120±10``."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from advisor.knowledge.answer_types.shared.numerals import UNITS, parse_number
from advisor.knowledge.margins import Margin
from advisor.text import normalized

Ends = tuple[float, float]
MOST_CHARACTERS = 40
_RANGE = re.compile(r"^(.+?)\s*(?:-|–|—|~|至|到|\bto\b)\s*(.+?)\s*(?:之间)?$")
_BETWEEN = re.compile(r"^between\s+(.+?)\s+and\s+(.+)$")
_AT_LEAST = re.compile(r"^(?:≥|>=|at least|至少|不少于|不低于)\s*(.+)$|^(.+?)\s*(?:\+|以上|or more)$")
_ABOVE = re.compile(r"^(?:>|more than|over|above|超过|多于|高于)\s*(.+)$")
_AT_MOST = re.compile(
    r"^(?:≤|<=|at most|up to|no more than|至多|最多|不超过|不多于)\s*(.+)$|^(.+?)\s*(?:以下|以内|or less|or fewer)$"
)
_BELOW = re.compile(r"^(?:<|under|below|less than|fewer than|不到|不足|未满|少于|低于)\s*(.+)$")
_NEARLY = re.compile(r"^(?:将近|接近|近|nearly|almost|just under)\s*(.+)$")
_AND_SOME = re.compile(r"^(\d+)\s*([千万亿]?)\s*(?:多|余|来)\s*([千万亿]?)\s*(.*)$")
_EITHER_WAY = re.compile(r"^(.+?)\s*(?:±|\+/-|\+-)\s*([\d.,]+)\s*(%?)(.*)$")
_SEVERAL = re.compile(r"^(?:几|数|好几)(十万|百万|千万|十|百|千|万)\s*(.*)$")
_ABOUT = re.compile(r"^(?:约|大约|大概|about|around|roughly|some|~)\s*(.+)$|^(.+?)\s*(?:左右|上下|or so)$")
_SUFFIX = re.compile(rf"({'|'.join(sorted((u for u in UNITS if u), key=len, reverse=True))})$")


def parse_margin(
    text: str, units: Sequence[str], least: float, most: float, about: float, whole: bool = False
) -> Margin | None:
    """What ``text`` says of a number between ``least`` and ``most``; None where it says nothing of the kind.
    ``about`` is how far a number that is said to be about right may be off, as a share of it. Of ``whole`` numbers, fewer
    than a hundred are 99 at most.

    >>> parse_margin("80-90万", (), 0, math.inf, 0.2), parse_margin("约120人", ("人",), 0, math.inf, 0.2)
    (Margin(low=800000.0, high=900000.0, whole=False), Margin(low=96.0, high=144.0, whole=False))
    >>> [str(parse_margin(text, ("家",), 0, math.inf, 0.2)) for text in ("不到100", "120±10", "120多家", "几百家", "近200")]
    ['0-100', '110-130', '120-130', '200-1000', '160-200']
    >>> [str(parse_margin(text, (), 0, math.inf, 0.2, whole=True)) for text in ("不到100", "over 20")]
    ['0-99', '≥21']
    >>> str(parse_margin("≥50", (), 0, math.inf, 0.2)), str(parse_margin("60%左右", ("%",), 0, 100, 0.2))
    ('≥50', '48-72')
    """
    if len(text) > MOST_CHARACTERS:
        return None
    plain = normalized(text)
    beyond = 1.0 if whole else 0.0
    for pattern, more in ((_AT_LEAST, 0.0), (_ABOVE, beyond)):
        if (number := _either(pattern, plain, units)) is not None:
            return Margin(number + more, math.inf)
    for pattern, less in ((_AT_MOST, 0.0), (_BELOW, beyond)):
        if (number := _either(pattern, plain, units)) is not None:
            return Margin(least, number - less)
    ends = _around(plain, units, about) or _and_some(plain, units)
    if ends is not None:
        return Margin(max(least, ends[0]), min(most, ends[1]))
    return _range(plain, units)


def _around(plain: str, units: Sequence[str], about: float) -> Ends | None:
    """The ends of a number that is said to be about right, nearly reached, or so much off either way."""
    if (number := _either(_ABOUT, plain, units)) is not None:
        return number * (1 - about), number * (1 + about)
    if (number := _either(_NEARLY, plain, units)) is not None:
        return number * (1 - about), number
    match = _EITHER_WAY.match(plain)
    if match is None:
        return None
    number, off = _number(match[1] + match[4], units), parse_number(match[2], ())
    if number is None or off is None:
        return None
    by = number * off / 100 if match[3] and "%" not in units else off
    return number - by, number + by


def _and_some(plain: str, units: Sequence[str]) -> Ends | None:
    """The ends of a number of which only the first digits are said: 120多 lies between 120 and 130, 几百 between 200 and
    1,000."""
    if (match := _AND_SOME.match(plain)) and _number("1" + match[4], units) is not None:
        times = UNITS[match[2]] * UNITS[match[3]]
        step = 10 ** (len(match[1]) - len(match[1].rstrip("0")))
        return (float(match[1]) * times, (float(match[1]) + step) * times) if match[1].strip("0") else None
    if (match := _SEVERAL.match(plain)) and _number("1" + match[2], units) is not None:
        return 2.0 * UNITS[match[1]], 10.0 * UNITS[match[1]]
    return None


def _either(pattern: re.Pattern[str], plain: str, units: Sequence[str]) -> float | None:
    match = pattern.match(plain)
    return _number(next(filter(None, match.groups())), units) if match else None


def _range(plain: str, units: Sequence[str]) -> Margin | None:
    match = _BETWEEN.match(plain) or _RANGE.match(plain)
    if match is None:
        return None
    low, high = _number(match[1], units), _number(match[2], units)
    bare = next((match[2].removesuffix(unit).strip() for unit in units if match[2].endswith(unit)), match[2])
    if low is not None and (suffix := _SUFFIX.search(bare)) and match[1].strip().replace(".", "").isdigit():
        low *= UNITS[suffix[1]]  # 80-90万: both in the unit of the second
    return Margin(low, high) if low is not None and high is not None and low < high else None


def runs_backwards(text: str, units: Sequence[str]) -> bool:
    """Whether ``text`` is a range whose first number is the larger.

    >>> runs_backwards("40万-20万", ()), runs_backwards("20-40万", ())
    (True, False)
    """
    match = _RANGE.match(normalized(text)) if len(text) <= MOST_CHARACTERS else None
    return match is not None and _range(f"{match[2]}-{match[1]}", units) is not None and _range(match[0], units) is None


def _number(text: str, units: Sequence[str]) -> float | None:
    number = parse_number(text, units)
    return None if number is None or math.isinf(number) or number < 0 else number
