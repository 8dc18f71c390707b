"""Sums of money as people write them in other currencies."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from advisor.knowledge.answer_types.shared.about import parse_margin, runs_backwards
from advisor.knowledge.answer_types.shared.numerals import digits, parse_number
from advisor.knowledge.currency import HOME, currency_codes, marks
from advisor.knowledge.margins import Margin
from advisor.text import normalized

CENTS = 2
"""Sums in another currency are taken to so many decimals of RMB."""
_HALF = re.compile(r"^半(?=个?[年月])")


def in_rmb(written: str, rates: Mapping[str, float], least: float, most: float, about: float) -> str | None:
    """A sum or a range in one other currency as it would be written in RMB; None where it is neither, and
    the bare range where that runs backwards. ``least``, ``most``
    (in RMB) and ``about`` are those of :func:`parse_margin`.

    >>> [in_rmb(text, {"USD": 7.0, "GBP": 9.0}, 0, math.inf, 0.2) for text in ("$30k", "£40k-£50k", "$20k-£30k", "300k")]
    ['210000', '360000-450000', None, None]
    """
    names = {mark: rates[code] for code in currency_codes() if code in rates and code != HOME for mark in marks(code)}
    return in_own_unit(written, names, least, most, about, CENTS)


def in_own_unit(
    written: str, names: Mapping[str, float], least: float, most: float, about: float, decimals: int | None = None
) -> str | None:
    """A number or a range beside one of ``names``, which are units with how many of a question's own each is, as it would be
    written in that; None where it is neither, the bare range where that runs backwards. See :func:`in_rmb`.
    Without ``decimals`` it is taken to a tenth, below one to a hundredth: who says three months does not mean 13.0446 weeks.

    >>> in_own_unit("14天", {"天": 1 / 7, "个月": 4.35}, 0, math.inf, 0.2), in_own_unit("半年", {"年": 12}, 0, math.inf, 0.2)
    ('2', '6')
    >>> in_own_unit("3个月", {"个月": 30.4375 / 7}, 0, math.inf, 0.2), in_own_unit("1天", {"天": 1 / 7}, 0, 9, 0.2)
    ('13', '0.14')
    """
    if not names:
        return None
    named = re.compile("|".join(map(_whole_word, sorted(names, key=len, reverse=True))))
    plain = _HALF.sub("0.5", normalized(written))
    found = {names[mark] for mark in named.findall(plain)}
    if len(found) != 1:
        return None
    rate, bare = found.pop(), named.sub(" ", plain).strip()
    number = parse_number(bare)
    if number is not None:
        return digits(_rounded(number * rate, decimals))
    margin = parse_margin(bare, (), least / rate, most / rate, about)
    if margin is None or margin.low > margin.high:
        return bare if runs_backwards(bare, ()) else None
    low, high = (end if math.isinf(end) else _rounded(end * rate, decimals) for end in (margin.low, margin.high))
    return str(Margin(low, high))


def _rounded(number: float, decimals: int | None) -> float:
    return round(number, decimals if decimals is not None else 1 if number >= 1 else 2)


def _whole_word(word: str) -> str:
    """A pattern for a word of letters that is no part of a longer one; others stand where they stand."""
    return f"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() and word.isalpha() else re.escape(word)
