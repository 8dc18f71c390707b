"""A firm beside the others: for need, ability and every factor its points, the group's median and quartiles, its place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from advisor.portfolio.entry import Entry
from advisor.portfolio.spreads import Spread, spread

Band = Literal["lowest", "middle", "highest"]
"""Under the lower quartile, between the quartiles, over the upper."""
NEED, ABILITY = "need", "ability"
"""What the two scores are called here, whatever the knowledge calls them."""


@dataclass(frozen=True)
class Place:
    """Where a firm stands by one score. ``group`` None where fewer than five firms are known by it; ``rank`` is the share
    of the group, in percent, that the firm stands above, those level with it counted half."""

    score: str
    points: float | None
    group: Spread | None
    rank: float | None
    band: Band | None


class Benchmark:
    """A group of firms to hold any of them against. Made once, it places each firm in a moment."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        known: dict[str, list[float]] = {}
        for entry in entries:
            for name, points in _points(entry).items():
                values = known.setdefault(name, [])
                if points is not None:
                    values.append(points)
        self._known = {name: sorted(values) for name, values in known.items()}
        self.spreads: dict[str, Spread | None] = {name: spread(values) for name, values in self._known.items()}

    def standing(self, entry: Entry) -> tuple[Place, ...]:
        """Where a firm stands: need, ability, then the factors in the order of the entry."""
        return tuple(self._place(name, points) for name, points in _points(entry).items())

    def _place(self, name: str, points: float | None) -> Place:
        group = self.spreads.get(name)
        if group is None or points is None:
            return Place(name, points, group, None, None)
        values = self._known[name]
        below, level = bisect_left(values, points), bisect_right(values, points)
        band: Band = "lowest" if points < group.low else "highest" if points > group.high else "middle"
        return Place(name, points, group, 100 * (below + level) / 2 / len(values), band)


def standing(entry: Entry, entries: Sequence[Entry]) -> tuple[Place, ...]:
    """Where ``entry`` stands among ``entries``, itself among them. For many firms make one :class:`Benchmark`."""
    return Benchmark(entries).standing(entry)


def _points(entry: Entry) -> dict[str, float | None]:
    """Every score of a firm by its name, need and ability first."""
    scores = {NEED: entry.need, ABILITY: entry.ability, **entry.factors}
    return {name: span.points for name, span in scores.items()}
