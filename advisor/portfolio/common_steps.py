"""The steps that would make most firms feasible: how many firms need each, and the few that suffice for most of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from advisor.knowledge.schema import VerdictName
from advisor.portfolio.entry import PortfolioEntry
from advisor.text import Text

NOT_YET_FEASIBLE: tuple[VerdictName, ...] = ("conditional", "not_yet")
"""The verdicts from which a path leads to feasible."""
MAX_TOGETHER = 8
"""How many steps are combined at most."""


@dataclass(frozen=True)
class StepCount:
    """A step, and how many firms have it on their path."""

    question: str
    title: Text
    firms: int


@dataclass(frozen=True)
class CommonSteps:
    """Firms not yet feasible (``waiting``), those ``examined`` for a path, those ``with_path``, and their steps.

    ``steps`` are counted, the commonest first. ``together`` is the order in which steps make most firms feasible, each with
    the number of firms that it and those before it suffice for.
    """

    waiting: int
    examined: int
    with_path: int
    steps: tuple[StepCount, ...]
    together: tuple[StepCount, ...]


def common_steps(entries: Sequence[PortfolioEntry]) -> CommonSteps:
    """The common steps of some firms."""
    waiting = [entry for entry in entries if entry.verdict in NOT_YET_FEASIBLE]
    with_path = [entry for entry in waiting if entry.path == "found" and entry.steps]
    titles: dict[str, Text] = {}
    for entry in with_path:
        for step in entry.steps:
            titles.setdefault(step.question, step.title)
    step_sets = Counter(frozenset(step.question for step in entry.steps) for entry in with_path)
    counts = Counter(name for way, firms in step_sets.items() for name in way for _ in range(firms))
    order = sorted(counts, key=lambda name: (-counts[name], name))
    return CommonSteps(
        waiting=len(waiting),
        examined=sum(entry.path is not None for entry in waiting),
        with_path=len(with_path),
        steps=tuple(StepCount(name, titles[name], counts[name]) for name in order),
        together=tuple(StepCount(name, titles[name], firms) for name, firms in greedy_cover(step_sets, order)),
    )


def greedy_cover(step_sets: Mapping[frozenset[str], int], order: Sequence[str]) -> Iterable[tuple[str, int]]:
    """Steps in greedy order, each with how many firms have all their steps by then.

    The next is always the one that brings most: a firm that lacks nothing else counts 1, one that lacks one more step ¼,
    two more ⅑. That need not be the very best choice, but it is quick and can be followed by hand.

    >>> list(greedy_cover({frozenset("ab"): 3, frozenset("a"): 1, frozenset("c"): 2}, "abc"))
    [('c', 2), ('a', 3), ('b', 6)]
    """
    rank = {name: index for index, name in enumerate(order)}
    remaining = {way: (set(way), firms) for way, firms in step_sets.items() if way}
    reached = 0
    for _ in range(MAX_TOGETHER):
        gain: dict[str, float] = {}
        for missing, firms in remaining.values():
            for name in missing:
                gain[name] = gain.get(name, 0.0) + firms / len(missing) ** 2
        if not gain:
            return
        best = min(gain, key=lambda name: (-round(gain[name], 9), rank[name]))
        for way, (missing, firms) in list(remaining.items()):
            missing.discard(best)
            if not missing:
                reached += firms
                del remaining[way]
        yield best, reached
