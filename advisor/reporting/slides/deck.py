"""A presentation being written: 16:9, a title on every slide, one plain style, the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from advisor.office import printable, reproducible
from advisor.reporting.slides.fitting import height_of
from advisor.reporting.theme.bases import SUBTITLE, layouts_of
from advisor.text import Lang

WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.6
TITLE_TOP, TITLE_HEIGHT, TOP, BOTTOM = 0.35, 1.0, 1.5, 6.95
"""Where titles and content stand, in inches from the upper edge."""
FOOT = HEIGHT - 0.42
"""Where the footer stands."""
INSIDE = WIDTH - 2 * MARGIN
TITLE_SIZES = (26, 22, 19, 16)
"""Type sizes tried for a title, largest first."""
FONTS = {"zh": "Microsoft YaHei", "en": "Calibri"}
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
COVER, TITLE_ONLY = 0, 5
"""Layouts of the master by their place in it."""
DARK, QUIET = RGBColor(0x1D, 0x29, 0x39), RGBColor(0x5D, 0x68, 0x75)
TITLE_MAX = 255


def colour(code: str) -> RGBColor:
    """A colour written as ``#rrggbb``."""
    return RGBColor.from_string(code.lstrip("#").upper())


class Deck:
    """A presentation; lengths are inches."""

    def __init__(self, lang: Lang, title: str, author: str, accent: str, footer: str, master: bytes | None = None) -> None:
        self.lang, self.accent, self.footer = lang, colour(accent), footer
        self.file: Any = Presentation(io.BytesIO(master)) if master else Presentation()
        self.file.slide_width, self.file.slide_height = Inches(WIDTH), Inches(HEIGHT)
        self.layouts = self.file.slide_layouts[COVER], self.file.slide_layouts[TITLE_ONLY]
        core = self.file.core_properties
        core.title, core.author, core.language = printable(title)[:TITLE_MAX], author or "CRM Advisor", LANGUAGES[lang]
        core.last_modified_by = ""
        if master:
            self._empty()
            self.layouts = layouts_of(self.file)
        else:
            self._set_theme(accent)
            self._place_layouts()

    def _empty(self) -> None:
        """Take out the slides a master holds as examples."""
        slides = self.file.slides._sldIdLst
        for entry in list(slides):
            self.file.part.drop_rel(entry.rId)
            slides.remove(entry)

    def _set_theme(self, accent: str) -> None:
        """Fonts of both scripts and the first accent, in the theme that masters and charts read."""
        master = self.file.slide_master
        part = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
        theme = etree.fromstring(part.blob)
        space = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
        for kind in ("majorFont", "minorFont"):
            for script, font in (("latin", FONTS["en"] if self.lang == "en" else FONTS["zh"]), ("ea", FONTS["zh"])):
                for element in theme.iterfind(f".//a:{kind}/a:{script}", space):
                    element.set("typeface", font)
        for element in theme.iterfind(".//a:accent1/a:srgbClr", space):
            element.set("val", accent.lstrip("#").upper())
        part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _place_layouts(self) -> None:
        """Titles of master and layouts at the place and in the size that every slide inherits."""
        for holder in (self.file.slide_master, *self.file.slide_layouts):
            for shape in holder.placeholders:
                if shape.placeholder_format.type is not None and shape.placeholder_format.idx == 0:
                    _put(shape, MARGIN, TITLE_TOP, INSIDE, TITLE_HEIGHT)
                elif shape.placeholder_format.idx in (10, 11, 12):  # date, footer, number
                    left = MARGIN if shape.placeholder_format.idx == 11 else WIDTH - MARGIN - 1.5
                    _put(shape, left, FOOT, 9.0 if shape.placeholder_format.idx == 11 else 1.5, 0.3)

    def cover(self, title: str, lines: Sequence[str]) -> None:
        """The first slide."""
        slide = self.file.slides.add_slide(self.layouts[0])
        _put(slide.shapes.title, MARGIN, 1.7, INSIDE, 1.5)
        self._write(slide.shapes.title.text_frame, [title], 36, bold=True, tone=self.accent)
        subtitle = next(shape for shape in slide.placeholders if int(shape.placeholder_format.type) == SUBTITLE)
        _put(subtitle, MARGIN, 3.3, INSIDE, 3.4)
        self._write(subtitle.text_frame, list(lines), 18)
        subtitle.text_frame.vertical_anchor = MSO_ANCHOR.TOP

    def slide(self, title: str, notes: str) -> Any:
        """A slide with a title, its footer and what the speaker should have at hand."""
        slide = self.file.slides.add_slide(self.layouts[1])
        _put(slide.shapes.title, MARGIN, TITLE_TOP, INSIDE, TITLE_HEIGHT)
        size = next((size for size in TITLE_SIZES if height_of(title, size, INSIDE) <= TITLE_HEIGHT), TITLE_SIZES[-1])
        self._write(slide.shapes.title.text_frame, [title], size, bold=True, tone=self.accent)
        slide.shapes.title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        number = len(self.file.slides)
        self.text(slide, [f"{self.footer} · {number}"], (MARGIN, FOOT, INSIDE - 4, 0.3), 10, tone=QUIET)
        slide.notes_slide.notes_text_frame.text = printable(notes)
        return slide

    def text(
        self,
        slide: Any,
        paragraphs: Sequence[str],
        box: tuple[float, float, float, float],
        size: float,
        *,
        bold: bool = False,
        tone: RGBColor = DARK,
        bullets: bool = False,
        right: bool = False,
    ) -> Any:
        """A box of text at left, top, with width and height."""
        shape = slide.shapes.add_textbox(*map(Inches, box))
        frame = shape.text_frame
        frame.word_wrap = True
        for side in ("margin_left", "margin_right", "margin_top", "margin_bottom"):
            setattr(frame, side, 0)
        self._write(frame, paragraphs, size, bold=bold, tone=tone, bullets=bullets)
        if right:
            frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
        return shape

    def _write(
        self, frame: Any, paragraphs: Sequence[str], size: float, *, bold: bool = False, tone: RGBColor = DARK,
        bullets: bool = False,
    ) -> None:  # fmt: skip
        for place, text in enumerate(paragraphs):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.LEFT
            self.run(paragraph, f"• {text}" if bullets else text, size, bold=bold, tone=tone)
            if bullets and place:
                paragraph.space_before = Pt(size * 0.35)

    def run(self, paragraph: Any, text: str, size: float, *, bold: bool = False, tone: RGBColor = DARK) -> None:
        """Text in the fonts of both scripts, with its language, so that spelling and line breaks follow it."""
        run = paragraph.add_run()
        run.text = printable(text).replace("\n", " ")
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, tone
        properties = run._r.get_or_add_rPr()
        properties.set("lang", LANGUAGES[self.lang])
        for tag, font in (("a:latin", FONTS[self.lang]), ("a:ea", FONTS["zh"])):
            element = properties.find(qn(tag))
            if element is None:
                element = etree.SubElement(properties, qn(tag))
            element.set("typeface", font)

    def content(self) -> bytes:
        """The presentation as a file."""
        out = io.BytesIO()
        self.file.save(out)
        return reproducible(out.getvalue())


def describe(shape: Any, text: str) -> None:
    """Say in words what a picture, chart or table shows, for whoever cannot see it."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", printable(text))


def _put(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Inches(left), Inches(top), Inches(width), Inches(height)
