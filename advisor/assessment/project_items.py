"""The project of a firm in words and numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np

from advisor.assessment.answer_items import deciding_codes
from advisor.assessment.firm_project import FirmProject, PricedProject, alternatives_of, codes_of, is_open
from advisor.assessment.firm_schedule import FirmSchedule, TaskFigures, firm_schedule
from advisor.assessment.model.project import (
    Origin,
    ProjectItem,
    ProjectTaskItem,
    QuantityItem,
    Range,
    WayCostItem,
)
from advisor.assessment.own_figures import own_figures
from advisor.assessment.plan import Calls
from advisor.assessment.season import FRONT_LINE, Held, busy_months, season_note
from advisor.assessment.way_cost import way_cost_item
from advisor.assessment.wordings import worded
from advisor.knowledge.currency import HOME
from advisor.knowledge.questions_behind import asking_rules
from advisor.knowledge.schema import Task, VerdictName
from advisor.knowledge.schema.products import Deployment
from advisor.knowledge.schema.project import COUNTED, Part
from advisor.project.cases import Numbers
from advisor.project.one_firm import MIDDLE
from advisor.project.prices import rate_level
from advisor.project.schedule import Span
from advisor.project.work import OUTSIDE, OWN
from advisor.text import Text

TOLD = 3
"""So many questions are named that would settle which functions are asked for."""
YEARS = 5
"""The years looked at where nothing says otherwise."""


def project_item(project: FirmProject, calls: Calls, schedule: FirmSchedule, begins: date | None = None) -> ProjectItem:
    """All of it in words and numbers; ``schedule`` is that of the ways it may take, for the same calls and the same day."""
    core = [figures for figures in schedule.tasks if figures.task.core]
    further = [figures.own_days for figures in schedule.tasks if not figures.task.core]
    names = _needed(project, [figures.task for figures in schedule.tasks])
    quantities = tuple(quantity_item(project, name) for name in names)
    return ProjectItem(
        reference=project.planned_way,
        held_against=project.reference,
        quantities=quantities,
        tasks=tuple(_task(project, figures, calls.verdict) for figures in schedule.tasks),
        own_days=_sum(project, [figures.own_days for figures in core]),
        outside_days=_sum(project, [figures.outside_days for figures in core]),
        further_days=_sum(project, further),
        further_money=_further_money(project, schedule, project.planned_way),
        go_live=schedule.go_live,
        work_weeks=schedule.work_weeks,
        season=_season(project, schedule, begins),
        currency=project.cost.currency if isinstance(project, PricedProject) else HOME,
        years=project.cost.years if isinstance(project, PricedProject) else YEARS,
        ways=tuple(_ways(project, calls, schedule, begins)),
        own_figures=tuple(own_figures(project.knowledge, project.settings)) if isinstance(project, PricedProject) else (),
        open=_codes(quantities, "open"),
        narrowed_by=tuple(dict.fromkeys((*_codes(quantities, "bounded"), *_function_codes(project)))),
        may_change=project.may_change,
    )


def _further_money(project: FirmProject, schedule: FirmSchedule, way: Deployment | None) -> Range | None:
    """What the tasks of a plan beside the core ones pay to others: days at the rate of a way of running it, and sums."""
    if not isinstance(project, PricedProject) or way is None:
        return None
    money = project.scheme.ways[way]
    rate = project.cases.of("day_rate", money.day_rate) * rate_level(project.scheme, money, project.quantities)
    tasks = [figures for figures in schedule.plan if not figures.task.core]
    paid = [figures.outside_days * rate + project.amount(figures.task.rmb, OUTSIDE) for figures in tasks]
    return project.range(np.sum(paid, axis=0), project.cost.rates[project.cost.currency]) if paid else (0.0, 0.0, 0.0)


def _season(project: FirmProject, schedule: FirmSchedule, begins: date | None) -> Text | None:
    """Where the plan would take people away from customers in months that are too busy."""
    front = [
        Held(figures.task.title, figures.unheld, Span(figures.start, figures.weeks))
        for figures in sorted(schedule.plan, key=lambda figures: figures.start)
        if figures.task.phase in FRONT_LINE
    ]
    weeks = (schedule.work_weeks[1], schedule.go_live[1]) if schedule.work_weeks and schedule.go_live else None
    return season_note(front, busy_months(project.facts), begins, weeks)


def _ways(project: FirmProject, calls: Calls, schedule: FirmSchedule, begins: date | None) -> Iterator[WayCostItem]:
    if isinstance(project, PricedProject):
        for way in project.money.ways:
            own = schedule if project.ways == (way,) else firm_schedule(project, calls, (way,), begins)
            yield way_cost_item(project, way, own, _further_money(project, own, way))


def _sum(project: FirmProject, days: Sequence[Numbers]) -> Range | None:
    return project.range(np.sum(days, axis=0)) if days else (0.0, 0.0, 0.0)


def _needed(project: FirmProject, tasks: Iterable[Task]) -> list[str]:
    """The quantities that tasks and money grow with, and those they were read from, in the order of the scheme."""
    scheme = project.scheme
    staged = [scheme.all_users] if scheme.all_users and comes_in_stages(project) else []
    waiting = [scheme.users, *staged, scheme.contacts, *(name for task in tasks for name in task.drivers)]
    needed: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in needed and name not in COUNTED:
            needed.add(name)
            parts = (part for alternative in alternatives_of(project, name) for part in alternative)
            waiting += [other for part in parts for other in part.quantities]
    return [name for name in scheme.quantities if name in needed]


def comes_in_stages(project: FirmProject) -> bool:
    """Whether more people are to use the system in the end than the project, its first stage, is for."""
    scheme = project.scheme
    if scheme.all_users is None or is_open(project, scheme.all_users) or is_open(project, scheme.users):
        return False
    return bool((project.quantities[scheme.all_users] > project.quantities[scheme.users]).all())


def _codes(quantities: Iterable[QuantityItem], origin: Origin) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for item in quantities if item.origin == origin for code in item.codes))


def _function_codes(project: FirmProject) -> list[str]:
    """The codes of the questions that most often decide which functions are asked for, where that is not settled."""
    undecided = [rule for rule in asking_rules(project.knowledge) if project.foreseen.rule(rule.id, 0) is None]
    if all((project.quantities[name][0] == project.quantities[name][0, MIDDLE]).all() for name in COUNTED):
        return []
    codes = Counter(code for rule in undecided for code in deciding_codes(rule.premise, project.knowledge, project.facts))
    return [code for code, _ in codes.most_common(TOLD)]


def quantity_item(project: FirmProject, name: str) -> QuantityItem:
    """Something the project grows with, in words and numbers."""
    quantity, alternatives = project.scheme.quantities[name], alternatives_of(project, name)
    unknown, values = is_open(project, name), project.quantities[name]
    bounded = not unknown and bool((values[0] != values[0, MIDDLE]).any())
    parts = [] if unknown else alternatives[0]
    return QuantityItem(
        quantity=name,
        label=quantity.label,
        unit=quantity.unit,
        origin="open" if unknown else "bounded" if bounded else _origin(parts),
        range=None if unknown else project.range(values),
        codes=tuple(dict.fromkeys(codes_of(project, alternatives, unknown or bounded))),
        why=tuple(part.why for part in parts),
        shown=quantity.shown,
    )


def _origin(parts: Sequence[Part]) -> Origin:
    if len(parts) == 1 and parts[0].amount is not None:
        return "set"
    return "answered" if len(parts) == 1 and parts[0].is_answer else "worked_out"


def _task(project: FirmProject, figures: TaskFigures, verdict: VerdictName) -> ProjectTaskItem:
    task = worded(figures.task, project.facts, project.knowledge.facts, verdict)
    return ProjectTaskItem(
        id=task.id,
        title=task.title,
        phase=task.phase,
        owner=task.owner,
        core=task.core,
        own_days=project.days_range(task, OWN),
        outside_days=project.days_range(task, OUTSIDE),
        start=figures.start,
        weeks=figures.weeks,
        after=figures.after,
        driven_by=task.drivers,
        open=figures.open,
        planned=figures.planned,
    )
