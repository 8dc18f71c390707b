"""The signs of complexity that a firm shows: as its answers stand, and in every completion of the missing ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from advisor.inference.columns import UNDECIDED, Bounds, Column, Firms, Sides
from advisor.inference.compiled import Judge, compiled
from advisor.inference.facts import FactColumns, FactTable
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import Found, Test
from advisor.knowledge.read_premises import sound_premise

Strength = Literal["strong", "weak"]


@dataclass(frozen=True)
class SignTable:
    """The signs of all firms, as answers stand."""

    column: Column

    def value(self, firm: int) -> frozenset[str]:
        """Those of one firm."""
        return next(cast("frozenset[str]", signs) for signs, firms in self.column.values.items() if firms >> firm & 1)


def signs_today(facts: FactTable, strength: Strength) -> Column:
    """The signs known to be there; one whose answers are missing is not among them."""
    groups: dict[frozenset[str], Firms] = {frozenset(): facts.everyone}
    for name, (holds, _) in _sides(facts.knowledge, facts.today, strength):
        groups = dict(_split(groups, name, holds))
    column = Column()
    for signs, firms in groups.items():
        column.add(signs, firms)
    return column


def signs_foreseen(facts: FactTable, strength: Strength) -> Bounds:
    """The signs that are there whatever the missing answers are, and those that may be."""
    groups: dict[tuple[frozenset[str], frozenset[str]], Firms] = {(frozenset(), frozenset()): facts.everyone}
    for name, (holds, fails) in _sides(facts.knowledge, facts.foreseen, strength):
        wider: dict[tuple[frozenset[str], frozenset[str]], Firms] = {}
        for (least, most), firms in groups.items():
            for bounds, who in (
                ((least | {name}, most | {name}), firms & holds),
                ((least, most), firms & fails),
                ((least, most | {name}), firms & ~holds & ~fails),
            ):
                if who:
                    wider[bounds] = wider.get(bounds, 0) | who
        groups = wider
    return Bounds(groups)


def _split(groups: dict[frozenset[str], Firms], name: str, holds: Firms) -> Iterator[tuple[frozenset[str], Firms]]:
    for signs, firms in groups.items():
        for there, who in ((signs | {name}, firms & holds), (signs, firms & ~holds)):
            if who:
                yield there, who


def _sides(knowledge: Knowledge, columns: FactColumns, strength: Strength) -> Iterator[tuple[str, Sides]]:
    for name, judge in _judges(knowledge, strength):
        yield name, judge(columns)


@lru_cache(maxsize=16)
def _judges(knowledge: Knowledge, strength: Strength) -> tuple[tuple[str, Judge[FactColumns]], ...]:
    """The signs of a strength with their premises, which look at answers and at no finding."""

    def leaf(part: Test | Found, negated: bool) -> Judge[FactColumns]:
        return lambda columns: columns[part.fact].sides(part, negated) if isinstance(part, Test) else UNDECIDED

    signs = (sign for sign in knowledge.verdict.signs if sign.strength == strength)
    return tuple((sign.id, compiled(sound_premise(sign.when, knowledge.facts), leaf)) for sign in signs)
