"""Days of work: linear in the quantities, so that a larger firm never has less of it for the same scope."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from advisor.knowledge.schema.products import Deployment
from advisor.knowledge.schema.project import SystemTask, Work
from advisor.project.cases import Cases, Numbers
from advisor.project.quantities import Quantities

OWN, OUTSIDE, DURATION = "own_days", "outside_days", "duration"
WORK_INPUTS = (OWN, OUTSIDE)
"""All figures of days of a kind move together: who underestimates one task underestimates the others."""


def tasks_of(tasks: Sequence[SystemTask], way: Deployment) -> list[SystemTask]:
    """The tasks a way of running a system has, in the order of the files."""
    return [task for task in tasks if way in task.ways]


def amount(work: Work, name: str, cases: Cases, quantities: Quantities, size: int) -> Numbers:
    """Days or weeks of one task in every case, an array of cases × firms."""
    total = np.repeat(cases.of(name, work.base), size, axis=1)
    for quantity, span in work.per.items():
        total = total + cases.of(name, span) * quantities[quantity]
    return total


def days(tasks: Sequence[SystemTask], kind: str, cases: Cases, quantities: Quantities, size: int) -> Numbers:
    """All days of a kind that some tasks take together, in every case."""
    none = np.zeros((cases.count, size))
    return sum((amount(getattr(task, kind), kind, cases, quantities, size) for task in tasks), none)
