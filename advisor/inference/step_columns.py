"""A scale that is worked out and not answered: the step of every firm, or the steps it may still turn out to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from advisor.inference.columns import Column, Firms, Sides, firms_of
from advisor.knowledge.margins import Margin
from advisor.knowledge.premises import Test
from advisor.project.cases import Numbers

WIDTH = 100.0
"""More steps than a scale has."""


@dataclass
class StepRanges:
    """The steps each firm may still turn out to have, as (least, greatest) with the firms of each."""

    ranges: dict[tuple[int, int], Firms] = field(default_factory=dict)

    def sides(self, test: Test, negated: bool) -> Sides:
        """As :class:`~advisor.inference.columns.Testable`: holds where every step passes, fails where none does."""
        holds = fails = 0
        for (least, most), who in self.ranges.items():
            truths = set() if test.op == "unknown" else {test.accepts(step) != negated for step in range(least, most + 1)}
            if len(truths) == 1:
                holds, fails = (holds | who, fails) if truths.pop() else (holds, fails | who)
        return holds, fails


@dataclass(frozen=True)
class Steps:
    """The step of each firm as answers stand, NaN where it is open, and the least and the greatest it may turn out to be."""

    today: Numbers
    low: Numbers
    high: Numbers

    def value(self, firm: int) -> int | None:
        """The step of one firm; None where it is open."""
        step = float(self.today[firm])
        return None if step != step else int(step)

    def margin(self, firm: int) -> Margin | None:
        """Between which steps that of one firm lies; None where it is known."""
        known = not np.isnan(self.today[firm])
        return None if known else Margin(float(self.low[firm]), float(self.high[firm]), whole=True)

    def column(self) -> Column:
        """The steps as answers stand, as a fact."""
        column = Column()
        for step, who in _alike(self.today):
            column.add(int(step), who)
        is_open = np.isnan(self.today)
        for code, who in _alike(np.where(is_open, self.low * WIDTH + self.high, np.nan)):
            column.margins[Margin(code // WIDTH, code % WIDTH, whole=True)] = who
        return column

    def foreseen(self, top: int) -> StepRanges:
        """The steps that are possible, as a fact. Where a step is open today rules wait: anything up to ``top`` is."""
        is_open, width = np.isnan(self.today), top + 1
        codes = np.where(is_open, 0.0, self.low) * width + np.where(is_open, float(top), self.high)
        return StepRanges({(int(code) // width, int(code) % width): who for code, who in _alike(codes)})

    def within(self, foreseen: Steps) -> Steps:
        """These steps as answers stand, with the range that was foreseen."""
        today = self.today
        return Steps(today, np.fmin(foreseen.low, today), np.fmax(foreseen.high, today))


def _alike(values: Numbers) -> Iterator[tuple[float, Firms]]:
    """The different numbers among some, NaN left out, each with the firms that have it."""
    for value in sorted(set(values[~np.isnan(values)].tolist())):  # np.unique would load numpy.ma
        yield value, firms_of(values == value)
