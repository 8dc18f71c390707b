"""A report as slides: a chapter becomes a slide, or two where it has more to show; what does not fit stands in the notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches

from advisor.reporting.document import (
    Block,
    Bullets,
    Callout,
    Cards,
    Cell,
    Chapter,
    Chart,
    Document,
    Heading,
    KeyFigures,
    Line,
    Outline,
    Paragraph,
    SourceEntry,
    Table,
    sources_cited,
)  # fmt: skip
from advisor.reporting.look import PLAIN_THEME, Theme, page_footer
from advisor.reporting.slides.deck import BOTTOM, DARK, FOOT, INSIDE, MARGIN, QUIET, TOP, WIDTH, Deck, describe
from advisor.reporting.slides.drawings import CELL_PADDING, draw, fill, stroke, write_cell
from advisor.reporting.slides.fitting import height_of
from advisor.text import Lang, say

BODY, TABLE, FIGURE, HEADING = 14, 11, 24, 15
"""Type sizes in points."""
GAP = 0.18
CHART_HEIGHT = {"map": 4.6, "bars": 4.4, "matrix": 3.2, "gantt": 5.3, "swings": 4.2}
"""How tall each kind of chart is drawn."""
WIDE = ("gantt",)
"""The kinds of chart that need the whole width."""
CHART_WIDTH = 5.9
WIDE_SHARE = 18
"""Columns narrower than this share of a table, in percent, have no room for small print."""
FEW_ROWS = 2
"""A table with fewer rows than these on a slide goes to the next one."""
MAX_SLIDES = 2
"""So many slides a chapter may take."""


def render_pptx(document: Document, theme: Theme = PLAIN_THEME) -> bytes:
    """The document as a presentation in the theme's name and colour. The same document gives the same bytes."""
    author = theme.name_in(document.lang)
    footer = page_footer(document.footer, author)
    deck = Deck(document.lang, f"{document.title} – {document.firm}", author, theme.accent, footer, theme.slides)
    lines = [text for text in (document.firm, document.verdict, document.sentence, author, document.date) if text]
    deck.cover(document.title, lines)
    claims = {name: _told(entry, where, text) for entry in document.sources for name, where, text in entry.claims}
    for chapter in document.chapters:
        _Chapter(deck, chapter, _notes(chapter, claims, document.lang), document.chapters[0]).write()
    return deck.content()


@dataclass
class _Column:
    """Where the next block goes in a column of a slide."""

    left: float
    width: float
    top: float = TOP

    @property
    def room(self) -> float:
        return BOTTOM - self.top


class _Chapter:
    """One chapter while its slides are filled from top to bottom, beside a chart where there is one."""

    def __init__(self, deck: Deck, chapter: Chapter, notes: str, first: Chapter) -> None:
        self.deck, self.chapter, self.notes, self.first = deck, chapter, notes, first
        self.slides = 0
        self.left_out = 0

    def write(self) -> None:
        """All slides of the chapter."""
        charts = [block for block in self.chapter.blocks if isinstance(block, Chart)]
        rest = [block for block in self.chapter.blocks if not isinstance(block, Chart) and not _is_small_print(block)]
        column = self._new_slide(charts.pop(0) if charts else None)
        for place, block in enumerate(rest):
            after = rest[place + 1] if place + 1 < len(rest) else None
            if not self._fits(block, after, column):
                column = self._next(charts, column, rest[place:])
            self._add(block, column)
        if self.left_out:
            text = say("report", "slides.more", self.deck.lang)
            self.deck.text(self.slide, [text], (WIDTH - MARGIN - 4, FOOT, 4, 0.3), 10, tone=QUIET, right=True)

    def _new_slide(self, chart: Chart | None) -> _Column:
        self.slides += 1
        title = self.chapter.title
        if self.slides > 1:
            title = say("report", "slides.continued", self.deck.lang, title=title, number=self.slides)
        self.slide = self.deck.slide(title, self.notes)
        if chart is None:
            return _Column(MARGIN, INSIDE)
        kind = chart.drawing.kind
        width = INSIDE if kind in WIDE else CHART_WIDTH
        draw(self.deck, self.slide, chart, (MARGIN, TOP, width, CHART_HEIGHT[kind]))
        if kind in WIDE:
            return _Column(MARGIN, INSIDE, TOP + CHART_HEIGHT[kind] + GAP)
        return _Column(MARGIN + width + 0.3, INSIDE - width - 0.3)

    def _next(self, charts: list[Chart], column: _Column, left: Sequence[Block | Heading]) -> _Column:
        """A further slide, where the chapter may have one and a table or chart is still to come; else what room is left."""
        worth_it = charts or self.chapter is self.first or any(isinstance(block, Table) for block in left)
        if self.slides >= MAX_SLIDES or column.top == TOP or not worth_it:
            return column
        return self._new_slide(charts.pop(0) if charts else None)

    def _fits(self, block: Block | Heading, after: Block | Heading | None, column: _Column) -> bool:
        """Whether a block fits whole, or a table with some rows, or a heading with some of what follows."""
        if isinstance(block, Heading):
            return after is not None and column.room > 0.6 and self._fits(after, None, _below(column, 0.45))
        if isinstance(block, Table):
            return self._rows_that_fit(block, column) >= min(len(block.rows), FEW_ROWS)
        return self._height(block, column.width) <= column.room

    def _height(self, block: Block | Heading, width: float) -> float:
        match block:
            case KeyFigures():
                return 1.18
            case Callout(title=title, lines=lines):
                inner = width - 0.4
                return (
                    0.35 + height_of(title, HEADING, inner) + sum(height_of(line.text, BODY, inner) + 0.06 for line in lines)
                )
            case _:
                return sum(height_of(f"• {text}", BODY, width) + BODY * 0.35 / 72 for text in _texts(block))

    def _rows_that_fit(self, table: Table, column: _Column) -> int:
        room = column.room - _row_height([*table.columns], table.widths, column.width)
        for count, row in enumerate(table.rows):
            room -= _row_height(_row(row, table.widths), table.widths, column.width)
            if room < 0:
                return count
        return len(table.rows)

    def _add(self, block: Block | Heading, column: _Column) -> None:
        if isinstance(block, Table):
            self._table(block, column)
            return
        height = self._height(block, column.width)
        if isinstance(block, Heading):
            height = height_of(block.text, HEADING, column.width)
            if column.room < height + 0.4:
                self.left_out += 1
                return
            box = (column.left, column.top, column.width, height)
            self.deck.text(self.slide, [block.text], box, HEADING, bold=True, tone=self.deck.accent)
        elif isinstance(block, KeyFigures):
            self._figures(block, column)
        elif isinstance(block, Callout):
            if height > column.room:
                self.left_out += 1
                return
            self._callout(block, column, height)
        else:
            height = self._lines(block, column)
        column.top += height + GAP

    def _lines(self, block: Block, column: _Column) -> float:
        """As many lines of a list or outline as fit; how tall they are."""
        shown, height = list[str](), 0.0
        texts = list(_texts(block))
        for text in texts:
            more = height_of(f"• {text}", BODY, column.width) + BODY * 0.35 / 72
            if height + more > column.room:
                self.left_out += 1
                break
            shown.append(text)
            height += more
        if shown:
            tone = stroke(block.tone) if isinstance(block, Paragraph) and block.tone != "plain" else DARK
            box = (column.left, column.top, column.width, height)
            many = not isinstance(block, Paragraph) and not (isinstance(block, Bullets) and block.numbered)
            self.deck.text(self.slide, shown, box, BODY, bullets=many, tone=tone)
        return height

    def _figures(self, block: KeyFigures, column: _Column) -> None:
        width = column.width / len(block.figures)
        for place, figure in enumerate(block.figures):
            left = column.left + place * width
            self.deck.text(self.slide, [figure.label], (left, column.top, width - 0.15, 0.3), 11, tone=QUIET)
            size = next(
                size for size in (FIGURE, 18, 14, 11, 9) if height_of(figure.value, size, width - 0.15) <= 0.5 or size == 9
            )
            self.deck.text(self.slide, [figure.value], (left, column.top + 0.3, width - 0.15, 0.5), size, bold=True)
            if figure.note:
                note = next(size for size in (10, 9, 8) if height_of(figure.note, size, width - 0.15) <= 0.36 or size == 8)
                self.deck.text(self.slide, [figure.note], (left, column.top + 0.82, width - 0.15, 0.36), note, tone=QUIET)

    def _callout(self, block: Callout, column: _Column, height: float) -> None:
        box = (column.left, column.top, column.width, height)
        shape = self.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Inches, box))
        shape.fill.solid()
        shape.fill.fore_color.rgb = fill(block.tone)
        shape.line.fill.background()
        shape.shadow.inherit = False
        inner = (column.left + 0.2, column.top + 0.12, column.width - 0.4, height - 0.2)
        text = self.deck.text(self.slide, [block.title], inner, HEADING, bold=True, tone=stroke(block.tone))
        for line in block.lines:
            self.deck.run(text.text_frame.add_paragraph(), line.text, BODY)

    def _table(self, table: Table, column: _Column) -> None:
        count = self._rows_that_fit(table, column)
        if not count:
            self.left_out += 1
            return
        self.left_out += len(table.rows) - count
        rows = [[*table.columns], *(_row(row, table.widths) for row in table.rows[:count])]
        heights = [_row_height(row, table.widths, column.width) for row in rows]
        box = (column.left, column.top, column.width, sum(heights))
        shape = self.slide.shapes.add_table(len(rows), len(table.columns), *map(Inches, box))
        describe(shape, table.caption)
        grid = shape.table
        grid.horz_banding = False
        for place, share in enumerate(table.widths):
            grid.columns[place].width = Inches(column.width * share / sum(table.widths))
        for number, (row, height) in enumerate(zip(rows, heights, strict=True)):
            grid.rows[number].height = Inches(height)
            for place, text in enumerate(row):
                cell = None if number == 0 else table.rows[number - 1][place]
                tone = "quiet" if number == 0 else cell.tone if cell and cell.tone != "plain" else None
                write_cell(
                    self.deck, grid.cell(number, place), text, TABLE, tone, bold=number == 0 or bool(cell and cell.strong)
                )
        column.top += sum(heights) + GAP


def _is_small_print(block: Block | Heading) -> bool:
    """What a report says in small print stands in the notes of a slide."""
    return isinstance(block, Paragraph) and block.tone == "quiet"


def _below(column: _Column, height: float) -> _Column:
    return _Column(column.left, column.width, column.top + height)


def _cell_text(line: Line, share: int = 100) -> str:
    """What a cell says; its small print only where the column is wide enough for it."""
    return f"{line.text} ({line.aside})" if line.aside and share >= WIDE_SHARE else line.text


def _row(cells: Sequence[Cell], widths: Sequence[int]) -> list[str]:
    return [_cell_text(cell.line, share) for cell, share in zip(cells, widths, strict=True)]


def _row_height(texts: Sequence[str], widths: Sequence[int], width: float) -> float:
    """The height of a row of a table: that of its tallest cell."""
    columns = (width * share / sum(widths) - 2 * CELL_PADDING for share in widths)
    return max(height_of(text, TABLE, inner) for text, inner in zip(texts, columns, strict=True)) + CELL_PADDING


def _texts(block: Block | Heading) -> Iterator[str]:
    """A block as lines of text."""
    match block:
        case Paragraph(line=line):
            yield line.text
        case Bullets(lines=lines, numbered=numbered):
            yield from (f"{number}. {line.text}" if numbered else line.text for number, line in enumerate(lines, 1))
        case Callout(title=title, lines=lines):
            yield title
            yield from (line.text for line in lines)
        case Cards(cards=cards):
            yield from (f"{card.title}: {card.fields[0][1].text}" if card.fields else card.title for card in cards)
        case Outline(branches=branches):
            yield from (branch.line.text for branch in branches)
        case Heading(text=text):
            yield text


def _told(entry: SourceEntry, where: str, text: str) -> str:
    """A source as a speaker names it: the place and the claim, or the work where no claim is told."""
    return " · ".join(part for part in (where, text or entry.title) if part)


def _notes(chapter: Chapter, claims: Mapping[str, str], lang: Lang) -> str:
    """What a speaker should have at hand: all that the chapter says in words, and the sources behind it."""
    said = [text for block in chapter.blocks for text in _all_texts(block)]
    grounds = [f"[{name}] {claims[name]}" for name in dict.fromkeys(sources_cited(chapter)) if name in claims]
    return "\n".join([*said, *([say("report", "slides.grounds", lang), *grounds] if grounds else [])])


def _all_texts(block: Block | Heading) -> Iterator[str]:
    if isinstance(block, Chart):
        yield f"{block.title}: {block.alternative}"
    elif isinstance(block, Table):
        yield block.caption
        yield from (" | ".join(_cell_text(cell.line) for cell in row) for row in block.rows)
    elif isinstance(block, KeyFigures):
        yield from (f"{figure.label}: {figure.value} ({figure.note})" for figure in block.figures)
    else:
        yield from _texts(block)
