"""How the cells of a form look, and how high a row must be for what stands in it."""

from __future__ import annotations

import functools
import math
import unicodedata
from collections.abc import Iterable
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

from advisor.office import set_text
from advisor.text import Lang

ACCENT, QUIET, LINE = "14324F", "5D6875", "D5DAE0"
HEAD, TOPIC, OPEN = (PatternFill("solid", fgColor=color) for color in (ACCENT, "E8EDF3", "FFF8E1"))
UNDERLINE = Border(bottom=Side(style="thin", color=LINE))
FRAME = Border(*(Side(style="thin", color="C9B36A"),) * 4)
TOP = Alignment(vertical="top", wrap_text=True)
INDENTED = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=2)
MIDDLE = Alignment(vertical="center", wrap_text=True)
ANSWER = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
CENTRE = Alignment(horizontal="center", vertical="center")
UNLOCKED = Protection(locked=False)
FACES: dict[Lang, str] = {"zh": "Microsoft YaHei", "en": "Calibri"}
LEADING: dict[Lang, float] = {"zh": 1.62, "en": 1.34}
"""Height of a line against the size of its letters."""
WIDE, SLACK = 2.1, 0.93
"""Width of a Chinese character in units of column width; share of a line that is filled before a word goes to the next."""
HIGHEST = 409.0
"""Points a row may be high."""


@functools.cache
def font(lang: Lang, size: float = 10, bold: bool = False, color: str = "1F2A37", italic: bool = False) -> Font:
    """A font of the form, in the face that people of that language have."""
    return Font(name=FACES[lang], size=size, bold=bold, color=color, italic=italic)


def put(cell: Any, text: str, look: Font, alignment: Alignment = TOP) -> Any:
    """Enter a text, never a formula; a blank leaves the cell empty. Returns the cell."""
    if text:
        set_text(cell, text)
    cell.font, cell.alignment = look, alignment
    return cell


def lines_of(text: str, width: float, size: float) -> int:
    """On how many lines a text stands in a column ``width`` wide.

    >>> lines_of("one line", 20, 10), lines_of("客户关系管理需求与能力调查", 20, 11), lines_of("a\\nb", 20, 10)
    (1, 2, 2)
    """
    room = width * 11 / size * SLACK
    return sum(max(1, math.ceil(breadth(line) / room)) for line in text.split("\n"))


def breadth(text: str) -> float:
    """How broad a text is, in letters; a Chinese character is about two.

    >>> breadth("abc"), breadth("客户")
    (3.0, 4.2)
    """
    return sum(WIDE if unicodedata.east_asian_width(sign) in "WF" else 1.0 for sign in text)


def height(texts: Iterable[tuple[str, float, float]], lang: Lang) -> float:
    """The height of a row with these texts, each in a column of some width and in letters of some size."""
    needed = max(lines_of(text, width, size) * size * LEADING[lang] for text, width, size in texts)
    return min(round(needed + 5, 1), HIGHEST)
