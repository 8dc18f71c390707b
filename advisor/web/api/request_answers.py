"""The answers in a request, and what is said of those of earlier questionnaires."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from advisor.assessment.lines import leading
from advisor.errors import Problem
from advisor.interview import Answers, Firm
from advisor.interview.answer_files import answers_in, entries_in
from advisor.interview.answer_parsing import firm_name
from advisor.interview.answers import two_lines
from advisor.interview.answers_reader import CONVERTED, LINE_B
from advisor.interview.upgrades import CARRIED, RENAMED
from advisor.text import LANGS, Text
from advisor.web.api import models as m
from advisor.web.problem_texts import sheet_problem_text
from advisor.web.services import get_services

_NOW_IN = {CARRIED: "target_id", RENAMED: "name"}
"""Which value of a note names the question that has the answer now. By other notes it was not used."""


def firm_answers(body: m.FirmBody) -> Answers:
    """The answers and the name of the firm of a request; of two lines of business those of the one that leads."""
    answers = entries(body.answers, "answers")
    if body.line_b:
        answers = second_line(answers, body.line_b)
    answers = leading(answers, get_services().knowledge)
    return replace(answers, firm=Firm(firm_name(body.firm) if body.firm else None))


def second_line(answers: Answers, line: m.SecondLine) -> Answers:
    """Some answers with those in which a second line of business differs."""
    given = _as_in_a_file(line.answers)
    read = answers_in({"answers": {}, LINE_B: {"name": line.name, "answers": given}}, LINE_B, get_services().knowledge)
    if read.lines is None:
        return answers
    lines = read.lines
    return replace(two_lines(answers, lines.other, lines.name, lines.annotations), notes=(*answers.notes, *read.notes))


def entries(values: Mapping[str, m.Value], field: str) -> Answers:
    """The answers in a field of the request, which mistakes name."""
    return entries_in(_as_in_a_file(values), field, get_services().knowledge)


def _as_in_a_file(values: Mapping[str, m.Value]) -> dict[str, Any]:
    """The values of a request as a file of answers would hold them; what is null is left out."""
    return {
        key: value.model_dump(exclude_defaults=True) if isinstance(value, m.AnnotatedAnswer) else value
        for key, value in values.items()
        if value is not None
    }


def carried_over(*notes: Problem) -> list[m.CarriedOver]:
    """What became of answers of earlier questionnaires."""
    knowledge = get_services().knowledge
    return [
        m.CarriedOver(
            code=note.code,
            question=str(note.values["name"]),
            carried_to=None if (key := _NOW_IN.get(note.code)) is None else str(note.values[key]),
            text=Text(**{lang: sheet_problem_text(note, knowledge, lang) for lang in LANGS}),
        )
        for note in notes
        if note.code != CONVERTED
    ]
