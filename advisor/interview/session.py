"""One interview: which question comes next, back, and how far along it is, honest under skip logic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.interview.answers import Answer, Answers
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Question


def applies(question: Question, answers: Answers, knowledge: Knowledge) -> bool:
    """Whether the question makes sense for this firm. While an answer it depends on is missing, it does."""
    premise = knowledge.asked_if.get(question.id)
    return premise is None or premise.holds(answers) is not False


@dataclass(frozen=True)
class Progress:
    """How many of the questions that apply have been answered (known, unknown or not applicable)."""

    answered: int
    total: int

    @property
    def share(self) -> float:
        """Answered share, 0 to 1; 1 where nothing is asked."""
        return self.answered / self.total if self.total else 1.0


def progress(questions: Sequence[Question], answers: Answers, knowledge: Knowledge) -> Progress:
    """Progress over ``questions``; questions that skip logic leaves out count in neither number."""
    asked = [q for q in questions if applies(q, answers, knowledge)]
    return Progress(sum(q.id in answers.given for q in asked), len(asked))


class Session:
    """Walks through an edition. Holds the answers so far and the question being asked; saving is the caller's."""

    def __init__(self, knowledge: Knowledge, edition: str, answers: Answers | None = None) -> None:
        self.knowledge = knowledge
        self.questions = knowledge.edition_questions(edition)
        self.answers = answers or Answers()
        self._position = 0
        if self.answers.given:
            self._position = self._next_open(0)

    @property
    def current(self) -> Question | None:
        """The question to ask now, None when all are done."""
        return self.questions[self._position] if self._position < len(self.questions) else None

    @property
    def progress(self) -> Progress:
        """How far along the interview is."""
        return progress(self.questions, self.answers, self.knowledge)

    def answer(self, answer: Answer | None) -> None:
        """Record the answer to the current question (None: leave it unanswered) and move on."""
        question = self.current
        assert question is not None, "the interview is over"
        self.answers = self.answers.with_answer(question.id, answer)
        self._position = self._forward(self._position + 1)

    def back(self) -> bool:
        """Return to the question before; False at the first."""
        for position in range(self._position - 1, -1, -1):
            if applies(self.questions[position], self.answers, self.knowledge):
                self._position = position
                return True
        return False

    def _forward(self, position: int) -> int:
        while position < len(self.questions):
            if applies(self.questions[position], self.answers, self.knowledge):
                return position
            position += 1
        return position

    def _next_open(self, position: int) -> int:
        position = self._forward(position)
        while position < len(self.questions) and self.questions[position].id in self.answers.given:
            position = self._forward(position + 1)
        return position
