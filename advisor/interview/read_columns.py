"""Columns of many firms read together: one column of answers a question, and for each firm what is wrong with its cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from advisor.errors import Place, Problem
from advisor.interview.answer_table import AnswerColumn
from advisor.interview.answers import Answer
from advisor.interview.column_reader import ColumnReader
from advisor.interview.double_columns import conflict
from advisor.interview.headings import Headings


@dataclass(frozen=True)
class ColumnsRead:
    """Some firms by question, with what is wrong and which questions were left open, by the firm's place."""

    questions: dict[str, AnswerColumn] = field(default_factory=dict)
    problems: dict[int, list[Problem]] = field(default_factory=dict)
    left_open: dict[int, list[Problem]] = field(default_factory=dict)


def read_columns(
    headings: Headings, readers: Mapping[int, ColumnReader], cells_of: Callable[[int], Sequence[str]]
) -> ColumnsRead:
    """The columns of some firms; ``cells_of`` gives the cells of one, as the file has them."""
    read, texts = ColumnsRead(), dict[int, Sequence[str]]()
    for column, reader in readers.items():
        texts[column] = cells = cells_of(column)
        answers, problems = reader.read(cells)
        for name, found in answers.items():
            if column in headings.doubles and name in read.questions:
                read.questions[name], apart = _together(read.questions[name], found)
                for place in apart:
                    said = {at: texts[at][place] for at in (*headings.asked_before(column), column)}
                    read.problems.setdefault(place, []).append(conflict(headings, column, said, Place("")))
            else:
                read.questions[name] = found
        for place, note in reader.left_open(cells).items():
            read.left_open.setdefault(place, []).append(note)
        for place, found_problems in problems.items():
            read.problems.setdefault(place, []).extend(found_problems)
    return read


def _together(first: AnswerColumn, second: AnswerColumn) -> tuple[AnswerColumn, list[int]]:
    """Two columns of one question as one, and the places at which they differ."""
    assert first.codes is not None and second.codes is not None
    pairs, codes = np.unique(np.stack([first.codes, second.codes]), axis=1, return_inverse=True)
    codes, answers, apart = codes.reshape(-1), list[Answer | None](), list[int]()
    for number, (one, other) in enumerate(pairs.T.tolist()):
        said, also = first.answers[one], second.answers[other]
        answers.append(also if said is None else said)
        if None not in (said, also) and said != also:
            apart.append(number)
    return AnswerColumn(tuple(answers), codes), np.flatnonzero(np.isin(codes, apart)).tolist()
