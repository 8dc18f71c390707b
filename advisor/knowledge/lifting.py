"""How tasks stand to what is in the way, and to one another.

What is in the way is lifted by tasks that say so, and a weak factor by those that move an answer of it; a task that moves
the same answers further supersedes another.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from advisor.knowledge.facts import WEAK_FACTORS
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import Test, leaves
from advisor.knowledge.questions_behind import questions_behind
from advisor.knowledge.schema import Task, factor_names


@lru_cache(maxsize=8)
def lifting_tasks(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    """By blocker and condition the tasks that can lift it, in the order of the catalogue."""
    lifting: dict[str, list[str]] = {}
    behind = {raising(factor): (factor,) for factor in factor_names(knowledge.verdict.ability, knowledge.scores)}
    weak = {name: _moved_with(knowledge, factors) for name, factors in {**behind, **weak_factors_behind(knowledge)}.items()}
    for task in knowledge.tasks:
        moved = [finding for finding, questions in weak.items() if task.before_contract and questions & task.raises.keys()]
        for finding in dict.fromkeys((*task.lifts, *moved)):
            lifting.setdefault(finding, []).append(task.id)
    return {finding: tuple(tasks) for finding, tasks in lifting.items()}


@lru_cache(maxsize=8)
def superseding_tasks(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    """By task those that move all the answers it moves, and further."""
    moving = [task for task in knowledge.tasks if task.raises]
    pairs = {task.id: tuple(other.id for other in moving if _goes_further(other, task)) for task in moving}
    return {name: others for name, others in pairs.items() if others}


def raising(factor: str) -> str:
    """The name of the condition that a factor be raised, where no rule makes one of it."""
    return f"raise_{factor}"


@lru_cache(maxsize=8)
def weak_factors_behind(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    """By finding the factors of ability whose weakness its rules name; findings that name none are left out."""
    behind: dict[str, dict[str, None]] = {}
    for finding, rules in knowledge.makers.items():
        for test in (leaf for rule in rules for leaf in leaves(rule.premise) if isinstance(leaf, Test)):
            if test.fact == WEAK_FACTORS and isinstance(test.argument, frozenset):
                behind.setdefault(finding, {}).update(dict.fromkeys(sorted(map(str, test.argument))))
    return {finding: tuple(factors) for finding, factors in behind.items()}


def _goes_further(task: Task, other: Task) -> bool:
    orders = [(task.raises[name].order if name in task.raises else [], along.order) for name, along in other.raises.items()]
    return all(order and further[: len(order)] == order and len(further) > len(order) for further, order in orders)


def _moved_with(knowledge: Knowledge, factors: tuple[str, ...]) -> frozenset[str]:
    """The questions that some factors are made of."""
    return frozenset(name for fact in knowledge.facts_under(factors) for name in questions_behind(knowledge, fact))
