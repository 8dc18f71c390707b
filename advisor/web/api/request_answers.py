"""The answers in a request, and what is said of those of earlier questionnaires."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from advisor.errors import Problem
from advisor.interview import Answers, Firm
from advisor.interview.answer_files import entries_in
from advisor.interview.answer_parsing import firm_name
from advisor.interview.upgrades import CARRIED, RENAMED
from advisor.text import LANGS, Text
from advisor.web.api import models as m
from advisor.web.problem_texts import sheet_problem_text
from advisor.web.services import get_services

_NOW_IN = {CARRIED: "target_id", RENAMED: "name"}
"""Which value of a note names the question that has the answer now. By other notes it was not used."""


def firm_answers(body: m.FirmBody) -> Answers:
    """The answers and the name of the firm of a request."""
    return replace(entries(body.answers, "answers"), firm=Firm(firm_name(body.firm) if body.firm else None))


def entries(values: Mapping[str, m.Value], field: str) -> Answers:
    """The answers in a field of the request, which mistakes name."""
    return entries_in({key: value for key, value in values.items() if value is not None}, field, get_services().knowledge)


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
    ]
