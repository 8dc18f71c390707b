"""What a firm's moves make of the facts that are read off its project: every combination that matters, worked out at once.

Money, IT staff and people are held against what a project asks for, and a linear condition over single moves cannot say
how. A firm has few moves that bear on these facts, so all their combinations are worked out as firms of a table.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.inference.column_engine import column_engine
from advisor.inference.facts import FactTable
from advisor.interview.answer_table import AnswerTable
from advisor.interview.answers import Answer, Answers
from advisor.knowledge.margins import Margin
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import Value
from advisor.knowledge.questions_behind import questions_behind


@dataclass(frozen=True)
class ProjectChoices:
    """The least and the greatest step of a fact for every combination of moves of some questions: an axis a question, place
    0 for no move."""

    questions: tuple[str, ...]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def combinations(self) -> dict[int | Margin, list[tuple[int, ...]]]:
        """The combinations, as places along the axes, by the step they lead to, or the steps it lies between."""
        by_step: dict[int | Margin, list[tuple[int, ...]]] = {}
        for places, low in np.ndenumerate(self.low):
            high = float(self.high[places])
            step = int(low) if low == high else Margin(float(low), high, whole=True)
            by_step.setdefault(step, []).append(places)
        return by_step


def project_choices(
    knowledge: Knowledge, answers: Answers, reachable: Mapping[str, Sequence[Value]]
) -> dict[str, ProjectChoices]:
    """By project fact what the values that moves bring answers to make of it; facts that none changes are left out."""
    names = knowledge.project_facts
    behind = {question for name in names for question in questions_behind(knowledge, name)}
    movable = [question for question in reachable if question in behind]
    if not movable:
        return {}
    options = [[{}, *({question: Answer("known", value)} for value in reachable[question])] for question in movable]
    changes = [{name: a for part in parts for name, a in part.items()} for parts in itertools.product(*options)]
    facts = FactTable(knowledge, AnswerTable.with_changes(answers, changes))
    steps = column_engine(knowledge, (), names).today(facts).steps()
    shape = [len(line) for line in options]
    whole = {
        name: _bare(ProjectChoices(tuple(movable), steps[name].low.reshape(shape), steps[name].high.reshape(shape)))
        for name in names
    }
    return {name: choices for name, choices in whole.items() if choices.questions}


def _bare(choices: ProjectChoices) -> ProjectChoices:
    """Without the questions whose moves change nothing."""
    questions, ends = list(choices.questions), np.stack([choices.low, choices.high])
    for axis in reversed(range(len(questions))):
        if np.array_equal(ends, np.broadcast_to(np.take(ends, [0], axis=axis + 1), ends.shape)):
            ends = np.take(ends, 0, axis=axis + 1)
            del questions[axis]
    return ProjectChoices(tuple(questions), ends[0], ends[1])
