"""The project of a firm in words and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from advisor.assessment.firm_project import FirmProject, alternatives_of, codes_of
from advisor.assessment.firm_schedule import FirmSchedule, TaskFigures
from advisor.assessment.model.project import (
    MoneyLineItem,
    Origin,
    ProjectItem,
    ProjectTaskItem,
    QuantityItem,
    Range,
    WayCostItem,
)
from advisor.knowledge.schema import Task
from advisor.knowledge.schema.products import Deployment
from advisor.knowledge.schema.project import COUNTED
from advisor.phrases import phrases
from advisor.project.cases import Numbers
from advisor.project.money import WayCost

phrase = phrases("project")


def project_item(project: FirmProject, schedule: FirmSchedule) -> ProjectItem:
    """All of it in words and numbers."""
    core = [figures for figures in schedule.tasks if figures.task.core]
    further = [figures.own_days for figures in schedule.tasks if not figures.task.core]
    quantities = tuple(_quantity(project, name) for name in _needed(project, [figures.task for figures in schedule.tasks]))
    unsettled = (code for quantity in quantities if quantity.origin == "open" for code in quantity.codes)
    ways = project.money.ways if project.money else {}
    return ProjectItem(
        reference=project.reference,
        quantities=quantities,
        tasks=tuple(_task(project, figures) for figures in schedule.tasks),
        own_days=_sum(project, [figures.own_days for figures in core]),
        outside_days=_sum(project, [figures.outside_days for figures in core]),
        further_days=_sum(project, further),
        go_live=schedule.go_live,
        ways=tuple(_way(project, way, cost) for way, cost in ways.items()),
        open=tuple(dict.fromkeys(unsettled)),
        may_change=project.may_change,
    )


def _sum(project: FirmProject, days: Sequence[Numbers]) -> Range | None:
    return project.range(np.sum(days, axis=0)) if days else (0.0, 0.0, 0.0)


def _needed(project: FirmProject, tasks: Iterable[Task]) -> list[str]:
    """The quantities that tasks and money grow with, and those they were read from, in the order of the scheme."""
    scheme = project.scheme
    waiting = [scheme.users, scheme.contacts, *(name for task in tasks for name in task.drivers)]
    needed: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in needed and name not in COUNTED:
            needed.add(name)
            parts = (part for alternative in alternatives_of(project, name) for part in alternative)
            waiting += [other for part in parts for other in (part.quantity, part.by) if other]
    return [name for name in scheme.quantities if name in needed]


def _quantity(project: FirmProject, name: str) -> QuantityItem:
    quantity, alternatives = project.scheme.quantities[name], alternatives_of(project, name)
    is_open = int(project.quantities.chosen[name][0]) < 0
    parts = [] if is_open else alternatives[0]
    origin: Origin = "open" if is_open else "answered" if len(parts) == 1 and parts[0].is_answer else "worked_out"
    return QuantityItem(
        quantity=name,
        label=quantity.label,
        unit=quantity.unit,
        origin=origin,
        range=None if is_open else project.range(project.quantities[name]),
        codes=tuple(dict.fromkeys(codes_of(project, alternatives, is_open))),
        why=tuple(part.why for part in parts),
        shown=quantity.shown,
    )


def _task(project: FirmProject, figures: TaskFigures) -> ProjectTaskItem:
    task = figures.task
    return ProjectTaskItem(
        id=task.id,
        title=task.title,
        phase=task.phase,
        owner=task.owner,
        core=task.core,
        own_days=project.range(figures.own_days),
        outside_days=project.range(figures.outside_days),
        start=figures.start,
        weeks=figures.weeks,
        after=figures.after,
        driven_by=task.drivers,
        open=figures.open,
        planned=figures.planned,
    )


def _way(project: FirmProject, way: Deployment, cost: WayCost) -> WayCostItem:
    kinds = dict.fromkeys((*cost.once, *cost.yearly))
    lines = (
        MoneyLineItem(
            line=kind,
            label=phrase(f"line.{kind}"),
            once=_base(cost.once[kind]) if kind in cost.once else 0.0,
            yearly=_base(cost.yearly[kind]) if kind in cost.yearly else 0.0,
        )
        for kind in kinds
    )
    return WayCostItem(
        way=way,
        title=project.knowledge.findings[way].title,
        candidate=way in project.ways,
        ruled_out=way in project.ruled_out,
        first_year=project.range(cost.first_year),
        later_year=project.range(cost.later_year),
        user_year=project.scheme.ways[way].licence_year,
        lines=tuple(line for line in lines if line.once != 0 or line.yearly != 0),
    )


def _base(cases: Numbers) -> float | None:
    number = float(cases[0, 0])
    return None if np.isnan(number) else round(number, 2)
