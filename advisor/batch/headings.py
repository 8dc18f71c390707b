"""Which question each column of a table of firms answers: by id, by code, or by the question's words in either language."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from advisor.batch.table import Note
from advisor.errors import Place, Problem, ProblemsError, nearest
from advisor.knowledge.model import Knowledge
from advisor.text import LANGS, catalogue

NAME, ABOUT, ID, REMARKS = "firm.name", "firm.about", "firm.id", "firm.remarks"
"""Columns that are no questions: what the firm is called, a line about it, the user's own number for it, and the
remarks this program wrote into an earlier copy, which are passed over."""
SEARCHED = 12
"""The heads stand in one of so many rows at the top; a title may stand above them."""
LONGEST = 200
"""Characters of a head that are compared."""
_CODE = re.compile(r"([A-Ka-k]\d{1,2}[a-z]?)(?=$|[\s.:：、，,）)(（])")


@dataclass(frozen=True)
class Headings:
    """The heads of a table: the row they stand in (from 0), the key of each column, and what was made of the rest.

    ``keys`` are question ids, codes or one of the names above, by column from 0. ``ignored`` are columns that are no
    question, each with the nearest one; ``repeated`` are columns that ask what an earlier one asks; ``retired`` are the
    heads of questions of earlier versions, whose answers are carried over.
    """

    row: int
    keys: dict[int, str]
    ignored: tuple[tuple[int, str, str], ...]
    repeated: tuple[tuple[int, int], ...]
    retired: tuple[str, ...] = ()

    @property
    def questions(self) -> int:
        """How many columns hold answers."""
        return sum(not key.startswith("firm.") for key in self.keys.values())

    def notes(self) -> Iterator[Note]:
        """The columns that are no questions; those that look like one are told apart: their answers would be missed."""
        if plain := [head for _, head, near in self.ignored if not near]:
            yield Note("note.ignored", {"names": ", ".join(head[:40] for head in plain)})
        if self.retired:
            yield Note("note.retired", {"names": ", ".join(head[:60] for head in self.retired)})
        for _, head, near in self.ignored:
            if near:
                yield Note("note.nearly", {"head": head[:60], "nearest": near})


def read_headings(cells: Sequence[Sequence[str]], knowledge: Knowledge, name: str) -> Headings:
    """The heads among the first rows of a table called ``name``: the row that names the most questions.

    Raises :class:`~advisor.errors.ProblemsError` where none names any, or two columns ask the same.
    """
    found = [_of_row(number, row, knowledge) for number, row in enumerate(cells[:SEARCHED])]
    best = max(found, key=lambda heads: (heads.questions, -heads.row), default=None)
    if best is None or not best.questions:
        raise ProblemsError([Problem("B102", Place(name, 1))])
    if best.repeated:
        raise ProblemsError(
            Problem(
                "B103", Place(name, best.row + 1, column + 1), {"head": cells[best.row][column][:60], "first": first + 1}
            )
            for column, first in best.repeated
        )
    retired = [cells[best.row][c] for c, key in best.keys.items() if set(_parts(key, knowledge)) & knowledge.retired.keys()]
    return _with_nearest(replace(best, retired=tuple(retired)), knowledge)


def _of_row(number: int, row: Sequence[str], knowledge: Knowledge) -> Headings:
    keys, places = dict[int, str](), dict[str, int]()
    ignored, repeated = [], []
    for column, head in enumerate(row):
        if not head.strip():
            continue
        key = key_of(head, knowledge)
        if key is None:
            ignored.append((column, head, ""))
            continue
        parts = _parts(key, knowledge)
        taken = [places[part] for part in parts if part in places]
        if taken and key.startswith("firm."):
            ignored.append((column, head, ""))  # a second name or number loses no answers
        elif taken:
            repeated.append((column, taken[0]))
        else:
            keys[column] = key
            places.update(dict.fromkeys(parts, column))
    return Headings(number, keys, tuple(ignored), tuple(repeated))


def _parts(key: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The questions that a column's key stands for."""
    return knowledge.reading.codes.get(key, (key,))


def _with_nearest(heads: Headings, knowledge: Knowledge) -> Headings:
    """The heads with the question nearest to each column that is none."""
    known = _words(knowledge)
    near = [
        nearest(_alike(head[:LONGEST]), known) or "" if key_of(head, knowledge) is None else ""
        for _, head, _ in heads.ignored
    ]
    ignored = ((column, head, known.get(word, "")) for (column, head, _), word in zip(heads.ignored, near, strict=True))
    return replace(heads, ignored=tuple(ignored))


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
    """Everything a head may say, as it is compared, with the key it stands for; retired questions too."""
    words: dict[str, str] = {}
    knowledge = knowledge.reading
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
