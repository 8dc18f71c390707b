"""A document for Word: headings, paragraphs, lists and tables in one plain style, the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from advisor.office import printable, reproducible
from advisor.reporting.word import xml_parts
from advisor.reporting.word.pictures import add_logo
from advisor.text import Lang

WIDTH = 16.6
"""Width of the text in centimetres."""
HEAD = "ECEFF2"
SIZES = {"Normal": 10.5, "Title": 22, "Heading 1": 15, "Heading 2": 12, "Caption": 9.5}
CLOSE_SIZES = {"Normal": 9, "Title": 14, "Heading 1": 12, "Heading 2": 10, "Caption": 8}
"""Sizes of type by style, usually and where pages are to hold much."""
_DARK, _QUIET = RGBColor(0x1F, 0x3A, 0x5F), RGBColor(0x5D, 0x68, 0x75)
_FONTS = {"zh": "Microsoft YaHei", "en": "Calibri"}
_OTHER_NAMES = "微软雅黑,DengXian,等线,PingFang SC"
"""What to take for the Chinese font where it is missing."""
_LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
_LONGEST_TITLE = 255
"""How much the properties of a document hold; a firm's name may be longer."""
_THEMES = ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme")


class WordDocument:
    """A document being written; ``close`` where its pages are to hold as much as they can."""

    def __init__(
        self, lang: Lang, title: str, subtitle: str, footer: str, close: bool = False, base: bytes | None = None
    ) -> None:
        self.document: Any = Document(io.BytesIO(base)) if base else Document()
        self.own = base is not None
        if base:
            self._empty()
        self.close = close
        self._bookmarks = 0
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm((21 - WIDTH) / 2)
        section.top_margin = section.bottom_margin = Cm(1.2 if close else 2)
        if close:
            section.footer_distance = section.header_distance = Cm(0.6)
        if not self.own:
            self._set_defaults(lang)
        core = self.document.core_properties
        core.title = printable(title)[:_LONGEST_TITLE]
        core.author, core.language, core.comments = "CRM Advisor", _LANGUAGES[lang], ""
        self.document.add_paragraph(printable(title), style="Title")
        if subtitle:
            self.small_print(subtitle)
        section.footer.paragraphs[0].text = printable(footer)

    def set_author(self, name: str, colour: str) -> None:
        """Put somebody's name to the document and its headings into their colour (``#rrggbb``)."""
        self.document.core_properties.author = printable(name)[:_LONGEST_TITLE]
        for style in () if self.own else ("Title", "Heading 1", "Heading 2", "Caption"):
            self.document.styles[style].font.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())

    def _empty(self) -> None:
        """Take out what a base holds as an example; its styles, head and foot stay."""
        body = self.document.element.body
        for child in list(body):
            if child.tag != qn("w:sectPr"):
                body.remove(child)

    def set_logo(self, content: bytes, told: str) -> None:
        """Put a logo at the head of every page."""
        paragraph = self.document.sections[0].header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        add_logo(paragraph, content, told)

    def _set_defaults(self, lang: Lang) -> None:
        """Fonts, languages and distances for the whole document."""
        styles, settings = self.document.styles, self.document.settings.element
        defaults = styles.element.find(qn("w:docDefaults"))
        self._font(defaults.find(f".//{qn('w:rPr')}"), lang)
        defaults.find(f".//{qn('w:spacing')}").set(qn("w:after"), "30" if self.close else "120")
        for name, size in (CLOSE_SIZES if self.close else SIZES).items():
            self._style(name, lang, size, None if name == "Normal" else _DARK)
        if self.close:
            for name in ("Heading 1", "Heading 2"):
                styles[name].paragraph_format.space_before = Pt(4)
            styles["Normal"].paragraph_format.line_spacing = 1.0
            styles["Title"].paragraph_format.space_after = Pt(2)
        styles["Caption"].paragraph_format.keep_with_next = True
        styles["Caption"].paragraph_format.space_after = Pt(3)
        xml_parts.add_font_alternatives(self.document, _FONTS["zh"], _OTHER_NAMES)
        settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
        for setting in settings.iter(qn("w:compatSetting")):
            if setting.get(qn("w:name")) == "compatibilityMode":
                setting.set(qn("w:val"), "15")  # what today's Word writes; it would otherwise call the file an old one

    def _style(self, name: str, lang: Lang, size: float, colour: RGBColor | None = None) -> None:
        style = self.document.styles[name]
        style.font.size = Pt(size)
        if colour is not None:
            style.font.color.rgb = colour
        self._font(style.element.get_or_add_rPr(), lang)

    def _font(self, properties: Any, lang: Lang) -> None:
        """The font of each script by name: those of a theme are not Chinese ones. And the language, where one is set."""
        fonts = properties.get_or_add_rFonts()
        for attribute in _THEMES:
            fonts.attrib.pop(qn(attribute), None)
        for script in ("w:ascii", "w:hAnsi"):
            fonts.set(qn(script), _FONTS[lang])
        fonts.set(qn("w:eastAsia"), _FONTS["zh"])
        language = properties.find(qn("w:lang"))
        if language is not None:
            language.set(qn("w:val"), "en-GB")
            language.set(qn("w:eastAsia"), "zh-CN")

    def heading(self, text: str, level: int = 1, name: str = "", new_page: bool = False) -> None:
        """A heading; with a name, a place that links lead to."""
        heading = self.document.add_heading(printable(text), level)
        heading.paragraph_format.page_break_before = new_page or None
        if name:
            self.bookmark(heading, name)

    def paragraph(self, text: str, bold: bool = False) -> None:
        """Running text."""
        self.document.add_paragraph().add_run(printable(text)).bold = bold

    def small_print(self, text: str) -> None:
        """A line in small grey print."""
        run = self.document.add_paragraph().add_run(printable(text))
        run.font.size, run.font.color.rgb = Pt(9), _QUIET

    def caption(self, text: str) -> None:
        """What stands above a table or in place of a drawing."""
        self.document.add_paragraph(printable(text), style="Caption")

    def spacer(self) -> None:
        """What keeps a table from growing into the next one."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        if self.close:
            paragraph.paragraph_format.line_spacing = Pt(3)

    def bullets(self, lines: Sequence[str]) -> None:
        """A list."""
        for line in lines:
            self.document.add_paragraph(printable(line), style="List Bullet")

    def table(self, columns: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
        """A table with its head repeated on every page; widths in centimetres; empty cells are for writing in."""
        table = self.empty_table(columns, widths, len(rows))
        for table_row, row in zip(list(table.rows)[1:], rows, strict=True):
            for cell, text in zip(table_row.cells, row, strict=True):
                _fill(cell, text)
        self.document.add_paragraph()

    def empty_table(self, columns: Sequence[str], widths: Sequence[float], rows: int) -> Any:
        """A table with its head and rows to be filled."""
        table = self.grid(1 + rows, widths)
        for number, row in enumerate(table.rows):
            xml_parts.keep_row_whole(row, head=number == 0)
        for cell, name in zip(table.rows[0].cells, columns, strict=True):
            _fill(cell, name, bold=True)
            xml_parts.shade_cell(cell, HEAD)
        return table

    def grid(self, rows: int, widths: Sequence[float]) -> Any:
        """A table without a head; widths in centimetres."""
        table = self.document.add_table(rows=rows, cols=len(widths), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)  # Word goes by the cells, others by the columns
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Cm(width)
        return table

    def shaded_box(self, colour: str) -> Any:
        """A shaded box across the page; gives its cell, whose first paragraph is empty."""
        table = self.grid(1, (WIDTH,))
        xml_parts.keep_row_whole(table.rows[0])
        xml_parts.shade_cell(table.rows[0].cells[0], colour)
        return table.rows[0].cells[0]

    def number_pages(self) -> None:
        """Put the number of the page behind the footer."""
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.add_run("\t\t")
        xml_parts.add_page_number(paragraph)

    def bookmark(self, paragraph: Any, name: str) -> None:
        """Make what a paragraph holds so far a place that links lead to."""
        self._bookmarks += 1
        xml_parts.add_bookmark(paragraph, name, self._bookmarks)

    def content(self) -> bytes:
        """The document as a file."""
        out = io.BytesIO()
        self.document.save(out)
        return reproducible(out.getvalue())


def _fill(cell: Any, text: str, bold: bool = False) -> None:
    run = cell.paragraphs[0].add_run(printable(text))
    run.font.size, run.bold = Pt(9.5), bold
