"""A question with several answers whose options stand in columns of their own, as many form services hand it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advisor.knowledge.answer_types.shared.words import LEFT_OPEN, NO_WORDS, NONE, YES_WORDS, word_of
from advisor.text import Text, normalized


@dataclass(frozen=True)
class SplitChoice:
    """The columns of a question: each with its option, and ``own``, the column that holds all of them, -1 where none
    does."""

    question: str
    columns: tuple[tuple[int, str], ...]
    own: int
    values: Mapping[str, Text]

    def text(self, row: Sequence[str]) -> str:
        """What a row says: the options it ticks, none where it crosses all; what cannot be read is given as it stands, and
        so are a column of all options and columns of each that contradict each other."""
        chosen, crossed, strange = list[str](), 0, list[str]()
        for column, option in self.columns:
            cell = row[column] if column < len(row) else ""
            word = word_of(cell)
            if not word or word in LEFT_OPEN:
                continue
            text = self.values.get(option)
            names = {option, *map(normalized, (text.zh, text.en) if text else ())}
            if word in YES_WORDS or word in names:
                chosen.append(option)
            elif word in NO_WORDS or word == "☐":
                crossed += 1
            else:
                strange.append(f"{option}: {cell}")
        whole = row[self.own] if 0 <= self.own < len(row) else ""
        if strange:
            return "; ".join(strange)
        if whole.strip():
            return whole if not chosen or self._says(whole) == set(chosen) else f"{whole} ≠ {', '.join(chosen)}"
        return "\n".join(chosen) if chosen else NONE if crossed == len(self.columns) else ""

    def _says(self, whole: str) -> set[str]:
        """The options that a cell with all of them names."""
        plain = normalized(whole)
        return {
            option
            for option, text in self.values.items()
            if option in plain.replace(",", " ").split() or any(normalized(words) in plain for words in (text.zh, text.en))
        }
