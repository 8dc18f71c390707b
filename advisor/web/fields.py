"""Questions as form fields: a posted form becomes answers, and answers become the values of fields.

A question's value comes in the field of its id; where a person types, a second field ``ID.status`` tells "I don't know" and
"does not apply" from a value. A third, ``ID.was``, holds the fingerprint of the value the page was rendered with: a field
that still has that value was not touched, and is no answer, whatever another window has saved meanwhile. What cannot be read
is shown again as it was typed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from advisor.errors import Place, Problem
from advisor.interview import Answer, Answers, parse_answer
from advisor.interview.annotations import TYPED, read_annotation, with_words
from advisor.interview.answers import NOT_APPLICABLE, UNKNOWN, Annotation
from advisor.knowledge import Knowledge
from advisor.knowledge.answer_types.shared.words import NONE
from advisor.knowledge.margins import Margin
from advisor.knowledge.schema import Question

STATUSES = ("unknown", "not_applicable")


class PostedForm(Protocol):
    """The fields of a form, each with any number of values."""

    def getlist(self, key: str) -> list[str]:
        """All values of a field."""

    def __contains__(self, key: object) -> bool: ...


@dataclass(frozen=True)
class FieldValue:
    """What a question's field shows: chosen values, text, and whether it is not known or does not apply."""

    values: tuple[str, ...] = ()
    text: str = ""
    status: str = ""

    @property
    def fingerprint(self) -> str:
        """A short hash of all that."""
        content = json.dumps([sorted(self.values), self.text, self.status])
        return hashlib.sha256(content.encode()).hexdigest()[:16]


@dataclass
class FormInput:
    """The content of a form by question: changed answers (None: deleted), what stands beside answers anew, problems, and the
    values of the fields."""

    changes: dict[str, Answer | None] = field(default_factory=dict)
    annotations: dict[str, Annotation] = field(default_factory=dict)
    problems: dict[str, Problem] = field(default_factory=dict)
    values: dict[str, FieldValue] = field(default_factory=dict)
    typed_beside: dict[str, Annotation] = field(default_factory=dict)
    """What was written beside answers and could not be read."""

    def drop(self, question: str) -> None:
        """Ignore what was entered for a question."""
        for by_question in (self.changes, self.annotations, self.problems, self.values):
            by_question.pop(question, None)

    @property
    def fingerprints(self) -> dict[str, str]:
        """The fingerprints of the values that could be read, by question."""
        return {name: value.fingerprint for name, value in self.values.items() if name not in self.problems}


def field_value(question: Question, answer: Answer | None) -> FieldValue:
    """An answer as its field shows it."""
    if answer is None:
        return FieldValue()
    kind = question.answer_type
    if isinstance(answer.value, Margin):
        return FieldValue((), str(answer.value), "known") if kind.typed else FieldValue((str(answer.value),), "", "known")
    if answer.status != "known":
        return FieldValue((answer.status,), "", answer.status)
    if kind.typed:
        return FieldValue((), kind.in_field(answer.value), "known")
    return FieldValue(kind.chosen(answer.value), "", "known")


def read_form(form: PostedForm, questions: Sequence[Question], answers: Answers, knowledge: Knowledge) -> FormInput:
    """The content of a form on some questions. A question without a field stays as it is."""
    form_input = FormInput()
    for question in questions:
        _read_beside(form, question, answers, form_input)
        saved = field_value(question, answers.given.get(question.id))
        value = _posted_value(form, question, saved)
        if value is None or value.fingerprint in form.getlist(f"{question.id}.was"):
            continue
        form_input.values[question.id] = value
        if value == saved:
            continue
        answer = _parse(question, value, knowledge)
        if isinstance(answer, Problem):
            form_input.problems[question.id] = answer
        elif answer != answers.given.get(question.id):
            form_input.changes[question.id] = answer
            beside = form_input.annotations.get(question.id) or answers.annotations.get(question.id) or Annotation()
            form_input.annotations[question.id] = with_words(replace(beside, words=""), answer, value.text or None)
    return form_input


def beside_fingerprint(annotation: Annotation | None) -> str:
    """A short hash of what a person wrote beside an answer."""
    content = json.dumps([getattr(annotation or Annotation(), name) for name in TYPED])
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _read_beside(form: PostedForm, question: Question, answers: Answers, form_input: FormInput) -> None:
    """What was written beside an answer, where the form has fields for it and it was touched since its page was made."""
    if f"{question.id}.note" not in form:
        return
    saved = answers.annotations.get(question.id) or Annotation()
    raw = {name: (form.getlist(f"{question.id}.{name}") or [""])[-1][:20_000] for name in TYPED}
    names = {"code": question.code, "name": question.id}
    problems = list[Problem]()
    read = read_annotation(
        raw, lambda code, **values: problems.append(Problem(code, Place(question.code), {**names, **values}))
    )
    annotation = replace(read, words=saved.words)
    if problems:
        form_input.problems[question.id] = problems[0]
        form_input.typed_beside[question.id] = Annotation(**raw)
    elif beside_fingerprint(annotation) not in form.getlist(f"{question.id}.note.was") and annotation != saved:
        form_input.annotations[question.id] = annotation


def _posted_value(form: PostedForm, question: Question, saved: FieldValue) -> FieldValue | None:
    values = tuple(value[:20_000] for value in form.getlist(question.id))
    status = (form.getlist(f"{question.id}.status") or [""])[-1]
    if question.answer_type.typed:
        if not values and not status:
            return None
        text = values[0].strip().replace("\r\n", "\n") if values else ""
        if status not in STATUSES:
            return FieldValue((), text, "known") if text else FieldValue()
        return FieldValue((status,), "" if text == saved.text else text, status)
    if not values:
        # unticked boxes are not sent; ``ID.boxes`` says that the form had them
        return FieldValue() if question.answer_type.several and f"{question.id}.boxes" in form else None
    single = values[0] if len(values) == 1 else ""
    return FieldValue(values, "", single if single in STATUSES else "known")


def _parse(question: Question, value: FieldValue, knowledge: Knowledge) -> Answer | Problem | None:
    place = Place(question.code)
    if value.status in STATUSES:
        if value.text:
            return Problem("A119", place, {"code": question.code, "name": question.id})
        return UNKNOWN if value.status == "unknown" else NOT_APPLICABLE
    if question.answer_type.several:
        if not value.values:
            return None
        exclusive = [choice for choice in value.values if choice in (*STATUSES, NONE)]
        if exclusive and len(value.values) > 1:
            return Problem("A120", place, {"code": question.code, "name": question.id})
        return parse_answer(question, NONE if exclusive else list(value.values), knowledge, place)
    if question.answer_type.typed:
        return parse_answer(question, question.answer_type.from_field(value.text), knowledge, place)
    return parse_answer(question, value.values[0], knowledge, place)
