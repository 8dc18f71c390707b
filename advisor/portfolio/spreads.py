"""Where the middle of a group lies: median and quartiles, and none for a group so small that they would give a firm away."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass

FEWEST = 5
"""No figure is worked out of fewer firms than these."""


@dataclass(frozen=True)
class Spread:
    """Lower quartile, median and upper quartile of ``n`` values."""

    n: int
    low: float
    middle: float
    high: float


def spread(values: Iterable[float | None]) -> Spread | None:
    """The spread of the values that are known; None where fewer than :data:`FEWEST` are.

    Quartiles are interpolated between the values, the lowest and the highest counting as 0 and 100 percent (the
    "inclusive" method, as spreadsheets' QUARTILE has it).

    >>> spread([50, 10, 40, None, 20, 30])
    Spread(n=5, low=20.0, middle=30.0, high=40.0)
    >>> spread([10, 20, 30, 40, None]) is None
    True
    """
    known = sorted(value for value in values if value is not None)
    if len(known) < FEWEST:
        return None
    low, middle, high = statistics.quantiles(known, n=4, method="inclusive")
    return Spread(len(known), low, middle, high)
