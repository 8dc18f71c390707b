"""Sets of firms as whole numbers used as bits, and one fact over many firms as such sets.

A premise over a thousand firms costs about as much as one over one firm. Whoever is neither among the firms for which a
test holds nor among those for which it fails is undecided.
"""

from __future__ import annotations

import functools
import itertools
import operator
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from advisor.knowledge.margins import Margin
from advisor.knowledge.premises import COMPARISONS, Test, Value

Firms = int
"""A set of firms: bit ``i`` stands for firm ``i``."""
Sides = tuple[Firms, Firms]
"""The firms for which something holds, and those for which it does not."""
Mask = NDArray[np.bool_]

UNDECIDED: Sides = (0, 0)
_AT_ONCE = 64
"""So many sets of firms are made at once, so that a column of many different values takes little memory."""


class Testable(Protocol):
    """One fact over all firms."""

    def sides(self, test: Test, negated: bool) -> Sides:
        """For whom the test, or its negation, holds and for whom it does not."""


@dataclass
class Column:
    """One fact over all firms: who has which value, who was asked, who does not know, to whom it does not apply.

    ``doubtful`` are firms of which an answer still missing may yet say that the fact does not apply to them. ``margins``
    are bounds within which the value lies for firms that are not among the ``known``.
    """

    values: dict[Value, Firms] = field(default_factory=dict)
    known: Firms = 0
    asked: Firms = 0
    unknown: Firms = 0
    inapplicable: Firms = 0
    doubtful: Firms = 0
    margins: dict[Margin, Firms] = field(default_factory=dict)

    def add(self, value: Value, firms: Firms) -> None:
        """Note that some firms have a value."""
        self.values[value] = self.values.get(value, 0) | firms
        self.known |= firms

    def limited(self, out: Firms, doubtful: Firms) -> Column:
        """The column with some firms declared outside its reach, and others that may yet turn out to be."""
        values = {value: left for value, who in self.values.items() if (left := who & ~out)} if out else self.values
        known, asked, unknown = self.known & ~out, self.asked & ~out, self.unknown & ~out
        margins = {margin: left for margin, who in self.margins.items() if (left := who & ~out)}
        return Column(values, known, asked, unknown, self.inapplicable | out, doubtful, margins)

    def sides(self, test: Test, negated: bool) -> Sides:
        """As :class:`Testable`; what does not apply holds neither way."""
        if test.op == "unknown":
            holds, fails = self.unknown, self.asked & ~self.unknown
        else:
            accepted = itertools.compress(self.values.values(), map(test.accepts, self.values))
            holds = functools.reduce(operator.or_, accepted, 0)
            fails = self.known & ~holds
            for margin, who in self.margins.items():
                truth = test.of_all(margin)
                holds, fails = holds | (who if truth is True else 0), fails | (who if truth is False else 0)
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


def members(firms: Firms) -> Iterator[int]:
    """The places of a set of firms, lowest first."""
    digits = bin(firms)[:1:-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)


def grouped(codes: NDArray[np.integer[Any]], count: int) -> Iterator[Firms]:
    """For each of ``count`` codes the firms that have it."""
    for start in range(0, count, _AT_ONCE):
        yield from sets_of(codes == np.arange(start, min(start + _AT_ONCE, count), dtype=codes.dtype)[:, None])


def sets_of(masks: Mask) -> Iterator[Firms]:
    """A set of firms for each row of masks over them."""
    return (int.from_bytes(row.tobytes(), "little") for row in np.packbits(masks, axis=1, bitorder="little"))


def firms_of(mask: Mask) -> Firms:
    """A set of firms from a mask over them."""
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


def mask_of(firms: Firms, size: int) -> Mask:
    """A mask over ``size`` firms from a set of them."""
    packed = np.frombuffer(firms.to_bytes((size + 7) // 8, "little"), np.uint8)
    return np.unpackbits(packed, count=size, bitorder="little").astype(np.bool_)


def masks_of(sets: list[Firms], size: int) -> Mask:
    """A row for each of some sets of firms: a mask over ``size`` firms."""
    width = (size + 7) // 8
    packed = np.frombuffer(b"".join(firms.to_bytes(width, "little") for firms in sets), np.uint8)
    return np.unpackbits(packed.reshape(len(sets), width), axis=1, count=size, bitorder="little").astype(np.bool_)


def alike(masks: Mask) -> Iterator[tuple[int, Firms]]:
    """The different columns of some masks, as whole numbers with a bit a row, each with the firms that have it."""
    codes = (masks * (1 << np.arange(len(masks)))[:, None]).sum(axis=0)
    for code in sorted(set(codes.tolist())):
        yield code, firms_of(codes == code)
