"""Answers of any number of firms by question: different answers stand once each, every firm points at its own.

Enters: sheets of answers, or one sheet with changes to try. Leaves: :class:`AnswerTable`, which inference reads.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from advisor.interview.answers import Answer, Answers

Codes = NDArray[np.integer[Any]]


@dataclass(frozen=True)
class AnswerColumn:
    """The answers to one question: ``codes`` has for each firm the place of its answer in ``answers``; without codes
    every firm gave the first. None is no answer at all."""

    answers: tuple[Answer | None, ...] = (None,)
    codes: Codes | None = None

    def answer(self, firm: int) -> Answer | None:
        """What one firm answered."""
        return self.answers[0 if self.codes is None else self.codes[firm]]

    def codes_of(self, size: int) -> Codes:
        """The place of each answer of ``size`` firms."""
        return np.zeros(size, np.int32) if self.codes is None else self.codes


@dataclass(frozen=True)
class AnswerTable:
    """Some firms by question: the answers all of them share, and the columns of questions that they answer differently."""

    size: int
    shared: Mapping[str, Answer] = field(default_factory=dict)
    columns: Mapping[str, AnswerColumn] = field(default_factory=dict)

    def __len__(self) -> int:
        return self.size

    def column(self, question: str) -> AnswerColumn:
        """What the firms answered to a question."""
        return self.columns.get(question) or AnswerColumn((self.shared.get(question),))

    def sheet(self, firm: int) -> Mapping[str, Answer]:
        """What one firm answered, by question."""
        if not self.columns:
            return self.shared
        answers = {**self.shared, **{question: column.answer(firm) for question, column in self.columns.items()}}
        return {question: answer for question, answer in answers.items() if answer is not None}

    def only(self, firm: int) -> AnswerTable:
        """The table of one of the firms."""
        return AnswerTable(1, self.sheet(firm))

    def followed_by(self, other: AnswerTable) -> AnswerTable:
        """The firms of this table and then those of another, made from the same sheet."""
        columns = {}
        for question in dict.fromkeys((*self.columns, *other.columns)):
            first, second = self.column(question), other.column(question)
            codes = [first.codes_of(self.size), len(first.answers) + second.codes_of(other.size)]
            columns[question] = AnswerColumn((*first.answers, *second.answers), np.concatenate(codes))
        return AnswerTable(self.size + other.size, self.shared, columns)

    @classmethod
    def of(cls, firms: Sequence[Answers]) -> AnswerTable:
        """The table of some sheets, in their order."""
        if len(firms) == 1:
            return cls(1, firms[0].given)
        return cls.with_changes(Answers(), [firm.given for firm in firms])

    @classmethod
    def of_columns(cls, size: int, columns: Mapping[str, AnswerColumn]) -> AnswerTable:
        """The table with these columns; a question that is not among them is unanswered by all."""
        return cls(size, columns=columns)

    @classmethod
    def with_changes(cls, sheet: Answers, changes: Sequence[Mapping[str, Answer]]) -> AnswerTable:
        """The same sheet once for each set of changes, with these answers in place of its own."""
        return cls(len(changes), sheet.given, _columns(sheet.given, changes))

    @classmethod
    def with_columns(cls, sheet: Answers, size: int, columns: Mapping[str, AnswerColumn]) -> AnswerTable:
        """The same sheet ``size`` times over, with these columns in place of its own answers."""
        return cls(size, sheet.given, columns)


def _columns(shared: Mapping[str, Answer], changes: Sequence[Mapping[str, Answer]]) -> dict[str, AnswerColumn]:
    """A column of each question that some firm answers anew; code 0 is the answer shared by those that do not.

    Every answer is looked at once, firm by firm, as it lies in memory.
    """
    numbers: defaultdict[tuple[str, Answer], int] = defaultdict(itertools.count().__next__)
    pairs = itertools.chain.from_iterable(change.items() for change in changes)
    pair_of = np.fromiter(map(numbers.__getitem__, pairs), np.int64)
    firm_of = np.repeat(np.arange(len(changes)), np.fromiter(map(len, changes), np.int64, len(changes)))
    answers: dict[str, list[Answer | None]] = {}
    codes = np.empty(len(numbers), np.int32)
    for number, (question, answer) in enumerate(numbers):
        column = answers.setdefault(question, [shared.get(question)])
        codes[number] = len(column)
        column.append(answer)
    rows = {question: row for row, question in enumerate(answers)}
    row_of = np.array([rows[question] for question, _ in numbers], np.int64)
    table = np.zeros((len(answers), len(changes)), np.int32)
    table[row_of[pair_of], firm_of] = codes[pair_of]
    return {question: AnswerColumn(tuple(column), table[row]) for row, (question, column) in enumerate(answers.items())}
