"""Answers known within bounds: a number, or a step of a scale, that lies somewhere between two others."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

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


class RoughlyKnown(Protocol):
    """Facts of which some are known exactly and some within bounds."""

    def value(self, fact: str) -> object:
        """The value of a fact, None where it is missing."""

    def margin(self, fact: str) -> Margin | None:
        """The bounds within which a fact is known to lie, where it is not known exactly."""


def bounds_of(known: RoughlyKnown, fact: str) -> Margin | None:
    """Between which numbers a fact lies: both the same where it is known exactly; None where it is not known."""
    value = known.value(fact)
    return Margin(value, value) if isinstance(value, int | float) else known.margin(fact)


def _digits(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".")
