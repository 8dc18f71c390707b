"""Answers as they are written down, in a sheet or a database, so that reading them gives the same answers."""

from __future__ import annotations

import json
from typing import Any

from advisor.interview.answers import Answer, Answers
from advisor.knowledge.margins import Margin
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Question
from advisor.text import Text


def plain(question: Question, answer: Answer) -> Any:
    """An answer as plain data (text, number or list) that :func:`~advisor.interview.answer_parsing.parse_answer` reads."""
    if isinstance(answer.value, Margin):
        return str(answer.value)
    return question.answer_type.plain(answer.value) if answer.status == "known" else answer.status


def json_line(answers: Answers, knowledge: Knowledge) -> str:
    """The answers of one firm as one line of JSON, keyed by question id with ``firm`` before; questions without an answer
    are null, so that a line of no answers is a template. :func:`~advisor.interview.answer_files.parse_answers` reads it."""
    given = ((question, answers.given.get(name)) for name, question in knowledge.questions.items())
    entries = {question.id: plain(question, answer) if answer else None for question, answer in given}
    firm = {field: _firm_words(getattr(answers.firm, field)) for field in ("name", "about")}
    return json.dumps({"firm": firm, **entries}, ensure_ascii=False)


def _firm_words(text: Text | None) -> str | dict[str, str] | None:
    if text is None:
        return None
    return text.zh if text.zh == text.en else {"zh": text.zh, "en": text.en}
