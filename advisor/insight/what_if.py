"""What if: some answers changed, both assessments side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from advisor.assessment.answer_items import answer_in_words
from advisor.assessment.comparison import AssessmentChanges, compare
from advisor.assessment.model import Assessment
from advisor.assessment.model.insight import ChangeItem, GainItem, ScenarioItem
from advisor.assessment.pipeline import assess
from advisor.errors import AnswersError, Place, Problem
from advisor.insight.scenarios import Scenario
from advisor.interview.answer_files import parse_entries
from advisor.interview.answers import Answer, Answers
from advisor.knowledge.model import Knowledge

IN_REPORT = ("blockers", "conditions", "lighter", "risks", "functions", "misconceptions")
"""The kinds of finding a scenario is told by."""


@dataclass(frozen=True)
class Comparison:
    """A firm and a scenario of it: both assessments and what differs between them."""

    scenario: Scenario
    before: Assessment
    after: Assessment
    changes: AssessmentChanges


def what_if(knowledge: Knowledge, answers: Answers, scenario: Scenario, before: Assessment | None = None) -> Comparison:
    """The firm as it is and as a scenario has it."""
    before = before or assess(answers, knowledge, engine="columns")
    after = assess(scenario.of(answers), knowledge, before.assessed_on, "columns")
    return Comparison(scenario, before, after, compare(before, after))


def scenario_item(knowledge: Knowledge, answers: Answers, comparison: Comparison) -> ScenarioItem:
    """A comparison as an assessment keeps it."""
    after, scheme = comparison.after, knowledge.verdict
    return ScenarioItem(
        name=comparison.scenario.name,
        title=comparison.scenario.title,
        changes=tuple(change_items(knowledge, answers, comparison.scenario.changes)),
        verdict=after.verdict.name,
        possible=after.verdict.possible,
        need=after.scores[scheme.need].points,
        ability=after.scores[scheme.ability].points,
        gained=tuple(
            GainItem(kind=change.kind, title=change.title)
            for change in comparison.changes.gained
            if change.kind in IN_REPORT
        ),
        lost=tuple(
            GainItem(kind=change.kind, title=change.title) for change in comparison.changes.lost if change.kind in IN_REPORT
        ),
    )


def change_items(knowledge: Knowledge, answers: Answers, changes: Mapping[str, Answer]) -> Iterator[ChangeItem]:
    """Each changed answer in words."""
    for name, answer in changes.items():
        question, fact = knowledge.questions[name], knowledge.facts[name]
        yield ChangeItem(
            question=name,
            code=question.code,
            text=question.text,
            before=answer_in_words(answers.given.get(name), fact),
            after=answer_in_words(answer, fact),
        )


def parse_changes(words: Sequence[str], knowledge: Knowledge) -> dict[str, Answer]:
    """Changes as a person types them: ``F2=chief G1=4 H1=300k``.

    Raises :class:`~advisor.errors.AnswersError` with every mistake at once.
    """
    problems, raw = [], {}
    for word in words:
        key, sign, value = word.partition("=")
        if not sign or not key.strip() or not value.strip():
            problems.append(Problem("S101", Place("="), {"word": word[:60]}))
        else:
            raw[key.strip()] = value.strip()
    if problems:
        raise AnswersError(problems)
    return parse_entries(raw, "=", knowledge)
