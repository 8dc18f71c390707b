"""Lines of a report in a document for Word: text with its marks, its aside, and links to its sources."""

from __future__ import annotations

from typing import Any

from docx.shared import Pt, RGBColor

from advisor.office import printable
from advisor.reporting.document import Line
from advisor.reporting.source_marks import source_mark
from advisor.reporting.tones import TONE_COLOURS, Tone
from advisor.reporting.word.xml_parts import add_link

SMALL_PRINT = 8.0


def text_colour(tone: Tone) -> RGBColor:
    """Colour of text of a tone."""
    return RGBColor.from_string(TONE_COLOURS[tone][0].lstrip("#").upper())


def background_colour(tone: Tone) -> str:
    """Colour behind text of a tone, as six hexadecimal digits."""
    return TONE_COLOURS[tone][1].lstrip("#").upper()


def write(paragraph: Any, text: str, size: float | None = None, tone: Tone = "plain", bold: bool = False) -> None:
    """Add text to a paragraph. Text is only ever text: nothing in it becomes a field or a mark."""
    run = paragraph.add_run(printable(text))
    if size is not None:
        run.font.size = Pt(size)
    if tone != "plain":
        run.font.color.rgb = text_colour(tone)
    if bold:
        run.bold = True


def write_line(
    paragraph: Any, line: Line, size: float | None = None, tone: Tone = "plain", bold: bool = False, cell: bool = False
) -> None:
    """Add a line with all that belongs to it; in a cell of a table its aside stands below."""
    write(paragraph, line.text, size, tone, bold)
    for mark in line.marks:
        write(paragraph, f" [{mark}]", SMALL_PRINT, "caution")
    if line.aside:
        if cell and line.text:
            paragraph.add_run().add_break()
        write(paragraph, line.aside if cell else f" {line.aside}", SMALL_PRINT, "quiet")
    for source in line.cites:
        write(paragraph, " ", SMALL_PRINT)
        add_link(paragraph, f"c-{source}", source_mark(source), SMALL_PRINT)
