"""Estimates rounded to what they can bear."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal

SIGNIFICANT = 6
"""So many figures of a number below a million are told."""


def round_estimate(amount: float) -> float:
    """An estimate to two significant figures, three where the first is a one.

    >>> round_estimate(123_456), round_estimate(987_654), round_estimate(0)
    (123000.0, 990000.0, 0.0)
    """
    if amount <= 0:
        return 0.0
    digits = math.floor(math.log10(amount))
    keep = 2 if amount / 10**digits < 2 else 1
    return float(round(amount, keep - digits))


def round_difference(amount: float) -> float:
    """The difference of estimates and an exact sum, to three significant figures: it has to agree with what it is of.

    >>> round_difference(226_782), round_difference(275_000), round_difference(0)
    (227000.0, 275000.0, 0.0)
    """
    return float(f"{amount:.3g}")


def whole_weeks(weeks: float) -> str:
    """The week in which something is done: no estimate tells half a week.

    >>> whole_weeks(13.0), whole_weeks(13.5)
    ('13', '14')
    """
    return f"{math.ceil(weeks):d}"


def points_in_words(points: float, limits: Iterable[float] = ()) -> str:
    """Points as a whole number, with one decimal where a whole number would lie on the other side of a limit.

    >>> points_in_words(29.86), points_in_words(29.86, [30]), points_in_words(29.97, [30]), points_in_words(30.2, [30])
    ('30', '29.9', '29.9', '30')
    """
    limits = tuple(limits)

    def crosses(shown: float) -> bool:
        return any((points < limit) != (shown < limit) for limit in limits)

    if not crosses(round(points)):
        return f"{points:.0f}"
    tenths = round(points, 1)
    return f"{tenths - math.copysign(0.1, tenths - points) if crosses(tenths) else tenths:.1f}"


def days_in_words(days: float) -> str:
    """Person-days as an estimate bears them: halves under five, whole days from there.

    >>> days_in_words(3.98), days_in_words(4.48), days_in_words(0.1), days_in_words(8.6), days_in_words(1259.7)
    ('4', '4.5', '0.5', '9', '1,260')
    """
    if days >= 5:
        return f"{days:,.0f}"
    halves = max(0.5, round(days * 2) / 2) if days > 0 else 0.0
    return f"{halves:.1f}".removesuffix(".0")


def plain_number(number: float, figures: int | None = None, separator: str = "") -> str:
    """A number as people write it, to so many significant figures, six below a million where none are given and else all of
    it; never with an exponent.

    >>> plain_number(1e12, separator=","), plain_number(2886.4, 3), plain_number(999.7, 3), plain_number(0.00002)
    ('1,000,000,000,000', '2890', '1000', '0.00002')
    """
    keep = SIGNIFICANT if figures is None and abs(number) < 10**SIGNIFICANT else figures
    exact = Decimal(str(number) if keep is None else f"{number:.{keep}g}")
    whole = exact == exact.to_integral_value()
    return f"{exact.to_integral_value() if whole else exact:{separator}f}"


def percent(share: float) -> str:
    """A share in percent: whole from ten upwards, to two significant figures below.

    >>> percent(0.3334), percent(0.0153), percent(28.9), percent(0.0002), percent(0)
    ('33%', '1.5%', '2,890%', '0.02%', '0%')
    """
    hundredths = 100 * share
    return f"{hundredths:,.0f}%" if hundredths >= 10 else f"{plain_number(hundredths, 2)}%"
