"""Every case that a set of premises can tell apart, as a small world of facts each: what static checks search through.

A premise looks at a fact only through its tests, so a number needs no more than one value on and on either side of each
limit, a choice no more than the options named and one other. Within these worlds implication is decided exactly.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence

from advisor.knowledge.cases import Given
from advisor.knowledge.facts import Fact
from advisor.knowledge.premises import Found, Premise, Test, Value, leaves

MAX_WORLDS = 50_000
"""Beyond this a question is left open rather than answered slowly."""


def worlds(premises: Sequence[Premise], facts: Mapping[str, Fact]) -> Iterator[Given] | None:
    """The worlds in which ``premises`` can differ; None where there are too many to look at."""
    tests: dict[str, list[Test]] = {}
    findings: dict[str, None] = {}
    for premise in premises:
        for leaf in leaves(premise):
            if isinstance(leaf, Found):
                findings[leaf.finding] = None
            else:
                tests.setdefault(leaf.fact, []).append(leaf)
    values = [[(name, value) for value in telling_values(facts[name], asked)] for name, asked in tests.items()]
    truths = [[(name, True), (name, False)] for name in findings]
    if math.prod(map(len, values)) * math.prod(map(len, truths)) > MAX_WORLDS:
        return None
    return (
        Given({n: v for n, v in known if v is not None}, {n: "unknown" for n, v in known if v is None}, dict(found))
        for known in itertools.product(*values)
        for found in itertools.product(*truths)
    )


def telling_values(fact: Fact, tests: Sequence[Test]) -> list[Value | None]:
    """Values that meet every side of every test of a fact; None (not known) where a test asks for that."""
    found: list[Value | None] = list(fact.type.probes(fact, [test for test in tests if test.op != "unknown"]))
    return [*found, None] if any(test.op == "unknown" for test in tests) else found


def satisfiable(premise: Premise, facts: Mapping[str, Fact]) -> bool | None:
    """Whether a premise can hold at all; None where that is too much to find out."""
    found = worlds([premise], facts)
    return None if found is None else any(premise.holds(world) is True for world in found)


def implies(one: Premise, other: Premise, facts: Mapping[str, Fact]) -> bool | None:
    """Whether ``other`` holds wherever ``one`` does; None where that is too much to find out."""
    found = worlds([one, other], facts)
    return None if found is None else all(other.holds(w) is True for w in found if one.holds(w) is True)
