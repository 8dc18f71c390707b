"""The project of one firm in arrays: what it grows with, what each way of running a system costs, and which is its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from advisor.assessment.answer_items import missing_codes
from advisor.assessment.model.project import Range
from advisor.inference.column_engine import column_engine
from advisor.inference.facts import Facts, FactTable
from advisor.inference.project_facts import ProjectFacts
from advisor.inference.project_steps import pricing_of
from advisor.knowledge.model import Knowledge
from advisor.knowledge.questions_behind import STATED_WAY, hard_ways
from advisor.knowledge.schema import Task, Work
from advisor.knowledge.schema.products import Deployment
from advisor.knowledge.schema.project import COUNTED, Part, ProjectScheme
from advisor.project.cases import Cases, Numbers
from advisor.project.funding import OPEN, Mask, cheapest, reference_ways
from advisor.project.money import ProjectMoney, cases_of
from advisor.project.quantities import Quantities, read_quantities
from advisor.project.work import OWN, amount


@dataclass(frozen=True)
class FirmProject:
    """Arrays and tasks of one firm. ``money`` is None where the knowledge has no prices: the papers alone give none."""

    knowledge: Knowledge
    scheme: ProjectScheme
    facts: Facts
    cases: Cases
    quantities: Quantities
    money: ProjectMoney | None
    candidates: tuple[Deployment, ...]
    reference: Deployment | None
    ruled_out: frozenset[Deployment]
    may_change: tuple[str, ...]

    @property
    def ways(self) -> tuple[Deployment, ...]:
        """The ways its tasks have to fit."""
        return (self.reference,) if self.reference else self.candidates

    @property
    def done(self) -> frozenset[str]:
        """The tasks that have nothing left to do: every answer they move stands where they would bring it, or further."""
        return frozenset(task.id for task in self.knowledge.tasks if task.raises and all(self._stands(task)))

    def _stands(self, task: Task) -> Iterator[bool]:
        for name, along in task.raises.items():
            value = self.facts.value(name)
            yield value is not None and bool(along.order) and not along.betters(value, along.order[-1])

    @property
    def core_days(self) -> Numbers:
        """The firm's own days of the core tasks, in every case; NaN where something they grow with is open."""
        tasks = (task for task in self.knowledge.tasks if task.core and all(way in task.ways for way in self.ways))
        days: Numbers = np.sum([self.amount(task.own_days, OWN) for task in tasks], axis=0)
        return days

    def amount(self, work: Work, name: str = "") -> Numbers:
        """An amount of work, in every case; NaN where something it grows with is open."""
        return amount(work, name, self.cases, self.quantities, 1)

    def range(self, cases: Numbers) -> Range | None:
        """Low, base and high of a figure; None where it is open."""
        low, base, high = (round(float(number), 2) for number in self.cases.range(cases)[:, 0])
        return None if np.isnan(base) else (low, base, high)


def firm_project(facts: FactTable) -> FirmProject | None:
    """The project of the only firm of a table; None where the knowledge has nothing that tasks grow with."""
    knowledge, scheme = facts.knowledge, facts.knowledge.sizes
    if scheme is None:
        return None
    outcome = column_engine(knowledge, ("function", "option")).today(facts)
    read, known = ProjectFacts(facts, outcome.rules), facts.firm(0)
    if knowledge.project is None:
        cases = cases_of(scheme)
        quantities = read_quantities(scheme, cases, read)
        return FirmProject(knowledge, scheme, known, cases, quantities, None, (), None, frozenset(), ())
    money = pricing_of(knowledge).money(read)
    allowed = {way: np.array([True]) for way in money.ways}
    waits_for: dict[Deployment, list[str]] = {way: [] for way in money.ways}
    for compiled, way in hard_ways(knowledge):
        truth = outcome.rule(compiled.id, 0)
        allowed[way] &= truth is not True
        waits_for[way] += missing_codes(compiled.premise, knowledge, known) if truth is None else []
    stated = {way: np.array([way == known.value(STATED_WAY)]) for way in money.ways}
    candidates = reference_ways(allowed, stated)
    wish = [] if STATED_WAY in known.values else [knowledge.questions[STATED_WAY].code]
    may_change = [*wish, *(code for way, firms in candidates.items() if firms[0] for code in waits_for[way])]
    return FirmProject(
        knowledge,
        scheme,
        known,
        money.cases,
        money.quantities,
        money,
        tuple(way for way, firms in candidates.items() if firms[0]),
        _reference(money, candidates),
        frozenset(way for way, firms in allowed.items() if not firms[0]),
        tuple(dict.fromkeys(may_change)),
    )


def _reference(money: ProjectMoney, candidates: Mapping[Deployment, Mask]) -> Deployment | None:
    place = int(cheapest({way: cost.four_years[0] for way, cost in money.ways.items()}, candidates)[0])
    return None if place == OPEN else list(money.ways)[place]


def open_codes(project: FirmProject, task: Task) -> tuple[str, ...]:
    """The codes of the questions that settle what a task grows with."""
    chosen = project.quantities.chosen
    names = (name for name in task.drivers if name in chosen and int(chosen[name][0]) < 0)
    return tuple(dict.fromkeys(code for name in names for code in codes_of(project, alternatives_of(project, name), True)))


def alternatives_of(project: FirmProject, name: str) -> Sequence[Sequence[Part]]:
    """The way of being known that was used; all of them where the quantity is open."""
    chosen, known_from = int(project.quantities.chosen[name][0]), project.scheme.quantities[name].known_from
    return known_from if chosen < 0 else [known_from[chosen]]


def codes_of(project: FirmProject, alternatives: Sequence[Sequence[Part]], missing: bool) -> Iterator[str]:
    """The codes of the questions that some parts are read from, through other quantities; or of the missing ones."""
    for part in (part for alternative in alternatives for part in alternative):
        if part.fact and not (missing and part.fact in project.facts.values):
            yield project.knowledge.questions[part.fact].code
        for other in (part.quantity, part.by):
            if other and other not in COUNTED:
                yield from codes_of(project, alternatives_of(project, other), missing)
