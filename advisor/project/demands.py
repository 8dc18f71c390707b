"""What each way of running a system asks of firms, in three figures: money of the first year, of a later one, own days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.project.cases import Numbers
from advisor.project.firms import FirmFacts, ReadFirms
from advisor.project.money import Pricing
from advisor.project.quantities import Quantities, read_quantities

AT_ONCE = 128
"""So many firms are priced at a time, as many as stay in the cache of a processor."""


@dataclass(frozen=True)
class Demands:
    """What the ways of a scheme ask of some firms: money of the first and of a later year as low, base and high × ways ×
    firms in RMB; own person-days as ways × firms, base. NaN where open."""

    first_year: Numbers
    later_year: Numbers
    own_days: Numbers

    @property
    def four_years(self) -> Numbers:
        """The first and three later years, base."""
        years: Numbers = self.first_year[1] + 3 * self.later_year[1]
        return years

    def of(self, places: NDArray[np.int64]) -> Demands:
        """What they ask of the firms at some places."""
        return Demands(self.first_year[:, :, places], self.later_year[:, :, places], self.own_days[:, places])

    def and_of(self, other: Demands) -> Demands:
        """What they ask of these firms and then of others."""
        pairs = ((self.first_year, other.first_year), (self.later_year, other.later_year), (self.own_days, other.own_days))
        return Demands(*(np.concatenate(pair, axis=-1) for pair in pairs))


def demands(pricing: Pricing, firms: FirmFacts) -> Demands:
    """What each way asks of some firms."""
    ways, cases = len(pricing.scheme.ways), pricing.cases
    quantities = read_quantities(pricing.scheme, cases, firms)
    _, cost = pricing.all_ways(quantities)
    years = np.stack([cost.first_year, cost.later_year])
    spans = cases.range(np.moveaxis(years, 2, 0).reshape(cases.count, -1))
    first, later = np.moveaxis(spans.reshape(3, 2, ways, firms.size), 1, 0)
    base = Quantities({name: values[:1] for name, values in quantities.values.items()}, quantities.chosen)
    own = np.broadcast_to(pricing.own.days(base)[:, 0], (ways, firms.size))
    return Demands(first, later, own)


class DemandTable:
    """What each way asks of firms, worked out once for those that a project cannot tell apart; kept as long as the table."""

    def __init__(self, pricing: Pricing) -> None:
        self._pricing = pricing
        self._places: dict[bytes, int] = {}
        ways = len(pricing.scheme.ways)
        self._demands = Demands(np.empty((3, ways, 0)), np.empty((3, ways, 0)), np.empty((ways, 0)))

    def of(self, groups: Sequence[FirmFacts]) -> list[Demands]:
        """What they ask of some groups of as many firms each."""
        reads, known = self._pricing.reads, len(self._places)
        values = np.concatenate([np.stack([read(firms) for read in reads.values()]) for firms in groups], axis=1)
        places, new = np.empty(values.shape[1], np.int64), list[int]()
        for column, line in enumerate(np.ascontiguousarray(values.T)):
            places[column] = self._places.setdefault(line.tobytes(), known + len(new))
            if places[column] == known + len(new):
                new.append(column)
        rows = {read: row for row, read in enumerate(reads)}
        for start in range(0, len(new), AT_ONCE):
            some = ReadFirms(rows, values[:, new[start : start + AT_ONCE]])
            self._demands = self._demands.and_of(demands(self._pricing, some))
        return [self._demands.of(group) for group in np.split(places, len(groups))]
