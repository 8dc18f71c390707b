"""How wide text is, and how many lines it takes: the one measure of slides, charts, two-page summaries and typesetting.

A unit is the width of a narrow letter; a wide (Chinese) one has two. Words are kept whole, Chinese breaks anywhere, and no
line begins with a mark that ends a phrase.
"""

from __future__ import annotations

import math
import unicodedata

NOT_FIRST = frozenset("，。、；：！？）》」』”’…,.;:!?)]}%")
"""What no line begins with."""


def measure(text: str) -> int:
    """Width in units: 2 for a wide (Chinese) character, 1 for any other.

    >>> measure("CRM"), measure("客户")
    (3, 4)
    """
    return sum(map(_width, text))


def lines_of(text: str, room: float) -> int:
    """How many lines of ``room`` units a text takes; at least one, and one more for each line break in it.

    >>> lines_of("as the needs of sales grow", 12), lines_of("客户资料", 4), lines_of("", 10)
    (3, 2, 1)
    """
    return sum(_lines(paragraph, room) for paragraph in text.split("\n"))


def lines_filled(text: str, room: float) -> int:
    """How many lines a text fills, whatever breaks where: what pages are reckoned by whose widths were found by counting
    lines as they were set. At least one.

    >>> lines_filled("as the needs of sales grow", 13), lines_filled("", 10)
    (2, 1)
    """
    return max(1, math.ceil(measure(text) / room))


def pieces(text: str) -> list[str]:
    """What a line can be broken between: words with the space after them, and single wide characters with the marks that
    may not begin a line.

    >>> pieces("a CRM, 客户。")
    ['a ', 'CRM, ', '客', '户。']
    """
    found: list[str] = []
    for char in text:
        if found and (char in NOT_FIRST or not _ends(found[-1], char)):
            found[-1] += char
        else:
            found.append(char)
    return found


def wrap(text: str, units: int) -> list[str]:
    """Break a label into at most two lines of ``units`` width; the rest is cut with ….

    >>> wrap("Adaptability of structure and process", 24)
    ['Adaptability of', 'structure and process']
    """
    lines, line = [], ""
    for word in pieces(text):
        if line and measure((line + word).rstrip()) > units:
            lines.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    lines.append(line.rstrip())
    if len(lines) <= 2:
        return lines
    last = lines[1]
    while last and measure(last + "…") > units:
        last = last[:-1]
    return [lines[0], last.rstrip() + "…"]


def _width(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _ends(piece: str, char: str) -> bool:
    """Whether a line may be broken between a piece and what follows it."""
    return char != " " and (piece[-1] == " " or _width(piece[-1]) == 2 or _width(char) == 2)


def _lines(text: str, room: float) -> int:
    lines, used = 1, 0.0
    for word in pieces(text):
        long = measure(word.rstrip())
        if used + long > room and used:
            lines, used = lines + 1, 0.0
        if long > room:
            lines += math.ceil(long / room) - 1
            used = long - room * (math.ceil(long / room) - 1)
        else:
            used += measure(word)
    return lines
