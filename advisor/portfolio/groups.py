"""Firms grouped by model, size or industry, so that no figure shown, or computed from those shown, is of a group under
:data:`~advisor.portfolio.quartiles.MIN_FIRMS` firms.

Small classes are merged. Where only one class is small, or all small ones come to fewer than five firms, the smallest of the
others joins them: a merged group holds at least two classes, and no subtraction from the total reveals one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from advisor.portfolio.entry import PortfolioEntry
from advisor.portfolio.quartiles import MIN_FIRMS, Quartiles, quartiles_of

Grouping = Literal["model", "size", "industry"]
GROUPINGS: tuple[Grouping, ...] = ("model", "size", "industry")
UNSTATED = "?"
"""The class of firms that did not say which they belong to."""


@dataclass(frozen=True)
class FirmGroup:
    """Firms of one class, or of several ``classes`` too small to be shown by themselves."""

    classes: tuple[str, ...]
    need: Quartiles
    ability: Quartiles

    @property
    def single(self) -> bool:
        """Whether it is one class and not several merged."""
        return len(self.classes) == 1

    @property
    def n(self) -> int:
        """How many firms it holds."""
        return self.need.n


def class_of(entry: PortfolioEntry, grouping: Grouping) -> str:
    """The class of a firm by a kind of grouping."""
    value: str | None = getattr(entry, grouping)
    return UNSTATED if value is None else value


def scored_entries(entries: Sequence[PortfolioEntry]) -> list[PortfolioEntry]:
    """The firms of which both need and ability are known: only they are compared, so that figures of a group share one n."""
    return [entry for entry in entries if entry.need.points is not None and entry.ability.points is not None]


def groups_by(grouping: Grouping, entries: Sequence[PortfolioEntry]) -> tuple[FirmGroup, ...]:
    """The groups that may be shown, the largest first and the rest last; none where there would be nothing to compare."""
    members: dict[str, list[PortfolioEntry]] = {}
    for entry in scored_entries(entries):
        members.setdefault(class_of(entry, grouping), []).append(entry)
    single, merged = merge_small_classes(Counter({name: len(firms) for name, firms in members.items()}))
    parts = [(name,) for name in single] + ([merged] if merged else [])
    if len(parts) < 2:
        return ()
    return tuple(_firm_group(part, [entry for name in part for entry in members[name]]) for part in parts)


def merge_small_classes(sizes: Mapping[str, int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The classes large enough to be shown, the largest first, and those to merge.

    >>> merge_small_classes({"a": 9, "b": 6, "c": 3, "d": 2})
    (('a', 'b'), ('c', 'd'))
    >>> merge_small_classes({"a": 9, "b": 6, "c": 4})
    (('a',), ('b', 'c'))
    """
    order = sorted(sizes, key=lambda name: (-sizes[name], name))
    single = [name for name in order if sizes[name] >= MIN_FIRMS]
    merged = order[len(single) :]
    while merged and single and (len(merged) == 1 or sum(sizes[name] for name in merged) < MIN_FIRMS):
        merged.insert(0, single.pop())
    if sum(sizes[name] for name in merged) < MIN_FIRMS:
        merged = []
    return tuple(single), tuple(merged)


def _firm_group(classes: tuple[str, ...], firms: list[PortfolioEntry]) -> FirmGroup:
    need, ability = (
        quartiles_of(span.points for span in spans) for spans in zip(*((e.need, e.ability) for e in firms), strict=True)
    )
    assert need is not None and ability is not None
    return FirmGroup(classes, need, ability)
