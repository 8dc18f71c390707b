"""A firm compared with its group: for need, ability and every factor its points, the group's quartiles, and its rank."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from advisor.portfolio.entry import PortfolioEntry
from advisor.portfolio.quartiles import Quartiles, quartiles_of

Band = Literal["lowest", "middle", "highest"]
"""Under the lower quartile, between the quartiles, over the upper."""
NEED, ABILITY = "need", "ability"
"""What the two scores are called here, whatever the knowledge calls them."""


@dataclass(frozen=True)
class BenchmarkPosition:
    """The position of a firm by one score.

    ``group_quartiles`` is None where the score of fewer than five firms is known; ``rank`` is the percentage of the group
    below the firm, firms with equal points counted half.
    """

    score: str
    points: float | None
    group_quartiles: Quartiles | None
    rank: float | None
    band: Band | None


class Benchmark:
    """A group of firms to compare each of them with; built once for all comparisons."""

    def __init__(self, entries: Sequence[PortfolioEntry]) -> None:
        known: dict[str, list[float]] = {}
        for entry in entries:
            for name, points in _points_by_score(entry).items():
                values = known.setdefault(name, [])
                if points is not None:
                    values.append(points)
        self._known = {name: sorted(values) for name, values in known.items()}
        self.quartiles: dict[str, Quartiles | None] = {name: quartiles_of(values) for name, values in self._known.items()}

    def positions(self, entry: PortfolioEntry) -> tuple[BenchmarkPosition, ...]:
        """The positions of a firm: need, ability, then the factors in the order of the entry."""
        return tuple(self._position(name, points) for name, points in _points_by_score(entry).items())

    def _position(self, name: str, points: float | None) -> BenchmarkPosition:
        group_quartiles = self.quartiles.get(name)
        if group_quartiles is None or points is None:
            return BenchmarkPosition(name, points, group_quartiles, None, None)
        values = self._known[name]
        below, level = bisect_left(values, points), bisect_right(values, points)
        band: Band = "lowest" if points < group_quartiles.low else "highest" if points > group_quartiles.high else "middle"
        return BenchmarkPosition(name, points, group_quartiles, 100 * (below + level) / 2 / len(values), band)


def positions_of(entry: PortfolioEntry, entries: Sequence[PortfolioEntry]) -> tuple[BenchmarkPosition, ...]:
    """The positions of ``entry`` among ``entries``, itself included. For many firms build one :class:`Benchmark`."""
    return Benchmark(entries).positions(entry)


def _points_by_score(entry: PortfolioEntry) -> dict[str, float | None]:
    """Every score of a firm by its name, need and ability first."""
    scores = {NEED: entry.need, ABILITY: entry.ability, **entry.factors}
    return {name: span.points for name, span in scores.items()}
