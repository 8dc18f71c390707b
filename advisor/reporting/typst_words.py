"""Text on its way to Typst: clean of what no page can hold, and broken where a word is longer than its line."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

from advisor.office import plain
from advisor.reporting.charts import measure

_SPACE = re.compile(r"[ \t\n]+")
_NARROW = re.compile(r"[^\s\u2e80-\uffef]+")
"""What may stand in a line without a place to break it; Chinese breaks anywhere."""
_POINTS = 72 / 25.4


def clean(text: str) -> str:
    """Text on one line, without control characters.

    >>> clean("a\\x00  b\\n c ")
    'a b c'
    """
    return _SPACE.sub(" ", plain(text)).strip(" ")


@dataclass(frozen=True)
class Room:
    """A line to be filled: its width in millimetres, the size of its type in points."""

    width: float
    size: float

    @property
    def units(self) -> float:
        """How many narrow characters it holds, half as wide as high."""
        return max(self.width * _POINTS / (self.size / 2), 1)

    def lines(self, text: str) -> int:
        """How many lines ``text`` fills, roughly."""
        return math.ceil(measure(text) / self.units)

    def words(self, text: str) -> str | list[str]:
        """The text as one string; in pieces to be broken between where a word does not fit.

        >>> Room(100, 10).words("one two")
        'one two'
        >>> Room(5, 10).words("A longer")
        ['A ', 'l', 'o', 'n', 'g', 'e', 'r']
        """
        said = clean(text)
        longest = self.units * 0.8  # capitals and bold type are wider than usual
        if len(said) <= longest:
            return said
        pieces, end = [], 0
        for word in _NARROW.finditer(said):
            if len(word[0]) > longest:
                pieces += [said[end : word.start()], *_graphemes(word[0])]
                end = word.end()
        return [piece for piece in [*pieces, said[end:]] if piece] if pieces else said


def _graphemes(word: str) -> list[str]:
    """Characters, each with the marks that belong to it."""
    found: list[str] = []
    for char in word:
        if found and (unicodedata.combining(char) or char in "\u200d\ufe0e\ufe0f" or found[-1].endswith("\u200d")):
            found[-1] += char
        else:
            found.append(char)
    return found
