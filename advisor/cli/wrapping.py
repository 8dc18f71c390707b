"""Lines for a terminal: broken between words and between Chinese characters, never inside a name, a path or a number."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator

PROSE_WIDTH = 80
"""The longest line of running text on a terminal, however wide it is."""
MAY_NOT_BEGIN = "，。；：、？！）》】」』”’…—,.;:?!)]}%％‰°℃"
"""Signs that stay with what stands before them."""
MAY_NOT_END = "（《【「『“‘([{¥￥$€£#"
"""Signs that stay with what follows them."""


def cells(text: str) -> int:
    """How many columns of a terminal a text takes.

    >>> cells("CRM需求"), cells("é")
    (7, 1)
    """
    return sum(_width(sign) for sign in text)


def _width(sign: str) -> int:
    if sign < "\x7f":
        return 1
    if unicodedata.combining(sign) or unicodedata.category(sign) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def pieces(text: str) -> Iterator[str]:
    """A text in the pieces that no line break divides, each with the spaces after it.

    >>> list(pieces("运行advisor assess（见说明）。"))
    ['运', '行', 'advisor ', 'assess', '（见', '说', '明）。']
    """
    start = 0
    for place in range(1, len(text)):
        before, after = text[place - 1], text[place]
        if after == " " or after in MAY_NOT_BEGIN or before in MAY_NOT_END:
            continue
        if before == " " or _width(before) == 2 or _width(after) == 2:
            yield text[start:place]
            start = place
    if text:
        yield text[start:]


def breaks(text: str, width: int, hang: int = 0) -> list[int]:
    """Where lines after the first begin so that none is wider than ``width``, or than the piece that is; those lines have
    ``hang`` columns before them."""
    found, place, used = list[int](), 0, 0
    for piece in pieces(text):
        if text[:place].strip() and used + cells(piece.rstrip()) > width:
            found.append(place)
            used = hang
        place += len(piece)
        used += cells(piece)
    return found


def wrapped(text: str, width: int, indent: str = "", following: str | None = None) -> list[str]:
    """The lines of a text, the first after ``indent`` and the others after ``following``.

    >>> wrapped("先整理客户资料，再选CRM系统", 12)
    ['先整理客户资', '料，再选CRM', '系统']
    """
    following = indent if following is None else following
    starts = [0, *breaks(text, width - max(cells(indent), cells(following))), len(text)]
    lines = [text[start:end].rstrip() for start, end in itertools.pairwise(starts)]
    return [(following if number else indent) + line for number, line in enumerate(lines)]
