"""The cases every figure is worked out in: the base, then each input by itself at its low, then each at its high reading.

From them comes the range of a figure: the effects of the single inputs are taken as independent of one another. All inputs
at their worst at once would be a case hardly anyone meets. An input that every sum of a firm grows with alike, as the prices
of its home, is no chance beside the others: its effect is added to theirs in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from advisor.knowledge.schema.selecting import Span

Numbers = NDArray[np.float64]
READINGS = LOW, BASE, HIGH = range(3)
"""The places of low, base and high in a span."""


@dataclass(frozen=True)
class Cases:
    """Some inputs by name, and those of them that are added in full. Arrays have the cases as their first axis."""

    inputs: tuple[str, ...]
    in_full: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many cases there are: the base, and two for each input."""
        return 1 + 2 * len(self.inputs)

    def of(self, name: str, span: Span | Sequence[Numbers]) -> Numbers:
        """A figure that belongs to an input, in every case: its low, base and high are numbers or arrays over firms."""
        if isinstance(span, tuple):
            return _in_cases(self, name, span)
        low, base, high = (np.broadcast_to(reading, (self.count, np.size(reading))) for reading in span)
        return self.pick(name, (low, base, high))

    def pick(self, name: str, readings: Sequence[Numbers]) -> Numbers:
        """Of three arrays over cases × firms, in each case the one that its input calls for."""
        picked = np.array(readings[BASE], np.float64)
        for reading, case in self.moved(name):
            picked[case] = readings[reading][case]
        return picked

    def moved(self, name: str) -> Iterator[tuple[int, int]]:
        """The readings of an input other than its base, each with the case it is read in; none of what is no input."""
        if name in self.inputs:
            place = 1 + self.inputs.index(name)
            yield from ((LOW, place), (HIGH, place + len(self.inputs)))

    def range(self, cases: Numbers) -> Numbers:
        """Low, base and high of a figure, an array of three × firms; NaN where it is open.

        A figure of a hundred that one input moves to 50 or 200, and another to 80 or 125, lies between 48 and 207.

        >>> Cases(("a", "b")).range(np.array([[100.0], [50.0], [80.0], [200.0], [125.0]])).round().T.tolist()
        [[48.0, 100.0, 207.0]]
        >>> Cases(("a", "b"), ("b",)).range(np.array([[100.0], [50.0], [80.0], [200.0], [125.0]])).round().T.tolist()
        [[40.0, 100.0, 250.0]]
        """
        base = cases[0]
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.log(np.maximum(cases[1:], 0.01 * base) / base)
            down, up = (self._combined(side) for side in (np.minimum(logs, 0), np.maximum(logs, 0)))
            span = np.stack([base * np.exp(-down), base, base * np.exp(up)])
        nothing = base <= 0
        if nothing.any():
            still = cases[:, nothing]
            span[:, nothing] = [still.min(axis=0), base[nothing], still.max(axis=0)]
        return span

    def _combined(self, logs: Numbers) -> Numbers:
        """How far all inputs together move a figure, by the logarithms of how far each does."""
        places = [case - 1 for name in self.in_full for _, case in self.moved(name)]
        independent = (
            np.sqrt((np.delete(logs, places, axis=0) ** 2).sum(axis=0)) if places else np.sqrt((logs**2).sum(axis=0))
        )
        total: Numbers = independent + np.abs(logs[places].sum(axis=0))
        return total


@lru_cache(maxsize=2000)
def _in_cases(cases: Cases, name: str, span: Span) -> Numbers:
    """A figure that is the same for every firm, as an array of cases × 1 that is not to be written to."""
    figure = cases.pick(name, [np.full((cases.count, 1), float(reading)) for reading in span])
    figure.setflags(write=False)
    return figure
