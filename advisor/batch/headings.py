"""Which question each column of a table of firms answers: by id, by code, or by the question's words in either language."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from advisor.errors import nearest
from advisor.knowledge.model import Knowledge
from advisor.text import LANGS, catalogue

NAME, ABOUT, ID, REMARKS = "firm.name", "firm.about", "firm.id", "firm.remarks"
"""Columns that are no questions: what the firm is called, a line about it, the user's own number for it, and the
remarks this program wrote into an earlier copy, which are passed over."""
SEARCHED = 12
"""The heads stand in one of so many rows at the top; a title may stand above them."""
_CODE = re.compile(r"([A-Ka-k]\d{1,2}[a-z]?)(?=$|[\s.:：、，,）)(（])")


@dataclass(frozen=True)
class Headings:
    """The heads of a table: the row they stand in (from 0), the key of each column, and what was made of the rest.

    ``keys`` are question ids, codes or one of the names above, by column from 0. ``ignored`` are columns that are no
    question, each with the nearest one; ``repeated`` are columns that ask what an earlier one asks.
    """

    row: int
    keys: dict[int, str]
    ignored: tuple[tuple[int, str, str], ...]
    repeated: tuple[tuple[int, int], ...]

    @property
    def questions(self) -> int:
        """How many columns hold answers."""
        return sum(not key.startswith("firm.") for key in self.keys.values())


def read_headings(cells: Sequence[Sequence[str]], knowledge: Knowledge) -> Headings:
    """The heads among the first rows of a table: the row that names the most questions. Where none does, ``keys`` is
    empty."""
    found = [_of_row(number, row, knowledge) for number, row in enumerate(cells[:SEARCHED])]
    best = max(found, key=lambda heads: (heads.questions, -heads.row), default=Headings(0, {}, (), ()))
    return best if best.questions else Headings(best.row, {}, best.ignored, ())


def _of_row(number: int, row: Sequence[str], knowledge: Knowledge) -> Headings:
    keys, places = dict[int, str](), dict[str, int]()
    ignored, repeated = [], []
    for column, head in enumerate(row):
        if not head.strip():
            continue
        key = key_of(head, knowledge)
        if key is None:
            ignored.append((column, head, head))
        elif key in places:
            repeated.append((column, places[key]))
        else:
            keys[column] = key
            places[key] = column
    if keys:
        known = _words(knowledge)
        ignored = [(column, head, nearest(_alike(head), known) or "") for column, head, _ in ignored]
        ignored = [(column, head, known.get(near, "")) for column, head, near in ignored]
    return Headings(number, keys, tuple(ignored), tuple(repeated))


def key_of(head: str, knowledge: Knowledge) -> str | None:
    """The question a head names, by its id or, where it stands for several questions, its code; None for no question."""
    known = _words(knowledge)
    if (key := known.get(_alike(head))) is not None:
        return key
    if (code := _CODE.match(head.strip())) is not None:
        return known.get(_alike(code[1]))
    return None


@functools.lru_cache(maxsize=4)
def _words(knowledge: Knowledge) -> dict[str, str]:
    """Everything a head may say, as it is compared, with the key it stands for."""
    words: dict[str, str] = {}
    for code, names in knowledge.codes.items():
        words[_alike(code)] = names[0] if len(names) == 1 else code
    for question in knowledge.questions.values():
        words[_alike(question.id)] = question.id
        words.setdefault(_alike(question.code), question.id)
        for lang in LANGS:
            words.setdefault(_alike(question.text[lang]), question.id)
    for key in (NAME, ABOUT, ID, REMARKS):
        said = catalogue("batch")[f"head.{key}"]
        for lang in LANGS:
            words.update({_alike(word): key for word in said[lang].split("|")})
    return words


def _alike(text: str) -> str:
    """Words as they are compared: wide and narrow signs and letter case count as the same, blanks and marks as nothing."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if c.isalnum() or c == "_")
