"""Plain Python: one function generated from the rules, an expression per rule in the order they build on each other.

A missing word is None and a missing number NaN, so that no comparison with it is true and none needs a guard.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import compress

from advisor.knowledge import Knowledge
from benchmarks.engines.formulas import Cell, Drawn, Limit, OneOf, Row, Syntax, column_rules, columns_used, written

OPERATORS = {"at_least": ">=", "at_most": "<=", "above": ">", "below": "<"}


class PlainPython:
    """The rules of a knowledge as one Python function."""

    def __init__(self, knowledge: Knowledge) -> None:
        rules = column_rules(knowledge)
        self._missing: Row = {name: math.nan if number else "" for name, number in columns_used(rules).items()}
        self._ids = tuple(rule.id for rule in rules)
        lines = [f"  r_{rule.id} = {written(rule.formula, SYNTAX)}" for rule in rules]
        names = "".join(f"{name}, " for name in self._missing)
        fired = "".join(f"r_{name}, " for name in self._ids)
        self.source = "\n".join([f"def fired(row):\n  ({names}) = row", *lines, f"  return ({fired})\n"])
        space: dict[str, Callable[[Sequence[Cell]], Iterable[bool]]] = {}
        exec(compile(self.source, "<rules>", "exec"), space)
        self._fired = space["fired"]

    def prepare(self, row: Row) -> Sequence[Cell]:
        """A firm as the function takes it: its values in the order of the columns."""
        return tuple(row.get(name, missing) for name, missing in self._missing.items())

    def fired(self, values: Sequence[Cell]) -> list[str]:
        """The rules that hold for a firm."""
        return list(compress(self._ids, self._fired(values)))


def _one_of(leaf: OneOf) -> str:
    if len(leaf.values) == 1:
        return f"{leaf.column} == {leaf.values[0]!r}"
    return f"{leaf.column} in {{{', '.join(map(repr, leaf.values))}}}"


def _limit(leaf: Limit) -> str:
    return f"{leaf.column} {OPERATORS[leaf.op]} {leaf.limit!r}"


def _drawn(leaf: Drawn) -> str:
    return f"({' or '.join(f'r_{name}' for name in leaf.makers) or 'False'})"


SYNTAX = Syntax(
    one_of=_one_of,
    limit=_limit,
    drawn=_drawn,
    every=lambda parts: f"({' and '.join(parts) or 'True'})",
    some=lambda parts: f"({' or '.join(parts) or 'False'})",
)
