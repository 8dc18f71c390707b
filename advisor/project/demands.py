"""What each way of running a system asks of firms, in three figures: money of the first year, of a later one, own days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.project.cases import Numbers
from advisor.project.firms import FirmFacts
from advisor.project.money import Pricing
from advisor.project.quantities import Quantities


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


def demands(pricing: Pricing, firms: FirmFacts) -> Demands:
    """What each way asks of some firms."""
    money = pricing.money(firms)
    years = np.stack([cost.first_year for cost in money.ways.values()] + [cost.later_year for cost in money.ways.values()])
    spans = money.cases.range(np.moveaxis(years, 0, 1).reshape(money.cases.count, -1))
    first, later = np.moveaxis(spans.reshape(3, 2, len(money.ways), firms.size), 1, 0)
    base = Quantities({name: cases[:1] for name, cases in money.quantities.values.items()}, money.quantities.chosen)
    own = np.broadcast_to(pricing.own.days(base)[:, 0], (len(money.ways), firms.size))
    return Demands(first, later, own)
