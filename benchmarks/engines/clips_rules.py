"""CLIPS through clipspy: one wide fact for a firm, a defrule per rule, the engine kept and reset between firms.

Tests of words and steps are literal slot constraints, thresholds predicate constraints; what a rule asks of findings are
facts of their own. The rules fired are gathered in a string, which was faster than facts or a multifield. Most of the time
goes into handing the slots of a firm to CLIPS. A deffunction takes them, not ``Template.assert_fact``: clipspy 1.0.6 never
releases a fact it has handed to Python (``Fact.__del__`` calls ``ReleaseFact`` with one argument too many and swallows the
error), so the environment would slow down from firm to firm. Facts as text to parse took several times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, product
from typing import Any

import clips

from advisor.knowledge import Knowledge
from advisor.knowledge.model import LAYERS
from benchmarks.engines.formulas import (
    Drawn,
    Every,
    Formula,
    Limit,
    OneOf,
    Row,
    Some,
    column_rules,
    columns_used,
    leaves,
)

MISSING = -(10**12)
"""What a slot holds where the answer is missing: a number below any answer."""


class Clips:
    """The rules of a knowledge in a CLIPS environment."""

    def __init__(self, knowledge: Knowledge) -> None:
        rules = column_rules(knowledge)
        self._ids = [rule.id for rule in rules]
        self._columns = columns_used(rules)
        asked = {leaf.finding for rule in rules for leaf in leaves(rule.formula) if isinstance(leaf, Drawn)}
        self._environment = clips.Environment()
        build = self._environment.build
        build(f"(deftemplate firm {' '.join(f'(slot {name})' for name in self._columns)})")
        build('(defglobal ?*fired* = "")')
        names = " ".join(f"?{name}" for name in self._columns)
        slots = " ".join(f"({name} ?{name})" for name in self._columns)
        build(f"(deffunction enter-firm ({names}) (assert (firm {slots})) TRUE)")
        for place, rule in enumerate(rules):
            salience = f"(declare (salience {len(LAYERS) - rule.layer}))"
            found = " ".join(f"(assert (found {finding}))" for finding in rule.draws if finding in asked)
            note = f'(bind ?*fired* (str-cat ?*fired* "{place} "))'
            build(f"(defrule {rule.id} {salience} {_conditions(rule.formula)} => {note} {found})")
        self._fired = self._environment.find_global("fired")

    def prepare(self, row: Row) -> list[Any]:
        """A firm as the engine takes it: its slots in order, words as symbols."""
        cells = (row.get(name, MISSING) for name in self._columns)
        return [clips.Symbol(cell) if isinstance(cell, str) else cell for cell in cells]

    def fired(self, slots: list[Any]) -> list[str]:
        """The rules that fire for a firm; one whose alternatives both hold comes twice."""
        self._environment.reset()
        self._environment.call("enter-firm", *slots)
        self._environment.run()
        return [self._ids[int(place)] for place in self._fired.value.split()]


def _conditions(formula: Formula) -> str:
    ways = [_pattern(way) for way in _ways(formula)]
    return ways[0] if len(ways) == 1 else f"(or {' '.join(ways)})" if ways else "(test FALSE)"


def _ways(formula: Formula) -> list[list[Formula]]:
    """The leaves that make a formula true together, a list for each way: one pattern of the firm then needs no join."""
    match formula:
        case Every(parts):
            return [list(chain.from_iterable(ways)) for ways in product(*map(_ways, parts))]
        case Some(parts):
            return list(chain.from_iterable(map(_ways, parts)))
        case _:
            return [[formula]]


def _pattern(tests: Sequence[Formula]) -> str:
    """One pattern of the firm for tests that must all pass, several of one slot made one, and one for each finding."""
    words: dict[str, tuple[str | int, ...]] = {}
    limits: dict[str, str] = {}
    for test in tests:
        if isinstance(test, OneOf):
            words[test.column] = tuple(v for v in words.get(test.column, test.values) if v in test.values)
        elif isinstance(test, Limit):
            limits[test.column] = f"{limits.get(test.column, '?' + test.column)}&:{_limit(test)}"
    slots = [f"({name} {'|'.join(map(str, values)) or 'never'})" for name, values in words.items()]
    slots += [f"({name} {text})" for name, text in limits.items()]
    found = [f"(found {test.finding})" for test in tests if isinstance(test, Drawn)]
    inner = [f"(firm {' '.join(slots)})", *found] if slots else found
    return inner[0] if len(inner) == 1 else f"(and {' '.join(inner)})"


def _limit(leaf: Limit) -> str:
    match leaf.op:
        case "at_least":
            return f"(>= ?{leaf.column} {leaf.limit})"
        case "above":
            return f"(> ?{leaf.column} {leaf.limit})"
        case "at_most":
            return f"(< {MISSING} ?{leaf.column})&:(<= ?{leaf.column} {leaf.limit})"
        case _:
            return f"(< {MISSING} ?{leaf.column} {leaf.limit})"
