"""A report as a tree of blocks: all text final, nothing about layout. Renderers only draw it.

    Document ── Chapter ── Block: Paragraph · Bullets · Callout · KeyFigures · Table · Cards · Outline · Chart

A :class:`Line` is text with the sources that back it. Every chart carries its own text alternative and its data, so that
a renderer without pictures loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass

from advisor.reporting.charts import BarChart, GanttChart, MapChart, MatrixChart, SwingChart
from advisor.reporting.tones import Tone
from advisor.text import Lang


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
    """An entry of the bibliography: a paper or work, where it comes from, and the claims cited from it (maybe none).
    ``detail`` heads it, and those after it of the same; ``work``: it is none of the papers, and has one claim."""

    title: str
    detail: str
    about: str
    claims: tuple[tuple[str, str, str], ...]
    """(id, place in the source, the claim in our words)"""
    work: bool = False

    @property
    def named_alone(self) -> bool:
        """Whether its name is all there is to tell: a work of which no claim is put in words."""
        return self.work and not any(where or text for _, where, text in self.claims)


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
    pictures_only: bool = False
    """Charts in Word are pictures alone, without a table of their numbers."""
    compact: bool = False
    """The contents share the page of the cover, and notes stand in two columns: a report of a dozen pages."""


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
