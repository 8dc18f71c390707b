"""What would lift most firms: the steps of their least-effort ways counted, and the few that bring most of them there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from advisor.knowledge.schema import VerdictName
from advisor.portfolio.entry import Entry
from advisor.text import Text

WAITING: tuple[VerdictName, ...] = ("conditional", "not_yet")
"""The verdicts from which a way leads to feasible."""
TOGETHER = 8
"""How many steps are looked at together."""


@dataclass(frozen=True)
class Lift:
    """A step, and how many firms have it on their way."""

    question: str
    title: Text
    firms: int


@dataclass(frozen=True)
class Lifting:
    """Firms that are not feasible yet (``waiting``), those of them for which a way was looked for and found, the steps on
    these ways, the commonest first, and ``together``: steps in the order in which they bring most firms to feasible, each
    with how many firms it and those before it bring there."""

    waiting: int
    examined: int
    found: int
    steps: tuple[Lift, ...]
    together: tuple[Lift, ...]


def lifting(entries: Sequence[Entry]) -> Lifting:
    """What would lift most of some firms."""
    waiting = [entry for entry in entries if entry.verdict in WAITING]
    ways = [entry for entry in waiting if entry.path == "found"]
    titles: dict[str, Text] = {}
    for entry in ways:
        for step in entry.steps:
            titles.setdefault(step.question, step.title)
    sets = Counter(frozenset(step.question for step in entry.steps) for entry in ways)
    counts = Counter(name for way, firms in sets.items() for name in way for _ in range(firms))
    order = sorted(counts, key=lambda name: (-counts[name], name))
    return Lifting(
        waiting=len(waiting),
        examined=sum(entry.path is not None for entry in waiting),
        found=len(ways),
        steps=tuple(Lift(name, titles[name], counts[name]) for name in order),
        together=tuple(Lift(name, titles[name], firms) for name, firms in cover(sets, order)),
    )


def cover(ways: Mapping[frozenset[str], int], order: Sequence[str]) -> Iterable[tuple[str, int]]:
    """Steps one after another, each with how many firms have all of theirs by then.

    The next is always the one that brings most: a firm that lacks nothing else counts 1, one that lacks one more step ¼,
    two more ⅑. That need not be the very best choice, but it is quick and can be followed by hand.

    >>> list(cover({frozenset("ab"): 3, frozenset("a"): 1, frozenset("c"): 2}, "abc"))
    [('c', 2), ('a', 3), ('b', 6)]
    """
    place = {name: index for index, name in enumerate(order)}
    left = {way: (set(way), firms) for way, firms in ways.items() if way}
    done = 0
    for _ in range(TOGETHER):
        gain: dict[str, float] = {}
        for lacking, firms in left.values():
            for name in lacking:
                gain[name] = gain.get(name, 0.0) + firms / len(lacking) ** 2
        if not gain:
            return
        best = min(gain, key=lambda name: (-round(gain[name], 9), place[name]))
        for way, (lacking, firms) in list(left.items()):
            lacking.discard(best)
            if not lacking:
                done += firms
                del left[way]
        yield best, done
