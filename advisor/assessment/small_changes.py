"""The smallest changes to one answer that could be true of the firm that gave it.

The neighbouring step of a scale or of an order that tasks follow, the other of two answers, one box more or less, half or
double a number, a date within a quarter. Answers of a kind and not of a degree, as where a firm is at home, have no smallest
change; nor has none at all, which is neither half nor double of anything.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from advisor.interview.answers import Answer
from advisor.knowledge.facts import Fact
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import Value

TIMES = 2.0
"""A number is tried at so many times what it is, and at what is one such part of it."""
DAYS = 92
"""A date is tried at a quarter earlier and later."""
TWO = 2


def order_of(knowledge: Knowledge, question: str) -> Sequence[Value]:
    """The answers to a question in the order in which they follow one another: steps, the way a task moves them, or two
    answers; none where they are of different kinds."""
    fact = knowledge.facts[question]
    if fact.type.ordered:
        return fact.steps or tuple(fact.values)
    if question in knowledge.raised_by:
        return max((task.raises[question].order for task in knowledge.raised_by[question]), key=len)
    return tuple(fact.values) if len(fact.values) == TWO else ()


def small_changes(fact: Fact, now: Value, told_apart: Collection[Answer]) -> Iterator[Value]:
    """The smallest changes of a number or of boxes ticked that are not among the values told apart anyway."""
    if isinstance(now, frozenset):
        named = {option for one in told_apart if isinstance(one.value, frozenset) for option in one.value}
        yield from (now ^ {option} for option in fact.values if option in named)
    elif isinstance(now, float) and now > 0:
        whole = now == int(now)
        for number in (now / TIMES, now * TIMES):
            held = min(max(number, fact.low or 0.0), math.inf if fact.high is None else fact.high)
            if (rounded := float(math.ceil(held)) if whole else held) != now:
                yield rounded


def steps_away(fact: Fact, now: Value | None, then: Value, order: Sequence[object]) -> int | None:
    """How many smallest changes one answer is from another, along ``order`` where its values have one; None where no number
    of them leads there, so that the other answer could not well be true of the firm."""
    if isinstance(now, frozenset) and isinstance(then, frozenset):
        return 1 if len(now ^ then) == 1 else None
    if isinstance(now, float) and isinstance(then, float):
        return 1 if 0 < now / TIMES <= then <= now * TIMES else None
    if isinstance(now, date) and isinstance(then, date):
        return 1 if abs((then - now).days) <= DAYS else None
    return abs(order.index(now) - order.index(then)) if now in order and then in order else None
