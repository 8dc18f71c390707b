"""Answers as they are written down, in a sheet or a database, so that reading them gives the same answers."""

from __future__ import annotations

import json
from typing import Any

from advisor.interview.annotations import record
from advisor.interview.answers import Annotation, Answer, Answers, Author, Decision, Lines, Ruling, View, Views
from advisor.knowledge.margins import Margin
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Question
from advisor.text import Text


def plain(question: Question, answer: Answer) -> Any:
    """An answer as plain data (text, number or list) that :func:`~advisor.interview.answer_parsing.parse_answer` reads."""
    if isinstance(answer.value, Margin):
        return str(answer.value)
    return question.answer_type.plain(answer.value) if answer.status == "known" else answer.status


def annotated(question: Question, answer: Answer | None, annotation: Annotation | None) -> Any:
    """As :func:`plain`, with what stands beside the answer where there is something; None where there is neither."""
    return record(plain(question, answer) if answer else None, annotation)


def plain_answers(answers: Answers, knowledge: Knowledge) -> dict[str, Any]:
    """All answers of a sheet as plain data, with what stands beside them, in the order they were given; questions that are
    only annotated come last."""
    asked = dict.fromkeys((*answers.given, *(name for name in answers.annotations if name in knowledge.questions)))
    return {n: annotated(knowledge.questions[n], answers.given.get(n), answers.annotation(n)) for n in asked}


def json_line(answers: Answers, knowledge: Knowledge) -> str:
    """The answers of one firm as one line of JSON, keyed by question id with ``firm`` before, ``line_b`` where there is a
    second line of business, ``by`` and ``views`` where the sheet says who filled it in; questions without an answer are
    null, so that a line of no answers is a template. :func:`~advisor.interview.answer_files.parse_answers` reads it.
    """
    entries = {
        name: annotated(question, answers.given.get(name), answers.annotation(name))
        for name, question in knowledge.questions.items()
    }
    firm = {field: _firm_words(getattr(answers.firm, field)) for field in ("name", "about")}
    line_b = plain_line(answers.lines, knowledge) if answers.lines else None
    by = {"by": plain_author(answers.author)} if answers.author and not answers.views else {}
    views = {"views": plain_views(answers.views, knowledge)} if answers.views else {}
    heads = {"firm": firm, **({"line_b": line_b} if line_b else {}), **by, **views}
    return json.dumps({**heads, **entries}, ensure_ascii=False)


def plain_line(lines: Lines, knowledge: Knowledge) -> dict[str, Any]:
    """What a second line of business answers otherwise, and its name, as the part ``line_b`` of a sheet."""
    asked = dict.fromkeys((*lines.other, *lines.annotations))
    answers = {n: annotated(knowledge.questions[n], lines.other.get(n), lines.annotations.get(n)) for n in asked}
    return {"name": _firm_words(lines.name), "answers": answers}


def _firm_words(text: Text | None) -> str | dict[str, str] | None:
    if text is None:
        return None
    return text.zh if text.zh == text.en else {"zh": text.zh, "en": text.en}


def plain_author(author: Author) -> dict[str, Any]:
    """Who filled in a sheet as plain data that :func:`~advisor.interview.authors.author_in` reads."""
    said = {"name": author.name, "roles": list(author.roles), "on": author.on and author.on.isoformat(), "file": author.file}
    return {key: value for key, value in said.items() if value}


def plain_ruling(ruling: Ruling) -> dict[str, str]:
    """What decides as plain data that :func:`~advisor.interview.authors.ruling_in` reads."""
    return {key: value for key, value in ruling._asdict().items() if value}


def plain_views(views: Views, knowledge: Knowledge) -> dict[str, Any]:
    """The part ``views`` of a merged sheet as plain data."""
    parts: dict[str, Any] = {"sheets": [_plain_view(view, knowledge) for view in views.sheets]}
    if views.rules:
        parts["rules"] = {key: plain_ruling(ruling) for key, ruling in views.rules.items()}
    if views.decided:
        parts["decided"] = {name: _plain_decision(name, made, knowledge) for name, made in views.decided.items()}
    return parts


def _plain_view(view: View, knowledge: Knowledge) -> dict[str, Any]:
    answers = plain_answers(Answers(view.given, annotations=view.annotations), knowledge)
    line_b = {"line_b": plain_line(view.lines, knowledge)} if view.lines else {}
    return {"by": plain_author(view.author), "answers": answers, **line_b}


def _plain_decision(name: str, decision: Decision, knowledge: Knowledge) -> dict[str, Any]:
    return {"answer": plain(knowledge.questions[name], decision.answer), **plain_ruling(decision.ruling)}
