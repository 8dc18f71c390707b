"""Answers of many firms by column: a question's answers stand once each, and every firm points at its own.

Enters: the cells of a table column by column. Leaves: :class:`CodedFirms`, which :mod:`advisor.inference` reads as it reads
a list of sheets. A cell that was read once is not read again, so a column costs little more than its different cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.errors import AnswersError, Place, Problem
from advisor.interview.answers import Answer
from advisor.interview.reading import entries_in
from advisor.interview.upgrades import carry_over
from advisor.knowledge.model import Knowledge
from advisor.tables import ERRORS, unguarded

KEPT = 200_000
"""How many different cells of a column are remembered."""
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Coded:
    """The answers of some firms to one question: ``codes`` has for each firm the place of its answer in ``answers``."""

    answers: tuple[Answer | None, ...]
    codes: Codes


@dataclass(frozen=True)
class CodedFirms:
    """Some firms by question; a question that is not here is unanswered by all."""

    size: int
    questions: Mapping[str, Coded]

    def __len__(self) -> int:
        return self.size


Cell = dict[str, Answer] | tuple[Problem, ...]
"""What a cell says: answers by question, or what is wrong with it."""


class ColumnReader:
    """Reads the cells of one column, headed by a question's id or a code, of retired questions too.

    ``notes`` say of cells, by their text, which steps were read under another name.
    """

    def __init__(self, key: str, knowledge: Knowledge) -> None:
        self.key, self._knowledge = key, knowledge.reading
        self.questions = (key,) if key in self._knowledge.questions else self._knowledge.codes[key]
        self._known: dict[str, Cell] = {"": {}}
        self.notes: dict[str, tuple[Problem, ...]] = {}

    def read(self, cells: Sequence[str]) -> tuple[dict[str, Coded], dict[int, tuple[Problem, ...]]]:
        """The column by question, and the problems of the cells that are no answers by the firm's place."""
        index = {text: code for code, text in enumerate(dict.fromkeys(cells))}
        codes = np.fromiter(map(index.__getitem__, cells), np.int64, len(cells))
        said = [self.cell(text) for text in index]
        wrong = {code: cell for code, cell in enumerate(said) if isinstance(cell, tuple)}
        problems = (
            {int(place): wrong[int(codes[place])] for place in np.flatnonzero(np.isin(codes, list(wrong)))} if wrong else {}
        )
        columns = {
            name: Coded(tuple(None if isinstance(cell, tuple) else cell.get(name) for cell in said), codes)
            for name in self.questions
        }
        return columns, problems

    def cell(self, text: str) -> Cell:
        """What one cell says."""
        known = self._known.get(text)
        if known is None:
            if len(self._known) > KEPT:
                self._known = {"": {}}
            try:
                if text in ERRORS:
                    raise AnswersError([Problem("B105", Place(""), {"value": text})])
                answers = entries_in({self.key: unguarded(text.strip())}, "", self._knowledge)
                known = dict(answers.given)
                self.notes |= {text: answers.notes} if answers.notes else {}
            except AnswersError as error:
                known = error.problems
            self._known[text] = known
        return known


def carried_columns(columns: Mapping[str, Coded], knowledge: Knowledge) -> Mapping[str, Coded]:
    """The columns of today's questions, those of retired ones carried over: each combination of answers once."""
    retired = [name for name in columns if name in knowledge.retired]
    if not retired:
        return columns
    targets, found = list(retired), set[str]()
    while targets:
        name = targets.pop()
        found.add(name)
        targets += knowledge.retired[name].becomes if name in knowledge.retired else ()
    involved = [name for name in columns if name in found]
    table = np.stack([columns[name].codes for name in involved])
    combinations, codes = np.unique(table, axis=1, return_inverse=True)
    carried = [_carried(dict(zip(involved, one, strict=True)), columns, knowledge) for one in combinations.T.tolist()]
    fresh = {
        name: Coded(tuple(answers.get(name) for answers in carried), codes.reshape(-1))
        for name in found
        if name in knowledge.questions
    }
    return {**{name: column for name, column in columns.items() if name not in retired}, **fresh}


def _carried(places: Mapping[str, int], columns: Mapping[str, Coded], knowledge: Knowledge) -> Mapping[str, Answer]:
    """One combination of answers, by the place of each in its column, as answers to today's questions."""
    given = {name: answer for name, place in places.items() if (answer := columns[name].answers[place]) is not None}
    return carry_over(given, knowledge, Place)[0]
