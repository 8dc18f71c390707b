"""Answers as they are written down, in a sheet or a database, so that reading them gives the same answers."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Collection
from typing import Any

from advisor.interview.answers import Answer, Answers
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Question
from advisor.text import Text

NONE = "none"
UNKNOWN_WORDS = {"unknown", "don't know", "dont know", "i don't know", "?", "不知道", "不清楚"}
NOT_APPLICABLE_WORDS = {"not_applicable", "not applicable", "n/a", "na", "不适用"}


def alike(text: str) -> str:
    """Words as they are compared: wide and narrow signs, large and small letters, count as the same.

    >>> alike(" ＥＲＰ ")
    'erp'
    """
    return unicodedata.normalize("NFKC", text).strip().lower()


def plain(question: Question, answer: Answer) -> Any:
    """An answer as plain data (text, number or list) that :func:`~advisor.interview.reading.parse_answer` reads back."""
    return answer.status if answer.status != "known" else plain_value(question, answer.value)


def plain_value(question: Question, value: Any) -> Any:
    """A known value as plain data; a percentage below 1 with its sign, since a bare 0.5 might mean a half."""
    if isinstance(value, Collection) and not isinstance(value, str):
        return (sorted(value) if isinstance(value, frozenset) else list(value)) or NONE
    if question.type == "percent" and 0 < value < 1:
        return f"{value:.12g} %"
    return int(value) if isinstance(value, float) and value.is_integer() else value


def json_line(answers: Answers, knowledge: Knowledge) -> str:
    """The answers of one firm as one line of JSON, keyed by question id with ``firm`` before; questions without an answer
    are null, so that a line of no answers is a template. :func:`~advisor.interview.reading.parse_answers` reads it back."""
    given = ((question, answers.given.get(name)) for name, question in knowledge.questions.items())
    entries = {question.id: plain(question, answer) if answer else None for question, answer in given}
    firm = {field: _firm_words(getattr(answers.firm, field)) for field in ("name", "about")}
    return json.dumps({"firm": firm, **entries}, ensure_ascii=False)


def _firm_words(text: Text | None) -> str | dict[str, str] | None:
    if text is None:
        return None
    return text.zh if text.zh == text.en else {"zh": text.zh, "en": text.en}
