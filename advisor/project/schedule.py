"""One schedule: when each task starts and how long it takes, by prerequisites alone, in every case.

A task takes as long as its own days need with the people freed for it, and never less than its least duration.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Protocol, TypeVar

import numpy as np

from advisor.project.cases import Cases, Numbers

SHORTEST = 0.5
"""Weeks are told in halves."""


class Plannable(Protocol):
    """A task as the schedule sees it."""

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def after(self) -> Sequence[str]:
        """The tasks it waits for; those that are not in the plan do not count."""


AnyTask = TypeVar("AnyTask", bound=Plannable)


@dataclass(frozen=True)
class Schedule:
    """The first week of each task, counted from 0, and the weeks it takes: by task an array of cases × firms."""

    start: Mapping[str, Numbers]
    weeks: Mapping[str, Numbers]

    def end(self, task: str) -> Numbers:
        """The week in which a task is done."""
        return self.start[task] + self.weeks[task]


def duration(own_days: Numbers, least_weeks: Numbers, people: int, days_a_week: Numbers) -> Numbers:
    """The weeks a task takes, in every case, to the next half.

    Ten days of two people who are freed two days a week take two weeks and a half; a task that must run four takes four.

    >>> days, two = np.array([[10.0]]), np.array([[2.0]])
    >>> duration(days, np.array([[1.0]]), 2, two).item(), duration(days, np.array([[4.0]]), 2, two).item()
    (2.5, 4.0)
    """
    weeks = np.maximum(least_weeks, own_days / (people * days_a_week))
    return np.maximum(SHORTEST, np.ceil(weeks / SHORTEST - 1e-9) * SHORTEST)


def in_order(tasks: Sequence[AnyTask]) -> list[AnyTask]:
    """The tasks, each after those it waits for, otherwise in the order given. Raises ``CycleError`` for a circle."""
    by_name = {task.id: task for task in tasks}
    sorter = TopologicalSorter({task.id: [name for name in task.after if name in by_name] for task in tasks})
    sorter.prepare()
    place = {task.id: number for number, task in enumerate(tasks)}
    ready: list[str] = []
    ordered: list[AnyTask] = []
    while sorter.is_active():
        ready = sorted((*ready, *sorter.get_ready()), key=place.__getitem__)
        first, *ready = ready
        ordered.append(by_name[first])
        sorter.done(first)
    return ordered


def scheduled(tasks: Sequence[Plannable], weeks: Mapping[str, Numbers], cases: Cases, size: int) -> Schedule:
    """Each task as early as the tasks it waits for allow."""
    start: dict[str, Numbers] = {}
    for task in in_order(tasks):
        ends = [start[name] + weeks[name] for name in task.after if name in start]
        start[task.id] = np.maximum.reduce(ends) if ends else np.zeros((cases.count, size))
    return Schedule(start, weeks)
