"""Each kind of block of a report in a document for Word. Charts come as pictures with their words, in the evidence with
their numbers in a table as well; on a machine that cannot draw them as words and numbers."""

from __future__ import annotations

from functools import singledispatchmethod
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from advisor.reporting.data_tables import data_table
from advisor.reporting.document import (
    Block,
    Branch,
    Bullets,
    Callout,
    Card,
    Cards,
    Cell,
    Chart,
    Heading,
    KeyFigures,
    Outline,
    Paragraph,
    Table,
)
from advisor.reporting.word.document import WIDTH, WordDocument
from advisor.reporting.word.lines import SMALL_PRINT, background_colour, write, write_line
from advisor.reporting.word.pictures import add_picture, chart_picture
from advisor.reporting.word.xml_parts import keep_row_whole, keep_together, new_numbering, set_numbering, shade_cell
from advisor.text import Lang

LABEL_WIDTH = 3.4
"""Width of the labels of a card in centimetres."""
DEEPEST_STYLE = 3
"""Word has list styles for three levels; what lies deeper is moved in further."""


class BlockWriter:
    """Adds blocks to a document for Word, one under the other."""

    def __init__(self, doc: WordDocument, lang: Lang, pictures_only: bool = False) -> None:
        self.doc, self.lang, self.pictures_only = doc, lang, pictures_only

    def paragraph(self, style: str | None = None) -> Any:
        """An empty paragraph at the end."""
        return self.doc.document.add_paragraph(style=style)

    @singledispatchmethod
    def add(self, block: Block | Heading) -> None:
        """Add a block at the end."""
        raise TypeError(f"no drawing for {type(block).__name__}")

    @add.register
    def _(self, block: Heading) -> None:
        self.doc.heading(block.text, 2)

    @add.register
    def _(self, block: Paragraph) -> None:
        write_line(self.paragraph(), block.line, tone=block.tone)

    @add.register
    def _(self, block: Bullets) -> None:
        count = new_numbering(self.doc.document) if block.numbered else None
        for line in block.lines:
            paragraph = self.paragraph("List Bullet" if count is None else "List Number")
            if count is not None:
                set_numbering(paragraph, count)
            write_line(paragraph, line)

    @add.register
    def _(self, block: Callout) -> None:
        cell = self.doc.shaded_box(background_colour(block.tone))
        write(cell.paragraphs[0], block.title, 10.5 if self.doc.close else 12, block.tone, bold=True)
        for line in block.lines:
            write_line(cell.add_paragraph(), line)
        self.doc.spacer()

    @add.register
    def _(self, block: KeyFigures) -> None:
        table = self.doc.grid(1, [WIDTH / len(block.figures)] * len(block.figures))
        keep_row_whole(table.rows[0])
        for cell, figure in zip(table.rows[0].cells, block.figures, strict=True):
            write(cell.paragraphs[0], figure.label, SMALL_PRINT, "quiet")
            write(cell.add_paragraph(), figure.value, 12 if self.doc.close else 18, figure.tone, bold=True)
            write(cell.add_paragraph(), figure.note, SMALL_PRINT)
        self.doc.spacer()

    @add.register
    def _(self, block: Table) -> None:
        size = 8.0 if self.doc.close else 8.5 if block.small else 9.0
        self.doc.caption(block.caption)
        widths = [WIDTH * share / sum(block.widths) for share in block.widths]
        table = self.doc.empty_table(block.columns, widths, len(block.rows))
        rows = list(table.rows)
        for row, cells in zip(rows[1:], block.rows, strict=True):
            for place, cell in zip(row.cells, cells, strict=True):
                self._cell(place.paragraphs[0], cell, size)
        for place, cell in zip(rows[0].cells, block.rows[0] if block.rows else (), strict=False):
            if cell.numeric:
                place.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if block.together:
            keep_together(rows)
        self.doc.spacer()

    @add.register
    def _(self, block: Cards) -> None:
        for card in block.cards:
            self._card(card)

    @add.register
    def _(self, block: Outline) -> None:
        self._outline(block.branches, 1)

    @add.register
    def _(self, block: Chart) -> None:
        self.doc.caption(block.title)
        drawn = chart_picture(block, 0.7 if self.doc.close else 1.0)
        if drawn:
            picture = self.paragraph()
            picture.paragraph_format.keep_with_next = not self.pictures_only
            add_picture(picture, *drawn, f"{block.title}. {block.alternative}")
        if drawn and self.pictures_only:
            return
        alternative = self.paragraph()
        alternative.paragraph_format.keep_with_next = True
        write(alternative, block.alternative, 9, "quiet")
        self.add(data_table(block, self.lang))

    def _cell(self, paragraph: Any, cell: Cell, size: float) -> None:
        if cell.numeric:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        write_line(paragraph, cell.line, size, cell.tone, cell.strong, cell=True)

    def _card(self, card: Card) -> None:
        table = self.doc.grid(1 + len(card.fields), (LABEL_WIDTH, WIDTH - LABEL_WIDTH))
        rows = list(table.rows)
        head = rows[0].cells[0].merge(rows[0].cells[1])
        shade_cell(head, background_colour(card.tone))
        if card.badge:
            write(head.paragraphs[0], f"[{card.badge}] ", 9, card.tone, bold=True)
        write(head.paragraphs[0], card.title, bold=True)
        for row, (label, line) in zip(rows[1:], card.fields, strict=True):
            keep_row_whole(row)
            label_cell, text_cell = row.cells
            write(label_cell.paragraphs[0], label, 9, "quiet")
            write_line(text_cell.paragraphs[0], line, 9.5, cell=True)
        keep_together(rows)
        self.doc.spacer()

    def _outline(self, branches: tuple[Branch, ...], depth: int) -> None:
        for branch in branches:
            level = min(depth, DEEPEST_STYLE)
            paragraph = self.paragraph("List Bullet" if level == 1 else f"List Bullet {level}")
            if depth > DEEPEST_STYLE:
                paragraph.paragraph_format.left_indent = Cm(1.9 + 0.6 * (depth - DEEPEST_STYLE))
            paragraph.paragraph_format.space_after = Pt(3)
            write_line(paragraph, branch.line, None if depth <= 2 else 9.5)
            self._outline(branch.below, depth + 1)
