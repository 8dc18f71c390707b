"""Columns that ask the same question: equal answers are one, different ones are a conflict that somebody must settle."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from advisor.errors import AnswersError, Place, Problem, shortened
from advisor.interview.answers import Answer
from advisor.interview.answers_reader import AnswersReader
from advisor.interview.headings import Headings
from advisor.knowledge.model import Knowledge

CONFLICT = "B113"
"""The code of problems with two columns that say different things."""


def joined_answers(
    headings: Headings,
    column: int,
    known: dict[str, Answer],
    found: Mapping[str, Answer],
    said: Callable[[int], str],
    place: Place,
) -> list[Problem]:
    """Take the answers that one firm ``found`` in a column to those ``known`` from others; returns what does not agree."""
    apart = any(known.get(name, answer) != answer for name, answer in found.items())
    known.update({name: answer for name, answer in found.items() if name not in known})
    return (
        [conflict(headings, column, {at: said(at) for at in (*headings.asked_before(column), column)}, place)]
        if apart
        else []
    )


def conflict(headings: Headings, column: int, said: Mapping[int, str], place: Place) -> Problem:
    """That a column says something else than an earlier one that asks the same; ``said`` are the texts of all of them."""
    double = headings.doubles[column]
    first = next((at for at in headings.asked_before(column) if said[at].strip()), double.first)
    values: dict[str, object] = {
        "head": double.head[:60],
        "value": shortened(said[column]),
        "first": headings.doubles[first].head[:60] if first in headings.doubles else double.first_head[:60],
        "other": shortened(said[first]),
    }
    return Problem(CONFLICT, place, values)


def same_answers(key: str, one: str, other: str, knowledge: Knowledge) -> bool:
    """Whether two texts are the same answer to the question, or the code of some, that ``key`` names."""
    if one == other:
        return True
    try:
        first, second = (AnswersReader("", {key: text}, knowledge).entries({key: text}).given for text in (one, other))
    except AnswersError:
        return False
    return first == second
