"""The project of one firm, from the facts its rules looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from advisor.assessment.answer_items import missing_codes
from advisor.assessment.model.project import (
    MoneyLineItem,
    Origin,
    ProjectItem,
    ProjectTaskItem,
    QuantityItem,
    Range,
    WayCostItem,
)
from advisor.errors import InputError
from advisor.inference.column_engine import column_engine
from advisor.inference.facts import Facts, FactTable
from advisor.inference.project_facts import ProjectFacts
from advisor.knowledge.model import CompiledRule, Knowledge
from advisor.knowledge.schema import OptionThen, SystemTask
from advisor.knowledge.schema.products import Deployment
from advisor.knowledge.schema.project import COUNTED, Part
from advisor.phrases import phrases
from advisor.project.cases import Numbers
from advisor.project.funding import OPEN, Mask, cheapest, reference_ways
from advisor.project.money import ProjectMoney, WayCost, project_money
from advisor.project.schedule import Schedule, duration, in_order, scheduled
from advisor.project.work import DURATION, OUTSIDE, OWN, amount, total

phrase = phrases("project")

STATED_WAY = "deployment_preference"
"""The question in which a firm states the way of running a system it favours."""


def firm_project(facts: FactTable) -> ProjectItem:
    """The project of the only firm of a table.

    Raises :class:`~advisor.errors.InputError` where the knowledge has none: the papers alone give no work and no prices.
    """
    knowledge = facts.knowledge
    if knowledge.project is None:
        raise InputError("papers_only_selection")
    outcome = column_engine(knowledge, ("function", "option")).today(facts)
    money = project_money(knowledge.project, knowledge.system_tasks, ProjectFacts(facts, outcome.rules))
    known = facts.firm(0)
    allowed = {way: np.array([True]) for way in money.ways}
    waits_for: dict[Deployment, list[str]] = {way: [] for way in money.ways}
    for compiled, way in _ruling_out(knowledge):
        truth = outcome.rule(compiled.id, 0)
        allowed[way] &= truth is not True
        waits_for[way] += missing_codes(compiled.premise, knowledge, known) if truth is None else []
    stated = {way: np.array([way == known.value(STATED_WAY)]) for way in money.ways}
    candidates = reference_ways(allowed, stated)
    wish = [] if STATED_WAY in known.values else [knowledge.questions[STATED_WAY].code]
    may_change = [*wish, *(code for way, firms in candidates.items() if firms[0] for code in waits_for[way])]
    ruled_out = frozenset(way for way, firms in allowed.items() if not firms[0])
    return _Writer(knowledge, known, money, candidates, ruled_out).item(may_change)


def _ruling_out(knowledge: Knowledge) -> Iterator[tuple[CompiledRule, Deployment]]:
    """The rules that rule out a way of running a system."""
    for compiled in knowledge.rules:
        for then in compiled.rule.then:
            if isinstance(then, OptionThen) and then.hard and knowledge.project and then.option in knowledge.project.ways:
                yield compiled, then.option


class _Writer:
    """Puts the arrays of one firm into items."""

    def __init__(
        self,
        knowledge: Knowledge,
        facts: Facts,
        money: ProjectMoney,
        candidates: Mapping[Deployment, Mask],
        ruled_out: frozenset[Deployment],
    ) -> None:
        assert knowledge.project
        self.knowledge, self.facts, self.scheme, self.money = knowledge, facts, knowledge.project, money
        self.cases, self.ruled_out = money.cases, ruled_out
        self.candidates = [way for way, firms in candidates.items() if firms[0]]
        place = int(cheapest({way: cost.four_years[0] for way, cost in money.ways.items()}, candidates)[0])
        self.reference = None if place == OPEN else list(money.ways)[place]
        self.ways = [self.reference] if self.reference else self.candidates
        shared = [task for task in knowledge.system_tasks if all(way in task.ways for way in self.ways)]
        self.tasks = in_order(shared)

    def item(self, may_change: Iterable[str]) -> ProjectItem:
        """All of it."""
        quantities = tuple(self._quantity(name) for name in self._needed())
        own = {
            task.id: amount(task.own_days, OWN, self.cases, self.money.quantities, 1) for task in self.knowledge.system_tasks
        }
        outside = {
            task.id: amount(task.outside_days, OUTSIDE, self.cases, self.money.quantities, 1)
            for task in self.knowledge.system_tasks
        }
        schedule = self._schedule(own)
        last = [schedule.end(task.id) for task in self.tasks if task.phase == "roll_out"]
        unsettled = (code for quantity in quantities if quantity.origin == "open" for code in quantity.codes)
        return ProjectItem(
            reference=self.reference,
            quantities=quantities,
            tasks=tuple(self._task(task, own[task.id], outside[task.id], schedule) for task in self.tasks),
            own_days=self._range(total(self.tasks, own)),
            outside_days=self._range(total(self.tasks, outside)),
            go_live=self._range(np.maximum.reduce(last)) if last else None,
            ways=tuple(self._way(way, cost) for way, cost in self.money.ways.items()),
            open=tuple(dict.fromkeys(unsettled)),
            may_change=tuple(dict.fromkeys(may_change)),
        )

    def _needed(self) -> list[str]:
        """The quantities that tasks and money grow with, and those they were read from, in the order of the scheme."""
        waiting = [self.scheme.users, self.scheme.contacts, *(name for task in self.tasks for name in _drivers(task))]
        needed: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name not in needed and name not in COUNTED:
                needed.add(name)
                parts = (part for alternative in self._alternatives(name) for part in alternative)
                waiting += [other for part in parts for other in (part.quantity, part.by) if other]
        return [name for name in self.scheme.quantities if name in needed]

    def _alternatives(self, name: str) -> Sequence[Sequence[Part]]:
        """The way of being known that was used; all of them where the quantity is open."""
        chosen, known_from = int(self.money.quantities.chosen[name][0]), self.scheme.quantities[name].known_from
        return known_from if chosen < 0 else [known_from[chosen]]

    def _range(self, cases: Numbers) -> Range | None:
        low, base, high = (round(float(number), 2) for number in self.cases.range(cases)[:, 0])
        return None if np.isnan(base) else (low, base, high)

    def _quantity(self, name: str) -> QuantityItem:
        quantity, alternatives = self.scheme.quantities[name], self._alternatives(name)
        is_open = int(self.money.quantities.chosen[name][0]) < 0
        parts = [] if is_open else alternatives[0]
        origin: Origin = "open" if is_open else "answered" if len(parts) == 1 and parts[0].is_answer else "worked_out"
        return QuantityItem(
            quantity=name,
            label=quantity.label,
            unit=quantity.unit,
            origin=origin,
            range=None if is_open else self._range(self.money.quantities[name]),
            codes=tuple(dict.fromkeys(self._codes(alternatives, is_open))),
            why=tuple(part.why for part in parts),
            shown=quantity.shown,
        )

    def _codes(self, alternatives: Sequence[Sequence[Part]], missing: bool) -> Iterator[str]:
        """The codes of the questions that some parts are read from, through other quantities; or of the missing ones."""
        for part in (part for alternative in alternatives for part in alternative):
            if part.fact and not (missing and part.fact in self.facts.values):
                yield self.knowledge.questions[part.fact].code
            for other in (part.quantity, part.by):
                if other and other not in COUNTED:
                    yield from self._codes(self._alternatives(other), missing)

    def _schedule(self, own_days: Mapping[str, Numbers]) -> Schedule:
        days_a_week = self.cases.of("", self.scheme.days_a_week)
        weeks = {
            task.id: duration(
                own_days[task.id],
                amount(task.weeks, DURATION, self.cases, self.money.quantities, 1),
                task.people,
                days_a_week,
            )
            for task in self.tasks
        }
        return scheduled(self.tasks, weeks, self.cases, 1)

    def _task(self, task: SystemTask, own_days: Numbers, outside_days: Numbers, schedule: Schedule) -> ProjectTaskItem:
        names = {other.id for other in self.tasks}
        return ProjectTaskItem(
            id=task.id,
            title=task.title,
            text=task.text,
            phase=task.phase,
            owner=task.owner,
            own_days=self._range(own_days),
            outside_days=self._range(outside_days),
            start=_base(schedule.start[task.id]),
            weeks=_base(schedule.weeks[task.id]),
            after=tuple(name for name in task.after if name in names),
            driven_by=_drivers(task),
            done_when=task.done_when,
        )

    def _way(self, way: Deployment, cost: WayCost) -> WayCostItem:
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
            title=self.knowledge.findings[way].title,
            candidate=way in self.ways,
            ruled_out=way in self.ruled_out,
            first_year=self._range(cost.first_year),
            later_year=self._range(cost.later_year),
            user_year=self.scheme.ways[way].licence_year,
            lines=tuple(line for line in lines if line.once != 0 or line.yearly != 0),
        )


def _base(cases: Numbers) -> float | None:
    number = float(cases[0, 0])
    return None if np.isnan(number) else round(number, 2)


def _drivers(task: SystemTask) -> tuple[str, ...]:
    """The quantities a task grows with."""
    return tuple(dict.fromkeys((*task.own_days.per, *task.outside_days.per, *task.weeks.per)))
