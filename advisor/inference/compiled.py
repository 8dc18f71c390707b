"""Premises compiled to functions over sets of firms: Kleene's three values, worked out for any number of firms at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from advisor.inference.columns import Sides
from advisor.knowledge.premises import All, Any, Found, Not, Premise, Test

State = TypeVar("State")
Judge = Callable[[State], Sides]
"""Tells of a state for which firms something holds and for which it does not."""


def compiled(premise: Premise, leaf: Callable[[Test | Found, bool], Judge[State]], negated: bool = False) -> Judge[State]:
    """A premise, or its negation, as a function of a state; ``leaf`` makes that of a single test or finding.

    Negation is carried down to the leaves: the opposite of a test is a test of a known value too.
    """
    match premise:
        case Test() | Found():
            return leaf(premise, negated)
        case Not(part):
            return compiled(part, leaf, not negated)
        case All(parts) | Any(parts):
            judges = [compiled(part, leaf, negated) for part in parts]
            if len(judges) == 1:
                return judges[0]
            return _every(judges) if isinstance(premise, All) != negated else _some(judges)


def _every(judges: list[Judge[State]]) -> Judge[State]:
    first, *others = judges

    def judge(state: State) -> Sides:
        holds, fails = first(state)
        for other in others:
            more, less = other(state)
            holds &= more
            fails |= less
        return holds, fails

    return judge


def _some(judges: list[Judge[State]]) -> Judge[State]:
    first, *others = judges

    def judge(state: State) -> Sides:
        holds, fails = first(state)
        for other in others:
            more, less = other(state)
            holds |= more
            fails &= less
        return holds, fails

    return judge
