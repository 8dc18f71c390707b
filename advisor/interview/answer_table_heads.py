"""The heads of a form that one firm fills in, a question a row: which column holds the codes, which the answers, and which
holds what beside them."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advisor.interview.annotations import TYPED
from advisor.interview.answer_table_writer import FIRM_FIELDS
from advisor.interview.head_words import comparable, match
from advisor.interview.row_groups import LONGEST, named
from advisor.knowledge.model import Knowledge
from advisor.text import LANGS, catalogue, normalized, say

HEADS = ("code", "question", "answer", "unit")
NEEDED = ("code", "answer")
MANY_CODES = 3
"""A column in which so many codes stand is one of codes, whatever heads it."""
HEAD_WITHIN = 10
"""The heads of columns stand in one of the first rows."""
SEARCHED_CODES = 400
"""Rows in which codes are looked for under a head that may also head something else."""
_IN_BRACKETS = re.compile(r"\s*[(（\[【][^()（）\[\]【】]*[)）\]】]\s*$")
"""A unit behind a head, such as the answer's."""


@dataclass(frozen=True)
class FormHeads:
    """The heads of a form: ``row`` is the number of their row, from 1, ``columns`` the columns (from 0) by what they hold,
    ``cells`` the heads as they stand there."""

    row: int
    columns: Mapping[str, int]
    cells: tuple[str, ...]

    @property
    def nameless(self) -> tuple[int, ...]:
        """The columns without a head between the answers and the last head: what stands there is a remark."""
        return tuple(at for at, cell in enumerate(self.cells) if at > self.columns["answer"] and not cell)

    @property
    def unused(self) -> tuple[int, ...]:
        """The columns that are read for nothing, without those of our own forms that hold no answers."""
        read = {*self.columns.values(), *self.nameless}
        others = (at for at, cell in enumerate(self.cells) if cell and at not in read)
        return tuple(at for at in others if comparable(self.cells[at]) not in own_words())


def form_heads(rows: Sequence[Sequence[str]], knowledge: Knowledge) -> FormHeads | None:
    """The heads of a sheet that is a form; None for any other."""
    for line, row in enumerate(rows[:HEAD_WITHIN], 1):
        words = [normalized(_IN_BRACKETS.sub("", cell)) if len(cell) <= LONGEST else "" for cell in row]
        found = {head: words.index(word) for head in HEADS for word in reversed(head_words(head)) if word in words}
        if "answer" not in found:
            continue
        code = _code_column(words, rows[line:], found, knowledge)
        if code is not None:
            return FormHeads(line, {**_beside(words), **found, "code": code}, tuple(row))
    return None


@functools.cache
def own_words() -> frozenset[str]:
    """What the columns of our own forms are called that hold no answers and nothing beside them."""
    texts = [catalogue("forms")[f"column.{name}"] for name in ("allowed", "notes", "why", "sheet", "count", "answered")]
    texts += [catalogue("interview")["table.allowed"], catalogue("forms")["firm_line"]]
    return frozenset(comparable(text[lang]) for text in texts for lang in LANGS)


def _beside(words: Sequence[str]) -> dict[str, int]:
    """The columns with what stands beside answers; "Notes" are ours where a form of ours says how to answer."""
    plain = [comparable(word) for word in words]
    ours = own_words() if own_words() & {*plain} - beside_parts().keys() else frozenset[str]()
    columns = dict[str, int]()
    for column, word in enumerate(plain):
        if word not in ours and (part := beside_parts().get(word)):
            columns.setdefault(part, column)
    return columns


def head_words(head: str) -> list[str]:
    """What the column of codes, questions, answers or units may be called."""
    more = {"question": "corner", "answer": "answers"}.get(head, head)
    words = (normalized(word) for lang in LANGS for word in catalogue("batch")[f"head.{more}"][lang].split("|"))
    return list(dict.fromkeys((*named(head), *words)))


@functools.cache
def beside_parts() -> Mapping[str, str]:
    """The parts of what stands beside an answer by what their columns may be called, in comparable form."""
    notes = (word for lang in LANGS for word in catalogue("batch")["head.beside"][lang].split("|"))
    parts = {comparable(word): "note" for word in notes}
    for part in TYPED:
        parts |= {
            comparable(word): part for word in (part, *(say("interview", f"annotation.{part}", lang) for lang in LANGS))
        }
    return parts


def _code_column(
    words: Sequence[str], rows: Sequence[Sequence[str]], found: Mapping[str, int], knowledge: Knowledge
) -> int | None:
    """The column that holds the codes: of those with a head for them the one in which most codes stand. Where none holds
    any, and the questions in words do, none is one of codes."""
    columns = [column for column, word in enumerate(words) if word in head_words("code")]
    known = {word.lower() for word in (*knowledge.reading.codes, *knowledge.reading.questions, *FIRM_FIELDS)}
    counts = {
        c: sum(c < len(row) and row[c].strip().lower() in known for row in rows[:SEARCHED_CODES]) for c in range(len(words))
    }
    best = max(columns, key=lambda column: counts[column], default=None)
    if best is None or not counts[best]:
        lost = [c for c in counts if c not in found.values() and counts[c] >= MANY_CODES]
        if lost or best is None:
            return max(lost, key=lambda column: counts[column], default=None)
    if counts[best]:
        return best
    asked = found.get("question", -1)
    in_words = any(0 <= asked < len(row) and row[asked] and match(row[asked], knowledge) for row in rows[:SEARCHED_CODES])
    return None if in_words or words[best] not in named("code") else best
