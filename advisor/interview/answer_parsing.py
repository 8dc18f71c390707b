"""One value, as people write it, brought to an answer that its question allows, or refused with the reason."""

from __future__ import annotations

from typing import Any

from advisor.errors import InputError, Place, Problem
from advisor.interview.answers import NOT_APPLICABLE, UNKNOWN, Answer
from advisor.knowledge.answer_types import RefusedError
from advisor.knowledge.answer_types.shared.words import (
    LEFT_OPEN,
    MAX_TEXT,
    NOT_APPLICABLE_WORDS,
    UNKNOWN_WORDS,
    seen,
    word_of,
)
from advisor.knowledge.margins import Margin
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Question
from advisor.text import Text, single_line


def parse_answer(question: Question, value: Any, knowledge: Knowledge, place: Place) -> Answer | Problem | None:
    """The answer that ``value`` is to ``question``, None for a blank, or the problem that says why it is none."""
    try:
        return answer_to(question, value, knowledge)
    except RefusedError as refused:
        return Problem(refused.code, place, {"code": question.code, "name": question.id, **refused.values})


def answer_to(question: Question, value: Any, knowledge: Knowledge) -> Answer | None:
    """The answer that ``value`` is, None for a blank. Raises :class:`RefusedError` where it is none."""
    if value is None or value == "" or value == []:
        return None
    fact = knowledge.facts[question.id]
    if isinstance(value, str):
        value, typed = seen(value), value
        word = word_of(value)
        if fact.type.free and typed.strip() and not value.strip():
            return Answer("known", fact.type.read(fact, value))
        if not value.strip() or (word in LEFT_OPEN and word not in fact.values):
            return None
        if word in UNKNOWN_WORDS and word not in fact.values:
            return UNKNOWN
        if word in NOT_APPLICABLE_WORDS:
            return NOT_APPLICABLE
    read = fact.type.read(fact, value)
    return Answer("within" if isinstance(read, Margin) else "known", read)


def split(value: Any, count: int) -> list[Any]:
    """A value given to several questions of one code, apart: a list, or parts between strokes."""
    if isinstance(value, list):
        return value
    if isinstance(value, str) and count > 1:
        return [part.strip() for part in value.split("/")]
    return [value]


def firm_name(typed: str) -> Text | None:
    """A firm's name as typed, None for a blank. Raises :class:`~advisor.errors.InputError` for one that is too long."""
    name = single_line(typed.encode("utf-8", "replace").decode("utf-8"))
    if len(name) > MAX_TEXT:
        raise InputError("bad_firm_name", limit=MAX_TEXT)
    return Text(zh=name, en=name) if name else None
