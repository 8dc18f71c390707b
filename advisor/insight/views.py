"""Several respondents of one firm: one sheet out of theirs, and for each difference what it does to the verdict.

Enters: sheets with their authors. Leaves: :class:`Merged`: the sheet, what decided each difference, the outcome under every
view of it, and under the mixtures of views: all of them as long as there are at most :data:`MOST_MIXTURES`.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from advisor.assessment.lines import leading
from advisor.assessment.outlook import OutlookTable, verdict_outlooks
from advisor.assessment.variants import deciding_answers
from advisor.assessment.verdict import ORDER
from advisor.inference.column_engine import column_engine
from advisor.inference.facts import FactTable
from advisor.inference.outcome import RuleOutcome
from advisor.interview.agreement import (
    Position,
    QuestionViews,
    Sheets,
    chain,
    check_rules,
    decided_by,
    gathered_sheets,
    question_views,
)
from advisor.interview.answer_table import AnswerTable
from advisor.interview.answers import Annotation, Answer, Answers, Decision, Firm, Lines, Ruling, View, Views
from advisor.interview.authors import FIRST
from advisor.interview.session import applies
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import facts_in
from advisor.knowledge.schema import VerdictName

MOST_MIXTURES = 2_000
"""As long as there are no more combinations of views than this, all are tried."""
CAUTION: tuple[VerdictName, ...] = ("not_needed_now", "not_yet", "not_enough_answers", "conditional", "feasible")
"""The verdicts from the most cautious: what holds a firm back most comes first."""
_STEP = 1e-9

Matters = Literal["verdict", "points", "findings", "nothing"]
"""What a difference changes: the verdict, only points of need or ability, only other findings, or nothing."""
Mixture = Mapping[str, Answer]


@dataclass(frozen=True)
class Outcome:
    """What comes of a sheet: the verdict, those still possible, need and ability (None where there is no reading)."""

    verdict: VerdictName
    possible: tuple[VerdictName, ...]
    need: float | None
    ability: float | None

    @property
    def caution(self) -> tuple[int, float, float]:
        """What outcomes are ordered by, the most cautious first: verdict, then ability, then need."""
        return CAUTION.index(self.verdict), _or_none(self.ability), _or_none(self.need)


@dataclass(frozen=True)
class PositionEffect:
    """One view of a question: the answer, the places of the sheets that give it, what comes of it with all else as merged,
    and the findings this adds to, or takes from, those of the merged sheet."""

    answer: Answer
    sheets: tuple[int, ...]
    outcome: Outcome
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True)
class Conflict:
    """A question that respondents answer differently. ``applies``: it counts beside the other answers taken."""

    question: str
    positions: tuple[PositionEffect, ...]
    unknown: tuple[int, ...]
    decision: Decision
    applies: bool
    matters: Matters

    @property
    def spread(self) -> float:
        """How far need and ability differ between the views, in points."""
        return sum(_spread([getattr(p.outcome, score) for p in self.positions]) for score in ("need", "ability"))


@dataclass(frozen=True)
class Inapplicable:
    """A question that somebody answered and that does not count, since other answers make it inapplicable."""

    question: str
    sheets: tuple[int, ...]
    lead_ins: tuple[str, ...]


@dataclass(frozen=True)
class Merged:
    """One sheet out of several. ``each`` is the outcome if one respondent is right wherever respondents differ.

    ``mixtures`` counts the combinations of views; with ``complete`` all of them were tried, and ``shares`` says how many
    lead to each verdict; else ``cautious`` and ``hopeful`` are the furthest that were found.
    """

    answers: Answers
    sheets: Sheets
    said: Mapping[str, QuestionViews]
    conflicts: tuple[Conflict, ...]
    inapplicable: tuple[Inapplicable, ...]
    outcome: Outcome
    each: tuple[Outcome, ...]
    mixtures: int
    complete: bool
    shares: Mapping[VerdictName, int]
    cautious: tuple[Outcome, Mixture]
    hopeful: tuple[Outcome, Mixture]
    firms: tuple[Firm, ...]
    lines_left: tuple[int, ...]

    def labels(self, places: Sequence[int]) -> list[str]:
        """What some respondents are called."""
        return [self.sheets.views[place].author.label for place in places]


def merge(knowledge: Knowledge, sheets: Sequence[Answers], rules: Mapping[str, Ruling] | None = None) -> Merged:
    """One sheet out of those of several respondents, with all that was said kept beside it.

    ``rules`` decide differences by question, type or ``all``; those a merged sheet brings with it count where they do not.
    Raises :class:`~advisor.errors.InputError` for a rule that is set for nothing, or names no respondent.
    """
    gathered = gathered_sheets(sheets, knowledge)
    rules = {**(gathered.rules or {}), **(rules or {})}
    check_rules(rules, gathered.views, knowledge)
    said = question_views(gathered.views, knowledge)
    firms = tuple(dict.fromkeys(sheet.firm for sheet in sheets if sheet.firm.name))
    lines, left = _second_line(gathered.views)
    agreed = {name: views.agreed for name, views in said.items() if views.agreed is not None}
    start = Answers(agreed, firms[0] if firms else Firm(), tuple(n for s in sheets for n in s.notes), lines)
    decided = _decided(knowledge, start, said, gathered.views, rules)
    given = {name: decided[name].answer if name in decided else agreed[name] for name in said}
    beside = _beside(given, said, gathered.views)
    sheet = replace(start, given=given, annotations=beside, views=Views(gathered.views, rules, decided))
    if lines:
        sheet = replace(sheet, lines=replace(lines, main={name: given[name] for name in lines.other if name in given}))
    return _with_effects(knowledge, sheet, gathered, said, firms, left)


def _beside(given: Mapping[str, Answer], said: Mapping[str, QuestionViews], views: Sequence[View]) -> dict[str, Annotation]:
    """What stands beside the answers taken: what the first respondent who gave one has beside it, or has beside a question
    that nobody answered. What the others have stays in their sheets."""
    beside: dict[str, Annotation] = {}
    for place, view in enumerate(views):
        for name, annotation in view.annotations.items():
            held = (
                next((p.sheets for p in said[name].positions if p.answer == given[name]), ()) if name in said else (place,)
            )
            if name not in beside and (place in held or not held):
                beside[name] = annotation
    return {name: beside[name] for name in (*said, *(n for n in beside if n not in said)) if name in beside}


def _second_line(views: Sequence[View]) -> tuple[Lines | None, tuple[int, ...]]:
    """The second line of business of the first sheet that has one, and the sheets whose second line says otherwise."""
    with_line = [(place, view.lines) for place, view in enumerate(views) if view.lines]
    if not with_line:
        return None, ()
    lines = with_line[0][1]
    return lines, tuple(place for place, other in with_line if lines and other and other.other != lines.other)


def _decided(
    knowledge: Knowledge,
    start: Answers,
    said: Mapping[str, QuestionViews],
    views: Sequence[View],
    rules: Mapping[str, Ruling],
) -> dict[str, Decision]:
    """What each difference comes to, by the first rule that can tell; those left to caution are decided together."""
    decided, open_questions = dict[str, Decision](), dict[str, QuestionViews]()
    for name, views_of in said.items():
        if not views_of.conflict:
            continue
        question = knowledge.questions[name]
        for ruling in chain(question, rules):
            if ruling.rule == "most_cautious":
                open_questions[name] = views_of
                break
            if position := decided_by(ruling, views_of, views, question):
                decided[name] = Decision(position.answer, ruling)
                break
    base = replace(start, given={**start.given, **{name: made.answer for name, made in decided.items()}})
    decided.update(_most_cautious(knowledge, base, open_questions))
    return {name: decided[name] for name in said if name in decided}


def _most_cautious(knowledge: Knowledge, base: Answers, said: Mapping[str, QuestionViews]) -> Iterator[tuple[str, Decision]]:
    """The mixture of views that holds the firm back most; where views make no difference, that of the first sheet."""
    if not said:
        return
    first = {name: views.positions[0].answer for name, views in said.items()}
    base = replace(base, given={**base.given, **first})
    mixtures, _ = _mixtures(knowledge, base, {name: views.positions for name, views in said.items()})
    outcomes = _outcomes(knowledge, base, mixtures)
    best = min(range(len(mixtures)), key=lambda place: outcomes[place].caution)
    taken = {**first, **mixtures[best]}
    for name, views in said.items():
        others = [{**taken, name: position.answer} for position in views.positions]
        told_apart = len({outcome.caution for outcome in _outcomes(knowledge, base, others)}) > 1
        yield name, Decision(taken[name], Ruling("most_cautious" if told_apart else FIRST))


def _mixtures(
    knowledge: Knowledge, base: Answers, positions: Mapping[str, Sequence[Position]]
) -> tuple[list[Mixture], bool]:
    """Every combination of views of the questions that bear on the verdict, those of the first sheets first; where there are
    too many, one view at a time beside the base. Says whether they are all."""
    bearing = {name: some for name, some in positions.items() if name in _bearing(knowledge)}
    if math.prod(len(some) for some in bearing.values()) <= MOST_MIXTURES:
        combined = itertools.product(*(some for some in bearing.values()))
        return [{n: p.answer for n, p in zip(bearing, row, strict=True)} for row in combined], True
    return [{}, *({name: position.answer} for name, some in bearing.items() for position in some)], False


def _bearing(knowledge: Knowledge) -> set[str]:
    """The questions that bear on the verdict, or decide whether one that does is asked."""
    bearing = set(deciding_answers(knowledge))
    while more := {fact for n in bearing if (p := knowledge.asked_if.get(n)) for fact in facts_in(p)} - bearing:
        bearing |= more
    return bearing


def _with_effects(
    knowledge: Knowledge,
    sheet: Answers,
    gathered: Sheets,
    said: Mapping[str, QuestionViews],
    firms: tuple[Firm, ...],
    lines_left: tuple[int, ...],
) -> Merged:
    """The merged sheet with what each difference does, everything judged as one table of variants of it."""
    assert sheet.views is not None
    differing = {name: said[name] for name in sheet.views.decided}
    one_by_one = [(name, position) for name, views in differing.items() for position in views.positions]
    alone = [_of_respondent(place, differing) for place in range(len(gathered.views))]
    mixtures, complete = _mixtures(knowledge, sheet, {name: views.positions for name, views in differing.items()})
    variants: list[Mixture] = [{}, *({name: position.answer} for name, position in one_by_one), *alone]
    table = _judged(knowledge, sheet, [*variants, *mixtures])
    outcomes = [_outcome(table, place) for place in range(len(table))]
    findings = _findings(knowledge, sheet, variants[: 1 + len(one_by_one)])
    now, mixed = outcomes[0], list(zip(outcomes[len(variants) :], mixtures, strict=True))
    if not complete:
        mixed += zip(outcomes[: len(variants)], variants, strict=True)
        mixed += _furthest(knowledge, sheet, one_by_one, outcomes[1:])
    effects: dict[str, list[PositionEffect]] = {}
    for place, (name, position) in enumerate(one_by_one, 1):
        changed = findings[place].symmetric_difference(findings[0])
        gained, lost = (tuple(f for f in knowledge.makers if f in changed & side) for side in (findings[place], findings[0]))
        effects.setdefault(name, []).append(PositionEffect(position.answer, position.sheets, outcomes[place], gained, lost))
    conflicts = [_conflict(knowledge, sheet, said[name], tuple(positions)) for name, positions in effects.items()]
    order = ("verdict", "points", "findings", "nothing")
    conflicts.sort(key=lambda conflict: (order.index(conflict.matters), -conflict.spread))
    return Merged(
        answers=sheet,
        sheets=gathered,
        said=said,
        conflicts=tuple(conflicts),
        inapplicable=tuple(_inapplicable(knowledge, sheet, gathered.views)),
        outcome=now,
        each=tuple(outcomes[1 + len(one_by_one) : len(variants)]),
        mixtures=math.prod(len(views.positions) for views in differing.values()),
        complete=complete,
        shares=Counter(outcome.verdict for outcome, _ in mixed) if complete else {},
        cautious=min(mixed, key=lambda pair: pair[0].caution),
        hopeful=max(mixed, key=lambda pair: pair[0].caution),
        firms=firms,
        lines_left=lines_left,
    )


def _of_respondent(place: int, differing: Mapping[str, QuestionViews]) -> Mixture:
    """What one respondent says where respondents differ; what that one did not answer stays as merged."""
    held = ((name, p.answer) for name, views in differing.items() for p in views.positions if place in p.sheets)
    return dict(held)


def _furthest(
    knowledge: Knowledge, sheet: Answers, views: Sequence[tuple[str, Position]], outcomes: Sequence[Outcome]
) -> list[tuple[Outcome, Mixture]]:
    """Of each question the most cautious view taken alone, all together; and so the most hopeful."""
    lowest: dict[str, tuple[Outcome, Answer]] = {}
    highest: dict[str, tuple[Outcome, Answer]] = {}
    for (name, position), outcome in zip(views, outcomes, strict=False):
        if name not in lowest or outcome.caution < lowest[name][0].caution:
            lowest[name] = outcome, position.answer
        if name not in highest or outcome.caution > highest[name][0].caution:
            highest[name] = outcome, position.answer
    ends: list[Mixture] = [{name: answer for name, (_, answer) in end.items()} for end in (lowest, highest)]
    return list(zip(_outcomes(knowledge, sheet, ends), ends, strict=True))


def _conflict(knowledge: Knowledge, sheet: Answers, views: QuestionViews, positions: tuple[PositionEffect, ...]) -> Conflict:
    assert sheet.views is not None
    outcomes = [position.outcome for position in positions]
    matters: Matters = "nothing"
    if len({outcome.verdict for outcome in outcomes}) > 1:
        matters = "verdict"
    elif any(_spread([getattr(outcome, score) for outcome in outcomes]) > _STEP for score in ("need", "ability")):
        matters = "points"
    elif len({(position.gained, position.lost) for position in positions}) > 1:
        matters = "findings"
    counts = applies(knowledge.questions[views.question], sheet, knowledge)
    return Conflict(views.question, positions, views.unknown, sheet.views.decided[views.question], counts, matters)


def _inapplicable(knowledge: Knowledge, sheet: Answers, views: Sequence[View]) -> Iterator[Inapplicable]:
    for name, answer in sheet.given.items():
        if answer.status in ("known", "within") and not applies(knowledge.questions[name], sheet, knowledge):
            sheets = tuple(place for place, view in enumerate(views) if name in view.given)
            lead_ins = tuple(fact for fact in facts_in(knowledge.asked_if[name]) if fact in knowledge.questions)
            yield Inapplicable(name, sheets, lead_ins)


def _judged(knowledge: Knowledge, sheet: Answers, variants: Sequence[Mixture]) -> OutlookTable:
    return verdict_outlooks(knowledge, AnswerTable.with_changes(leading(sheet, knowledge), variants))


def _outcomes(knowledge: Knowledge, sheet: Answers, variants: Sequence[Mixture]) -> list[Outcome]:
    """What comes of a sheet with some answers in place of its own, for each set of them."""
    table = _judged(knowledge, sheet, variants)
    return [_outcome(table, place) for place in range(len(table))]


def _outcome(table: OutlookTable, place: int) -> Outcome:
    need, ability = (float(table.rows(part).points[place]) for part in ("need", "ability"))
    points = [None if math.isnan(score) else score for score in (need, ability)]
    return Outcome(ORDER[table.verdicts[place]], table.possible_names(place), *points)


def _findings(knowledge: Knowledge, sheet: Answers, variants: Sequence[Mixture]) -> list[frozenset[str]]:
    """The findings drawn for each variant of a sheet."""

    facts = FactTable(knowledge, AnswerTable.with_changes(leading(sheet, knowledge), variants))
    outcome: RuleOutcome = column_engine(knowledge).today(facts)
    return [
        frozenset(name for name, (found, _) in outcome.findings.items() if found >> place & 1)
        for place in range(len(variants))
    ]


def _spread(points: Sequence[float | None]) -> float:
    known = [value for value in points if value is not None]
    return max(known) - min(known) if known else 0.0


def _or_none(points: float | None) -> float:
    return -1.0 if points is None else points
