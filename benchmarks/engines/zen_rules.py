"""The ZEN engine of GoRules, through its Python package: one compiled expression, the rules of each level as a list in it.

``level`` is how many rules deep a rule builds on others. As a decision with an expression node the same list took about
five times as long, with a key for each rule nine times and more; a call per level, or a variable per finding, also lost to
this form, and so did ``x in [1, 2]`` to ``(x == 1 or x == 2)``.
"""

from __future__ import annotations

import json
from itertools import chain, compress

import zen

from advisor.knowledge import Knowledge
from benchmarks.engines.formulas import Cell, Drawn, Limit, OneOf, Row, Syntax, column_rules, columns_used, leaves, written

OPERATORS = {"at_least": ">=", "at_most": "<=", "above": ">", "below": "<"}
MISSING = -1e12
"""A number below any answer: ZEN compares numbers only."""


class Zen:
    """The rules of a knowledge as one ZEN expression."""

    def __init__(self, knowledge: Knowledge) -> None:
        rules = column_rules(knowledge)
        self._columns = columns_used(rules)
        depth: dict[str, int] = {}
        for rule in rules:
            below = [depth[maker] for leaf in leaves(rule.formula) if isinstance(leaf, Drawn) for maker in leaf.makers]
            depth[rule.id] = 1 + max(below, default=-1)
        levels = [[rule for rule in rules if depth[rule.id] == level] for level in range(1 + max(depth.values()))]
        place = {rule.id: f"l{level}[{i}]" for level, group in enumerate(levels) for i, rule in enumerate(group)}
        syntax = _syntax(place)
        lists = [
            f"l{level} = [{', '.join(written(r.formula, syntax) for r in group)}]" for level, group in enumerate(levels)
        ]
        result = ", ".join(f"l{level}" for level in range(len(levels)))
        self._ids = [rule.id for group in levels for rule in group]
        self._expression = zen.compile_expression(f"{'; '.join(lists)}; [{result}]")

    def prepare(self, row: Row) -> dict[str, Cell]:
        """A firm as the engine takes it: its known values by column, every number given."""
        missing: Row = {name: MISSING for name, number in self._columns.items() if number}
        return {**missing, **{name: row[name] for name in self._columns if name in row}}

    def fired(self, row: dict[str, Cell]) -> list[str]:
        """The rules that hold for a firm."""
        return list(compress(self._ids, chain.from_iterable(self._expression.evaluate(row))))


def _one_of(leaf: OneOf) -> str:
    return f"({' or '.join(f'{leaf.column} == {json.dumps(value)}' for value in leaf.values)})"


def _limit(leaf: Limit) -> str:
    test = f"{leaf.column} {OPERATORS[leaf.op]} {leaf.limit}"
    return test if leaf.op in ("at_least", "above") else f"({leaf.column} > {MISSING:.0f} and {test})"


def _syntax(place: dict[str, str]) -> Syntax:
    return Syntax(
        one_of=_one_of,
        limit=_limit,
        drawn=lambda leaf: f"({' or '.join(place[name] for name in leaf.makers) or 'false'})",
        every=lambda parts: f"({' and '.join(parts) or 'true'})",
        some=lambda parts: f"({' or '.join(parts) or 'false'})",
    )
