"""What a project asks of firms: numbers, amounts by answer and counts, each an array over the firms."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from advisor.project.cases import Numbers


class FirmFacts(Protocol):
    """The facts of some firms. Every array has an element a firm: NaN where it gave no value, 0 where it does not apply."""

    @property
    def size(self) -> int:
        """How many firms there are."""

    def number(self, fact: str) -> Numbers:
        """The value of a number."""

    def chosen(self, fact: str) -> Numbers:
        """The value of a number that is a choice of the firm's: NaN where it made none."""

    def amount(self, fact: str, amounts: Mapping[str, float]) -> Numbers:
        """An amount looked up by the answer to a choice or a scale."""

    def ticked(self, fact: str, options: Collection[str]) -> Numbers:
        """How many of some options were ticked."""

    def counted(self, quantity: str) -> Numbers:
        """A number counted from what the rules concluded."""


Read = tuple[str, str, Hashable]
"""What is read of firms: how, by which name, and the amounts or options."""


class NotedReads:
    """The facts of a firm of which nothing is known: ``reads`` are those that were asked for."""

    size = 1

    def __init__(self) -> None:
        self.reads: dict[Read, Callable[[FirmFacts], Numbers]] = {}

    def number(self, fact: str) -> Numbers:
        """As :class:`FirmFacts`, and so are the rest."""
        return self._note(_number(fact), lambda firms: firms.number(fact))

    def chosen(self, fact: str) -> Numbers:
        """A number that is a choice of the firm's."""
        return self._note(_chosen(fact), lambda firms: firms.chosen(fact))

    def amount(self, fact: str, amounts: Mapping[str, float]) -> Numbers:
        """An amount looked up by the answer."""
        return self._note(_amount(fact, amounts), lambda firms: firms.amount(fact, amounts))

    def ticked(self, fact: str, options: Collection[str]) -> Numbers:
        """How many of some options were ticked."""
        return self._note(_ticked(fact, options), lambda firms: firms.ticked(fact, options))

    def counted(self, quantity: str) -> Numbers:
        """A number counted from what the rules concluded."""
        return self._note(_counted(quantity), lambda firms: firms.counted(quantity))

    def _note(self, read: Read, reading: Callable[[FirmFacts], Numbers]) -> Numbers:
        self.reads[read] = reading
        return np.full(self.size, np.nan)


@dataclass(frozen=True)
class ReadFirms:
    """The facts of some firms that were read before: ``values`` has a row a read and a column a firm."""

    rows: Mapping[Read, int]
    values: Numbers

    @property
    def size(self) -> int:
        """As :class:`FirmFacts`, and so are the rest."""
        return len(self.values[0])

    def number(self, fact: str) -> Numbers:
        """The value of a number."""
        return self._row(_number(fact))

    def chosen(self, fact: str) -> Numbers:
        """A number that is a choice of the firm's."""
        return self._row(_chosen(fact))

    def amount(self, fact: str, amounts: Mapping[str, float]) -> Numbers:
        """An amount looked up by the answer."""
        return self._row(_amount(fact, amounts))

    def ticked(self, fact: str, options: Collection[str]) -> Numbers:
        """How many of some options were ticked."""
        return self._row(_ticked(fact, options))

    def counted(self, quantity: str) -> Numbers:
        """A number counted from what the rules concluded."""
        return self._row(_counted(quantity))

    def _row(self, read: Read) -> Numbers:
        row: Numbers = self.values[self.rows[read]]
        return row


def _number(fact: str) -> Read:
    return "number", fact, ()


def _chosen(fact: str) -> Read:
    return "chosen", fact, ()


def _amount(fact: str, amounts: Mapping[str, float]) -> Read:
    return "amount", fact, tuple(amounts.items())


def _ticked(fact: str, options: Collection[str]) -> Read:
    return "ticked", fact, frozenset(options)


def _counted(quantity: str) -> Read:
    return "counted", quantity, ()
