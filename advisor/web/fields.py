"""Questions as form fields: what a browser posted becomes answers, and answers become what a field shows.

A question's value comes in the field of its id; where a person types, a second field ``ID.status`` tells "I don't know" and
"does not apply" from a value. A third, ``ID.was``, marks what the field showed when the page was made: what still stands as
it stood then was not touched, and is no answer, whatever has been saved from another window meanwhile. What cannot be read
is given back as it was typed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from advisor.errors import Place, Problem
from advisor.interview import Answer, Answers, parse_answer
from advisor.interview.answers import NOT_APPLICABLE, UNKNOWN
from advisor.knowledge import Knowledge
from advisor.knowledge.answer_types.words import NONE
from advisor.knowledge.schema import Question

STATUSES = ("unknown", "not_applicable")


class Posted(Protocol):
    """Fields as they came, each with any number of values."""

    def getlist(self, key: str) -> list[str]:
        """All values of a field."""

    def __contains__(self, key: object) -> bool: ...


@dataclass(frozen=True)
class Shown:
    """What a question's field shows: chosen values, text, and whether it is not known or does not apply."""

    values: tuple[str, ...] = ()
    text: str = ""
    status: str = ""

    @property
    def mark(self) -> str:
        """A short sign of all that."""
        said = json.dumps([sorted(self.values), self.text, self.status])
        return hashlib.sha256(said.encode()).hexdigest()[:16]


@dataclass
class Reading:
    """What a form said: answers that changed (None: taken back), problems, and what was typed, by question."""

    changes: dict[str, Answer | None] = field(default_factory=dict)
    problems: dict[str, Problem] = field(default_factory=dict)
    typed: dict[str, Shown] = field(default_factory=dict)

    def drop(self, question: str) -> None:
        """Pass over what was said of a question."""
        for found in (self.changes, self.problems, self.typed):
            found.pop(question, None)

    @property
    def marks(self) -> dict[str, str]:
        """The marks of what was read, question by question."""
        return {name: typed.mark for name, typed in self.typed.items() if name not in self.problems}


def shown(question: Question, answer: Answer | None) -> Shown:
    """An answer as its field shows it."""
    if answer is None:
        return Shown()
    if answer.status != "known":
        return Shown((answer.status,), "", answer.status)
    kind = question.answer_type
    return Shown((), kind.in_field(answer.value), "known") if kind.typed else Shown(kind.chosen(answer.value), "", "known")


def read_form(posted: Posted, questions: Sequence[Question], answers: Answers, knowledge: Knowledge) -> Reading:
    """What a form says of some questions. A question without a field stays as it is."""
    reading = Reading()
    for question in questions:
        before = shown(question, answers.given.get(question.id))
        typed = _typed(posted, question, before)
        if typed is None or typed.mark in posted.getlist(f"{question.id}.was"):
            continue
        reading.typed[question.id] = typed
        if typed == before:
            continue
        found = _answer(question, typed, before, knowledge)
        if isinstance(found, Problem):
            reading.problems[question.id] = found
        elif found != answers.given.get(question.id):
            reading.changes[question.id] = found
    return reading


def _typed(posted: Posted, question: Question, before: Shown) -> Shown | None:
    values = tuple(value[:20_000] for value in posted.getlist(question.id))
    status = (posted.getlist(f"{question.id}.status") or [""])[-1]
    if question.answer_type.typed:
        if not values and not status:
            return None
        text = values[0].strip().replace("\r\n", "\n") if values else ""
        if status not in STATUSES:
            return Shown((), text, "known") if text else Shown()
        return Shown((status,), "" if text == before.text else text, status)
    if not values:
        # boxes without a tick are not sent; the form says that it had them
        return Shown() if question.answer_type.several and f"{question.id}.boxes" in posted else None
    single = values[0] if len(values) == 1 else ""
    return Shown(values, "", single if single in STATUSES else "known")


def _answer(question: Question, typed: Shown, before: Shown, knowledge: Knowledge) -> Answer | Problem | None:
    place = Place(question.code)
    if typed.status in STATUSES:
        if typed.text:
            return Problem("A119", place, {"code": question.code, "name": question.id})
        return UNKNOWN if typed.status == "unknown" else NOT_APPLICABLE
    if question.answer_type.several:
        if not typed.values:
            return None
        apart = [value for value in typed.values if value in (*STATUSES, NONE)]
        if apart and len(typed.values) > 1:
            return Problem("A120", place, {"code": question.code, "name": question.id})
        return parse_answer(question, NONE if apart else list(typed.values), knowledge, place)
    if question.answer_type.typed:
        return parse_answer(question, question.answer_type.from_field(typed.text), knowledge, place)
    return parse_answer(question, typed.values[0], knowledge, place)
