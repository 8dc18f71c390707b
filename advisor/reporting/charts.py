"""The charts of a report as data: what is drawn, and not where it is placed (:mod:`advisor.reporting.chart_geometry`)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal

from advisor.reporting.tones import Tone

Shape = Literal["circle", "triangle", "square", "diamond", "cross"]


@dataclass(frozen=True)
class MapPoint:
    """A point on a map with its label and, where known, the interval it may move in; all 0 to 100.

    ``small`` is one of many, told apart by shape and tone and not by a label; ``size`` is its area, 1 that of a single one.
    """

    label: str
    x: float
    y: float
    x_range: tuple[float, float] | None = None
    y_range: tuple[float, float] | None = None
    strong: bool = True
    small: bool = False
    tone: Tone = "plain"
    shape: Shape = "circle"
    size: float = 1.0


@dataclass(frozen=True)
class LegendEntry:
    """What a shape and tone on a map stand for, and how many of it there are."""

    label: str
    tone: Tone
    shape: Shape
    count: int


@dataclass(frozen=True)
class Region:
    """A named rectangle of a map, by its corners from 0 to 100."""

    label: str
    x0: float
    y0: float
    x1: float
    y1: float
    tone: Tone


@dataclass(frozen=True)
class MapChart:
    """A square map: two axes from 0 to 100, regions and points; with many small points a legend under it."""

    kind: str = field(default="map", init=False)
    x_label: str
    y_label: str
    regions: tuple[Region, ...]
    points: tuple[MapPoint, ...]
    legend: tuple[LegendEntry, ...] = ()


@dataclass(frozen=True)
class Bar:
    """A bar from 0 to 100 with its interval; ``points`` None where nothing is known.

    ``value`` is what stands beside it. Where that is no number of points but a sum, say, ``span`` is the interval in the
    same unit: 0 to 100 is then only where the bar is drawn.
    """

    label: str
    points: float | None
    low: float
    high: float
    tone: Tone
    value: str
    span: str | None = None


@dataclass(frozen=True)
class BarChart:
    """Horizontal bars from 0 to 100; ``limits`` are marked cut-offs, ``ticks`` what stands under the axis and where.

    ``span_label`` is what the interval of a bar is, where it is not what missing answers leave open.
    """

    kind: str = field(default="bars", init=False)
    bars: tuple[Bar, ...]
    limits: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...] = ((0, "0"), (50, "50"), (100, "100"))
    span_label: str | None = None


@dataclass(frozen=True)
class SwingBar:
    """How far something may move a value: drawn from ``low`` to ``high``, 0 to 100; ``value`` says it in its unit."""

    label: str
    low: float
    high: float
    value: str


@dataclass(frozen=True)
class SwingChart:
    """Swings around a value as it is now, the widest first; ``limits`` are cut-offs, ``ticks`` stand under the axis.

    ``now`` is where that value is drawn, ``now_label`` what stands there, ``now_value`` the value alone in its unit.
    """

    kind: str = field(default="swings", init=False)
    bars: tuple[SwingBar, ...]
    now: float
    now_label: str
    now_value: str
    limits: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...] = ((0, "0"), (100, "100"))


@dataclass(frozen=True)
class MatrixChart:
    """A 3 × 3 risk matrix: rows likelihood from high to low, columns impact from low to high; cells hold numbers."""

    kind: str = field(default="matrix", init=False)
    row_title: str
    column_title: str
    rows: tuple[str, str, str]
    columns: tuple[str, str, str]
    cells: tuple[tuple[tuple[int, ...], ...], ...]
    tones: tuple[tuple[Tone, ...], ...]


def weeks_in_use(start: float, weeks: float) -> tuple[int, int]:
    """The first and the last week, counted from 1, of what starts after some weeks; halves included.

    >>> weeks_in_use(1.5, 2.0)
    (2, 4)
    """
    return math.floor(start) + 1, math.ceil(start + weeks)


@dataclass(frozen=True)
class GanttBar:
    """A task on the time line, in weeks from 0."""

    label: str
    start: float
    weeks: float
    group: str
    later: bool


@dataclass(frozen=True)
class GanttChart:
    """Tasks over weeks, coloured by phase; ``later_label`` is what the outline of a later task stands for."""

    kind: str = field(default="gantt", init=False)
    bars: tuple[GanttBar, ...]
    weeks: int
    week_label: str
    later_label: str

    @property
    def groups(self) -> tuple[str, ...]:
        """The phases in the order of their first task; the place of one is that of its colour."""
        return tuple(dict.fromkeys(bar.group for bar in self.bars))

    @property
    def keys(self) -> tuple[str, ...]:
        """What the legend tells: the phases, and what an outline stands for where there is one."""
        return (*self.groups, self.later_label) if any(bar.later for bar in self.bars) else self.groups
