"""The project of one firm as arrays: what bringing in a system would take and cost, from its facts and what it asks for."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from advisor.assessment.model.project import Range
from advisor.assessment.model.selection import OptionItem, SettingsItem
from advisor.assessment.own_figures import cost_as_set, project_as_set, terms_of
from advisor.inference.facts import Facts
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import SystemTask
from advisor.knowledge.schema.products import Deployment
from advisor.project.cases import Numbers
from advisor.project.funding import OPEN, cheapest, reference_ways
from advisor.project.money import project_money
from advisor.project.one_firm import MIDDLE, OneFirm
from advisor.project.schedule import duration, in_order, scheduled
from advisor.project.work import DURATION, OWN, amount, tasks_of, total

READINGS = 3
"""How often a firm stands in the arrays of its project."""
STATED_WAY = "deployment_preference"
"""The question in which a firm states the way of running a system it favours."""


class FirmProject:
    """The project of a firm as arrays of cases × its three readings (see :mod:`advisor.project.one_firm`).

    ``functions`` counts those asked for, ``options`` are the ways of running a system as its answers weigh them. The
    knowledge has a project: the papers alone give no work and no prices.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        facts: Facts,
        functions: Mapping[str, int],
        options: Mapping[str, OptionItem],
        settings: SettingsItem,
    ) -> None:
        assert knowledge.project and knowledge.cost
        self.knowledge, self.facts, self.settings, self.options = knowledge, facts, settings, options
        self.scheme, self.cost = project_as_set(knowledge.project, settings), cost_as_set(knowledge.cost, settings)
        self.terms = terms_of(self.cost, settings)
        self.money = project_money(self.scheme, knowledge.system_tasks, OneFirm(facts, functions), self.terms)
        self.cases = self.money.cases
        allowed = {way: np.repeat(not options[way].hard, READINGS) for way in self.money.ways}
        stated = {way: np.repeat(way == facts.value(STATED_WAY), READINGS) for way in self.money.ways}
        references = reference_ways(allowed, stated)
        place = int(cheapest(self.money.ways, references)[MIDDLE])
        self.reference = None if place == OPEN else list(self.money.ways)[place]
        self.possible = [way for way, firms in references.items() if firms[0]]
        self.candidates = [self.reference] if self.reference else self.possible
        self.tasks = in_order(knowledge.system_tasks)

    @cached_property
    def users(self) -> Numbers:
        """How many would use the system; NaN where it is open."""
        return self.money.quantities[self.scheme.users]

    @cached_property
    def own_days(self) -> Mapping[str, Numbers]:
        """The firm's own days of each task."""
        return {
            task.id: amount(task.own_days, OWN, self.cases, self.money.quantities, READINGS)
            for task in self.knowledge.system_tasks
        }

    @cached_property
    def weeks(self) -> Mapping[str, Numbers]:
        """How long each task takes."""
        days_a_week = self.cases.of("", self.scheme.days_a_week)
        return {
            task.id: duration(
                self.own_days[task.id],
                amount(task.weeks, DURATION, self.cases, self.money.quantities, READINGS),
                task.people,
                days_a_week,
            )
            for task in self.knowledge.system_tasks
        }

    def days_of(self, way: Deployment) -> Numbers:
        """The firm's own days for a system run one way."""
        return total(tasks_of(self.knowledge.system_tasks, way), self.own_days)

    def outside_days_of(self, way: Deployment) -> Numbers:
        """The days of others for a system run one way."""
        return total(tasks_of(self.knowledge.system_tasks, way), self.money.outside_days)

    def go_live(self, tasks: Sequence[SystemTask]) -> Numbers | None:
        """The week in which the last site has switched; None where no task rolls out."""
        schedule = scheduled(tasks, self.weeks, self.cases, READINGS)
        last = [schedule.end(task.id) for task in tasks if task.phase == "roll_out"]
        return np.maximum.reduce(last) if last else None

    def range(self, cases: Numbers, unit: float = 1.0) -> Range | None:
        """Low, base and high of a figure in some unit; None where it is open."""
        return self.ranges(np.broadcast_to(cases, (self.cases.count, READINGS))[:, None], unit)[0]

    def ranges(self, cases: Numbers, unit: float = 1.0) -> list[Range | None]:
        """The ranges of several figures, an array of cases × figures × readings: the low end of the smallest reading, the
        base of the middle one, the high end of the largest."""
        spans = self.cases.range(cases.reshape(self.cases.count, -1)).reshape(3, -1, READINGS) / unit
        low, base, high = (spans[end, :, end].round(2) for end in range(READINGS))
        ends = np.stack([np.minimum(low, base), base, np.maximum(base, high)], axis=1)
        return [(least, middle, most) if not math.isnan(least + most) else None for least, middle, most in ends.tolist()]


def base_of(cases: Numbers, unit: float = 1.0) -> float | None:
    """The base reading of a figure of one firm; None where it is open."""
    number = float(cases[0, MIDDLE if cases.shape[1] == READINGS else 0])
    return None if np.isnan(number) else round(number / unit, 2)
