"""Answers of any number of firms by question: different answers stand once each, every firm points at its own.

Enters: sheets of answers, or one sheet with changes to try. Leaves: :class:`AnswerTable`, which inference reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.interview.answers import Answer, Answers

Codes = NDArray[np.int64]


@dataclass(frozen=True)
class AnswerColumn:
    """The answers to one question: ``codes`` has for each firm the place of its answer in ``answers``; without codes
    every firm gave the first. None is no answer at all."""

    answers: tuple[Answer | None, ...]
    codes: Codes | None = None

    def answer(self, firm: int) -> Answer | None:
        """What one firm answered."""
        return self.answers[0 if self.codes is None else self.codes[firm]]


@dataclass(frozen=True)
class AnswerTable:
    """Some firms by question; a question that is not here is unanswered by all."""

    size: int
    columns: Mapping[str, AnswerColumn]

    def __len__(self) -> int:
        return self.size

    @classmethod
    def of(cls, firms: Sequence[Answers]) -> AnswerTable:
        """The table of some sheets, in their order."""
        sheets = [firm.given for firm in firms]
        if len(sheets) == 1:
            return cls(1, {name: AnswerColumn((answer,)) for name, answer in sheets[0].items()})
        questions = dict.fromkeys(name for sheet in sheets for name in sheet)
        return cls(len(sheets), {name: _column([sheet.get(name) for sheet in sheets]) for name in questions})

    @classmethod
    def with_changes(cls, sheet: Answers, changes: Sequence[Mapping[str, Answer]]) -> AnswerTable:
        """The same sheet once for each set of changes, with these answers in place of its own."""
        columns = {name: AnswerColumn((answer,)) for name, answer in sheet.given.items()}
        for name in dict.fromkeys(name for changed in changes for name in changed):
            before = sheet.given.get(name)
            columns[name] = _column([changed.get(name, before) for changed in changes])
        return cls(len(changes), columns)

    def only(self, firm: int) -> AnswerTable:
        """The table of one of the firms."""
        answers = {name: column.answer(firm) for name, column in self.columns.items()}
        return AnswerTable(1, {name: AnswerColumn((answer,)) for name, answer in answers.items() if answer is not None})


def _column(answers: Sequence[Answer | None]) -> AnswerColumn:
    codes = {answer: code for code, answer in enumerate(dict.fromkeys(answers))}
    if len(codes) == 1:
        return AnswerColumn(tuple(codes))
    return AnswerColumn(tuple(codes), np.fromiter(map(codes.__getitem__, answers), np.int64, len(answers)))
