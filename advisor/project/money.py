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
from advisor.knowledge.schema.project import ProjectScheme, WayMoney
from advisor.knowledge.schema.selecting import Span
from advisor.project.cases import Cases, Numbers
from advisor.project.firms import FirmFacts
from advisor.project.quantities import Quantities, along, read_quantities, spread
from advisor.project.work import OUTSIDE, WORK_INPUTS, amount, tasks_of, total

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
    def later_year(self) -> Numbers:
        """All paid to others in each later year."""
        return sum(self.yearly.values(), np.zeros_like(self.yearly["licence"]))


@dataclass(frozen=True)
class ProjectMoney:
    """Cases, quantities, the outside days of each task and the cost of every way for some firms."""

    cases: Cases
    quantities: Quantities
    outside_days: Mapping[str, Numbers]
    ways: Mapping[Deployment, WayCost]


def project_money(scheme: ProjectScheme, tasks: Sequence[Task], firms: FirmFacts) -> ProjectMoney:
    """What each way would cost some firms."""
    cases = cases_of(scheme)
    quantities = read_quantities(scheme, cases, firms)
    outside = {task.id: amount(task.outside_days, OUTSIDE, cases, quantities, firms.size) for task in tasks}
    ways = {
        way: way_cost(scheme, way, money, cases, quantities, total(tasks_of(tasks, way), outside))
        for way, money in scheme.ways.items()
    }
    return ProjectMoney(cases, quantities, outside, ways)


def way_cost(
    scheme: ProjectScheme, way: Deployment, money: WayMoney, cases: Cases, quantities: Quantities, outside_days: Numbers
) -> WayCost:
    """The lines of one way, from the outside days of its tasks."""
    users = quantities[scheme.users]

    def priced(span: Span) -> Numbers:
        return cases.of("price", span) * users

    rate = cases.of("day_rate", money.day_rate)
    licence_once, licence_year = priced(money.licence_once), priced(money.licence_year)
    if money.contacts_year:
        licence_year = licence_year + along(money.contacts_year, "price", cases, quantities[scheme.contacts])
    equipment = cases.of("equipment", money.equipment) + cases.of("equipment", money.equipment_user) * users
    once = {
        "licence_once": licence_once,
        "work": outside_days * rate,
        "management": outside_days * rate * cases.of("", scheme.management),
        "equipment": equipment,
    }
    once["contingency"] = sum(once.values()) * cases.of("contingency", scheme.contingency)
    yearly = {
        "licence": licence_year + licence_once * cases.of("price", money.kept_up),
        "improvement": outside_days * rate * cases.of("", scheme.improvement),
        "equipment": equipment * cases.of("equipment", money.equipment_kept_up),
    }
    return WayCost(way, once, yearly)
