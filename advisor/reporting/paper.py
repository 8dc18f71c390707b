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
from advisor.text import Lang

_DARK, _QUIET = RGBColor(0x1F, 0x3A, 0x5F), RGBColor(0x5D, 0x68, 0x75)
_LINK = RGBColor(0x2F, 0x5D, 0x8A)
_FONTS = {"zh": "Microsoft YaHei", "en": "Calibri"}
_LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}


class Paper:
    """A document being written."""

    def __init__(self, lang: Lang, title: str, subtitle: str, footer: str) -> None:
        self.document: Any = Document()
        self._marks = 0
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin = section.bottom_margin = Cm(2)
        self._style("Normal", lang, 10.5)
        for name, size in (("Title", 22), ("Heading 1", 15), ("Heading 2", 12), ("Heading 3", 11)):
            self._style(name, lang, size, _DARK)
        core = self.document.core_properties
        core.title, core.author, core.language, core.comments = title, "CRM Advisor", _LANGUAGES[lang], ""
        self.document.add_paragraph(plain(title), style="Title")
        self.quiet(subtitle)
        section.footer.paragraphs[0].text = plain(footer)

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
        self.document.add_heading(plain(text), level)

    def paragraph(self, text: str, bold: bool = False) -> None:
        """Running text."""
        self.document.add_paragraph().add_run(plain(text)).bold = bold

    def quiet(self, text: str) -> None:
        """A line in small grey print."""
        run = self.document.add_paragraph().add_run(plain(text))
        run.font.size, run.font.color.rgb = Pt(9), _QUIET

    def bullets(self, lines: Sequence[str], numbered: bool = False) -> None:
        """A list."""
        for line in lines:
            self.document.add_paragraph(plain(line), style="List Number" if numbered else "List Bullet")

    def table(self, columns: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
        """A table with its head repeated on every page; widths in centimetres; empty cells are for writing in."""
        table = self.empty_table(columns, widths, len(rows))
        for added, row in zip(table.rows[1:], rows, strict=True):
            for cell, text in zip(added.cells, row, strict=True):
                _fill(cell, text)
        self.document.add_paragraph()

    def empty_table(self, columns: Sequence[str], widths: Sequence[float], rows: int) -> Any:
        """A table with its head and rows to be filled."""
        table = self.document.add_table(rows=1 + rows, cols=len(columns), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for cell, name in zip(table.rows[0].cells, columns, strict=True):
            _fill(cell, name, bold=True)
        for number, row in enumerate(table.rows):
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit" if number else "w:tblHeader"))
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Cm(width)
        return table

    def box(self, colour: str) -> Any:
        """A shaded box across the page; gives its cell, whose first paragraph is empty."""
        table = self.document.add_table(rows=1, cols=1, style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        shade(table.rows[0].cells[0], colour)
        return table.rows[0].cells[0]

    def number_pages(self) -> None:
        """Put the number of the page behind the footer."""
        paragraph = self.document.sections[0].footer.paragraphs[0]
        run = paragraph.add_run("  ")
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            part = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                part.set(qn("w:fldCharType"), kind)
            part.text = text or None
            run._r.append(part)

    def mark(self, paragraph: Any, name: str) -> None:
        """Make a paragraph a place that links lead to."""
        self._marks += 1
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            part = OxmlElement(tag)
            part.set(qn("w:id"), str(self._marks))
            if tag.endswith("Start"):
                part.set(qn("w:name"), anchor(name))
            paragraph._p.append(part)

    def content(self) -> bytes:
        """The document as a file."""
        out = io.BytesIO()
        self.document.save(out)
        return settled(out.getvalue())


def anchor(name: str) -> str:
    """The name of a place as Word allows it: letters, digits and underscores, at most 40."""
    return "a_" + "".join(c if c.isascii() and c.isalnum() else "_" for c in name)[:38]


def link(paragraph: Any, name: str, text: str, size: float) -> None:
    """A link to a place in the same document."""
    found = OxmlElement("w:hyperlink")
    found.set(qn("w:anchor"), anchor(name))
    run = paragraph.add_run(plain(text))
    run.font.size, run.font.color.rgb = Pt(size), _LINK
    found.append(run._r)
    paragraph._p.append(found)


def shade(cell: Any, colour: str) -> None:
    """Fill a cell with a colour (six hexadecimal digits)."""
    filled = OxmlElement("w:shd")
    filled.set(qn("w:val"), "clear")
    filled.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(filled)


def _fill(cell: Any, text: str, bold: bool = False) -> None:
    run = cell.paragraphs[0].add_run(plain(text))
    run.font.size, run.bold = Pt(9.5), bold


def plain(text: str) -> str:
    """Text without what no document may hold."""
    return "".join(c for c in text if c.isprintable() or c in "\n\u00a0\u3000")
