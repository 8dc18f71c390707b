"""Estimates rounded to what they can bear."""

from __future__ import annotations

import math


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
