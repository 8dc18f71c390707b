"""The tasks a firm could do for the sake of its answers: which answers each brings to which value, at what effort."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from advisor.assessment.firm_project import FirmProject, PricedProject
from advisor.interview.answers import Answers
from advisor.interview.session import applies
from advisor.knowledge.lifting import superseding_tasks
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import Value
from advisor.knowledge.schema import Raise, Task, Work
from advisor.project.one_firm import MIDDLE
from advisor.project.work import OUTSIDE, OWN

ROUND_SUM = 1000.0
"""Budgets are asked for in whole thousands."""


@dataclass(frozen=True)
class AnswerMove:
    """An answer brought to a better value; of several that are to be had, that of the greatest ``reach`` counts."""

    question: str
    before: Value
    after: Value
    reach: float


@dataclass(frozen=True)
class Move:
    """A task with the answers it moves: the firm's own person-days, RMB, and days, outside days and money as one effort.

    Where something it grows with is open, days and money are the least it takes. ``needs`` are tasks that come first: of
    each group one has to be done.
    """

    task: Task
    answers: tuple[AnswerMove, ...]
    needs: tuple[tuple[str, ...], ...]
    days: float
    rmb: float
    effort: float


def moves_of(knowledge: Knowledge, answers: Answers, project: FirmProject | None) -> tuple[Move, ...]:
    """Every task that moves an answer of a firm before it buys a system, and what has to come before it.

    An answer that is missing, or does not apply, cannot be moved.
    """
    if project is None:
        return ()
    tasks = {t.id: t for t in knowledge.tasks if t.before_contract and all(way in t.ways for way in project.ways)}
    moved = {name: tuple(_answer_moves(task, knowledge, answers, project)) for name, task in tasks.items() if task.raises}
    waiting, wanted = [name for name, answer_moves in moved.items() if answer_moves], set[str]()
    needs: dict[str, tuple[tuple[str, ...], ...]] = {}
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            needs[name] = tuple(_needs(tasks[name], tasks, knowledge, project))
            waiting += [other for group in needs[name] for other in group]
    return tuple(_move(tasks[name], moved.get(name, ()), needs[name], project) for name in tasks if name in wanted)


def _needs(task: Task, tasks: Mapping[str, Task], knowledge: Knowledge, project: FirmProject) -> Iterator[tuple[str, ...]]:
    """The tasks that come before a task and are no part of every project, each with those that could take its place; none
    whose work another of them does."""
    superseding = superseding_tasks(knowledge)
    there = [name for name in task.after if name in tasks and name not in project.done]
    for name in there:
        if not tasks[name].core and not set(tasks[name].unless) & set(there):
            others = superseding.get(name, ())
            if task.id not in others:
                yield name, *(other for other in others if other in tasks)


def _move(task: Task, moved: tuple[AnswerMove, ...], needs: tuple[tuple[str, ...], ...], project: FirmProject) -> Move:
    days, outside = _least(task.own_days, OWN, project), _least(task.outside_days, OUTSIDE, project)
    facts = project.knowledge.facts
    rise = sum(facts[move.question].type.price(move.before, move.after) for move in moved)
    rmb = _least(task.rmb, "", project) + rise
    return Move(task, moved, needs, days, rmb, days + outside + rmb / project.scheme.rmb_per_day)


def _least(work: Work, name: str, project: FirmProject) -> float:
    """The base reading of an amount, without what grows with something open."""
    known = {quantity: span for quantity, span in work.per.items() if not np.isnan(project.quantities[quantity][0, MIDDLE])}
    return round(float(project.amount(work.model_copy(update={"per": known}), name)[0, MIDDLE]), 2)


def _answer_moves(task: Task, knowledge: Knowledge, answers: Answers, project: FirmProject) -> Iterator[AnswerMove]:
    for name, along in task.raises.items():
        value = answers.value(name) if applies(knowledge.questions[name], answers, knowledge) else None
        if value is None or isinstance(value, frozenset):
            continue
        target = _sum_needed(along, project) if along.money else along.order[-1]
        if target is not None and along.betters(value, target):
            after = float(target) if isinstance(value, float) else target
            yield AnswerMove(name, value, after, float(target) if along.money else float(len(along.order)))


def _sum_needed(along: Raise, project: FirmProject) -> float | None:
    """The sum a budget is raised to: what the reference way costs, base reading; None where that is open. A year's running
    budget pays for the first year as well."""
    if not isinstance(project, PricedProject) or project.reference is None:
        return None
    cost = project.money.ways[project.reference]
    first, later = (float(sums[0, MIDDLE]) for sums in (cost.first_year, cost.later_year))
    if math.isnan(first + later):
        return None
    yearly = math.ceil(later / ROUND_SUM) * ROUND_SUM
    if along.money == "later_year":
        return yearly
    running = project.facts.value("running_budget")
    paid = max(running if isinstance(running, float) else 0.0, yearly)
    return max(0.0, math.ceil((first - paid) / ROUND_SUM) * ROUND_SUM)
