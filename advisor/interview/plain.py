"""Answers as they are written down, in a sheet or a database, so that reading them gives the same answers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from advisor.interview.answers import Answer
from advisor.knowledge.schema import Question

NONE = "none"


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
