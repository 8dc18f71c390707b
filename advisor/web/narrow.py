"""Drawings for narrow screens: what a chart shows, laid out so that type keeps its size where a page is 360 pixels wide.

Names stand above the bars they belong to, and nothing is cut off. Colours are those of the drawings on paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from flask import Flask
from markupsafe import Markup

from advisor.reporting.chart_geometry import Geometry
from advisor.reporting.charts import BarChart, GanttChart, MapChart, MatrixChart, Region, SwingChart
from advisor.reporting.document import Chart
from advisor.web.map_note import note

WIDTH = 320
EDGE = 312
LINE = 16
PIECE = re.compile(r"[^\x00-\u2e7f][，。、；：！？）”]*|[^\s\u2e80-\uffff]+\s*|\s+")
"""What a line may be broken between: words, and Chinese characters with the punctuation that closes them."""


@dataclass(frozen=True)
class Row:
    """A bar: the lines of its name, the top they hang from, and where the bar begins. Its value ends the last line."""

    lines: tuple[str, ...]
    top: int
    bar: int


@dataclass(frozen=True)
class Sign:
    """The name of a region of a map: its lines from a corner, or one line turned up where the region is too slim."""

    lines: tuple[str, ...]
    x: float
    y: float
    upright: bool


@dataclass(frozen=True)
class Frame(Geometry):
    """The size of a narrow drawing and the places of all that stands in it."""

    rows: tuple[Row, ...] = ()
    signs: tuple[Sign, ...] = ()
    cells: tuple[tuple[tuple[str, ...], ...], ...] = ()


def attach(app: Flask) -> None:
    """Give the macros of blocks what pages add to a chart: a second drawing, for where there is no room for the first."""

    def drawn(chart: Chart) -> Markup:
        template = app.jinja_env.get_template("web/narrow.html")
        return Markup(template.render(chart=chart, d=chart.drawing, g=frame(chart.drawing)))

    app.jinja_env.globals.update(narrow_drawing=drawn, chart_note=note)


def frame(drawing: MapChart | BarChart | MatrixChart | GanttChart | SwingChart) -> Frame:
    """Where everything goes in the narrow form of a drawing."""
    match drawing:
        case MapChart():
            return _map(drawing)
        case BarChart(bars=bars, limits=limits):
            top = LINE * len(limits) + 6
            rows = tuple(_rows([(bar.label, bar.value) for bar in bars], top, below=18))
            return _listed(rows, top, foot=20)
        case SwingChart(bars=swings):
            rows = tuple(_rows([(swing.label, swing.value) for swing in swings], 22, below=12))
            return _listed(rows, 22, foot=20)
        case GanttChart(bars=tasks):
            rows = tuple(_rows([(task.label, "") for task in tasks], 24, below=8))
            return _listed(rows, 24, foot=4)
        case MatrixChart():
            return _matrix(drawing)


def extent(text: str, size: float) -> float:
    """About how wide a text is, a Chinese character as wide as it is high."""
    return sum(size if ord(char) > 0x2E7F else 0.55 * size for char in text)


def broken(text: str, room: float, size: float) -> tuple[str, ...]:
    """A text in as many lines as it takes; only a word that is wider than the room stands out.

    >>> broken("Adaptability of structure and process", 130, 12)
    ('Adaptability of', 'structure and', 'process')
    """
    lines = [""]
    for piece in PIECE.findall(text):
        if lines[-1] and extent((lines[-1] + piece).rstrip(), size) > room:
            lines.append("")
        lines[-1] += piece
    return tuple(line.strip() for line in lines)


def _rows(named: Iterable[tuple[str, str]], top: int, below: int) -> Iterator[Row]:
    for name, value in named:
        lines = broken(name, EDGE, 12.5)
        if value and extent(lines[-1], 12.5) + extent(value, 13) + 12 > EDGE:
            lines = (*lines, "")
        bar = top + LINE * len(lines) + 3
        yield Row(lines, top, bar)
        top = bar + 12 + below


def _listed(rows: tuple[Row, ...], top: int, foot: int) -> Frame:
    bottom = rows[-1].bar + 20 if rows else top
    return Frame(WIDTH, bottom + foot, 4, top, EDGE, bottom, rows)


def _map(drawing: MapChart) -> Frame:
    plain = Frame(WIDTH, 312, 46, 8, 308, 270)
    return replace(plain, signs=tuple(_sign(plain, region) for region in drawing.regions))


def _sign(g: Frame, region: Region) -> Sign:
    """The name of a region: at its top, or at its foot where it lies on the axis."""
    room = g.x(region.x1) - g.x(region.x0) - 10
    lines = broken(region.label, room, 12)
    x, top, foot = g.x(region.x0) + 6, g.y(region.y1) + 17, g.y(region.y0) - 8
    if any(extent(line, 12) > room for line in lines):
        return Sign((region.label,), x + 9, foot, upright=True)
    return Sign(lines, x, foot - LINE * (len(lines) - 1) if region.y0 == 0 else top, upright=False)


def _matrix(drawing: MatrixChart) -> Frame:
    left = 30 + round(max(extent(name, 12) for name in drawing.rows))
    room = (EDGE - left) / 3 - 10
    cells = tuple(
        tuple(broken(", ".join(map(str, cell)), room, 13) if cell else () for cell in row) for row in drawing.cells
    )
    height = max(44, 12 + LINE * max(len(lines) for row in cells for lines in row))
    bottom = 8 + 3 * height
    return Frame(WIDTH, bottom + 44, left, 8, EDGE, bottom, cells=cells)
