"""Text on its way to Typst: clean of what no page can hold, and broken where a word is longer than its line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from advisor.office import printable
from advisor.reporting.text_width import lines_filled

_SPACE = re.compile(r"[ \t\n]+")
_NARROW = re.compile(r"[^\s\u200b\u2e80-\uffef]+")
"""What may stand in a line without a place to break it; Chinese breaks anywhere, some words of ours at seams."""
_SEAM = re.compile(r"(?<=[/?&=#%:;,._~+@|\-])(?=.)")
"""Where an address, a path or a joined word may be broken: behind a sign in it."""
_POINTS = 72 / 25.4
_WIDEST = 2
"""Width of the widest characters in units of half their size."""


def clean(text: str) -> str:
    """Text on one line, without control characters.

    >>> clean("a\\x00  b\\n c ")
    'a b c'
    """
    return _SPACE.sub(" ", printable(text)).strip(" ")


@dataclass(frozen=True)
class LineBox:
    """The room of a line: its width in millimetres, the size of its type in points."""

    width: float
    size: float

    @property
    def units(self) -> float:
        """How many narrow characters it holds, half as wide as high."""
        return max(self.width * _POINTS / (self.size / 2), 1)

    def count_lines(self, text: str) -> int:
        """How many lines ``text`` fills, roughly."""
        return lines_filled(text, self.units)

    def break_words(self, text: str) -> str | list[str]:
        """The text as one string; in pieces to be broken between where a word does not fit.

        >>> LineBox(100, 10).break_words("one two")
        'one two'
        >>> LineBox(8, 10).break_words("A longer")
        ['A ', 'l', 'o', 'n', 'g', 'e', 'r']
        """
        cleaned = clean(text)
        if len(cleaned) <= self.units / _WIDEST:
            return cleaned
        pieces, end = [], 0
        for word in _NARROW.finditer(cleaned):
            if self._overfull(word[0]):
                pieces += [cleaned[end : word.start()], *self._pieces(word[0])]
                end = word.end()
        return [piece for piece in [*pieces, cleaned[end:]] if piece] if pieces else cleaned

    def _pieces(self, word: str) -> Iterator[str]:
        """A word in pieces to be broken between: at the seams of an address, and anywhere in what has none.

        >>> list(LineBox(20, 10)._pieces("https://a.example/price"))
        ['https:', '/', '/', 'a.', 'example/', 'price']
        """
        for part in _SEAM.split(word):
            yield from _graphemes(part) if self._overfull(part) else [part]

    def _overfull(self, word: str) -> bool:
        """Whether a word is too long for a line of its own, in bold type if need be."""
        if len(word) <= self.units / _WIDEST:
            return False
        return sum(_WIDEST if char in "WMmw@%…—" else 1.45 if char.isupper() else 1.2 for char in word) > self.units


def _graphemes(word: str) -> list[str]:
    """Characters, each with the marks that belong to it."""
    graphemes: list[str] = []
    for char in word:
        if graphemes and (unicodedata.combining(char) or char in "\u200d\ufe0e\ufe0f" or graphemes[-1].endswith("\u200d")):
            graphemes[-1] += char
        else:
            graphemes.append(char)
    return graphemes
