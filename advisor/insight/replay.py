"""Replay: an exported assessment worked out again from the answers inside it, and what differs if anything does."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from advisor.assessment.comparison import AssessmentChanges, compare
from advisor.assessment.for_client import annotation_of
from advisor.assessment.lines import leading
from advisor.assessment.model import AnswerItem, Assessment
from advisor.assessment.own_figures import knowledge_as_set
from advisor.assessment.pipeline import assess
from advisor.assessment.plan_items import project_of
from advisor.assessment.upgrades import Part, Upgrade, leave_out
from advisor.errors import AnswersError, InputError, Place, Problem
from advisor.insight.examine import examine
from advisor.interview.answer_parsing import parse_answer
from advisor.interview.answers import NOT_APPLICABLE, UNKNOWN, Annotation, Answer, Answers, Firm, Lines
from advisor.interview.answers_reader import annotations_today
from advisor.interview.upgrades import StepNames, carry_over
from advisor.knowledge.answer_types import RefusedError
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Weighting
from advisor.selection import with_selection
from advisor.text import LANGS, Text

MISSING = "A118"
"""The code of the problem that an answer in a saved assessment is not there, or there twice."""
NEGLIGIBLE = 0.001
"""Numbers this near one another are the same: no report shows so many decimals, and the order of a sum may decide them."""
KEYS = {"answers": "question", "undecided": "rule"}
"""Lists whose order says nothing, and what names their entries."""


@dataclass(frozen=True)
class Replay:
    """What came of it. ``places`` are the paths at which the two differ; the versions are none of them.

    ``same_knowledge`` says whether the knowledge at hand is the one the assessment names, ``same_program`` the program.
    ``unasked`` are questions in it that the knowledge no longer has, ``notes`` what became of answers of earlier versions.
    What the version that saved it did not work out is not compared; :attr:`not_compared` names it.
    """

    then: Assessment
    now: Assessment
    changes: AssessmentChanges
    places: tuple[str, ...]
    unasked: tuple[str, ...]
    notes: tuple[Problem, ...] = ()

    @property
    def identical(self) -> bool:
        """Whether every word and figure that can be compared came out the same."""
        return not self.places

    @property
    def not_compared(self) -> tuple[Part, ...]:
        """The parts that cannot be compared, since they were not worked out, or not kept, then."""
        return self.then.upgraded.lacks if self.then.upgraded else ()

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
    knowledge = as_made(then, knowledge)
    answers = answers_of(then, knowledge)
    settings = then.selection.settings if then.selection else None
    knowledge = knowledge_as_set(knowledge, settings)
    now = assess(answers, knowledge, then.assessed_on, "columns", settings)
    project = project_of(knowledge, answers, settings)
    if then.selection:
        now, project = with_selection(now, answers, knowledge, settings, project=project)
    if then.insight:
        now = examine(now, answers, knowledge, project=project)
    same_draws = then.program_version == now.program_version
    places = tuple(_differing(*(_comparable(part, then.upgraded, same_draws) for part in (then, now))))
    known = knowledge.reading.questions
    unasked = tuple(i.question for i in then.answers if i.status != "unanswered" and i.question not in known)
    changes = compare(then, now.model_copy(update={"upgraded": then.upgraded}))
    return Replay(then, now, changes, places, unasked, answers.notes)


def as_made(assessment: Assessment, knowledge: Knowledge) -> Knowledge:
    """The knowledge under the view and the weights an assessment was made with, where it has not been given others.

    Raises :class:`~advisor.errors.InputError` where it names weights of scores that do not exist.
    """
    if assessment.papers_only and not knowledge.is_papers_only:
        knowledge = knowledge.papers_only()
    if (w := assessment.weighting) is None or knowledge.weighting is not None:
        return knowledge
    for score in w.weights:
        if score not in knowledge.scores:
            raise InputError("bad_assessment", detail=f"weighting.weights.{score}")
    name = assessment.knowledge_version.rpartition("-weights-")[2]
    return knowledge.weighted(name, Weighting(title=w.title, about=w.about, weights=w.weights))


def answers_of(assessment: Assessment, knowledge: Knowledge) -> Answers:
    """The answers an assessment was made from, those of earlier versions carried over; those to questions the knowledge
    never had are left out. Of two lines of business it is the sheet of the one that leads. ``notes`` say what was carried
    over, and what a later knowledge can no longer read.

    Raises :class:`~advisor.errors.AnswersError` for a value that is no answer to its question: a file changed by hand.
    """
    given, notes = _given(assessment.answers, assessment, knowledge)
    if told := assessment.lines:
        (main, of_main), (other, of_other) = (
            _given(line.answers, assessment, knowledge) for line in (told.main, told.other)
        )
        beside = _beside(told.other.answers, knowledge)
        lines, notes = Lines(other, told.named, main, told.leads, beside), (*notes, *of_main, *of_other)
    else:
        lines = None
    firm = Firm(assessment.firm.name, assessment.firm.about)
    return leading(Answers(given, firm, notes, lines, _beside(_main_items(assessment), knowledge)), knowledge)


def _main_items(assessment: Assessment) -> list[AnswerItem]:
    """The answers of a sheet; of two lines of business those of the main one."""
    lines = assessment.lines
    if lines is None or lines.leads == "main":
        return list(assessment.answers)
    differing = {item.question for item in lines.other.answers}
    return [*(item for item in assessment.answers if item.question not in differing), *lines.main.answers]


def _beside(items: Sequence[AnswerItem], knowledge: Knowledge) -> dict[str, Annotation]:
    """What stands beside some answers, by the questions of today."""
    kept = {item.question: annotation_of(item.annotation) for item in items if item.annotation}
    return annotations_today({name: one for name, one in kept.items() if name in knowledge.reading.questions}, knowledge)


def _given(
    items: Sequence[AnswerItem], assessment: Assessment, knowledge: Knowledge
) -> tuple[dict[str, Answer], tuple[Problem, ...]]:
    """The answers that some items hold, as the knowledge reads them today, with what is to be said of them."""
    answers, problems, notes = dict[str, Answer](), list[Problem](), list[Problem]()
    codes = {item.question: item.code for item in items}
    for item in items:
        if item.status == "unanswered" or item.question not in knowledge.reading.questions:
            continue
        answer = _answer(item, knowledge, assessment.lacks("answer_values"))
        if isinstance(answer, Answer) and item.question not in answers:
            answers[item.question] = answer
        elif isinstance(answer, Problem) and answer.code != MISSING and assessment.knowledge_version != knowledge.version:
            values = {"code": item.code, "name": item.question, "value": item.shown}
            notes.append(Problem("A138", Place(item.code), values, "note"))
        else:
            missing_or_twice = Problem(MISSING, Place(item.code), {"code": item.code, "name": item.question})
            problems.append(answer if isinstance(answer, Problem) else missing_or_twice)
    if problems:
        raise AnswersError(problems)
    today, carried = carry_over(answers, knowledge, lambda name: Place(codes[name]))
    return today, (*notes, *carried)


def _answer(item: AnswerItem, knowledge: Knowledge, in_words: bool) -> Answer | Problem:
    """The answer an item holds, read like one in a sheet; of the first versions, that kept no values, out of its words."""
    if item.status == "unknown":
        return UNKNOWN
    if item.status == "not_applicable":
        return NOT_APPLICABLE
    question, steps = knowledge.reading.questions[item.question], StepNames(knowledge)
    place = Place(item.code)
    values: dict[str, object] = {"code": item.code, "name": item.question}
    if in_words:
        words = Text(**{lang: steps.today(item.question, item.shown[lang]) for lang in LANGS})
        try:
            return Answer("known", question.answer_type.from_words(knowledge.reading.facts[question.id], words))
        except RefusedError as refused:
            return Problem(refused.code, place, {**values, **refused.values})
    if item.status == "within":
        return parse_answer(question, item.value, knowledge.reading, place) or Problem(MISSING, place, values)
    value = None if item.value is None else question.answer_type.plain(item.value)
    answer = parse_answer(question, steps.today(item.question, value), knowledge.reading, place)
    return Problem(MISSING, place, values) if answer is None else answer


def _comparable(assessment: Assessment, upgrade: Upgrade | None, same_draws: bool) -> Any:
    """An assessment as JSON without what cannot be compared: versions, scenarios and an earlier assessment beside it, which
    are a firm's own and are not worked out again, what an earlier format lacks, and shares of random completions that
    another version draws otherwise."""
    raw = json.loads(assessment.to_json())
    del raw["program_version"], raw["knowledge_version"], raw["notes_left_out"], raw["since"]
    if raw["insight"]:
        raw["insight"] |= {"scenarios": []} if same_draws else {"scenarios": [], "likely": []}
    leave_out(raw, upgrade)
    return raw | {name: {entry[key]: entry for entry in raw[name]} for name, key in KEYS.items()}


def _differing(left: Any, right: Any, path: str = "") -> Iterator[str]:
    """The paths at which two JSON values differ."""
    if isinstance(left, dict) and isinstance(right, dict):
        for key in [*left, *(k for k in right if k not in left)]:
            yield from _differing(left.get(key), right.get(key), f"{path}.{key}" if path else key)
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for index, (left_item, right_item) in enumerate(zip(left, right, strict=True)):
            yield from _differing(left_item, right_item, f"{path}[{index}]")
    elif not _same(left, right):
        yield path


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, float) and isinstance(right, int | float):
        return math.isclose(left, right, abs_tol=NEGLIGIBLE)
    return bool(left == right)
