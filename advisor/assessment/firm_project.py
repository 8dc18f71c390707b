"""The project of one firm, from the facts its rules looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from advisor.assessment.model.project import MoneyLineItem, ProjectItem, ProjectTaskItem, QuantityItem, Range, WayCostItem
from advisor.errors import InputError
from advisor.inference.column_engine import column_engine
from advisor.inference.columns import mask_of
from advisor.inference.facts import FactTable
from advisor.inference.project_facts import ProjectFacts
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import OptionThen, ProjectScheme
from advisor.knowledge.schema.products import Deployment
from advisor.knowledge.schema.project import COUNTED, Part
from advisor.phrases import phrases
from advisor.project.cases import Cases, Numbers
from advisor.project.funding import reference_ways
from advisor.project.money import ProjectMoney, WayCost, project_money
from advisor.project.schedule import duration, in_order, scheduled
from advisor.project.work import DURATION, OUTSIDE, OWN, amount, tasks_of

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
    allowed = {way: np.array([True]) for way in money.ways}
    for compiled in knowledge.rules:
        for then in compiled.rule.then:
            if isinstance(then, OptionThen) and then.hard and then.option in allowed:
                allowed[then.option] = allowed[then.option] & ~mask_of(outcome.rules[compiled.id][0], 1)
    wish = facts.firm(0).value(STATED_WAY)
    reference = _cheapest(money, reference_ways(allowed, {way: np.array([way == wish]) for way in money.ways}))
    return _Writer(facts, knowledge.project, money, reference).item()


def _cheapest(money: ProjectMoney, reference: Mapping[Deployment, np.ndarray[tuple[int], np.dtype[np.bool_]]]) -> Deployment:
    candidates = [way for way, firms in reference.items() if firms[0]]

    def three_years(way: Deployment) -> float:
        cost = money.ways[way]
        return float(np.nan_to_num(cost.first_year[0, 0] + 3 * cost.later_year[0, 0], nan=0.0))

    return min(candidates, key=three_years)


class _Writer:
    """Puts the arrays of one firm into items."""

    def __init__(self, facts: FactTable, scheme: ProjectScheme, money: ProjectMoney, reference: Deployment) -> None:
        self.knowledge: Knowledge = facts.knowledge
        self.facts = facts.firm(0)
        self.scheme, self.money, self.reference = scheme, money, reference
        self.cases: Cases = money.cases

    def item(self) -> ProjectItem:
        """All of it."""
        quantities = tuple(self._quantity(name) for name in self.scheme.quantities)
        tasks, go_live = self._tasks()
        own, outside = (_total(getattr(task, kind) for task in tasks) for kind in ("own_days", "outside_days"))
        unsettled = (code for quantity in quantities if quantity.origin == "open" for code in quantity.codes)
        return ProjectItem(
            reference=self.reference,
            quantities=quantities,
            tasks=tasks,
            own_days=own,
            outside_days=outside,
            go_live=go_live,
            ways=tuple(self._way(way, cost) for way, cost in self.money.ways.items()),
            open=tuple(dict.fromkeys(unsettled)),
        )

    def _range(self, cases: Numbers) -> Range | None:
        low, base, high = (round(float(number), 2) for number in self.cases.range(cases)[:, 0])
        return None if np.isnan(base) else (low, base, high)

    def _quantity(self, name: str) -> QuantityItem:
        quantity = self.scheme.quantities[name]
        chosen = int(self.money.quantities.chosen[name][0])
        if chosen < 0:
            codes = [code for parts in quantity.known_from for code in self._missing(parts)]
            return QuantityItem(
                quantity=name,
                label=quantity.label,
                unit=quantity.unit,
                origin="open",
                range=None,
                codes=tuple(dict.fromkeys(codes)),
                why=(),
            )
        parts = quantity.known_from[chosen]
        answered = len(parts) == 1 and parts[0].is_answer
        return QuantityItem(
            quantity=name,
            label=quantity.label,
            unit=quantity.unit,
            origin="answered" if answered else "worked_out",
            range=self._range(self.money.quantities[name]),
            codes=tuple(dict.fromkeys(self._read(parts))),
            why=tuple(part.why for part in parts),
        )

    def _read(self, parts: Iterable[Part]) -> Iterator[str]:
        """The codes of the questions some parts were read from, through other quantities."""
        for part in parts:
            if part.fact:
                yield self.knowledge.questions[part.fact].code
            for other in (part.quantity, part.by):
                if other and other not in COUNTED:
                    chosen = int(self.money.quantities.chosen[other][0])
                    yield from self._read(self.scheme.quantities[other].known_from[max(chosen, 0)])

    def _missing(self, parts: Iterable[Part]) -> Iterator[str]:
        """The codes of the questions without a value that some parts would be read from."""
        for part in parts:
            if part.fact and self.facts.value(part.fact) is None:
                yield self.knowledge.questions[part.fact].code
            for other in (part.quantity, part.by):
                if other and other not in COUNTED and int(self.money.quantities.chosen[other][0]) < 0:
                    for alternative in self.scheme.quantities[other].known_from:
                        yield from self._missing(alternative)

    def _tasks(self) -> tuple[tuple[ProjectTaskItem, ...], Range | None]:
        tasks = tasks_of(self.knowledge.system_tasks, self.reference)
        days_a_week, quantities = self.cases.of("", self.scheme.days_a_week), self.money.quantities
        own = {task.id: amount(task.own_days, OWN, self.cases, quantities, 1) for task in tasks}
        weeks = {
            task.id: duration(
                own[task.id], amount(task.weeks, DURATION, self.cases, quantities, 1), task.people, days_a_week
            )
            for task in tasks
        }
        schedule = scheduled(tasks, weeks, self.cases, 1)
        names = {task.id for task in tasks}
        items = tuple(
            ProjectTaskItem(
                id=task.id,
                title=task.title,
                text=task.text,
                phase=task.phase,
                owner=task.owner,
                own_days=self._range(own[task.id]),
                outside_days=self._range(amount(task.outside_days, OUTSIDE, self.cases, quantities, 1)),
                start=_base(schedule.start[task.id]),
                weeks=_base(weeks[task.id]),
                after=tuple(name for name in task.after if name in names),
                driven_by=tuple(dict.fromkeys((*task.own_days.per, *task.outside_days.per, *task.weeks.per))),
                done_when=task.done_when,
            )
            for task in in_order(tasks)
        )
        last = [schedule.end(task.id) for task in tasks if task.phase == "roll_out"]
        return items, self._range(np.maximum.reduce(last)) if last else None

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
            reference=way == self.reference,
            first_year=self._range(cost.first_year),
            later_year=self._range(cost.later_year),
            user_year=self.scheme.ways[way].licence_year,
            lines=tuple(line for line in lines if line.once != 0 or line.yearly != 0),
        )


def _base(cases: Numbers) -> float | None:
    number = float(cases[0, 0])
    return None if np.isnan(number) else round(number, 2)


def _total(ranges: Iterable[Range | None]) -> Range | None:
    """The sum of the bases with the sums of the ends, None where one of them is open."""
    known = list(ranges)
    if any(each is None for each in known):
        return None
    low, base, high = (round(sum(each[place] for each in known if each), 2) for place in range(3))
    return (low, base, high)
