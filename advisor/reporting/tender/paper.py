"""A document for Word: headings, paragraphs, lists and tables in one plain style, the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from advisor.office import settled
from advisor.reporting.chapters.words import Words
from advisor.text import Lang

_DARK, _QUIET = RGBColor(0x1F, 0x3A, 0x5F), RGBColor(0x5D, 0x68, 0x75)
_FONTS = {"zh": "Microsoft YaHei", "en": "Calibri"}
_LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}


class Paper:
    """A document being written."""

    def __init__(self, lang: Lang, title: str, subtitle: str, footer: str) -> None:
        self.document: Any = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin = section.bottom_margin = Cm(2)
        self._style("Normal", lang, 10.5)
        for name, size in (("Title", 22), ("Heading 1", 15), ("Heading 2", 12)):
            self._style(name, lang, size, _DARK)
        core = self.document.core_properties
        core.title, core.author, core.language, core.comments = title, "CRM Advisor", _LANGUAGES[lang], ""
        self.document.add_paragraph(_plain(title), style="Title")
        self.quiet(subtitle)
        section.footer.paragraphs[0].text = _plain(footer)

    def _style(self, name: str, lang: Lang, size: float, colour: RGBColor | None = None) -> None:
        style = self.document.styles[name]
        style.font.name, style.font.size = _FONTS[lang], Pt(size)
        if colour is not None:
            style.font.color.rgb = colour
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
        fonts.set(qn("w:eastAsia"), _FONTS["zh"])
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "en-GB")
        language.set(qn("w:eastAsia"), "zh-CN")
        style.element.get_or_add_rPr().append(language)

    def heading(self, text: str, level: int = 1) -> None:
        """A heading."""
        self.document.add_heading(_plain(text), level)

    def paragraph(self, text: str, bold: bool = False) -> None:
        """Running text."""
        self.document.add_paragraph().add_run(_plain(text)).bold = bold

    def quiet(self, text: str) -> None:
        """A line in small grey print."""
        run = self.document.add_paragraph().add_run(_plain(text))
        run.font.size, run.font.color.rgb = Pt(9), _QUIET

    def bullets(self, lines: Sequence[str], numbered: bool = False) -> None:
        """A list."""
        for line in lines:
            self.document.add_paragraph(_plain(line), style="List Number" if numbered else "List Bullet")

    def table(self, columns: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
        """A table with its head repeated on every page; widths in centimetres; empty cells are for writing in."""
        table = self.document.add_table(rows=1, cols=len(columns), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for cell, name in zip(table.rows[0].cells, columns, strict=True):
            _fill(cell, name, bold=True)
        repeat = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeat)
        for row in rows:
            added = table.add_row()
            whole = OxmlElement("w:cantSplit")
            added._tr.get_or_add_trPr().append(whole)
            for cell, text in zip(added.cells, row, strict=True):
                _fill(cell, text)
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Cm(width)
        self.document.add_paragraph()

    def content(self) -> bytes:
        """The document as a file."""
        out = io.BytesIO()
        self.document.save(out)
        return settled(out.getvalue())


def begun(words: Words, name: str) -> Paper:
    """The paper of that name with its title, the firm it is for, and its footer."""
    firm = words.assessment.firm
    named = words.of(firm.name) if firm.name else words("cover.no_name")
    subtitle = words(f"tender.{name}.subtitle", firm=named)
    return Paper(words.lang, words(f"tender.{name}.title"), subtitle, words("tender.footer"))


def _fill(cell: Any, text: str, bold: bool = False) -> None:
    run = cell.paragraphs[0].add_run(_plain(text))
    run.font.size, run.bold = Pt(9.5), bold


def _plain(text: str) -> str:
    """Text without what no document may hold."""
    return "".join(c for c in text if c.isprintable() or c == "\n")
