"""An interview that asks only what matters: the most telling question first, until the verdict can no longer change."""

from __future__ import annotations

from advisor.assessment.next_question import questions_to_ask
from advisor.assessment.outlook import VerdictOutlook, verdict_outlook
from advisor.interview.answers import Answer, Answers
from advisor.interview.session import Progress, applies
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Question


class AdaptiveSession:
    """Walks through an edition in the order of what each answer may be expected to settle.

    It is over (``current`` is None) once the verdict is settled, or no question left to ask can change it. A question left
    without an answer is set aside and not asked again.
    """

    def __init__(self, knowledge: Knowledge, edition: str, answers: Answers | None = None) -> None:
        self.knowledge = knowledge
        self.questions = knowledge.edition_questions(edition)
        self.answers = answers or Answers()
        self._asked: list[str] = []
        self._set_aside: set[str] = set()
        self._find_next()

    def _find_next(self) -> None:
        among = [question.id for question in self.questions]
        self.outlook: VerdictOutlook = verdict_outlook(self.knowledge, self.answers)
        self._left = questions_to_ask(self.knowledge, self.answers, self.outlook, among, self._set_aside)
        self._current = next(iter(self._left), None)

    @property
    def current(self) -> Question | None:
        """The question to ask now, None when no more can change the verdict."""
        return self.knowledge.questions[self._current] if self._current else None

    @property
    def progress(self) -> Progress:
        """Questions answered so far, and those that could still matter as things stand."""
        answered = sum(q.id in self.answers.given for q in self.questions)
        return Progress(answered, answered + len(self._left))

    @property
    def spared(self) -> int:
        """Questions of the edition that apply to the firm and need no answer for this verdict."""
        return sum(applies(q, self.answers, self.knowledge) and q.id not in self.answers.given for q in self.questions)

    def answer(self, answer: Answer | None) -> None:
        """Record the answer to the current question (None: set it aside) and look for the next."""
        question = self.current
        assert question is not None, "the interview is over"
        self.answers = self.answers.with_answer(question.id, answer)
        self._asked.append(question.id)
        if answer is None:
            self._set_aside.add(question.id)
        self._find_next()

    def back(self) -> bool:
        """Return to the question before; False at the first."""
        if not self._asked:
            return False
        self._current = self._asked.pop()
        self._set_aside.discard(self._current)
        return True
