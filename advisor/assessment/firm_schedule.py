"""The one schedule of a firm: every task with its days, its weeks and when it starts, by the people it can free and the
months in which it can free none. Every page reads the weeks until a system is in use from here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from advisor.assessment.firm_project import READINGS, FirmProject, open_codes
from advisor.assessment.model.assessment import FIRST_STEPS
from advisor.assessment.model.project import Range
from advisor.assessment.plan import Calls, FirmTasks, firm_tasks, told_first
from advisor.assessment.season import FRONT_LINE, busy_months, closed_half_weeks
from advisor.knowledge.commonness import commonness
from advisor.knowledge.schema import Role, Task
from advisor.knowledge.schema.products import Deployment
from advisor.project.cases import BASE, Numbers
from advisor.project.one_firm import MIDDLE
from advisor.project.schedule import SHORTEST, Load, Span, Team, duration, in_order, levelled, scheduled
from advisor.project.work import DURATION, OUTSIDE, OWN

BUSINESS: tuple[Role, ...] = ("operations", "sales", "service", "marketing")
"""The departments that people are freed from for the project."""
ROLE_SHARE = 0.5
"""The share of the team that the people of one role make up at most."""
MOST_MORE = 4
"""So many people more than can be freed are asked for at most, an assumption of ours."""
A_WEEK = 1.0
"""What is faster by less is as fast."""
PEOPLE = "project_people"
"""The question how many people can be freed for the project."""


@dataclass(frozen=True)
class TaskFigures:
    """What a task takes and when: days in every case, weeks and first week in the base case; ``open`` the questions that
    settle what is open; ``lifts`` what it lifts of what stands in the way; ``unheld`` when it would run if people could be
    freed in every month."""

    task: Task
    own_days: Numbers
    outside_days: Numbers
    weeks: float
    start: float
    after: tuple[str, ...]
    open: tuple[str, ...]
    planned: bool
    lifts: tuple[str, ...]
    unheld: Span


@dataclass(frozen=True)
class WithMore:
    """So many people freed, and the weeks of work with them."""

    people: float
    weeks: float


@dataclass(frozen=True)
class FirmSchedule:
    """The one schedule of a firm: every task in the order it is told.

    ``go_live`` is in how many weeks the system is in use everywhere, with the people who can be freed and held
    where nobody can be; ``work_weeks`` how many it would be without those months, ``with_more`` what a few more
    people would make of these (base); ``spared`` are tasks that so few users do without. All are None where
    something they hang on is open."""

    tasks: tuple[TaskFigures, ...]
    go_live: Range | None
    work_weeks: Range | None
    with_more: WithMore | None = None
    spared: tuple[Task, ...] = ()

    @property
    def plan(self) -> tuple[TaskFigures, ...]:
        """The tasks that the verdict allows."""
        return tuple(task for task in self.tasks if task.planned)


def firm_schedule(
    project: FirmProject, calls: Calls, ways: Sequence[Deployment], begins: date | None = None
) -> FirmSchedule:
    """The schedule of the tasks that some calls ask of a firm, whichever of some ways of running a system it takes; where
    the day it ``begins`` is known it keeps out of the months that are too busy."""
    return project.once(("schedule", calls, tuple(ways), begins), lambda: _firm_schedule(project, calls, ways, begins))


def _firm_schedule(project: FirmProject, calls: Calls, ways: Sequence[Deployment], begins: date | None) -> FirmSchedule:
    chosen = firm_tasks(project.knowledge, calls, ways, project.done, project.empty, project.too_large, project.few_users)
    order = in_order({task.id: chosen.after[task.id] for task in chosen.all}, chosen.urgency)
    people = people_freed(project)
    loads = {task.id: _load(project, task, people) for task in chosen.all}
    team = _team(project, people)
    unheld = levelled(order, chosen.after, loads, team)
    length = sum(load.weeks for load in loads.values())
    closed = closed_half_weeks(busy_months(project.facts), begins, length)
    held = replace(team, closed=closed)
    spans = levelled(order, chosen.after, loads, held) if closed else unheld
    start = {name: span.start for name, span in spans.items()}
    first = told_first(chosen, start, calls, commonness(project.knowledge))
    told = in_order({task.id: chosen.after[task.id] for task in chosen.all}, first)
    planned, tasks = {task.id for task in chosen.plan}, {task.id: task for task in chosen.all}
    figures = (
        TaskFigures(
            task=tasks[name],
            own_days=project.work(tasks[name], OWN),
            outside_days=project.work(tasks[name], OUTSIDE),
            weeks=spans[name].weeks,
            start=spans[name].start,
            after=chosen.after[name],
            open=open_codes(project, tasks[name]),
            planned=name in planned,
            lifts=chosen.lifts.get(name, ()),
            unheld=unheld[name],
        )
        for name in told
    )
    ordered = _first_by_week(sorted(figures, key=lambda item: not item.planned))
    last = _last_core(chosen)
    if not last or any(open_codes(project, task) for task in chosen.all if task.core):
        return FirmSchedule(ordered, None, None, spared=chosen.spared)
    work = _work_weeks(project, chosen, order, last, _end(unheld, last))
    live = work
    if closed:

        def put_off(times: float) -> float:
            """By how many weeks the closed months put off going live, where all takes so many times as long."""
            longer = _stretched(loads, times)
            return _end(levelled(order, chosen.after, longer, held), last) - _end(
                levelled(order, chosen.after, longer, team), last
            )

        base = _end(spans, last)
        low, high = (round(end + max(0.0, put_off(end / work[1])), 1) for end in (work[0], work[2]))
        live = min(low, base), base, max(high, base)
    return FirmSchedule(ordered, live, work, _with_more(project, chosen, order, last, work[1]), chosen.spared)


def _first_by_week(told: Sequence[TaskFigures]) -> tuple[TaskFigures, ...]:
    """Tasks in the order they are told; the first steps, chosen by what matters most, in the order of their
    weeks; a plan ends in its decision."""
    first = [figures for figures in told[:FIRST_STEPS] if figures.planned]
    in_weeks = sorted(
        first, key=lambda figures: (bool(figures.task.ends), int(figures.start))
    )  # a plan ends in its decision
    return (*in_weeks, *told[len(first) :])


def _with_more(
    project: FirmProject, chosen: FirmTasks, order: Sequence[str], last: Sequence[str], work: float
) -> WithMore | None:
    """How many more people than can be freed, a few at most, do the work as fast as it can be done, or faster than now."""
    there = people_freed(project)
    if not there:
        return None

    def weeks(people: float | None) -> float:
        loads = {task.id: _load(project, task, people) for task in chosen.all}
        return _end(levelled(order, chosen.after, loads, _team(project, people)), last)

    fastest = weeks(None)
    if round(fastest) >= round(work):
        return None
    tried = WithMore(there, work)
    for more in range(1, MOST_MORE + 1):
        tried = WithMore(there + more, weeks(there + more))
        if tried.weeks <= fastest + A_WEEK:
            break
    return tried if round(tried.weeks) < round(work) else None


def people_freed(project: FirmProject) -> float | None:
    """How many people can be freed for the project; None where that is not known."""
    people = project.facts.value(PEOPLE)
    return float(people) if isinstance(people, int | float) else None


def _team(project: FirmProject, people: float | None) -> Team:
    """What there is to do tasks with where so many people are freed; where none are, no number of weeks would do, and it is
    as many as are asked for."""
    team = float(project.quantities[project.scheme.team][0, MIDDLE])
    a_week = project.scheme.days_a_week[BASE]
    return Team(
        of_a_role=None if np.isnan(team) else max(1.0, team * ROLE_SHARE) * a_week,
        freed=people * a_week if people else None,
    )


def _last_core(chosen: FirmTasks) -> list[str]:
    """The tasks with which a system is in use everywhere."""
    return [task.id for task in chosen.all if task.core and task.phase == "roll_out"]


def _end(spans: Mapping[str, Span], last: Sequence[str]) -> float:
    return max(spans[name].end for name in last)


def _stretched(loads: Mapping[str, Load], times: float) -> dict[str, Load]:
    """Loads that take so many times as long, in halves of a week."""
    return {
        name: replace(load, weeks=max(SHORTEST, round(load.weeks * times / SHORTEST) * SHORTEST))
        for name, load in loads.items()
    }


def weeks_of(project: FirmProject, task: Task) -> float:
    """The weeks a task takes, base reading."""
    return float(_weeks_in_cases(project, task)[0, MIDDLE])


def _weeks_in_cases(project: FirmProject, task: Task) -> Numbers:
    """The weeks of a task in every case with the people who can be freed; what grows with something open is left out."""
    return _weeks_with(project, task, people_freed(project))


def _weeks_with(project: FirmProject, task: Task, people: float | None) -> Numbers:
    """The weeks of a task where so many people are freed, None or 0 for as many as it asks for."""
    there = min(float(task.people), people) if people and _by_freed(task) else float(task.people)
    return project.once(("weeks", task.id, there), lambda: _weeks(project, task, there))


def _weeks(project: FirmProject, task: Task, people: float) -> Numbers:
    least, days = project.work(task, DURATION), project.work(task, OWN)
    freed = project.cases.of("", project.scheme.days_a_week)
    if np.isnan(least).any():
        least = project.least_amount(task.weeks, DURATION)
    if np.isnan(days).any():
        days = project.least_amount(task.own_days, OWN)
    weeks = duration(np.zeros_like(days) if task.by_staff else days, least, people, freed)
    return np.broadcast_to(weeks, (project.cases.count, READINGS))


def _by_freed(task: Task) -> bool:
    """Whether those freed for the project do a task: the core of it that business departments lead. What IT, finance and HR
    lead is done in their own time, as is all else by whom it belongs to."""
    return task.core and not task.by_staff and task.owner in BUSINESS


def _load(project: FirmProject, task: Task, people: float | None) -> Load:
    return project.once(("load", task.id, people), lambda: _new_load(project, task, people))


def _new_load(project: FirmProject, task: Task, people: float | None) -> Load:
    days = float(np.nan_to_num(project.work(task, OWN)[0, MIDDLE]))
    length = float(_weeks_with(project, task, people)[0, MIDDLE])
    return Load(length, 0.0 if task.by_staff else days / length, task.owner, _by_freed(task), task.phase in FRONT_LINE)


def _work_weeks(project: FirmProject, chosen: FirmTasks, order: Sequence[str], last: Sequence[str], end: float) -> Range:
    """The weeks until the last core task of the roll-out is done: the base as scheduled, low and high as far from it as they
    are by prerequisites and the days of those freed alone."""
    weeks = {task.id: _weeks_in_cases(project, task) for task in chosen.all}
    free = scheduled(chosen.after, weeks, project.cases, READINGS, order)
    ends: Numbers = np.maximum.reduce([free.end(name) for name in last])
    if people := people_freed(project):
        before = [project.work(task, OWN) for task in chosen.all if _by_freed(task) and task.phase != "improve"]
        ends = np.maximum(ends, np.sum(before, axis=0) / (people * project.cases.of("", project.scheme.days_a_week)))
    span = project.range(ends)
    assert span is not None  # nothing is open
    return round(end * span[0] / span[1], 1), end, round(end * span[2] / span[1], 1)
