"""Where things go in a drawing: numbers for the SVG templates, which only place and colour them.

All drawings are 640 units wide, so that type inside them keeps its size on the page. WeasyPrint does not let page styles
into an SVG: colours are attributes, taken from :data:`~advisor.reporting.tones.TONE_COLOURS`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from advisor.reporting.charts import BarChart, GanttChart, MapChart, MapPoint, MatrixChart, Region, SwingChart
from advisor.reporting.text_width import measure, wrap
from advisor.reporting.tones import TONE_COLOURS, Tone

WIDTH = 640
LETTER, GAP, CLEAR, NAMES_OF_REGIONS, LINE = 7.2, 12, 3, 40, 16
"""Of labels on a map: width of a letter, distance from point and from lines, the room for names of regions, and a line."""
HALF_LINE = 9
"""So far above and below a point its label beside it reaches, with some room."""
TASK_LETTER, TASKS, MOST_TASKS = 5.6, 286, 350
"""Of the names of tasks: width of a letter, the room they have, and the most they get where one is longer."""
LEGEND_COLUMNS = 3
GROUP_COLOURS = ("#1f4e79", "#2b6e4f", "#96620b", "#6a4a86", "#5d6875")
"""Of the phases of a plan; a sixth and further ones have the same colours in a light tint."""


@dataclass(frozen=True)
class Geometry:
    """Size of a drawing and the helpers its template needs."""

    width: int
    height: int
    left: int
    top: int
    right: int
    bottom: int

    def x(self, value: float, whole: float = 100) -> float:
        """Horizontal place of a value from 0 to ``whole``."""
        return round(self.left + (self.right - self.left) * value / whole, 2)

    def y(self, value: float, whole: float = 100) -> float:
        """Vertical place of a value from 0 (bottom) to ``whole`` (top)."""
        return round(self.bottom - (self.bottom - self.top) * value / whole, 2)

    def label_place(self, point: MapPoint) -> tuple[float, float, str]:
        """Where the label of a point stands, with its anchor.

        Beside it, unless an edge of its range would cross it there; then above the range, or below it where names of
        regions leave no room above.
        """
        x, y, width = self.x(point.x), self.y(point.y), LETTER * measure(point.label)
        fits = x + GAP + width <= self.right
        start = x + GAP if fits else x - GAP - width
        if not self._crossed(point, start - CLEAR, start + width + CLEAR):
            return (start, y + 5, "start") if fits else (x - GAP, y + 5, "end")
        assert point.y_range
        bottom, top = (self.y(end) for end in point.y_range)
        middle = min(max(x, self.left + width / 2 + CLEAR), self.right - width / 2 - CLEAR)
        return (round(middle, 2), top - 7 if top - 20 > self.top + NAMES_OF_REGIONS else bottom + 16, "middle")

    def _crossed(self, point: MapPoint, left: float, right: float) -> bool:
        """Whether an edge of a point's range crosses a label beside it that reaches from left to right."""
        if point.x_range is None or point.y_range is None:
            return False
        first, last = (self.x(end) for end in point.x_range)
        level = any(abs(self.y(end) - self.y(point.y)) < HALF_LINE for end in point.y_range)
        return left < first < right or left < last < right or (level and first < right and last > left)

    def ticks(self, whole: int, step: int) -> list[int]:
        """Marks on a time line: every ``step``, and the very end; none so near the end that the two would touch."""
        return [*(week for week in range(0, whole, step) if whole - week > step / 2), whole]

    def ink(self, tone: Tone) -> str:
        """Stroke colour of a tone."""
        return TONE_COLOURS[tone][0]

    def wash(self, tone: Tone) -> str:
        """Fill colour of a tone."""
        return TONE_COLOURS[tone][1]

    def group_colour(self, place: int) -> tuple[str, float]:
        """Colour and opacity of a phase by its place among all of a plan."""
        return GROUP_COLOURS[place % len(GROUP_COLOURS)], 1 if place < len(GROUP_COLOURS) else 0.4

    def region_label_top(self, region: Region, points: Sequence[MapPoint], lines: int) -> float:
        """Where the first line of a region's name stands: at its top; at its foot on the axis, or where a range hides it."""
        top, foot = self.y(region.y1) + 19, self.y(region.y0) - 9 - LINE * (lines - 1)
        hidden = any(self._hides(point, region, top + LINE * (lines - 1)) for point in points)
        return foot if region.y0 == 0 or hidden else top

    def _hides(self, point: MapPoint, region: Region, base: float) -> bool:
        """Whether the range of a point lies over a name that ends at some line and starts where its region does."""
        if not (point.x_range and point.y_range):
            return False
        over = self.x(point.x_range[0]) < self.x(region.x0) + GAP + LETTER * measure(region.label)
        return (
            over
            and self.x(point.x_range[1]) > self.x(region.x0)
            and self.y(point.y_range[1]) < base
            and (self.y(point.y_range[0]) > base - 2 * LINE)
        )

    def mark(self, size: float) -> float:
        """Half the width of a small point whose area is ``size`` times that of a single one."""
        return round(4 * math.sqrt(size), 2)

    def wrap(self, text: str, units: int) -> list[str]:
        """``text`` in at most two lines of ``units`` width, a wide character counting two; the rest is cut with …."""
        return wrap(text, units)


def geometry(drawing: MapChart | BarChart | MatrixChart | GanttChart | SwingChart) -> Geometry:
    """The frame a drawing is placed in."""
    match drawing:
        case MapChart(legend=()):
            return Geometry(WIDTH, 380, 130, 16, 510, 330)
        case MapChart(legend=legend):  # names of regions stand outside it, where no point hides them
            return Geometry(WIDTH, 410 + 22 * -(-len(legend) // LEGEND_COLUMNS), 130, 46, 510, 360)
        case BarChart(bars=bars):
            bottom = 24 + 34 * len(bars)
            return Geometry(WIDTH, bottom + 26, 230, 24, _before(580, [bar.value for bar in bars]), bottom)
        case SwingChart(bars=bars):
            bottom = 30 + 32 * len(bars)
            return Geometry(WIDTH, bottom + 26, 270, 30, _before(570, [bar.value for bar in bars]), bottom)
        case MatrixChart():
            return Geometry(WIDTH, 230, 150, 10, 510, 184)
        case GanttChart(bars=bars, keys=keys):
            bottom = 26 + 19 * len(bars)
            return Geometry(
                WIDTH, bottom + 14 + 18 * -(-len(keys) // LEGEND_COLUMNS), _after_names(drawing), 26, 626, bottom
            )


def _after_names(plan: GanttChart) -> int:
    """Where bars begin so that the longest name of a task has room before them."""
    longest = max((measure(bar.label) for bar in plan.bars), default=0)
    return min(MOST_TASKS, max(TASKS, round(TASK_LETTER * longest) + 2 * GAP))


def _before(usual: int, values: list[str]) -> int:
    """Where bars end so that the longest value has room beside them."""
    return min(usual, WIDTH - 14 - round(6.9 * max((measure(value) for value in values), default=0)))
