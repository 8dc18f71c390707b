"""Days of work: linear in the quantities, so that a larger firm never has less of it for the same scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from advisor.knowledge.schema.products import Deployment
from advisor.knowledge.schema.project import ProjectScheme
from advisor.knowledge.schema.tasks import Task, Work
from advisor.project.cases import Cases, Numbers
from advisor.project.quantities import Quantities

OWN, OUTSIDE, DURATION = "own_days", "outside_days", "duration"
WORK_INPUTS = (OWN, OUTSIDE)
"""All figures of days of a kind move together: who underestimates one task underestimates the others."""


def tasks_of(tasks: Sequence[Task], way: Deployment) -> list[Task]:
    """The tasks a way of running a system has, in the order of the files."""
    return [task for task in tasks if way in task.ways]


def amount(work: Work, name: str, cases: Cases, quantities: Quantities, size: int, known_alone: bool = False) -> Numbers:
    """Days or weeks of one task in every case, an array of cases × firms: NaN where something they grow with is open, or
    without it where only what is ``known_alone`` is wanted."""
    whole = np.repeat(cases.of(name, work.base), size, axis=1)
    for quantity, span in work.per.items():
        more = cases.of(name, span) * quantities[quantity]
        whole = whole + (np.nan_to_num(more) if known_alone else more)
    return whole


def total(tasks: Iterable[Task], days: Mapping[str, Numbers]) -> Numbers:
    """The days of some tasks together; ``days`` has those of each by its id."""
    whole: Numbers = np.sum([days[task.id] for task in tasks], axis=0)
    return whole


@dataclass(frozen=True)
class DaysByWay:
    """The days of all tasks of each way: a base, and so much for each of some quantities; arrays of ways × cases × 1."""

    base: Numbers
    per: Mapping[str, Numbers]

    @classmethod
    def of(cls, kind: str, scheme: ProjectScheme, tasks: Sequence[Task], cases: Cases) -> DaysByWay:
        """The own, or the outside, days of the tasks of each way of a scheme."""
        nothing = np.zeros((cases.count, 1))
        base, per = [], dict[str, list[Numbers]]()
        for place, way in enumerate(scheme.ways):
            works: list[Work] = [getattr(task, kind) for task in tasks_of(tasks, way)]
            base.append(sum((cases.of(kind, work.base) for work in works), start=nothing))
            for quantity, span in ((name, span) for work in works for name, span in work.per.items()):
                so_far = per.setdefault(quantity, [nothing] * len(scheme.ways))
                so_far[place] = so_far[place] + cases.of(kind, span)
        return cls(np.stack(base), {quantity: np.stack(figures) for quantity, figures in per.items()})

    def days(self, quantities: Quantities) -> Numbers:
        """The days of some firms: ways × cases × firms."""
        return sum((figures * quantities[name] for name, figures in self.per.items()), start=self.base)
