"""Firms grouped by model, size or industry, so that no figure shown, and none worked out from those shown, is of a group
under :data:`~advisor.portfolio.spreads.FEWEST` firms.

Small groups are put together. Where that comes to one group alone, or to fewer than five firms, the smallest of the others
joins it: what is not shown by itself then always holds two groups at least, and no subtraction from the total brings one
back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from advisor.portfolio.entry import Entry
from advisor.portfolio.spreads import FEWEST, Spread, spread

Kind = Literal["model", "size", "industry"]
KINDS: tuple[Kind, ...] = ("model", "size", "industry")
UNTOLD = "?"
"""The class of firms that did not say which they belong to."""


@dataclass(frozen=True)
class Group:
    """Firms of one class, or of several (``classes``) that are too small to be shown by themselves."""

    classes: tuple[str, ...]
    need: Spread
    ability: Spread

    @property
    def alone(self) -> bool:
        """Whether it is a class of its own and not the rest put together."""
        return len(self.classes) == 1

    @property
    def n(self) -> int:
        """How many firms it holds."""
        return self.need.n


def class_of(entry: Entry, kind: Kind) -> str:
    """The class of a firm by a kind of grouping."""
    value: str | None = getattr(entry, kind)
    return UNTOLD if value is None else value


def rated(entries: Sequence[Entry]) -> list[Entry]:
    """The firms of which both need and ability are known: only they are compared, so that figures of a group share one n."""
    return [entry for entry in entries if entry.need.points is not None and entry.ability.points is not None]


def groups_by(kind: Kind, entries: Sequence[Entry]) -> tuple[Group, ...]:
    """The groups that may be shown, the largest first and the rest last; none where there would be nothing to compare."""
    members: dict[str, list[Entry]] = {}
    for entry in rated(entries):
        members.setdefault(class_of(entry, kind), []).append(entry)
    alone, together = divide(Counter({name: len(firms) for name, firms in members.items()}))
    parts = [(name,) for name in alone] + ([together] if together else [])
    if len(parts) < 2:
        return ()
    return tuple(_group(part, [entry for name in part for entry in members[name]]) for part in parts)


def divide(sizes: Mapping[str, int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The classes that may stand alone, the largest first, and those to be put together.

    >>> divide({"a": 9, "b": 6, "c": 3, "d": 2})
    (('a', 'b'), ('c', 'd'))
    >>> divide({"a": 9, "b": 6, "c": 4})
    (('a',), ('b', 'c'))
    """
    order = sorted(sizes, key=lambda name: (-sizes[name], name))
    alone = [name for name in order if sizes[name] >= FEWEST]
    together = order[len(alone) :]
    while together and alone and (len(together) == 1 or sum(sizes[name] for name in together) < FEWEST):
        together.insert(0, alone.pop())
    if sum(sizes[name] for name in together) < FEWEST:
        together = []
    return tuple(alone), tuple(together)


def _group(classes: tuple[str, ...], firms: list[Entry]) -> Group:
    need, ability = (
        spread(span.points for span in spans) for spans in zip(*((e.need, e.ability) for e in firms), strict=True)
    )
    assert need is not None and ability is not None
    return Group(classes, need, ability)
