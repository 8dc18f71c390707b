"""Cross-checks with their conditions compiled: which answers one looks at, and whether they are as it doubts."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from advisor.knowledge.facts import Fact
from advisor.knowledge.margins import bounds_of
from advisor.knowledge.premises import All, Known, Premise, Truth, facts_in
from advisor.knowledge.read_premises import compile_premise
from advisor.knowledge.schema.checks import CrossCheck, Sum


@dataclass(frozen=True)
class More:
    """Holds where one sum of numeric answers exceeds another."""

    sum: Sum
    than: Sum

    def holds(self, known: Known) -> Truth:
        """True, false, or None where an answer is missing. False where a question does not apply."""
        if not all(map(known.applies, (*self.sum, *self.than))):
            return False
        (low, high), (least, most) = _bounds(self.sum, known), _bounds(self.than, known)
        return True if low > most else False if high <= least else None


def _bounds(terms: Sum, known: Known) -> tuple[float, float]:
    """Between which bounds a sum lies; unbounded where an answer is missing."""
    low = high = 0.0
    for fact, factor in terms.items():
        margin = bounds_of(known, fact)
        if margin is None:
            return -math.inf, math.inf
        least, most = sorted((factor * margin.low, factor * margin.high))
        low, high = low + least, high + most
    return low, high


@dataclass(frozen=True)
class CompiledCheck:
    """A cross-check with its conditions compiled."""

    check: CrossCheck
    premise: Premise
    more: More | None
    place: str

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """The questions whose answers it holds against one another, in the order it names them."""
        compared = (*self.more.sum, *self.more.than) if self.more else ()
        return tuple(dict.fromkeys((*facts_in(self.premise), *compared)))

    def holds(self, known: Known) -> Truth:
        """Whether the answers are as the check doubts; None where a missing answer leaves that open."""
        truths = [self.premise.holds(known), *([self.more.holds(known)] if self.more else [])]
        return False if False in truths else None if None in truths else True


def compile_check(check: CrossCheck, facts: Mapping[str, Fact], complain: Callable[..., None], place: str) -> CompiledCheck:
    """The check compiled. Mistakes in its premise go to ``complain``; what is wrong is left out of the result."""
    premise = compile_premise(check.when, facts, complain, ("when",)) if check.when else All(())
    return CompiledCheck(check, premise, More(*check.more) if check.more else None, place)
