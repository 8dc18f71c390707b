"""How much room text takes on a slide: lengths in inches, sizes of type in points."""

from __future__ import annotations

import math
import unicodedata

from advisor.reporting.chart_geometry import measure

LINE = 1.22
"""The height of a line, in sizes of its type."""
NARROW = 0.54
"""The mean width of a narrow letter, in sizes of its type; a wide one takes twice 0.5, a whole one."""
POINTS_AN_INCH = 72.0


def lines_of(text: str, size: float, width: float) -> int:
    """How many lines a text takes in a column; words are kept whole, wide characters break anywhere."""
    room = width * POINTS_AN_INCH / (size * NARROW)
    return sum(_lines(paragraph, room) for paragraph in text.split("\n"))


def _lines(text: str, room: float) -> int:
    lines, used = 1, 0.0
    for word in _words(text):
        long = measure(word)
        if used + long > room and used:
            lines, used = lines + 1, 0.0
        if long > room:
            lines += math.ceil(long / room) - 1
            long = int(long % room)
        used += long
    return lines


def _words(text: str) -> list[str]:
    """What a line can be broken between."""
    words: list[str] = []
    for char in text:
        wide = unicodedata.east_asian_width(char) in "WF"
        if words and not wide and not words[-1].endswith(" ") and measure(words[-1][-1]) == 1:
            words[-1] += char
        else:
            words.append(char)
    return words


def height_of(text: str, size: float, width: float) -> float:
    """The height of a text in a column of some width."""
    return lines_of(text, size, width) * size * LINE / POINTS_AN_INCH
