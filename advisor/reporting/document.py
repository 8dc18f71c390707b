"""A report as a tree of blocks: all text final, nothing about layout. Renderers only draw it.

    Document ── Chapter ── Block: Paragraph · Bullets · Callout · KeyFigures · Table · Cards · Outline · Chart

A :class:`Line` is text with the sources that back it. Every chart carries its own text alternative and its data, so that
a renderer without pictures loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Literal

from advisor.text import Lang

Tone = Literal["plain", "good", "caution", "bad", "quiet"]


@dataclass(frozen=True)
class Line:
    """Text, the ids of the sources behind it, marks of how far it goes, an aside in small print, and the finding it is
    about: where a page can answer back, it offers to say why."""

    text: str
    cites: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    aside: str = ""
    about: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    line: Line
    tone: Tone = "plain"


@dataclass(frozen=True)
class Bullets:
    """A list, numbered or not."""

    lines: tuple[Line, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Callout:
    """Something that must not be missed."""

    title: str
    lines: tuple[Line, ...]
    tone: Tone = "plain"


@dataclass(frozen=True)
class KeyFigure:
    """A value with its label and a note under it."""

    label: str
    value: str
    note: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class KeyFigures:
    """A row of key figures."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Cell:
    """A table cell: a line, set apart by tone where it carries a class, or as a number."""

    line: Line
    tone: Tone = "plain"
    numeric: bool = False
    strong: bool = False


@dataclass(frozen=True)
class Table:
    """A table; ``widths`` are shares of the line in percent, one for each column; ``together`` keeps it on one page."""

    caption: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    small: bool = False
    together: bool = False


@dataclass(frozen=True)
class Card:
    """A titled entry with labelled lines: a risk, a misconception, a task."""

    title: str
    badge: str
    tone: Tone
    fields: tuple[tuple[str, Line], ...]


@dataclass(frozen=True)
class Cards:
    """Cards one after another, each kept on one page."""

    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Branch:
    """A line of an outline with what stands under it."""

    line: Line
    below: tuple[Branch, ...] = ()


@dataclass(frozen=True)
class Outline:
    """Lines within lines, such as a proof."""

    branches: tuple[Branch, ...]


# --- charts -----------------------------------------------------------------------------------------------------------


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
class Key:
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
    legend: tuple[Key, ...] = ()


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
class Swing:
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
    bars: tuple[Swing, ...]
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


@dataclass(frozen=True)
class GanttBar:
    """A task on the time line, in weeks from 0."""

    label: str
    start: int
    weeks: int
    group: str
    later: bool


@dataclass(frozen=True)
class GanttChart:
    """Tasks over weeks, grouped by phase."""

    kind: str = field(default="gantt", init=False)
    bars: tuple[GanttBar, ...]
    weeks: int
    week_label: str


@dataclass(frozen=True)
class Chart:
    """A drawing with its title and what it says in words."""

    title: str
    alternative: str
    drawing: MapChart | BarChart | MatrixChart | GanttChart | SwingChart


Block = Paragraph | Bullets | Callout | KeyFigures | Table | Cards | Outline | Chart


@dataclass(frozen=True)
class Heading:
    """A heading inside a chapter."""

    text: str


@dataclass(frozen=True)
class Chapter:
    """A chapter with its anchor, title and blocks; ``page`` where it starts on a page of its own."""

    id: str
    title: str
    blocks: tuple[Block | Heading, ...]
    page: bool = False


@dataclass(frozen=True)
class SourceEntry:
    """An entry of the bibliography: a paper or work, where it comes from, and the claims cited from it (maybe none)."""

    title: str
    detail: str
    about: str
    claims: tuple[tuple[str, str, str], ...]
    """(id, place in the source, the claim in our words)"""


@dataclass(frozen=True)
class Document:
    """A whole report in one language."""

    lang: Lang
    title: str
    firm: str
    about: str
    date: str
    verdict: str
    sentence: str
    tone: Tone
    footer: str
    contents_title: str
    page_word: str
    chapters: tuple[Chapter, ...]
    sources_title: str
    sources_note: str
    sources: tuple[SourceEntry, ...]
    version: str
    brief: bool = False
    """Laid out without cover, contents and sources: every chapter is a page that stands on its own."""


def sources_cited(node: object) -> Iterator[str]:
    """The ids of all sources that a part of a document refers to."""
    if isinstance(node, Line):
        yield from node.cites
    elif isinstance(node, tuple):
        for item in node:
            yield from sources_cited(item)
    elif is_dataclass(node):
        for part in fields(node):
            yield from sources_cited(getattr(node, part.name))
