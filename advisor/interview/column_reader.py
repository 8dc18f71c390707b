"""Reads a table of firms column by column, into the columns that inference takes.

A cell that was read once is not read again, so a column costs little more than its different cells.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

import numpy as np

from advisor.errors import AnswersError, Place, Problem
from advisor.interview.answer_files import entries_in
from advisor.interview.answer_table import AnswerColumn
from advisor.interview.answers import Answer
from advisor.interview.cell_units import UNIT_MARK, clean_cell, in_unit, is_number, unit_beside
from advisor.interview.own_words import LEFT_OPEN, OwnWords, own_words
from advisor.interview.upgrades import carry_over
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import facts_in
from advisor.knowledge.read_premises import sound_premise
from advisor.rounding import plain_number
from advisor.sheets.failed_cells import is_error

_POINT = re.compile(r"^\d{1,3}\.\d{3}$")
KEPT = 200_000
"""How many different cells of a column are remembered."""
Cell = dict[str, Answer] | tuple[Problem, ...]
"""What a cell says: answers by question, or what is wrong with it."""


class _Codes(dict[str, int]):
    """Numbers different texts from 0 in the order in which they are looked up."""

    def __missing__(self, text: str) -> int:
        code = self[text] = len(self)
        return code


class ColumnReader:
    """Reads the cells of one column, headed by a question's id or a code, of retired questions too.

    ``unit`` is read behind every number that has none of its own; ``points_asked`` where a point may keep thousands apart.
    ``joined`` is a column made of several, whose text is the program's. ``notes`` say of cells, by their text, which steps
    were read under another name and which questions were left open; ``kept`` are cells with words to keep beside the answer.
    """

    def __init__(
        self, key: str, knowledge: Knowledge, unit: str = "", points_asked: bool = False, joined: bool = False
    ) -> None:
        self.key, self._knowledge, self._unit, self._points_asked = key, knowledge.reading, unit, points_asked
        self._joined, self.kept = joined, dict[str, str]()
        self.questions = (key,) if key in self._knowledge.questions else self._knowledge.codes[key]
        self.notes: dict[str, tuple[Problem, ...]] = {}
        self.cell = functools.lru_cache(KEPT)(self._parse)

    def read(self, cells: Sequence[str]) -> tuple[dict[str, AnswerColumn], dict[int, tuple[Problem, ...]]]:
        """The column by question, and the problems of the cells that are no answers by the firm's place. Cells are as the
        file has them."""
        index = _Codes()
        codes = np.fromiter(map(index.__getitem__, cells), np.int64, len(cells))
        said = [self.cell(clean_cell(text)) for text in index]
        wrong = {code: cell for code, cell in enumerate(said) if isinstance(cell, tuple)}
        problems = (
            {int(place): wrong[int(codes[place])] for place in np.flatnonzero(np.isin(codes, list(wrong)))} if wrong else {}
        )
        columns = {
            name: AnswerColumn(tuple(None if isinstance(cell, tuple) else cell.get(name) for cell in said), codes)
            for name in self.questions
        }
        return columns, problems

    def left_open(self, cells: Sequence[str]) -> dict[int, Problem]:
        """The notes on questions left open, by the firm's place; of cells that were read."""
        notes = {text: note for text, (note, *_) in self.notes.items() if note.code == LEFT_OPEN}
        return (
            {place: notes[text] for place, cell in enumerate(cells) if (text := clean_cell(cell)) in notes} if notes else {}
        )

    def _parse(self, text: str) -> Cell:
        """What one cell says, its text as :func:`clean_cell` leaves it."""
        if not text:
            return {}
        if is_error(text):
            return (Problem("B105", Place(""), {"value": text}),)
        text, _, beside = text.partition(UNIT_MARK)
        if self._points_asked and _POINT.match(text) and is_number(self.key, self._knowledge):
            number = float(text)
            values: dict[str, object] = {"value": text, "small": plain_number(number), "large": f"{number * 1000:,.0f}"}
            return (Problem("B109", Place(""), values),)
        unit = unit_beside(self.key, beside, self._knowledge) if beside else self._unit
        if isinstance(unit, Problem):
            return (unit,) if text[:1].isdigit() else self.said(text)
        return self.said(in_unit(text, self.key, unit, self._knowledge))

    def said(self, text: str) -> Cell:
        """What a cell says as it stands, in the unit of its question."""
        own = OwnWords(text) if self._joined else own_words(self.key, text, self._knowledge)
        if own.kept:
            self.kept[text] = own.kept
        if own.note:
            self.notes[text] = (own.note,)
            return {}
        try:
            answers = entries_in({self.key: own.text}, "", self._knowledge)
        except AnswersError as error:
            return error.problems
        self.notes |= {text: answers.notes} if answers.notes else {}
        if note := next((beside.note for beside in answers.annotations.values() if beside.note), ""):
            self.kept[text] = note
        return dict(answers.given)


def carried_columns(columns: Mapping[str, AnswerColumn], knowledge: Knowledge) -> Mapping[str, AnswerColumn]:
    """The columns of today's questions, those of retired ones carried over: each combination of answers once."""
    retired = [name for name in columns if name in knowledge.retired]
    if not retired:
        return columns
    targets, reached = list(retired), set[str]()
    while targets:
        name = targets.pop()
        reached.add(name)
        targets += knowledge.retired[name].becomes if name in knowledge.retired else ()
    conditions = [premise for name in retired if (premise := knowledge.retired[name].same_if)]
    beside = {fact for premise in conditions for fact in facts_in(sound_premise(premise, knowledge.facts))}
    reached |= beside & columns.keys()
    involved = [name for name in columns if name in reached]
    table = np.stack([codes for name in involved if (codes := columns[name].codes) is not None])
    combinations, codes = np.unique(table, axis=1, return_inverse=True)
    carried = [_carried(dict(zip(involved, places, strict=True)), columns, knowledge) for places in combinations.T.tolist()]
    fresh = {
        name: AnswerColumn(tuple(answers.get(name) for answers in carried), codes.reshape(-1))
        for name in reached
        if name in knowledge.questions
    }
    return {**{name: column for name, column in columns.items() if name not in retired}, **fresh}


def _carried(places: Mapping[str, int], columns: Mapping[str, AnswerColumn], knowledge: Knowledge) -> Mapping[str, Answer]:
    """One combination of answers, by the place of each in its column, as answers to today's questions."""
    given = {name: answer for name, place in places.items() if (answer := columns[name].answers[place]) is not None}
    return carry_over(given, knowledge, Place)[0]
