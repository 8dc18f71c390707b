"""All firms between need and ability, as points without names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from advisor.assessment.verdict import least_for
from advisor.knowledge.schema import VerdictName
from advisor.portfolio.entry import PortfolioEntry
from advisor.portfolio.figures import VERDICTS
from advisor.portfolio.groups import scored_entries
from advisor.portfolio.wording import PortfolioWording
from advisor.reporting.chapters.need_ability_map import verdict_regions
from advisor.reporting.charts import LegendEntry, MapChart, MapPoint, Shape
from advisor.reporting.document import Block, Chapter, Chart, Heading, Line, Paragraph
from advisor.reporting.tones import VERDICT_TONES
from advisor.rounding import plain_number

SHAPES: dict[VerdictName, Shape] = {
    "feasible": "circle",
    "conditional": "triangle",
    "not_yet": "square",
    "not_needed_now": "diamond",
    "not_enough_answers": "cross",
}
MAX_POINTS = 600
"""With more firms than this, those that are close together share a point: a page of thousands is slow and says no more."""
GRID_STEP = 4.0
LARGEST, SMALLEST = 3.4, 0.12
"""Area of the point of the most crowded cell, and of one that would be too small to see, in single points."""


def chapter(words: PortfolioWording, entries: Sequence[PortfolioEntry]) -> Chapter | None:
    """The map; left out where no firm can be placed on it."""
    placed = scored_entries(entries)
    if not placed:
        return None
    least_need, least_ability = least_for(words.knowledge.verdict, "feasible")
    needing = [entry for entry in placed if (entry.need.points or 0) >= least_need]
    able = sum((entry.ability.points or 0) >= least_ability for entry in needing)
    limits = {"limit": plain_number(least_need), "enough": plain_number(least_ability)}
    title = words("map.chart", n=f"{len(placed):,}", k=f"{len(needing):,}", able=f"{able:,}", **limits)
    gridded = len(placed) > MAX_POINTS
    points = tuple(_grid_points(placed) if gridded else _firm_points(placed))
    counts = Counter(entry.verdict for entry in placed)
    legend = tuple(_key(words, name, counts[name]) for name in VERDICTS if counts[name])
    chart = MapChart(
        words("score.ability"), words("score.need"), verdict_regions(words.knowledge.verdict, words.verdict), points, legend
    )
    text = words("map.binned" if gridded else "map.text", n=f"{len(placed):,}")
    blocks: list[Block | Heading] = [Chart(title, text, chart)]
    if missing := len(entries) - len(placed):
        blocks.append(Paragraph(Line(words("map.missing", count=f"{missing:,}")), "quiet"))
    return Chapter("map", words("map.title"), tuple(blocks), page=True)


def _key(words: PortfolioWording, name: VerdictName, count: int) -> LegendEntry:
    label = words("map.legend", verdict=words.verdict_title(name), count=f"{count:,}")
    return LegendEntry(label, VERDICT_TONES[name], SHAPES[name], count)


def _firm_points(placed: Sequence[PortfolioEntry]) -> Iterator[MapPoint]:
    for entry in placed:
        assert entry.need.points is not None and entry.ability.points is not None
        yield _point(entry.verdict, entry.ability.points, entry.need.points, 1.0)


def _grid_points(placed: Sequence[PortfolioEntry]) -> Iterator[MapPoint]:
    """A point for every cell of a grid: as large as it is crowded, of the verdict that is commonest there."""
    cells: dict[tuple[int, int], Counter[VerdictName]] = {}
    for entry in placed:
        assert entry.need.points is not None and entry.ability.points is not None
        cell = round(entry.ability.points / GRID_STEP), round(entry.need.points / GRID_STEP)
        cells.setdefault(cell, Counter())[entry.verdict] += 1
    most = max(verdicts.total() for verdicts in cells.values())
    for (x, y), verdicts in sorted(cells.items()):
        commonest = max(VERDICTS, key=lambda name: verdicts[name])
        yield _point(commonest, x * GRID_STEP, y * GRID_STEP, max(SMALLEST, LARGEST * verdicts.total() / most))


def _point(verdict: VerdictName, x: float, y: float, size: float) -> MapPoint:
    return MapPoint("", x, y, strong=False, small=True, tone=VERDICT_TONES[verdict], shape=SHAPES[verdict], size=size)
