"""Answers known within bounds: a number, or a step of a scale, that lies somewhere between two others."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

FEW = 1000
"""So many whole numbers within a margin are looked at one by one."""


@dataclass(frozen=True)
class Margin:
    """From ``low`` to ``high``, both included; ``high`` is infinite where only the least is known. ``whole``: a count or a
    step, without fractions."""

    low: float
    high: float
    whole: bool = False

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int | float) and self.low <= number <= self.high

    def __str__(self) -> str:
        """As it is written down, so that reading it gives the same."""
        return f"≥{_digits(self.low)}" if math.isinf(self.high) else f"{_digits(self.low)}-{_digits(self.high)}"

    @property
    def few(self) -> range | None:
        """The whole numbers within, where they are few."""
        if not self.whole or math.isinf(self.high) or self.high - self.low > FEW:
            return None
        return range(math.ceil(self.low), math.floor(self.high) + 1)

    def ends_and(self, *points: float) -> Iterator[float]:
        """The finite ends, and those points that lie within."""
        yield from (end for end in (self.low, self.high) if not math.isinf(end))
        yield from (point for point in points if point in self)


def _digits(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".")
