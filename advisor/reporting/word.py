"""Drawing a report for Word: Document → DOCX. It only lays out; charts come as words and as their numbers in a table."""

from __future__ import annotations

from functools import singledispatchmethod
from typing import Any

from docx.enum.text import WD_BREAK
from docx.shared import Cm, Pt, RGBColor

from advisor.reporting.data_tables import data_table
from advisor.reporting.document import (
    Block,
    Branch,
    Bullets,
    Callout,
    Card,
    Cards,
    Chart,
    Document,
    Heading,
    KeyFigures,
    Line,
    Outline,
    Paragraph,
    Table,
    Tone,
)
from advisor.reporting.paper import Paper, link, plain, shade

WIDTH = 16.6
"""Width of the text in centimetres."""
WASH: dict[Tone, str] = {"plain": "E6EDF4", "good": "E2EFE8", "caution": "F8EED9", "bad": "F6E2DF", "quiet": "ECEFF2"}
INK: dict[Tone, RGBColor] = {
    "plain": RGBColor(0x1F, 0x2A, 0x37),
    "good": RGBColor(0x2B, 0x6E, 0x4F),
    "caution": RGBColor(0x96, 0x62, 0x0B),
    "bad": RGBColor(0xA2, 0x3B, 0x33),
    "quiet": RGBColor(0x5D, 0x68, 0x75),
}
SMALL = 8.0


def render_docx(document: Document) -> bytes:
    """The document as a file for Word. The same document gives the same bytes."""
    return _Writer(document).content()


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.paper = Paper(document.lang, f"{document.title} – {document.firm}", document.about, document.footer)
        self.paper.number_pages()
        self._cover()
        for chapter in document.chapters:
            self._heading(chapter.title, 1, chapter.id)
            for block in chapter.blocks:
                self._block(block)
        self._sources()

    def content(self) -> bytes:
        return self.paper.content()

    def _cover(self) -> None:
        cell = self.paper.box(WASH[self.document.tone])
        run = cell.paragraphs[0].add_run(plain(self.document.verdict))
        run.bold, run.font.size = True, Pt(16)
        cell.add_paragraph(plain(self.document.sentence))
        self.paper.quiet(" · ".join(part for part in (self.document.date, self.document.version) if part))
        self.paper.paragraph(self.document.contents_title, bold=True)
        chapters = [(chapter.id, chapter.title) for chapter in self.document.chapters]
        for name, title in [*chapters, ("sources", self.document.sources_title)]:
            link(self._paragraph(), name, title, 10.5)
        self._paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _paragraph(self, style: str | None = None) -> Any:
        return self.paper.document.add_paragraph(style=style)

    def _heading(self, text: str, level: int, name: str = "") -> None:
        heading = self.paper.document.add_heading(plain(text), level)
        if name:
            self.paper.mark(heading, name)

    @singledispatchmethod
    def _block(self, block: Block | Heading) -> None:
        raise TypeError(f"no drawing for {type(block).__name__}")

    @_block.register
    def _(self, block: Heading) -> None:
        self._heading(block.text, 2)

    @_block.register
    def _(self, block: Paragraph) -> None:
        self._line(self._paragraph(), block.line, block.tone)

    @_block.register
    def _(self, block: Bullets) -> None:
        for number, line in enumerate(block.lines, 1):
            paragraph = self._paragraph(None if block.numbered else "List Bullet")
            if block.numbered:  # by hand: Word would go on counting from one list to the next
                paragraph.paragraph_format.left_indent = Cm(0.6)
                paragraph.add_run(f"{number}. ")
            self._line(paragraph, line)

    @_block.register
    def _(self, block: Callout) -> None:
        cell = self.paper.box(WASH[block.tone])
        self._run(cell.paragraphs[0], block.title, 12, bold=True)
        for line in block.lines:
            self._line(cell.add_paragraph(), line)
        self._paragraph()

    @_block.register
    def _(self, block: KeyFigures) -> None:
        table = self.paper.document.add_table(rows=1, cols=len(block.figures), style="Table Grid")
        for cell, figure in zip(table.rows[0].cells, block.figures, strict=True):
            self._run(cell.paragraphs[0], figure.label, SMALL)
            self._run(cell.add_paragraph(), figure.value, 18, bold=True)
            self._run(cell.add_paragraph(), figure.note, SMALL)
        self._paragraph()

    @_block.register
    def _(self, block: Table) -> None:
        self._table(block)

    @_block.register
    def _(self, block: Cards) -> None:
        for card in block.cards:
            self._card(card)

    @_block.register
    def _(self, block: Outline) -> None:
        self._outline(block.branches, 0)

    @_block.register
    def _(self, block: Chart) -> None:
        self._heading(block.title, 3)
        self._run(self._paragraph(), block.alternative, 9)
        self._table(data_table(block, self.document.lang))

    def _line(self, paragraph: Any, line: Line, tone: Tone = "plain", size: float = 10.5, bold: bool = False) -> None:
        """A line with its marks, its aside, and its sources as links to where they are listed."""
        run = self._run(paragraph, line.text, size, bold)
        if tone != "plain":
            run.font.color.rgb = INK[tone]
        for mark in line.marks:
            self._run(paragraph, f" [{mark}]", SMALL).font.color.rgb = INK["caution"]
        if line.aside:
            self._run(paragraph, f"  {line.aside}", SMALL).font.color.rgb = INK["quiet"]
        for source in line.cites:
            paragraph.add_run(" ")
            link(paragraph, f"c-{source}", source, SMALL)

    def _run(self, paragraph: Any, text: str, size: float, bold: bool = False) -> Any:
        run = paragraph.add_run(plain(text))
        run.font.size, run.bold = Pt(size), bold
        return run

    def _table(self, block: Table) -> None:
        size = 8.5 if block.small else 9.0
        caption = self._paragraph()
        caption.paragraph_format.keep_with_next = True
        self._run(caption, block.caption, 9.5, bold=True)
        widths = [WIDTH * share / sum(block.widths) for share in block.widths]
        table = self.paper.empty_table(block.columns, widths, len(block.rows))
        for row, cells in zip(table.rows[1:], block.rows, strict=True):
            for place, cell in zip(row.cells, cells, strict=True):
                self._line(place.paragraphs[0], cell.line, cell.tone, size, cell.strong)
        self._paragraph()

    def _card(self, card: Card) -> None:
        table = self.paper.document.add_table(rows=1, cols=2, style="Table Grid")
        head = table.rows[0].cells[0].merge(table.rows[0].cells[1])
        shade(head, WASH[card.tone])
        self._run(head.paragraphs[0], f"[{card.badge}] {card.title}" if card.badge else card.title, 10.5, bold=True)
        for label, line in card.fields:
            row = table.add_row()
            self._run(row.cells[0].paragraphs[0], label, 9)
            self._line(row.cells[1].paragraphs[0], line, size=9.5)
            row.cells[0].width, row.cells[1].width = Cm(3.4), Cm(WIDTH - 3.4)
        self._paragraph()

    def _outline(self, branches: tuple[Branch, ...], depth: int) -> None:
        for branch in branches:
            paragraph = self._paragraph()
            paragraph.paragraph_format.left_indent = Cm(0.7 * depth)
            self._line(paragraph, branch.line, size=10 if depth < 2 else 9.5)
            self._outline(branch.below, depth + 1)

    def _sources(self) -> None:
        self._heading(self.document.sources_title, 1, "sources")
        self._run(self._paragraph(), self.document.sources_note, 9.5)
        for entry in self.document.sources:
            self._heading(entry.detail, 2)
            self._run(self._paragraph(), entry.title, 10.5, bold=True)
            if entry.about:
                self._run(self._paragraph(), entry.about, 9)
            for name, where, text in entry.claims:
                paragraph = self._paragraph()
                self.paper.mark(paragraph, f"c-{name}")
                self._run(paragraph, f"{name}  ", 9, bold=True)
                if where:
                    self._run(paragraph, f"{where}  ", SMALL).font.color.rgb = INK["quiet"]
                self._run(paragraph, text, 9.5)
