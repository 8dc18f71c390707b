"""What a way of running a system costs: licences by price, outside days by rate, equipment, contingency.

    first year   = licence + outside days × rate × (1 + steering) + equipment + contingency on all paid once
    a later year = licence + outside days × improvement × rate + equipment kept up

Paid to others, in RMB; the firm's own days are told in days. Any product run the same way differs in its licence alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from advisor.knowledge.schema.products import Deployment
from advisor.knowledge.schema.project import ProjectScheme, SystemTask, WayMoney
from advisor.project.cases import Cases, Numbers
from advisor.project.firms import FirmFacts
from advisor.project.prices import PRICE, Licence, Terms, reference_licence
from advisor.project.quantities import Quantities, read_quantities, spread
from advisor.project.work import OUTSIDE, WORK_INPUTS, amount, tasks_of, total

PRICES = (PRICE, "day_rate", "equipment", "contingency")


def cases_of(scheme: ProjectScheme) -> Cases:
    """The cases of a scheme: every quantity with a range, days of work, and prices."""
    return Cases((*spread(scheme), *WORK_INPUTS, *PRICES))


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

    way: Deployment
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

    def paid(self, years: int) -> Numbers:
        """All paid to others over the years."""
        return self.first_year + (years - 1) * self.later_year


@dataclass(frozen=True)
class ProjectMoney:
    """Cases, quantities, the outside days of each task, and for every way its work and its cost at the reference price."""

    cases: Cases
    quantities: Quantities
    outside_days: Mapping[str, Numbers]
    work: Mapping[Deployment, WayWork]
    ways: Mapping[Deployment, WayCost]


def project_money(
    scheme: ProjectScheme, tasks: Sequence[SystemTask], firms: FirmFacts, terms: Terms | None = None
) -> ProjectMoney:
    """What each way would cost some firms at its reference price."""
    cases, terms = cases_of(scheme), terms or Terms()
    quantities = read_quantities(scheme, cases, firms)
    users, contacts = quantities[scheme.users], quantities[scheme.contacts]
    outside = {task.id: amount(task.outside_days, OUTSIDE, cases, quantities, firms.size) for task in tasks}
    work = {
        way: way_work(scheme, money, cases, users, total(tasks_of(tasks, way), outside))
        for way, money in scheme.ways.items()
    }
    ways = {
        way: way_cost(way, work[way], reference_licence(money, cases, users, contacts), terms)
        for way, money in scheme.ways.items()
    }
    return ProjectMoney(cases, quantities, outside, work, ways)


def way_work(scheme: ProjectScheme, money: WayMoney, cases: Cases, users: Numbers, outside_days: Numbers) -> WayWork:
    """The lines of one way beside licences, from the outside days of its tasks."""
    work = outside_days * cases.of("day_rate", money.day_rate)
    equipment = cases.of("equipment", money.equipment) + cases.of("equipment", money.equipment_user) * users
    once = {"work": work, "management": work * cases.of("", scheme.management), "equipment": equipment}
    later = {
        "improvement": work * cases.of("", scheme.improvement),
        "equipment": equipment * cases.of("equipment", money.equipment_kept_up),
    }
    return WayWork(once, later, cases.of("contingency", scheme.contingency))


def way_cost(way: Deployment, work: WayWork, licence: Licence, terms: Terms) -> WayCost:
    """The lines of one way with some licence, as the terms have it."""
    once = {"licence_once": licence.once, **work.once}
    once["contingency"] = sum(once.values()) * work.contingency
    unpaid = (terms.years - terms.prepaid_years) / (terms.years - 1)
    taxed = 1 + terms.vat
    first = {"licence": licence.yearly * terms.prepaid_years, **once}
    later = {"licence": licence.yearly * unpaid, **work.later}
    return WayCost(
        way,
        {line: amount * taxed for line, amount in first.items()},
        {line: amount * taxed for line, amount in later.items()},
    )
