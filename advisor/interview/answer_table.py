"""Answers of any number of firms by question: different answers stand once each, every firm points at its own.

Enters: sheets of answers, or one sheet with changes to try. Leaves: :class:`AnswerTable`, which inference reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from advisor.interview.answers import Answer, Answers

Codes = NDArray[np.int64]


@dataclass(frozen=True)
class AnswerColumn:
    """The answers to one question: ``codes`` has for each firm the place of its answer in ``answers``; without codes
    every firm gave the first. None is no answer at all."""

    answers: tuple[Answer | None, ...] = (None,)
    codes: Codes | None = None

    def answer(self, firm: int) -> Answer | None:
        """What one firm answered."""
        return self.answers[0 if self.codes is None else self.codes[firm]]


@dataclass(frozen=True)
class AnswerTable:
    """Some firms by question; the column of a question is made when it is first asked for."""

    size: int
    _read: Callable[[str], AnswerColumn]
    _columns: dict[str, AnswerColumn] = field(default_factory=dict)

    def __len__(self) -> int:
        return self.size

    def column(self, question: str) -> AnswerColumn:
        """What the firms answered to a question."""
        column = self._columns.get(question)
        if column is None:
            column = self._columns[question] = self._read(question)
        return column

    @classmethod
    def of(cls, firms: Sequence[Answers]) -> AnswerTable:
        """The table of some sheets, in their order."""
        sheets = [firm.given for firm in firms]
        return cls(len(sheets), lambda question: _column([sheet.get(question) for sheet in sheets]))

    @classmethod
    def of_columns(cls, size: int, columns: Mapping[str, AnswerColumn]) -> AnswerTable:
        """The table with these columns; a question that is not among them is unanswered by all."""
        return cls(size, lambda question: columns.get(question) or AnswerColumn())

    @classmethod
    def with_changes(cls, sheet: Answers, changes: Sequence[Mapping[str, Answer]]) -> AnswerTable:
        """The same sheet once for each set of changes, with these answers in place of its own."""
        changed = {name for change in changes for name in change}

        def read(question: str) -> AnswerColumn:
            answer = sheet.given.get(question)
            if question not in changed:
                return AnswerColumn((answer,))
            return _column([change.get(question, answer) for change in changes])

        return cls(len(changes), read)

    @classmethod
    def with_columns(cls, sheet: Answers, size: int, columns: Mapping[str, AnswerColumn]) -> AnswerTable:
        """The same sheet ``size`` times over, with these columns in place of its own answers."""
        return cls(size, lambda question: columns.get(question) or AnswerColumn((sheet.given.get(question),)))

    def only(self, firm: int) -> AnswerTable:
        """The table of one of the firms."""
        return AnswerTable(1, lambda question: AnswerColumn((self.column(question).answer(firm),)))


def _column(answers: Sequence[Answer | None]) -> AnswerColumn:
    codes: dict[Answer | None, int] = {}
    found = [codes.setdefault(answer, len(codes)) for answer in answers]
    return AnswerColumn(tuple(codes), np.array(found, np.int64) if len(codes) != 1 else None)
