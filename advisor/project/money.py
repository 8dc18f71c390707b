"""What a way of running a system costs: licences by price, outside days by rate, equipment, contingency.

    first year   = licence + outside days × rate × (1 + steering) + equipment + contingency on all paid once
    a later year = licence + outside days × improvement × rate + equipment kept up

Paid to others, in RMB; the firm's own days are told in days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from advisor.knowledge.schema import Task
from advisor.knowledge.schema.products import Deployment
from advisor.knowledge.schema.project import ProjectScheme
from advisor.project.cases import Cases, Numbers
from advisor.project.firms import FirmFacts
from advisor.project.quantities import Quantities, along, read_quantities, spread
from advisor.project.work import OUTSIDE, OWN, WORK_INPUTS, DaysByWay

PRICES = ("price", "day_rate", "equipment", "contingency")


def cases_of(scheme: ProjectScheme) -> Cases:
    """The cases of a scheme: every quantity with a range, days of work, and prices."""
    return Cases((*spread(scheme), *WORK_INPUTS, *PRICES))


@dataclass(frozen=True)
class WayCost:
    """One way of running a system for some firms: each line in every case, an array of cases × firms, in RMB."""

    way: Deployment
    once: Mapping[str, Numbers]
    yearly: Mapping[str, Numbers]

    @property
    def first_year(self) -> Numbers:
        """All paid to others in the first year."""
        return sum(self.once.values()) + self.yearly["licence"]

    @property
    def four_years(self) -> Numbers:
        """The first and three later years, by which ways are compared."""
        return self.first_year + 3 * self.later_year

    @property
    def later_year(self) -> Numbers:
        """All paid to others in each later year."""
        return sum(self.yearly.values(), np.zeros_like(self.yearly["licence"]))


@dataclass(frozen=True)
class ProjectMoney:
    """Cases, quantities and the cost of every way for some firms."""

    cases: Cases
    quantities: Quantities
    ways: Mapping[Deployment, WayCost]


class Pricing:
    """The tasks and prices of a scheme, brought into arrays once: ways × cases for whatever does not depend on the firm."""

    def __init__(self, scheme: ProjectScheme, tasks: Sequence[Task]) -> None:
        self.scheme, self.cases = scheme, cases_of(scheme)
        self.outside = DaysByWay.of(OUTSIDE, scheme, tasks, self.cases)
        self.own = DaysByWay.of(OWN, scheme, tasks, Cases(()))

    def money(self, firms: FirmFacts) -> ProjectMoney:
        """What each way would cost some firms."""
        quantities = read_quantities(self.scheme, self.cases, firms)
        once, yearly = self._lines(quantities, self.outside.days(quantities))
        ways = {
            way: WayCost(way, {n: line[i] for n, line in once.items()}, {n: line[i] for n, line in yearly.items()})
            for i, way in enumerate(self.scheme.ways)
        }
        return ProjectMoney(self.cases, quantities, ways)

    def _lines(self, quantities: Quantities, days: Numbers) -> tuple[dict[str, Numbers], dict[str, Numbers]]:
        """Every line, an array of ways × cases × firms, from the outside days of each way."""
        scheme, cases = self.scheme, self.cases
        users = quantities[scheme.users]
        licence_once = self._figure("licence_once", "price") * users
        equipment = self._figure("equipment", "equipment") + self._figure("equipment_user", "equipment") * users
        work = days * self._figure("day_rate", "day_rate")
        once = {
            "licence_once": licence_once,
            "work": work,
            "management": work * cases.of("", scheme.management),
            "equipment": equipment,
        }
        once["contingency"] = sum(once.values()) * cases.of("contingency", scheme.contingency)
        licence = self._figure("licence_year", "price") * users + self._by_contacts(quantities)
        yearly = {
            "licence": licence + licence_once * self._figure("kept_up", "price"),
            "improvement": work * cases.of("", scheme.improvement),
            "equipment": equipment * self._figure("equipment_kept_up", "equipment"),
        }
        return once, yearly

    def _figure(self, field: str, name: str) -> Numbers:
        """A figure of every way in every case: ways × cases × 1."""
        return np.stack([self.cases.of(name, getattr(money, field)) for money in self.scheme.ways.values()])

    def _by_contacts(self, quantities: Quantities) -> Numbers:
        """What is paid a year by the number of consumers held: ways × cases × firms."""
        read = quantities[self.scheme.contacts]
        nothing = np.zeros_like(read)
        tables = [money.contacts_year for money in self.scheme.ways.values()]
        priced = [along(table, "price", self.cases, read) if table else nothing for table in tables]
        return np.stack(priced)
