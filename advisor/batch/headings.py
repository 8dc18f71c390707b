"""Which question each column of a table of firms answers: by id, by code, or by the question's words in either language."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from advisor.batch.table import FirmTable, TableNote
from advisor.errors import Place, Problem, ProblemsError, nearest
from advisor.interview.upgrades import destinations
from advisor.knowledge.model import Knowledge
from advisor.text import LANGS, catalogue

NAME, ABOUT, ID, REMARKS = "firm.name", "firm.about", "firm.id", "firm.remarks"
"""Columns that are no questions: what the firm is called, a line about it, the user's own number for it, and the
remarks this program wrote into an earlier copy, which are ignored."""
SEARCHED_ROWS = 12
"""How many rows at the top are searched for headings; a title may stand above them."""
COMPARED_CHARACTERS = 200
"""Characters of a heading that are compared."""
_CODE = re.compile(r"([A-Ka-k]\d{1,2}[a-z]?)(?=$|[\s.:：、，,）)(（])")


@dataclass(frozen=True)
class Headings:
    """The headings of a table: their row (from 0), the key of each column, and the columns that are not used.

    ``keys`` are question ids, codes or one of the names above, by column from 0. ``ignored`` are columns that are no
    question, each with the nearest one; ``repeated`` are columns that ask what an earlier one asks; ``retired`` are the
    headings of questions of earlier versions, each with the codes of those of today that its answers are carried over to.
    """

    row: int
    keys: dict[int, str]
    ignored: tuple[tuple[int, str, str], ...]
    repeated: tuple[tuple[int, int], ...]
    retired: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def questions(self) -> int:
        """How many columns hold answers."""
        return sum(not key.startswith("firm.") for key in self.keys.values())

    def columns(self, knowledge: Knowledge) -> dict[str, int]:
        """The column (from 0) that answers each question."""
        return {name: column for column, key in self.keys.items() for name in _questions_of(key, knowledge)}

    def notes(self) -> Iterator[TableNote]:
        """Notes on columns that are no questions; those that resemble one get a note each: their answers are lost."""
        if unlike := [heading for _, heading, closest in self.ignored if not closest]:
            yield TableNote("note.ignored", {"names": ", ".join(heading[:40] for heading in unlike)})
        if carried := [f"{heading[:60]} → {', '.join(codes)}" for heading, codes in self.retired if codes]:
            yield TableNote("note.retired", {"names": "; ".join(carried)})
        if dropped := [heading[:60] for heading, codes in self.retired if not codes]:
            yield TableNote("note.dropped", {"names": ", ".join(dropped)})
        for _, heading, closest in self.ignored:
            if closest:
                yield TableNote("note.nearly", {"head": heading[:60], "nearest": closest})


def read_headings(cells: Sequence[Sequence[str]], knowledge: Knowledge, name: str) -> Headings:
    """The headings of a table called ``name``: of its first rows the one that names the most questions.

    Raises :class:`~advisor.errors.ProblemsError` where none names any, or two columns ask the same.
    """
    candidates = [_headings_of_row(number, row, knowledge) for number, row in enumerate(cells[:SEARCHED_ROWS])]
    best = max(candidates, key=lambda headings: (headings.questions, -headings.row), default=None)
    if best is None or not best.questions:
        raise ProblemsError([Problem("B102", Place(name, 1))])
    if best.repeated:
        raise ProblemsError(
            Problem(
                "B103", Place(name, best.row + 1, column + 1), {"head": cells[best.row][column][:60], "first": first + 1}
            )
            for column, first in best.repeated
        )
    retired = [
        (cells[best.row][column], _codes_today(names, knowledge))
        for column, key in best.keys.items()
        if (names := [name for name in _questions_of(key, knowledge) if name in knowledge.retired])
    ]
    return _with_closest(replace(best, retired=tuple(retired)), knowledge)


def _codes_today(names: Sequence[str], knowledge: Knowledge) -> tuple[str, ...]:
    """The codes of the questions that answers to some retired questions go to."""
    targets = dict.fromkeys(target for name in names for target in destinations(name, knowledge))
    return tuple(knowledge.questions[target].code for target in targets)


def _headings_of_row(number: int, row: Sequence[str], knowledge: Knowledge) -> Headings:
    keys, places = dict[int, str](), dict[str, int]()
    ignored, repeated = [], []
    for column, heading in enumerate(row):
        if not heading.strip():
            continue
        key = key_of(heading, knowledge)
        if key is None:
            ignored.append((column, heading, ""))
            continue
        parts = _questions_of(key, knowledge)
        earlier = [places[part] for part in parts if part in places]
        if earlier and key.startswith("firm."):
            ignored.append((column, heading, ""))  # a second name or number loses no answers
        elif earlier:
            repeated.append((column, earlier[0]))
        else:
            keys[column] = key
            places.update(dict.fromkeys(parts, column))
    return Headings(number, keys, tuple(ignored), tuple(repeated))


def _questions_of(key: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The questions that a column's key stands for."""
    return knowledge.reading.codes.get(key, (key,))


def _with_closest(headings: Headings, knowledge: Knowledge) -> Headings:
    """The headings with the closest question for each column that is none."""
    known = _known_headings(knowledge)
    closest = [
        nearest(_comparable(heading[:COMPARED_CHARACTERS]), known) or "" if key_of(heading, knowledge) is None else ""
        for _, heading, _ in headings.ignored
    ]
    ignored = (
        (column, heading, known.get(word, "")) for (column, heading, _), word in zip(headings.ignored, closest, strict=True)
    )
    return replace(headings, ignored=tuple(ignored))


def key_of(heading: str, knowledge: Knowledge) -> str | None:
    """The question that a heading names: its id, or its code where that covers several questions; None for no question."""
    known = _known_headings(knowledge)
    if (key := known.get(_comparable(heading))) is not None:
        return key
    if (code := _CODE.match(heading.strip())) is not None:
        return known.get(_comparable(code[1]))
    return None


@functools.lru_cache(maxsize=4)
def _known_headings(knowledge: Knowledge) -> dict[str, str]:
    """Every known heading in comparable form, with its key; retired questions too."""
    keys: dict[str, str] = {}
    knowledge = knowledge.reading
    for code, names in knowledge.codes.items():
        keys[_comparable(code)] = names[0] if len(names) == 1 else code
    for question in knowledge.questions.values():
        keys[_comparable(question.id)] = question.id
        keys.setdefault(_comparable(question.code), question.id)
        for lang in LANGS:
            keys.setdefault(_comparable(question.text[lang]), question.id)
    for key in (NAME, ABOUT, ID, REMARKS):
        aliases = catalogue("batch")[f"head.{key}"]
        for lang in LANGS:
            keys.update({_comparable(word): key for word in aliases[lang].split("|")})
    return keys


def _comparable(text: str) -> str:
    """Text as it is compared: width and case are folded, blanks and punctuation dropped."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if c.isalnum() or c == "_")


def heading_of(table: FirmTable | None, headings: Headings | None, column: int) -> str:
    """The text of the heading above ``column``, counted from 1; empty where there is none."""
    if table is None or headings is None or not column:
        return ""
    row = table.cells[headings.row]
    return row[column - 1] if column <= len(row) else ""
