"""Replay: an exported assessment worked out again from the answers inside it, and what differs if anything does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from advisor.assessment.assessing import assess
from advisor.assessment.comparing import Changes, compare
from advisor.assessment.model import AnswerItem, Assessment
from advisor.interview.answers import NOT_APPLICABLE, UNKNOWN, Answer, Answers, Firm
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Weighting

MOST = 50
"""How many differing places are listed."""


@dataclass(frozen=True)
class Replay:
    """What came of it. ``places`` are the paths at which the two differ, as far as :data:`MOST`; none where identical.

    ``same_knowledge`` says whether the knowledge at hand is the one the assessment names, ``same_program`` the program.
    ``unasked`` are questions in it that the knowledge no longer has.
    """

    then: Assessment
    now: Assessment
    changes: Changes
    places: tuple[str, ...]
    unasked: tuple[str, ...]

    @property
    def identical(self) -> bool:
        """Whether every word and figure came out the same."""
        return not self.places

    @property
    def same_knowledge(self) -> bool:
        """Whether both were made with the same knowledge."""
        return self.then.knowledge_version == self.now.knowledge_version

    @property
    def same_program(self) -> bool:
        """Whether both were made by the same version of the program."""
        return self.then.program_version == self.now.program_version


def replay(then: Assessment, knowledge: Knowledge) -> Replay:
    """Work an assessment out again with a knowledge, under the weights and the view it was made with."""
    if then.papers_only and not knowledge.is_papers_only:
        knowledge = knowledge.papers_only()
    if then.weighting and knowledge.weighting is None:
        w = then.weighting
        name = then.knowledge_version.rpartition("-weights-")[2]
        knowledge = knowledge.weighted(name, Weighting(title=w.title, about=w.about, weights=w.weights))
    now = assess(answers_of(then, knowledge), knowledge, then.assessed_on)
    bare = then.model_copy(update={"insight": None})
    places = tuple(_differing(json.loads(bare.to_json()), json.loads(now.to_json())))
    unasked = tuple(i.question for i in then.answers if i.status != "unanswered" and i.question not in knowledge.questions)
    return Replay(then, now, compare(then, now), places[:MOST], unasked)


def answers_of(assessment: Assessment, knowledge: Knowledge) -> Answers:
    """The answers an assessment was made from; those to questions the knowledge does not have are left out."""
    given = {
        item.question: _answer(item, knowledge)
        for item in assessment.answers
        if item.status != "unanswered" and item.question in knowledge.questions
    }
    return Answers(given, Firm(assessment.firm.name, assessment.firm.about))


def _answer(item: AnswerItem, knowledge: Knowledge) -> Answer:
    if item.status == "unknown":
        return UNKNOWN
    if item.status == "not_applicable":
        return NOT_APPLICABLE
    several = knowledge.facts[item.question].kind == "multi"
    return Answer("known", frozenset(item.value) if several and isinstance(item.value, tuple) else item.value)


def _differing(one: Any, other: Any, path: str = "") -> Iterator[str]:
    """The paths at which two JSON values differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in [*one, *(k for k in other if k not in one)]:
            yield from _differing(one.get(key), other.get(key), f"{path}.{key}" if path else key)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, (a, b) in enumerate(zip(one, other, strict=True)):
            yield from _differing(a, b, f"{path}[{index}]")
    elif one != other:
        yield path
