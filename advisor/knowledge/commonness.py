"""How common a finding is: the share of firms that would be told it if every answer were as likely as any other.

An estimate out of the rules alone, never told to anybody. It only puts what fits few firms before what fits most, where both
are equally grave.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

from advisor.knowledge.facts import Fact
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import COMPARISONS, All, Any, Found, Not, Premise, Test

HALF, CHOSEN, UNKNOWN = 0.5, 0.3, 0.1
"""A number lies beyond a limit; one of several options is chosen; an answer is not known."""


@lru_cache(maxsize=8)
def commonness(knowledge: Knowledge) -> Mapping[str, float]:
    """By finding the share of firms that are told it; of a task those a rule asks to do it, and 1 for what every project
    has."""
    reader = _Reader(knowledge)
    everyone = {task.id for task in knowledge.tasks if task.core or task.asks or task.ends}
    return {name: 1.0 if name in everyone else reader.finding(name) for name in knowledge.findings}


class _Reader:
    """The shares of findings, each worked out once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.known: dict[str, float] = {}

    def finding(self, name: str) -> float:
        """The share of a finding: of several rules any will do."""
        if name not in self.known:
            self.known[name] = HALF
            rules = self.knowledge.makers.get(name, ())
            self.known[name] = _any_of([self.premise(rule.premise) for rule in rules])
        return self.known[name]

    def premise(self, premise: Premise) -> float:
        """The share of firms for which a premise holds, its parts taken as independent of each other."""
        match premise:
            case Test():
                return _test(premise, self.knowledge.facts[premise.fact])
            case Found(name):
                return self.finding(name)
            case Not(part):
                return 1 - self.premise(part)
            case All(parts):
                return math.prod(self.premise(part) for part in parts)
            case Any(parts):
                return _any_of([self.premise(part) for part in parts])


def _any_of(shares: list[float]) -> float:
    return 1 - math.prod(1 - share for share in shares)


def _test(test: Test, fact: Fact) -> float:
    """The share of answers to a question that pass a test."""
    if test.op == "unknown":
        return UNKNOWN
    if test.op in COMPARISONS:
        steps = fact.steps
        return sum(test.accepts(step) for step in steps) / len(steps) if steps else HALF
    if test.op == "count":
        return HALF
    words = test.argument
    if not isinstance(words, frozenset) or not fact.values:
        return HALF
    if test.op == "includes":
        return float(CHOSEN ** len(words))
    if test.op == "includes_any":
        return float(1 - (1 - CHOSEN) ** len(words))
    return len(words) / max(len(fact.values), len(words))
