"""The one schedule of a firm: every task with its days, its weeks and when it starts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from advisor.assessment.firm_project import READINGS, FirmProject, open_codes
from advisor.assessment.model.project import Range
from advisor.assessment.plan import Calls, FirmTasks, firm_tasks, told_first
from advisor.knowledge.commonness import commonness
from advisor.knowledge.schema import Task
from advisor.knowledge.schema.products import Deployment
from advisor.project.cases import BASE, Numbers
from advisor.project.one_firm import MIDDLE
from advisor.project.schedule import Load, duration, in_order, levelled, scheduled
from advisor.project.work import DURATION, OUTSIDE, OWN

ROLE_SHARE = 0.5
"""The share of the team that the people of one role make up at most."""


@dataclass(frozen=True)
class TaskFigures:
    """What a task takes and when: days in every case, weeks and first week in the base case; ``open`` the questions that
    settle what is open; ``lifts`` what it lifts of what stands in the way."""

    task: Task
    own_days: Numbers
    outside_days: Numbers
    weeks: float
    start: float
    after: tuple[str, ...]
    open: tuple[str, ...]
    planned: bool
    lifts: tuple[str, ...]


@dataclass(frozen=True)
class FirmSchedule:
    """The one schedule of a firm: every task in the order it is told, and the week of going live."""

    tasks: tuple[TaskFigures, ...]
    go_live: Range | None

    @property
    def plan(self) -> tuple[TaskFigures, ...]:
        """The tasks that the verdict allows."""
        return tuple(task for task in self.tasks if task.planned)


def firm_schedule(project: FirmProject, calls: Calls, ways: Sequence[Deployment]) -> FirmSchedule:
    """The schedule of the tasks that some calls ask of a firm, whichever of some ways of running a system it takes."""
    return project.once(("schedule", calls, tuple(ways)), lambda: _firm_schedule(project, calls, ways))


def _firm_schedule(project: FirmProject, calls: Calls, ways: Sequence[Deployment]) -> FirmSchedule:
    chosen = firm_tasks(project.knowledge, calls, ways, project.done, project.empty, project.too_large)
    own = {task.id: project.work(task, OWN) for task in chosen.all}
    weeks = {task.id: _weeks_in_cases(project, task) for task in chosen.all}
    order = in_order({task.id: chosen.after[task.id] for task in chosen.all}, chosen.urgency)
    loads = {task.id: _load(project, task) for task in chosen.all}
    team = float(project.quantities[project.scheme.team][0, MIDDLE])
    capacity = None if np.isnan(team) else max(1.0, team * ROLE_SHARE) * project.scheme.days_a_week[BASE]
    start = levelled(order, chosen.after, loads, capacity)
    first = told_first(chosen, start, calls, commonness(project.knowledge))
    told = in_order({task.id: chosen.after[task.id] for task in chosen.all}, first)
    planned, tasks = {task.id for task in chosen.plan}, {task.id: task for task in chosen.all}
    figures = (
        TaskFigures(
            task=tasks[name],
            own_days=own[name],
            outside_days=project.work(tasks[name], OUTSIDE),
            weeks=loads[name].weeks,
            start=start[name],
            after=chosen.after[name],
            open=open_codes(project, tasks[name]),
            planned=name in planned,
            lifts=chosen.lifts.get(name, ()),
        )
        for name in told
    )
    ordered = sorted(figures, key=lambda item: not item.planned)
    return FirmSchedule(tuple(ordered), _go_live(project, chosen, weeks, start, order))


def weeks_of(project: FirmProject, task: Task) -> float:
    """The weeks a task takes, base reading."""
    return float(_weeks_in_cases(project, task)[0, MIDDLE])


def _weeks_in_cases(project: FirmProject, task: Task) -> Numbers:
    """The weeks of a task in every case; what grows with something open is left out."""
    return project.once(("weeks", task.id), lambda: _weeks(project, task))


def _weeks(project: FirmProject, task: Task) -> Numbers:
    least, days = project.work(task, DURATION), project.work(task, OWN)
    freed = project.cases.of("", project.scheme.days_a_week)
    if np.isnan(least).any():
        least = project.least_amount(task.weeks, DURATION)
    if np.isnan(days).any():
        days = project.least_amount(task.own_days, OWN)
    weeks = duration(np.zeros_like(days) if task.by_staff else days, least, task.people, freed)
    return np.broadcast_to(weeks, (project.cases.count, READINGS))


def _load(project: FirmProject, task: Task) -> Load:
    return project.once(("load", task.id), lambda: _new_load(task, project.work(task, OWN), _weeks_in_cases(project, task)))


def _new_load(task: Task, own_days: Numbers, weeks: Numbers) -> Load:
    days, length = float(np.nan_to_num(own_days[0, MIDDLE])), float(weeks[0, MIDDLE])
    return Load(length, 0.0 if task.by_staff else days / length, task.owner)


def _go_live(
    project: FirmProject, chosen: FirmTasks, weeks: Mapping[str, Numbers], start: Mapping[str, float], order: Sequence[str]
) -> Range | None:
    """The week in which the last core task of the roll-out is done: the base as scheduled, low and high as far from it as
    they are by prerequisites alone."""
    last = [task.id for task in chosen.all if task.core and task.phase == "roll_out"]
    if not last or any(open_codes(project, task) for task in chosen.all if task.core):
        return None
    free = scheduled(chosen.after, weeks, project.cases, READINGS, order)
    span = project.range(np.maximum.reduce([free.end(name) for name in last]))
    end = max(start[name] + float(weeks[name][0, MIDDLE]) for name in last)
    return None if span is None else (round(end * span[0] / span[1], 1), end, round(end * span[2] / span[1], 1))
