"""The simpler alternatives to a CRM system that fit a firm: with what numbers each copes, and what it takes."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from advisor.assessment.findings import Findings
from advisor.assessment.firm_project import FirmProject, PricedProject
from advisor.assessment.model import CapacityItem, LighterItem
from advisor.assessment.model.project import Range
from advisor.interview.answers import Answers
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Lighter
from advisor.project.work import OWN

AT_MOST = {"crm_users": ("employees",)}
"""By number another that it cannot go beyond: seats for people still to be hired are a wish."""


def lighter_items(findings: Findings, answers: Answers, project: FirmProject | None) -> tuple[LighterItem, ...]:
    """Those that rules concluded, without those that give way to another of them."""
    ways = list(findings.concluded(Lighter))
    return tuple(
        LighterItem(
            **findings.common_fields(way),
            revisit=way.revisit,
            carries=_capacity(way, answers, findings.knowledge),
            own_days=_own_days(way, project),
            yearly=_yearly(way, project),
        )
        for way in leading(ways)
    )


def leading(ways: Iterable[Lighter]) -> list[Lighter]:
    """Some alternatives without those that give way to another of them."""
    ways = list(ways)
    names = {way.id for way in ways}
    return [way for way in ways if names.isdisjoint(way.unless)]


def _capacity(way: Lighter, answers: Answers, knowledge: Knowledge) -> tuple[CapacityItem, ...]:
    items = []
    for question, limit in way.carries.items():
        numbers = [answers.value(name) for name in (question, *AT_MOST.get(question, ()))]
        known = [number for number in numbers if isinstance(number, int | float)]
        holds = True if known and min(known) < limit else False if isinstance(numbers[0], int | float) else None
        items.append(CapacityItem(question=question, code=knowledge.questions[question].code, below=limit, holds=holds))
    return tuple(items)


def _own_days(way: Lighter, project: FirmProject | None) -> Range | None:
    """The firm's own days of the tasks that carry an alternative out."""
    if project is None:
        return None
    tasks = [task for task in project.knowledge.tasks if way.id in task.meets]
    return project.range(np.sum([project.work(task, OWN) for task in tasks], axis=0))


def _yearly(way: Lighter, project: FirmProject | None) -> Range | None:
    """What an alternative costs a year, in the currency of the project."""
    if not isinstance(project, PricedProject):
        return None
    rate = project.cost.rates[project.cost.currency]
    low, base, high = (round(end / rate, 2) for end in way.rmb_year)
    return low, base, high
