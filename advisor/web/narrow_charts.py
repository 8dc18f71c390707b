"""Charts for narrow screens, laid out so that text keeps its size where a page is 360 pixels wide.

Labels stand above their bars, and nothing is cut off. Colours are those of the charts on paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from flask import Flask
from markupsafe import Markup

from advisor.reporting.chart_geometry import Geometry
from advisor.reporting.charts import BarChart, GanttChart, MapChart, MapPoint, MatrixChart, Region, SwingChart
from advisor.reporting.document import Chart
from advisor.web.map_note import map_note

WIDTH = 320
RIGHT_EDGE = 312
LINE_HEIGHT = 16
BREAKABLE = re.compile(r"[^\x00-\u2e7f][，。、；：！？）”]*|[^\s\u2e80-\uffff]+\s*|\s+")
"""The pieces between which a line may break: words, and Chinese characters with their closing punctuation."""


@dataclass(frozen=True)
class LabelledBar:
    """A bar with the lines of its label, their top and that of the bar. Its value stands at the end of the last line."""

    lines: tuple[str, ...]
    top: int
    bar: int


@dataclass(frozen=True)
class RegionLabel:
    """The label of a region of a map: its lines, or one vertical line where the region is too narrow."""

    lines: tuple[str, ...]
    x: float
    y: float
    vertical: bool


@dataclass(frozen=True)
class NarrowLayout(Geometry):
    """The size of a narrow chart and the positions of everything in it."""

    bars: tuple[LabelledBar, ...] = ()
    region_labels: tuple[RegionLabel, ...] = ()
    cells: tuple[tuple[tuple[str, ...], ...], ...] = ()


def init_app(app: Flask) -> None:
    """Give the macros of blocks a second form of each chart, for screens too narrow for the first, and the note of a map."""

    def narrow_drawing(chart: Chart) -> Markup:
        template = app.jinja_env.get_template("web/narrow_chart.html")
        return Markup(template.render(chart=chart, d=chart.drawing, g=layout(chart.drawing)))

    app.jinja_env.globals.update(narrow_drawing=narrow_drawing, chart_note=map_note)


def layout(drawing: MapChart | BarChart | MatrixChart | GanttChart | SwingChart) -> NarrowLayout:
    """The narrow layout of a chart."""
    match drawing:
        case MapChart():
            return _map(drawing)
        case BarChart(bars=bars, limits=limits):
            top = LINE_HEIGHT * len(limits) + 6
            rows = tuple(_bars([(bar.label, bar.value) for bar in bars], top, below=18))
            return _bar_layout(rows, top, foot=20)
        case SwingChart(bars=swings):
            rows = tuple(_bars([(swing.label, swing.value) for swing in swings], 22, below=12))
            return _bar_layout(rows, 22, foot=20)
        case GanttChart(bars=tasks, keys=keys):
            rows = tuple(_bars([(task.label, "") for task in tasks], 24, below=8))
            return _bar_layout(rows, 24, foot=8 + 18 * -(-len(keys) // 2))
        case MatrixChart():
            return _matrix(drawing)


def text_width(text: str, size: float) -> float:
    """The approximate width of a text; a Chinese character is as wide as it is high."""
    return sum(size if ord(char) > 0x2E7F else 0.55 * size for char in text)


def break_lines(text: str, width: float, size: float) -> tuple[str, ...]:
    """Break a text into lines of at most ``width``; only a word that is wider overflows.

    >>> break_lines("Adaptability of structure and process", 130, 12)
    ('Adaptability of', 'structure and', 'process')
    """
    lines = [""]
    for piece in BREAKABLE.findall(text):
        if lines[-1] and text_width((lines[-1] + piece).rstrip(), size) > width:
            lines.append("")
        lines[-1] += piece
    return tuple(line.strip() for line in lines)


def _bars(labels: Iterable[tuple[str, str]], top: int, below: int) -> Iterator[LabelledBar]:
    for name, value in labels:
        lines = break_lines(name, RIGHT_EDGE, 12.5)
        if value and text_width(lines[-1], 12.5) + text_width(value, 13) + 12 > RIGHT_EDGE:
            lines = (*lines, "")
        bar = top + LINE_HEIGHT * len(lines) + 3
        yield LabelledBar(lines, top, bar)
        top = bar + 12 + below


def _bar_layout(bars: tuple[LabelledBar, ...], top: int, foot: int) -> NarrowLayout:
    bottom = bars[-1].bar + 20 if bars else top
    return NarrowLayout(WIDTH, bottom + foot, 4, top, RIGHT_EDGE, bottom, bars)


def _map(drawing: MapChart) -> NarrowLayout:
    unlabelled = NarrowLayout(WIDTH, 312, 46, 8, 308, 270)
    labels = tuple(_region_label(unlabelled, region, drawing.points) for region in drawing.regions)
    return replace(unlabelled, region_labels=labels)


def _region_label(g: NarrowLayout, region: Region, points: Sequence[MapPoint]) -> RegionLabel:
    """The label of a region: at its top, or at its foot where it lies on the axis or a range hides it."""
    room = g.x(region.x1) - g.x(region.x0) - 10
    lines = break_lines(region.label, room, 12)
    x, foot = g.x(region.x0) + 6, g.y(region.y0) - 8
    if any(text_width(line, 12) > room for line in lines):
        return RegionLabel((region.label,), x + 9, foot, vertical=True)
    return RegionLabel(lines, x, g.region_label_top(region, points, len(lines)), vertical=False)


def _matrix(drawing: MatrixChart) -> NarrowLayout:
    left = 30 + round(max(text_width(name, 12) for name in drawing.rows))
    room = (RIGHT_EDGE - left) / 3 - 10
    cells = tuple(
        tuple(break_lines(", ".join(map(str, cell)), room, 13) if cell else () for cell in row) for row in drawing.cells
    )
    height = max(44, 12 + LINE_HEIGHT * max(len(lines) for row in cells for lines in row))
    bottom = 8 + 3 * height
    return NarrowLayout(WIDTH, bottom + 44, left, 8, RIGHT_EDGE, bottom, cells=cells)
