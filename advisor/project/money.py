"""What a way of running a system costs: licences by price, outside days by rate, equipment, contingency.

    first year   = licence + outside days × rate × (1 + steering) + equipment + contingency on all paid once
    a later year = licence + outside days × improvement × rate + equipment kept up

Paid to others, in RMB; the firm's own days are told in days. Any product run the same way differs in its licence alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from advisor.knowledge.schema import Task
from advisor.knowledge.schema.products import Deployment
from advisor.knowledge.schema.project import ProjectScheme
from advisor.project.cases import Cases, Numbers
from advisor.project.firms import FirmFacts, NotedReads, Read
from advisor.project.prices import PRICE, Licence, Terms, per_head, price_level, rate_level, reference_licence
from advisor.project.quantities import Quantities, read_quantities, spread
from advisor.project.work import OUTSIDE, OWN, WORK_INPUTS, DaysByWay

PRICES = (PRICE, "day_rate", "equipment", "contingency")


def cases_of(scheme: ProjectScheme) -> Cases:
    """The cases of a scheme: every quantity with a range, days of work, and prices; those of the home count in full."""
    home = (scheme.price_level,) if scheme.price_level else ()
    return Cases((*spread(scheme), *WORK_INPUTS, *PRICES), home)


@dataclass(frozen=True)
class WayWork:
    """What a way of running a system costs beside licences, whichever product: lines paid once, lines of each later year,
    and the share of all paid once that is set aside. Arrays of cases × firms, in RMB."""

    once: Mapping[str, Numbers]
    later: Mapping[str, Numbers]
    contingency: Numbers


@dataclass(frozen=True)
class WayCost:
    """A system run one way for some firms, or some systems for one firm: what falls in the first year and in each later one,
    line by line, an array of cases × firms or systems, in RMB."""

    first: Mapping[str, Numbers]
    later: Mapping[str, Numbers]

    @property
    def first_year(self) -> Numbers:
        """All paid to others in the first year."""
        return sum(self.first.values(), np.zeros_like(self.first["licence"]))

    @property
    def later_year(self) -> Numbers:
        """All paid to others in each later year, on average."""
        return sum(self.later.values(), np.zeros_like(self.later["licence"]))

    @property
    def four_years(self) -> Numbers:
        """The first and three later years, by which ways are compared."""
        return self.paid(4)

    def paid(self, years: int) -> Numbers:
        """All paid to others over the years."""
        return self.first_year + (years - 1) * self.later_year


@dataclass(frozen=True)
class ProjectMoney:
    """Cases, quantities, and for every way its work and its cost at the reference price, for some firms."""

    cases: Cases
    quantities: Quantities
    work: Mapping[Deployment, WayWork]
    ways: Mapping[Deployment, WayCost]


class Pricing:
    """The tasks and prices of a scheme, brought into arrays once: ways × cases for whatever does not depend on the firm.

    ``terms`` are what was agreed with suppliers."""

    def __init__(self, scheme: ProjectScheme, tasks: Sequence[Task], terms: Terms | None = None) -> None:
        self.scheme, self.cases, self.terms = scheme, cases_of(scheme), terms or Terms()
        self.outside = DaysByWay.of(OUTSIDE, scheme, tasks, self.cases)
        self.own = DaysByWay.of(OWN, scheme, tasks, Cases(()))

    @cached_property
    def reads(self) -> Mapping[Read, Callable[[FirmFacts], Numbers]]:
        """All that is read of firms."""
        noted = NotedReads()
        read_quantities(self.scheme, self.cases, noted)
        return noted.reads

    def money(self, firms: FirmFacts) -> ProjectMoney:
        """What each way would cost some firms at its reference price."""
        quantities, ways = read_quantities(self.scheme, self.cases, firms), list(self.scheme.ways)
        every, cost = self.all_ways(quantities)
        work = {
            way: WayWork(_at(place, every.once), _at(place, every.later), every.contingency)
            for place, way in enumerate(ways)
        }
        costs = {way: WayCost(_at(place, cost.first), _at(place, cost.later)) for place, way in enumerate(ways)}
        return ProjectMoney(self.cases, quantities, work, costs)

    def all_ways(self, quantities: Quantities) -> tuple[WayWork, WayCost]:
        """The work and the cost of all ways at once, in arrays of ways × cases × firms."""
        scheme = self.scheme
        users, contacts = quantities[scheme.users], quantities[scheme.contacts]
        levels = [rate_level(scheme, money, quantities) for money in scheme.ways.values()]
        work = self._work(users, self.outside.days(quantities) * np.stack(np.broadcast_arrays(*levels)))
        licences = [reference_licence(money, self.cases, users, contacts) for money in scheme.ways.values()]
        once, yearly = (np.stack(side) for side in zip(*((one.once, one.yearly) for one in licences), strict=True))
        paid = self.terms.paid_of_list * price_level(scheme, quantities)
        licence = Licence(once * paid, yearly * paid)
        return work, way_cost(work, licence, self.terms)

    def _work(self, users: Numbers, outside_days: Numbers) -> WayWork:
        """The lines of every way beside licences, arrays of ways × cases × firms."""
        scheme, cases = self.scheme, self.cases
        work = outside_days * self._figure("day_rate", "day_rate")
        equipment = self._figure("equipment", "equipment") + per_head(self._figure("equipment_user", "equipment"), users)
        once = {"work": work, "management": work * cases.of("", scheme.management), "equipment": equipment}
        later = {
            "improvement": work * cases.of("", scheme.improvement),
            "equipment": equipment * self._figure("equipment_kept_up", "equipment"),
        }
        return WayWork(once, later, cases.of("contingency", scheme.contingency))

    def _figure(self, field: str, name: str) -> Numbers:
        """A figure of every way in every case: ways × cases × 1."""
        return np.stack([self.cases.of(name, getattr(money, field)) for money in self.scheme.ways.values()])


def _at(place: int, lines: Mapping[str, Numbers]) -> dict[str, Numbers]:
    """Lines of one way, out of those of all."""
    return {line: amount[place] for line, amount in lines.items()}


def way_cost(work: WayWork, licence: Licence, terms: Terms) -> WayCost:
    """The lines of a way, or of all of them, with some licence, as the terms have it."""
    once = {"licence_once": licence.once, **work.once}
    once["contingency"] = sum(once.values()) * work.contingency
    unpaid = (terms.years - terms.prepaid_years) / (terms.years - 1)
    taxed = 1 + terms.vat
    first = {"licence": licence.yearly * terms.prepaid_years, **once}
    later = {"licence": licence.yearly * unpaid, **work.later}
    if taxed == 1:
        return WayCost(first, later)
    return WayCost(
        {line: amount * taxed for line, amount in first.items()},
        {line: amount * taxed for line, amount in later.items()},
    )
