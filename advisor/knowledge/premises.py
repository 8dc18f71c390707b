"""The condition language: what may stand under ``when`` and ``ask_if``, and when it holds.

A premise is true, false or undecided (``None``): Kleene's three values. A missing answer makes a test undecided,
never false. ``all`` is false as soon as one part is, ``any`` true as soon as one part is. A question that does not
apply to the firm supports nothing: a test of it is false, and so is its negation.

    when: {process_complexity: {at_least: 4}, firm_size: [small, medium]}      both must hold
    when: {any: [{customer_data_home: individuals}, {customers_lost_with_staff: {at_least: 4}}]}
    when: {model: project, not: {found: no_sponsor}}
"""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any as Anything
from typing import Protocol

from advisor.knowledge.margins import Margin

Limit = float | int | datetime.date
"""What values of a fact with an order may be compared with."""
Value = str | Limit | frozenset[str]
Truth = bool | None

COMPARISONS: dict[str, Callable[[Anything, Anything], bool]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "above": operator.gt,
    "below": operator.lt,
}
"""Thresholds on an ordered value."""


class Known(Protocol):
    """What a premise is tested against."""

    def value(self, fact: str) -> Value | None:
        """The value of a fact, None where it is missing."""

    def margin(self, fact: str) -> Margin | None:
        """The bounds within which the value of a fact is known to lie, None where it is known exactly or not at all."""

    def unknown(self, fact: str) -> Truth:
        """Whether the fact was asked and the firm said it does not know; None where it was not answered at all."""

    def applies(self, fact: str) -> bool:
        """Whether the fact makes sense for this firm; what does not apply holds neither way."""

    def found(self, finding: str) -> Truth:
        """Whether a finding has been concluded; None where it cannot be decided (yet)."""


@dataclass(frozen=True)
class Test:
    """A test of one fact. ``op`` is a comparison, ``in``, ``includes``, ``includes_any``, ``count`` or ``unknown``."""

    fact: str
    op: str
    argument: Value | tuple[str, float] | None = None

    def holds(self, known: Known, negated: bool = False) -> Truth:
        """True, false, or None where the fact is missing. False, negated or not, where it does not apply."""
        if not known.applies(self.fact):
            return False
        if self.op == "unknown":
            return _turned(known.unknown(self.fact), negated)
        value = known.value(self.fact)
        if value is None:
            margin = known.margin(self.fact)
            return _turned(self.of_all(margin), negated) if margin else None
        return self.accepts(value) != negated

    def of_all(self, margin: Margin) -> Truth:
        """Whether every value within a margin passes the test (True), none does (False), or some (None)."""
        if (few := margin.few) is not None:
            truths = {self.accepts(value) for value in few}
        elif compare := COMPARISONS.get(self.op):
            truths = {compare(margin.low, self.argument), compare(margin.high, self.argument)}
        else:
            assert isinstance(self.argument, frozenset)
            truths = {False} | {True for word in self.argument if float(word) in margin}
        return truths.pop() if len(truths) == 1 else None

    def accepts(self, value: Value) -> bool:
        """Whether a known value passes the test."""
        argument = self.argument
        if compare := COMPARISONS.get(self.op):
            return compare(value, argument)
        if self.op == "in":
            assert isinstance(argument, frozenset)
            return bool(value & argument) if isinstance(value, frozenset) else _word(value) in argument
        assert isinstance(value, frozenset)
        if self.op == "count":
            assert isinstance(argument, tuple)
            return COMPARISONS[argument[0]](len(value), argument[1])
        assert isinstance(argument, frozenset)
        return argument <= value if self.op == "includes" else bool(value & argument)


@dataclass(frozen=True)
class Found:
    """Holds where a finding has been concluded."""

    finding: str

    def holds(self, known: Known, negated: bool = False) -> Truth:
        """True, false, or None where the finding is undecided."""
        return _turned(known.found(self.finding), negated)


@dataclass(frozen=True)
class Not:
    """The opposite of a premise; undecided stays undecided."""

    part: Premise

    def holds(self, known: Known, negated: bool = False) -> Truth:
        """The part with the negation carried into it."""
        return self.part.holds(known, not negated)


@dataclass(frozen=True)
class All:
    """Holds where every part holds."""

    parts: tuple[Premise, ...]

    def holds(self, known: Known, negated: bool = False) -> Truth:
        """False as soon as one part is false, else undecided as soon as one is; negated, one part must fail."""
        truths = [part.holds(known, negated) for part in self.parts]
        return _any(truths) if negated else _all(truths)


@dataclass(frozen=True)
class Any:
    """Holds where at least one part holds."""

    parts: tuple[Premise, ...]

    def holds(self, known: Known, negated: bool = False) -> Truth:
        """True as soon as one part is true, else undecided as soon as one is; negated, every part must fail."""
        truths = [part.holds(known, negated) for part in self.parts]
        return _all(truths) if negated else _any(truths)


def _all(truths: list[Truth]) -> Truth:
    return False if False in truths else None if None in truths else True


def _any(truths: list[Truth]) -> Truth:
    return True if True in truths else None if None in truths else False


def _turned(truth: Truth, negated: bool) -> Truth:
    return truth if truth is None else truth != negated


Premise = Test | Found | Not | All | Any


def leaves(premise: Premise) -> Iterator[Test | Found]:
    """Every test and every reference to a finding in a premise, in reading order."""
    match premise:
        case Test() | Found():
            yield premise
        case Not(part):
            yield from leaves(part)
        case All(parts) | Any(parts):
            for part in parts:
                yield from leaves(part)


def facts_in(premise: Premise) -> tuple[str, ...]:
    """The facts a premise looks at, each once, in reading order."""
    return tuple(dict.fromkeys(leaf.fact for leaf in leaves(premise) if isinstance(leaf, Test)))


def findings_in(premise: Premise, negated: bool | None = None) -> tuple[str, ...]:
    """The findings a premise refers to; only those under (or not under) a negation where ``negated`` says so."""

    def walk(node: Premise, inside: bool) -> Iterator[str]:
        match node:
            case Found(finding):
                if negated is None or negated == inside:
                    yield finding
            case Not(part):
                yield from walk(part, not inside)
            case All(parts) | Any(parts):
                for part in parts:
                    yield from walk(part, inside)

    return tuple(dict.fromkeys(walk(premise, False)))


def deciding(premise: Premise, known: Known, negated: bool = False) -> tuple[Test | Found, ...]:
    """The leaves that make a premise what it is: true ones of a true premise, undecided ones of an undecided one."""
    match premise:
        case Test() | Found():
            return (premise,)
        case Not(part):
            return deciding(part, known, not negated)
        case All(parts) | Any(parts):
            truth = premise.holds(known, negated)
            alike = [part for part in parts if part.holds(known, negated) is truth]
            return tuple(leaf for part in alike for leaf in deciding(part, known, negated))


def _word(value: Value) -> str:
    return number_word(value) if isinstance(value, float | int) else str(value)


def number_word(number: float) -> str:
    """A number as it is compared in a set: all its digits, without a needless decimal point.

    >>> number_word(12345678.0), number_word(4), number_word(-0.0)
    ('12345678', '4', '0')
    """
    return repr(float(number) + 0.0).removesuffix(".0")
