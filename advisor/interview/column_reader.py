"""Reads a table of firms column by column, into the columns that inference takes.

A cell that was read once is not read again, so a column costs little more than its different cells.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np

from advisor.errors import AnswersError, Place, Problem
from advisor.interview.answer_table import AnswerColumn
from advisor.interview.answers import Answer
from advisor.interview.reading import parse_entries
from advisor.knowledge.model import Knowledge
from advisor.tables import ERRORS, unguarded

KEPT = 200_000
"""How many different cells of a column are remembered."""
Cell = dict[str, Answer] | tuple[Problem, ...]
"""What a cell says: answers by question, or what is wrong with it."""


class ColumnReader:
    """Reads the cells of one column, headed by a question's id or a code."""

    def __init__(self, key: str, knowledge: Knowledge) -> None:
        self.key, self._knowledge = key, knowledge
        self.questions = (key,) if key in knowledge.questions else knowledge.codes[key]
        self.cell = functools.lru_cache(KEPT)(self._parse)

    def read(self, cells: Sequence[str]) -> tuple[dict[str, AnswerColumn], dict[int, tuple[Problem, ...]]]:
        """The column by question, and the problems of the cells that are no answers by the firm's place."""
        index = {text: code for code, text in enumerate(dict.fromkeys(cells))}
        codes = np.fromiter(map(index.__getitem__, cells), np.int64, len(cells))
        said = [self.cell(text) for text in index]
        wrong = {code: cell for code, cell in enumerate(said) if isinstance(cell, tuple)}
        problems = (
            {int(place): wrong[int(codes[place])] for place in np.flatnonzero(np.isin(codes, list(wrong)))} if wrong else {}
        )
        columns = {
            name: AnswerColumn(tuple(None if isinstance(cell, tuple) else cell.get(name) for cell in said), codes)
            for name in self.questions
        }
        return columns, problems

    def _parse(self, text: str) -> Cell:
        """What one cell says."""
        if not text:
            return {}
        if text in ERRORS:
            return (Problem("B105", Place(""), {"value": text}),)
        try:
            return dict(parse_entries({self.key: unguarded(text.strip())}, "", self._knowledge))
        except AnswersError as error:
            return error.problems
