"""Facts over many firms at once: a firm is a bit, a value of a fact the set of firms that have it.

Enters: a knowledge and the answers of any number of firms. Leaves: a column for each fact, which tells of any test for
which firms it holds and for which it does not; whoever is in neither is undecided.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from advisor.inference.facts import band_of
from advisor.interview.answers import Answers
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import COMPARISONS, All, Found, Not, Premise, Test, Value, facts_in
from advisor.knowledge.premises import Any as AnyOf

if TYPE_CHECKING:
    from advisor.interview.coded import CodedFirms

Firms = int
"""A set of firms: bit ``i`` stands for firm ``i``."""
Sides = tuple[Firms, Firms]
"""The firms for which something holds, and those for which it does not."""


class Testable(Protocol):
    """One fact over all firms."""

    def sides(self, test: Test, negated: bool) -> Sides:
        """For whom the test, or its negation, holds and for whom it does not."""


@dataclass
class Column:
    """One fact over all firms: who has which value, who was asked, who does not know, to whom it does not apply.

    ``doubtful`` are firms of which an answer still missing may yet say that the fact does not apply to them.
    """

    values: dict[Value, Firms] = field(default_factory=dict)
    known: Firms = 0
    asked: Firms = 0
    unknown: Firms = 0
    inapplicable: Firms = 0
    doubtful: Firms = 0

    def add(self, value: Value, firms: Firms) -> None:
        """Note that some firms have a value."""
        self.values[value] = self.values.get(value, 0) | firms
        self.known |= firms

    def without(self, firms: Firms) -> Column:
        """The column with some firms declared outside its reach."""
        values = {value: left for value, who in self.values.items() if (left := who & ~firms)}
        return Column(values, self.known & ~firms, self.asked & ~firms, self.unknown & ~firms, self.inapplicable | firms)

    def sides(self, test: Test, negated: bool) -> Sides:
        """As :class:`Testable`; what does not apply holds neither way."""
        if test.op == "unknown":
            holds, fails = self.unknown, self.asked & ~self.unknown
        else:
            holds = 0
            for value, who in self.values.items():
                if test.accepts(value):
                    holds |= who
            fails = self.known & ~holds
        if negated:
            holds, fails = fails, holds
        return holds & ~self.doubtful, fails | self.inapplicable


@dataclass
class Bounds:
    """A set-valued fact of which only bounds are known: what it holds for certain, and what it may hold at most."""

    ranges: dict[tuple[frozenset[str], frozenset[str]], Firms] = field(default_factory=dict)

    def sides(self, test: Test, negated: bool) -> Sides:
        """As :class:`Testable`: holds where every set within the bounds passes, fails where none does."""
        holds = fails = 0
        for (least, most), who in self.ranges.items():
            truth = _within(test, least, most)
            if truth is not None:
                holds, fails = (holds | who, fails) if truth != negated else (holds, fails | who)
        return holds, fails


def _within(test: Test, least: frozenset[str], most: frozenset[str]) -> bool | None:
    """Whether a test passes for every set between ``least`` and ``most``, for none (False), or for some (None)."""
    argument = test.argument
    if test.op == "count":
        assert isinstance(argument, tuple)
        truths = {COMPARISONS[argument[0]](size, argument[1]) for size in range(len(least), len(most) + 1)}
        return truths.pop() if len(truths) == 1 else None
    if test.op == "unknown":
        return None
    assert isinstance(argument, frozenset)
    if test.op == "includes":
        return True if argument <= least else None if argument <= most else False
    return True if argument & least else None if argument & most else False


def columns_of(
    knowledge: Knowledge, firms: Sequence[Answers] | CodedFirms, asked: Collection[str], foresee: bool = False
) -> dict[str, Testable]:
    """A column for each fact ``asked`` for, and for those it depends on.

    With ``foresee`` the columns speak for every completion of the missing answers: that a firm does not know something
    today decides nothing, and a fact whose lead-in question is open may yet turn out not to apply.
    """
    everyone = (1 << len(firms)) - 1
    bands = {name: band for name, band in knowledge.bands.items() if name in asked}
    needed = {*asked, *(band.of for band in bands.values())}
    conditional = {name: premise for name, premise in knowledge.asked_if.items() if name in needed}
    needed.update(fact for premise in conditional.values() for fact in facts_in(premise))
    raw = raw_columns([name for name in knowledge.questions if name in needed], firms, foresee)
    columns = dict(raw)
    reading = Reading(raw, {}, everyone)
    for name, premise in conditional.items():
        applies, out = reading.sides(premise)
        if out:
            columns[name] = raw[name].without(out)
        if foresee:
            columns[name] = replace(columns[name], doubtful=everyone & ~applies & ~out)
    for name, band in bands.items():
        source = columns[band.of]
        banded = Column({}, 0, source.asked, source.unknown, source.inapplicable, source.doubtful)
        for value, who in source.values.items():
            assert isinstance(value, int | float)
            banded.add(band_of(value, band), who)
        columns[name] = banded
    return dict(columns)


def raw_columns(questions: Sequence[str], firms: Sequence[Answers] | CodedFirms, foresee: bool) -> dict[str, Column]:
    """The answers as given, before skip logic; with ``foresee`` what firms do not know is not noted."""
    if not isinstance(firms, Sequence):
        from advisor.inference.coded_columns import coded_columns  # with numpy, which one firm alone has no need of

        return coded_columns(questions, firms, foresee)
    raw = {name: Column() for name in questions}
    for place, answers in enumerate(firms):
        bit = 1 << place
        for name, answer in answers.given.items():
            column = raw.get(name)
            if column is None:
                continue
            if answer.status == "known":
                value = answer.value
                if value is None or isinstance(value, tuple):
                    column.asked |= bit
                else:
                    column.values[value] = column.values.get(value, 0) | bit
            elif answer.status == "not_applicable":
                column.inapplicable |= bit
            elif not foresee:
                column.unknown |= bit
    for column in raw.values():
        for who in column.values.values():
            column.known |= who
        column.asked |= column.known | column.unknown
    return raw


class Reading:
    """Premises over some firms: a test that many rules make is looked at once.

    ``findings`` may be filled as rules are judged.
    """

    def __init__(self, columns: Mapping[str, Testable], findings: Mapping[str, Sides], everyone: Firms) -> None:
        self.columns, self.findings, self.everyone = columns, findings, everyone
        self._tests: dict[tuple[Test, bool], Sides] = {}

    def sides(self, premise: Premise, negated: bool = False) -> Sides:
        """For whom a premise holds and for whom it does not; negation is carried down to the tests, as in ``holds``."""
        match premise:
            case Test(fact):
                seen = self._tests.get((premise, negated))
                if seen is None:
                    seen = self.columns[fact].sides(premise, negated) if fact in self.columns else (0, 0)
                    self._tests[premise, negated] = seen
                return seen
            case Found(finding):
                holds, fails = self.findings.get(finding, (0, 0))
                return (fails, holds) if negated else (holds, fails)
            case Not(part):
                return self.sides(part, not negated)
            case All(parts) | AnyOf(parts):
                if isinstance(premise, All) != negated:
                    holds, fails = self.everyone, 0
                    for part in parts:
                        one, other = self.sides(part, negated)
                        holds, fails = holds & one, fails | other
                else:
                    holds, fails = 0, self.everyone
                    for part in parts:
                        one, other = self.sides(part, negated)
                        holds, fails = holds | one, fails & other
                return holds, fails


def members(firms: Firms) -> Iterator[int]:
    """The places of a set of firms, lowest first."""
    digits = bin(firms)[:1:-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)
