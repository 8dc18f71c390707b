"""Median and quartiles of a group; none for a group so small that they would reveal a firm."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass

MIN_FIRMS = 5
"""The fewest firms a figure is computed from."""


@dataclass(frozen=True)
class Quartiles:
    """Lower quartile, median and upper quartile of ``n`` values."""

    n: int
    low: float
    median: float
    high: float


def quartiles_of(values: Iterable[float | None]) -> Quartiles | None:
    """The quartiles of the known values; None where fewer than :data:`MIN_FIRMS` are known.

    Quartiles are interpolated between the values, the lowest and the highest counting as 0 and 100 percent (the
    "inclusive" method, as spreadsheets' QUARTILE has it).

    >>> quartiles_of([50, 10, 40, None, 20, 30])
    Quartiles(n=5, low=20.0, median=30.0, high=40.0)
    >>> quartiles_of([10, 20, 30, 40, None]) is None
    True
    """
    known = sorted(value for value in values if value is not None)
    if len(known) < MIN_FIRMS:
        return None
    low, median, high = statistics.quantiles(known, n=4, method="inclusive")
    return Quartiles(len(known), low, median, high)
