"""The project of one firm in arrays: what it grows with, what each way of running a system costs, and which is its own."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar, cast

import numpy as np

from advisor.assessment.answer_items import missing_codes
from advisor.assessment.model.project import Range
from advisor.assessment.model.selection import SettingsItem
from advisor.inference.carried_ways import carried_ways
from advisor.inference.column_engine import column_engine
from advisor.inference.facts import Facts, FactTable
from advisor.inference.outcome import RuleOutcome
from advisor.inference.project_facts import Missing, ProjectFacts
from advisor.inference.project_steps import pricing_of
from advisor.knowledge.model import Knowledge
from advisor.knowledge.questions_behind import hard_ways, offered_ways
from advisor.knowledge.schema import CostScheme, Task, Work
from advisor.knowledge.schema.products import Deployment
from advisor.knowledge.schema.project import COUNTED, Part, ProjectScheme
from advisor.project.cases import Cases, Numbers
from advisor.project.funding import OPEN, cheapest, reference_ways
from advisor.project.money import ProjectMoney, cases_of
from advisor.project.one_firm import MIDDLE, OneFirm
from advisor.project.prices import Terms
from advisor.project.quantities import Quantities, read_quantities
from advisor.project.work import DURATION, OUTSIDE, OWN, amount

Result = TypeVar("Result")
READINGS = 3
"""How often a firm stands in the arrays of its project."""


@dataclass(frozen=True)
class FirmProject:
    """Arrays of cases × the three readings of a firm (see :mod:`advisor.project.one_firm`), and its tasks.

    ``reference`` is the way of running a system that money and people are held against, None where that is open, and always
    where the knowledge has no prices (the papers alone give none); ``candidates`` are the ways it may be. ``carried`` are
    those that the firm carries as well as that one, by their points (see :mod:`advisor.inference.carried_ways`), and
    ``planned_way`` is the one that tasks, weeks and cost are based on: the first of them, or the first that a product which
    is left is run as. ``settings`` are the firm's own figures; ``rules`` has where the rules stand that ask for functions or
    speak for or against options, and ``foreseen`` where they do whatever the missing answers turn out to be.
    """

    knowledge: Knowledge
    settings: SettingsItem
    scheme: ProjectScheme
    facts: Facts
    rules: RuleOutcome
    foreseen: RuleOutcome
    cases: Cases
    quantities: Quantities
    candidates: tuple[Deployment, ...]
    reference: Deployment | None
    ruled_out: frozenset[Deployment]
    may_change: tuple[str, ...]
    carried: tuple[Deployment, ...]
    planned_way: Deployment | None
    _work: dict[tuple[str, str], Numbers] = field(default_factory=dict, repr=False, compare=False, kw_only=True)
    _once: dict[Hashable, object] = field(default_factory=dict, repr=False, compare=False, kw_only=True)

    @property
    def ways(self) -> tuple[Deployment, ...]:
        """The ways its tasks have to fit."""
        return (self.planned_way,) if self.planned_way else self.candidates

    @property
    def users(self) -> Numbers:
        """How many would use the system; NaN where it is open."""
        return self.quantities[self.scheme.users]

    @property
    def few_users(self) -> bool:
        """Whether so few would use the system, base reading, that a project as for larger firms is too much."""
        return bool(self.users[0, MIDDLE] <= self.scheme.few_users)

    @property
    def contacts(self) -> Numbers:
        """How many customers and prospects would be kept in the system; NaN where it is open."""
        return self.quantities[self.scheme.contacts]

    @cached_property
    def core_tasks(self) -> tuple[Task, ...]:
        """The tasks of bringing in a system, whichever way it is run."""
        return tuple(task for task in self.knowledge.tasks if task.core)

    @cached_property
    def done(self) -> frozenset[str]:
        """The tasks that have nothing left to do: every answer they move stands where they would bring it, or further."""
        return frozenset(task.id for task in self.knowledge.tasks if task.raises and all(self._stands(task)))

    def _stands(self, task: Task) -> Iterator[bool]:
        for name, along in task.raises.items():
            value = self.facts.value(name)
            yield value is not None and bool(along.order) and not along.betters(value, along.order[-1])

    @cached_property
    def empty(self) -> frozenset[str]:
        """The core tasks that come to no days here in the base case, as the connecting of systems where there are none."""
        works = {task.id: [self.work(task, kind)[0, MIDDLE] for kind in (OWN, OUTSIDE)] for task in self.core_tasks}
        return frozenset(name for name, days in works.items() if not any(days))

    @cached_property
    def too_large(self) -> frozenset[str]:
        """The tasks meant for firms of more people; none where the head count is open."""
        staff = self.facts.value("employees")
        if not isinstance(staff, int | float):
            return frozenset()
        return frozenset(task.id for task in self.knowledge.tasks if staff < task.least_staff)

    @property
    def core_days(self) -> Numbers:
        """The firm's own days of the core tasks, in every case; NaN where something they grow with is open."""
        return self.days(OWN, self.ways)

    def days(self, kind: str, ways: Sequence[Deployment]) -> Numbers:
        """The own, or the outside, days of the core tasks that some ways share."""
        tasks = (task for task in self.core_tasks if all(way in task.ways for way in ways))
        days: Numbers = np.sum([self.work(task, kind) for task in tasks], axis=0)
        return days

    def work(self, task: Task, kind: str) -> Numbers:
        """The own days, outside days or least weeks of a task, in every case; NaN where something they grow with is open."""
        key = kind, task.id
        if key not in self._work:
            self._work[key] = self.amount(task.weeks if kind == DURATION else getattr(task, kind), kind)
        return self._work[key]

    def days_range(self, task: Task, kind: str) -> Range | None:
        """Low, base and high of the own, or the outside, days of a task; None where they are open."""
        ranges: dict[str, Range | None] = self.once(("ranges", kind), dict)
        if task.id not in ranges:
            self.work(task, kind)  # and with it all others whose days are known by now
            days = {name: work for (of, name), work in self._work.items() if of == kind and name not in ranges}
            ranges.update(zip(days, self.ranges(np.stack([*np.broadcast_arrays(*days.values())], axis=1)), strict=True))
        return ranges[task.id]

    def once(self, key: Hashable, work: Callable[[], Result]) -> Result:
        """What some work on this project gives, whichever way of running a system is recommended, done when it is first
        asked for; ``key`` names the work and whatever else it depends on."""
        if key not in self._once:
            self._once[key] = work()
        return cast("Result", self._once[key])

    def amount(self, work: Work, name: str) -> Numbers:
        """An amount of work, in every case; NaN where something it grows with is open."""
        return amount(work, name, self.cases, self.quantities, READINGS)

    def least_amount(self, work: Work, name: str) -> Numbers:
        """An amount of work, in every case, without what grows with something open."""
        return amount(work, name, self.cases, self.quantities, READINGS, known_alone=True)

    def range(self, cases: Numbers, unit: float = 1.0) -> Range | None:
        """Low, base and high of a figure in some unit; None where it is open."""
        return self.ranges(np.broadcast_to(cases, (self.cases.count, READINGS))[:, None], unit)[0]

    def ranges(self, cases: Numbers, unit: float = 1.0) -> list[Range | None]:
        """The ranges of several figures, an array of cases × figures × readings: the low end of the smallest reading, the
        base of the middle one, the high end of the largest."""
        spans = self.cases.range(cases.reshape(self.cases.count, -1)).reshape(3, -1, READINGS) / unit
        low, base, high = (spans[end, :, end].round(2) for end in range(READINGS))
        ends = np.stack([np.minimum(low, base), base, np.maximum(base, high)], axis=1)
        return [(least, middle, most) if not math.isnan(least + most) else None for least, middle, most in ends.tolist()]


@dataclass(frozen=True)
class PricedProject(FirmProject):
    """A project with what each way of running a system costs, read as ``cost`` says."""

    cost: CostScheme
    money: ProjectMoney

    @property
    def terms(self) -> Terms:
        """What is agreed with suppliers."""
        return Terms.of(self.cost)


def base_of(cases: Numbers, unit: float = 1.0) -> float | None:
    """The base of a figure of one firm in the middle reading; None where it is open in any."""
    number = float(cases[0, MIDDLE if cases.shape[1] == READINGS else 0])
    return None if np.isnan(cases[0]).any() else round(number / unit, 2)


def firm_project(facts: FactTable, settings: SettingsItem | None = None) -> FirmProject | None:
    """The project of the only firm of a table, whose knowledge has the figures in it that the firm set itself; None where
    the knowledge has nothing that tasks grow with."""
    knowledge, settings = facts.knowledge, settings or SettingsItem()
    if knowledge.sizes is None:
        return None
    scheme = knowledge.sizes
    engine = column_engine(knowledge, ("function", "option"))
    outcome, foreseen = engine.today(facts), engine.foresee(facts)
    known = facts.firm(0)
    stands: tuple[tuple[RuleOutcome, Missing], ...] = ((foreseen, "open"), (outcome, "open"), (foreseen, "most"))
    counted = [ProjectFacts(facts, stand.rules, missing) for stand, missing in stands]
    firm = OneFirm(known, {name: [float(reading.counted(name)[0]) for reading in counted] for name in COUNTED})
    if knowledge.project is None or knowledge.cost is None:
        cases = cases_of(scheme)
        quantities = read_quantities(scheme, cases, firm)
        return FirmProject(
            knowledge, settings, scheme, known, outcome, foreseen, cases, quantities, (), None, frozenset(), (), (), None
        )
    money = pricing_of(knowledge).money(firm)
    offered, ruled_out = offered_ways(knowledge), set[Deployment]()
    waits_for: dict[Deployment, list[str]] = {way: [] for way in money.ways}
    for compiled, way in hard_ways(knowledge):
        truth = outcome.rule(compiled.id, 0)
        ruled_out |= {way} if truth else set()
        waits_for[way] += missing_codes(compiled.premise, knowledge, known) if truth is None else []
    allowed = {way: np.full(READINGS, way in offered - ruled_out) for way in money.ways}
    among = reference_ways(allowed, offered)
    reference = int(cheapest({way: cost.four_years[0] for way, cost in money.ways.items()}, among)[MIDDLE])
    candidates = tuple(way for way, firms in among.items() if firms[0])
    ways, places = list(money.ways), np.array([reference])
    points = carried_ways(facts, outcome.rules, places)[:, 0]
    carried = tuple(ways[place] for place in np.argsort(-points).tolist() if points[place])
    return PricedProject(
        knowledge,
        settings,
        scheme,
        known,
        outcome,
        foreseen,
        money.cases,
        money.quantities,
        candidates,
        None if reference == OPEN else ways[reference],
        frozenset(ruled_out),
        tuple(dict.fromkeys(code for way in dict.fromkeys((*candidates, carried[0])) for code in waits_for[way])),
        carried,
        carried[0],
        _read_for(knowledge.cost, settings, known),
        money,
    )


def _read_for(cost: CostScheme, settings: SettingsItem, facts: Facts) -> CostScheme:
    """How money is read for a firm: the figures that go by an answer of its own, and the currency of its home where it set
    none."""
    home = facts.value("home_country")
    currency = cost.currencies.get(home) if isinstance(home, str) and settings.currency is None else None
    figures = {name: figure.where(facts.value(figure.by)) if figure.by else figure for name, figure in cost.figures.items()}
    return cost.model_copy(update={"figures": figures, **({"currency": currency} if currency else {})})


def is_open(project: FirmProject, name: str) -> bool:
    """Whether some reading of a quantity is not known."""
    return name in project.quantities.chosen and bool((project.quantities.chosen[name] < 0).any())


def open_codes(project: FirmProject, task: Task) -> tuple[str, ...]:
    """The codes of the questions that settle what a task grows with."""
    return project.once(("open", task.id), lambda: _open_codes(project, task))


def _open_codes(project: FirmProject, task: Task) -> tuple[str, ...]:
    names = (name for name in task.drivers if is_open(project, name))
    return tuple(dict.fromkeys(code for name in names for code in codes_of(project, alternatives_of(project, name), True)))


def alternatives_of(project: FirmProject, name: str) -> Sequence[Sequence[Part]]:
    """The way of being known that was used; all of them where the quantity is open."""
    known_from = project.scheme.quantities[name].known_from
    return known_from if is_open(project, name) else [known_from[int(project.quantities.chosen[name][MIDDLE])]]


def codes_of(project: FirmProject, alternatives: Sequence[Sequence[Part]], missing: bool) -> Iterator[str]:
    """The codes of the questions that some parts are read from, through other quantities; or of the missing ones."""
    for part in (part for alternative in alternatives for part in alternative):
        made = not part.choice or project.facts.margin(part.fact or "") is not None
        if part.fact and not (missing and (part.fact in project.facts.values or not made)):
            yield project.knowledge.questions[part.fact].code
        for other in (part.quantity, part.by):
            if other and other not in COUNTED:
                yield from codes_of(project, alternatives_of(project, other), missing)
