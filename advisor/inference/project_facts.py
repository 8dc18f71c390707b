"""What a project asks of firms, read off their facts and off the functions that rules ask for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

import numpy as np

from advisor.inference.columns import Column, Firms, Sides, mask_of, masks_of
from advisor.inference.facts import FactTable
from advisor.knowledge.facts import Fact
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import Value
from advisor.knowledge.schema import FunctionThen
from advisor.knowledge.schema.project import COUNTED, UNANSWERED
from advisor.project.cases import Numbers

Missing = Literal["open", "low", "high", "least", "most"]
"""What stands in for a missing answer: nothing; what a choice, a list or a number known within bounds allows, as answers
stand, at least (``low``) or at most (``high``), other numbers left open; the least or the most of anything it may turn out
to be (``least``, ``most``)."""
BOUNDLESS = 1e9
"""The largest a number without a limit may turn out to be."""


@dataclass(frozen=True)
class ProjectFacts:
    """:class:`~advisor.project.firms.FirmFacts` of the firms of a table. ``rules`` has where each rule that asks for a
    function stands."""

    facts: FactTable
    rules: Mapping[str, Sides]
    missing: Missing = "open"

    @property
    def size(self) -> int:
        """How many firms there are."""
        return self.facts.size

    def number(self, fact: str) -> Numbers:
        """The value of a number."""
        if self.missing in ("low", "high"):
            return self._within(fact, self._read(fact, _as_number, np.nan, np.nan, np.nan))
        limits = self._fact(fact)
        return self._read(fact, _as_number, np.nan, 0.0, BOUNDLESS if limits.high is None else limits.high)

    def chosen(self, fact: str) -> Numbers:
        """The value of a number that is a choice of the firm's, NaN where it made none; of one known within bounds the end
        that is asked for, else the largest."""
        column, numbers = self.facts.today[fact], np.full(self.size, np.nan)
        assert isinstance(column, Column)
        for value, who in column.values.items():
            numbers[mask_of(who, self.size)] = _as_number(value)
        for margin, who in column.margins.items():
            end = margin.low if self.missing in ("low", "least") else margin.high
            numbers[mask_of(who, self.size)] = min(end, BOUNDLESS)
        return numbers

    def _within(self, fact: str, numbers: Numbers) -> Numbers:
        """Numbers with the ends of what is known within bounds."""
        column = self.facts.today[fact]
        assert isinstance(column, Column)
        for margin, who in column.margins.items():
            numbers[mask_of(who, self.size)] = min(margin.low if self.missing == "low" else margin.high, BOUNDLESS)
        return numbers

    def amount(self, fact: str, amounts: Mapping[str, float]) -> Numbers:
        """An amount looked up by the answer; an answer that is not listed adds nothing. What is listed for no answer holds
        as long as there is none, and where the question does not apply; with an answer it may still be any other."""
        every, assumed = [amounts.get(value, 0.0) for value in self._fact(fact).values], amounts.get(UNANSWERED)
        if assumed is None:
            return self._read(fact, lambda value: amounts.get(str(value), 0.0), np.nan, min(0.0, *every), max(every))
        ends = (min(assumed, *every), max(assumed, *every)) if self.missing in ("least", "most") else (assumed, assumed)
        return self._read(fact, lambda value: amounts.get(str(value), 0.0), assumed, *ends, inapplicable=assumed)

    def ticked(self, fact: str, options: Collection[str]) -> Numbers:
        """How many of some options were ticked."""
        wanted = frozenset(options)

        def ticked(value: Value) -> float:
            return len(wanted & value) if isinstance(value, frozenset) else 0.0

        return self._read(fact, ticked, np.nan, 0.0, len(wanted))

    def counted(self, quantity: str) -> Numbers:
        """How many functions must, or should, be there."""
        return self._counts[COUNTED.index(quantity)]

    @cached_property
    def _counts(self) -> tuple[Numbers, Numbers]:
        """How many functions must, and should, be there, those that the firm set itself as it set them."""
        must, wanted = np.zeros(self.size), np.zeros(self.size)
        own = self.facts.knowledge.set_functions
        for name, (musts, all_rules) in _function_rules(self.facts.knowledge).items():
            required, asked = self._holding(musts), self._holding(all_rules)
            change = own.get(name)
            if isinstance(change, str):
                required, asked = np.full_like(required, change == "must"), np.full_like(asked, change in ("must", "should"))
            elif change is not None:
                required, asked = required & (change > 0), np.full_like(asked, change > 0)
            must += required
            wanted += asked | required
        others = [change for name, change in own.items() if name not in _function_rules(self.facts.knowledge)]
        must += others.count("must")
        wanted += sum(change in ("must", "should") if isinstance(change, str) else change > 0 for change in others)
        return must, wanted - must

    def _holding(self, rules: tuple[str, ...]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """For which firms one of some rules holds; where the largest project is asked for, may hold."""
        found: Firms = 0
        for rule in rules:
            holds, fails = self.rules[rule]
            found |= self.facts.everyone & ~fails if self.missing == "most" else holds
        return mask_of(found, self.size)

    def _fact(self, name: str) -> Fact:
        return self.facts.knowledge.facts[name]

    def _read(
        self,
        fact: str,
        amount: Callable[[Value], float],
        unknown: float,
        least: float,
        most: float,
        inapplicable: float = 0.0,
    ) -> Numbers:
        foreseen = self.missing in ("least", "most")
        column = self.facts.foreseen[fact] if foreseen else self.facts.today[fact]
        assert isinstance(column, Column)
        read = np.full(self.size, {"open": unknown, "low": least, "high": most, "least": least, "most": most}[self.missing])
        if column.values:
            for value, who in zip(column.values, masks_of(list(column.values.values()), self.size), strict=True):
                read[who] = amount(value)
        read[mask_of(column.inapplicable, self.size)] = inapplicable
        if self.missing == "least" and column.doubtful:
            read = np.where(mask_of(column.doubtful, self.size), np.minimum(read, inapplicable), read)
        return read


def _as_number(value: Value) -> float:
    return float(value) if isinstance(value, int | float) else np.nan


@lru_cache(maxsize=8)
def _function_rules(knowledge: Knowledge) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """For each function the rules that say it must be there, and those that say it must or should."""
    musts: dict[str, list[str]] = {}
    wanted: dict[str, list[str]] = {}
    for compiled in knowledge.rules:
        for then in compiled.rule.then:
            if isinstance(then, FunctionThen) and then.priority in ("must", "should"):
                wanted.setdefault(then.function, []).append(compiled.id)
                musts.setdefault(then.function, []).extend([compiled.id] if then.priority == "must" else [])
    return {name: (tuple(musts[name]), tuple(rules)) for name, rules in wanted.items()}
