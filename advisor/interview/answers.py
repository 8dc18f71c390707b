"""What a firm answered. Known, known within bounds, unknown, not applicable and unanswered are five different things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from advisor.errors import Problem
from advisor.knowledge.answer_types import AnswerValue
from advisor.knowledge.margins import Margin
from advisor.knowledge.premises import Truth, Value
from advisor.text import Text

Status = Literal["known", "within", "unknown", "not_applicable"]


class Answer(NamedTuple):
    """One answer. ``value`` is what the question's type makes of it, a margin where it is known within bounds; None where it
    is not known."""

    status: Status
    value: AnswerValue | None = None


UNKNOWN = Answer("unknown")
NOT_APPLICABLE = Answer("not_applicable")


@dataclass(frozen=True)
class Firm:
    """Who answered: a name for the report's cover and a line about the firm, in one language or two; either may be None."""

    name: Text | None = None
    about: Text | None = None


@dataclass(frozen=True)
class Answers:
    """The answers of one firm by question id; a question that is not here is unanswered.

    ``notes`` say what was carried over from questions and steps of earlier versions.
    """

    given: Mapping[str, Answer] = field(default_factory=dict)
    firm: Firm = Firm()
    notes: tuple[Problem, ...] = field(default=(), compare=False)

    def value(self, fact: str) -> Value | None:
        """The known value of a question, None where there is none."""
        answer = self.given.get(fact)
        if answer is None or answer.status != "known" or isinstance(answer.value, tuple | Margin):
            return None
        return answer.value

    def margin(self, fact: str) -> Margin | None:
        """The bounds within which the answer to a question lies, None where it is known exactly or not at all."""
        answer = self.given.get(fact)
        return answer.value if answer is not None and isinstance(answer.value, Margin) else None

    def unknown(self, fact: str) -> Truth:
        """Whether the firm was asked and does not know; None where it was not answered at all."""
        answer = self.given.get(fact)
        return None if answer is None else answer.status == "unknown"

    def applies(self, fact: str) -> bool:
        """Whether the firm did not say that the question does not apply to it."""
        answer = self.given.get(fact)
        return answer is None or answer.status != "not_applicable"

    def found(self, finding: str) -> Truth:
        """Answers alone conclude nothing."""
        return None

    def with_answer(self, question: str, answer: Answer | None) -> Answers:
        """The same answers with one changed, or removed where ``answer`` is None."""
        given = {name: old for name, old in self.given.items() if name != question}
        return Answers({**given, question: answer} if answer else given, self.firm, self.notes)
