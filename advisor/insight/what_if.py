"""What if: some answers changed, both assessments side by side, each with its choice, money and plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from advisor.assessment.answer_items import answer_in_words
from advisor.assessment.comparison import AssessmentChanges, compare
from advisor.assessment.model import Assessment
from advisor.assessment.model.insight import ChangeItem, FigureChangeItem, GainItem, ScenarioItem
from advisor.assessment.model.project import Range
from advisor.assessment.model.selection import SettingsItem
from advisor.errors import AnswersError, Place, Problem
from advisor.insight.planned import planned
from advisor.insight.scenarios import Scenario
from advisor.interview.answer_files import parse_entries
from advisor.interview.answers import Answer, Answers
from advisor.knowledge.currency import HOME, Currency, estimates
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import factor_names
from advisor.phrases import joined, phrases
from advisor.text import Text

phrase = phrases("insight")

IN_REPORT = ("blockers", "conditions", "lighter", "risks", "functions", "misconceptions", "plan")
"""The kinds of finding a scenario is told by."""


@dataclass(frozen=True)
class Comparison:
    """A firm and a scenario of it: both assessments and what differs between them."""

    scenario: Scenario
    before: Assessment
    after: Assessment
    changes: AssessmentChanges


def what_if(
    knowledge: Knowledge,
    answers: Answers,
    scenario: Scenario,
    before: Assessment | None = None,
    settings: SettingsItem | None = None,
) -> Comparison:
    """The firm as it is and as a scenario has it, both planned whole.

    ``settings`` are what the firm set itself: those of ``before`` where they are not given.
    """
    before = before or planned(knowledge, answers, settings=settings)[0]
    settings = settings or (before.selection.settings if before.selection else None)
    after, _ = planned(knowledge, scenario.of(answers), before.assessed_on, settings)
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
        figures=tuple(figure_changes(comparison.before, after)),
        gained=tuple(
            GainItem(kind=change.kind, title=change.title)
            for change in comparison.changes.gained
            if change.kind in IN_REPORT
        ),
        lost=tuple(
            GainItem(kind=change.kind, title=change.title) for change in comparison.changes.lost if change.kind in IN_REPORT
        ),
    )


def figure_changes(before: Assessment, after: Assessment) -> Iterator[FigureChangeItem]:
    """The factors, and the figures of the project, that differ."""
    for part in (before.need, before.ability):
        for name in factor_names(part, before.scores):
            was, now = before.scores[name].points, after.scores[name].points
            if was != now:
                yield FigureChangeItem(label=before.scores[name].label, before=_points(was), after=_points(now))
    for (label, figure), (_, new_figure) in zip(project_figures(before), project_figures(after), strict=True):
        if figure != new_figure:
            yield FigureChangeItem(label=label, before=figure, after=new_figure)


def project_figures(assessment: Assessment) -> Iterator[tuple[Text, Text]]:
    """Users, the way of running a system, its money, the firm's own days and the week of going live, in words."""
    project = assessment.project
    ways = (
        [way for way in project.ways if way.way == project.reference or (not project.reference and way.candidate)]
        if project
        else []
    )
    users = next((q.range for q in project.quantities if q.quantity == "users"), None) if project else None
    currency = project.currency if project else HOME
    yield phrase("figure.users"), _span(users)
    yield phrase("figure.way"), joined([way.title for way in ways]) if ways else phrase("figure.open")
    yield phrase("figure.first_year"), _sums([way.first_year for way in ways], currency)
    yield phrase("figure.later_year"), _sums([way.later_year for way in ways], currency)
    yield phrase("figure.own_days"), _span(project.own_days if project else None)
    yield phrase("figure.go_live"), _span(project.go_live if project else None)


def _sums(spans: Sequence[Range | None], currency: Currency) -> Text:
    """The least and the most of some sums; open where one is."""
    known = [span for span in spans if span]
    if not known or len(known) < len(spans):
        return phrase("figure.open")
    return estimates(min(span[0] for span in known), max(span[2] for span in known), currency)


def _span(span: Range | None) -> Text:
    if span is None:
        return phrase("figure.open")
    low, high = f"{span[0]:,.0f}", f"{span[2]:,.0f}"
    words = low if low == high else f"{low}–{high}"
    return Text(zh=words, en=words)


def _points(points: float | None) -> Text:
    words = "–" if points is None else f"{points:.0f}"
    return Text(zh=words, en=words)


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
