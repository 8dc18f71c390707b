"""Two points in time: what changed between two assessments of a firm, what part of it the knowledge has, and which changed
answers carry the rest.

Enters: two :class:`TimePoint`, each a sheet assessed now or an assessment saved earlier. Leaves: a
:class:`~advisor.assessment.model.since.SinceItem`. Where knowledge, weights or own figures differ, the earlier answers are
assessed anew by those of the later one, which splits the change in two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from advisor.assessment.answer_items import answer_in_words
from advisor.assessment.comparison import Change, compare
from advisor.assessment.lines import leading
from advisor.assessment.model import Assessment, ScoreItem
from advisor.assessment.model.insight import ChangeItem
from advisor.assessment.model.selection import SettingsItem
from advisor.assessment.model.since import (
    Cause,
    FindingChangeItem,
    MoneyChangeItem,
    PartItem,
    PointItem,
    ScoreChangeItem,
    SinceItem,
)
from advisor.assessment.outlook import OutlookTable, verdict_outlooks
from advisor.inference.column_engine import column_engine
from advisor.inference.outcome import RuleOutcome
from advisor.insight.planned import planned
from advisor.insight.replay import answers_of, as_made
from advisor.insight.what_if import project_figures
from advisor.interview.answer_table import AnswerTable
from advisor.interview.answers import Answer, Answers
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import facts_in, findings_in
from advisor.knowledge.questions_behind import questions_behind
from advisor.knowledge.schema import factor_names
from advisor.phrases import phrases
from advisor.text import Text

phrase = phrases("insight")

NEGLIGIBLE = 0.05
"""Points this near one another are the same: reports show none nearer."""


@dataclass(frozen=True)
class TimePoint:
    """An assessment with its answers as the knowledge of today reads them."""

    assessment: Assessment
    answers: Answers

    @property
    def settings(self) -> SettingsItem | None:
        """The firm's own figures it was made with."""
        return self.assessment.selection.settings if self.assessment.selection else None

    @property
    def basis(self) -> tuple[object, ...]:
        """What, beside the answers, it was made from."""
        made = self.assessment
        return made.knowledge_version, made.papers_only, made.weighting, self.settings or SettingsItem()


def saved_point(assessment: Assessment, knowledge: Knowledge) -> TimePoint:
    """The point of time of a saved assessment."""
    return TimePoint(assessment, answers_of(assessment, as_made(assessment, knowledge)))


def since(knowledge: Knowledge, then: TimePoint, now: TimePoint) -> SinceItem:
    """What changed from one point in time to another; ``knowledge`` is that of today, which tells what carries what."""
    knowledge = as_made(now.assessment, knowledge)
    asked_then, asked_now = then.assessment, now.assessment
    if then.basis != now.basis:
        if asked_now.knowledge_version != knowledge.version:
            asked_now = planned(knowledge, now.answers, now.assessment.assessed_on, now.settings)[0]
        asked_then = planned(knowledge, then.answers, then.assessment.assessed_on, now.settings)[0]
    changed = changed_answers(then.answers, now.answers)
    carried = Carriers(knowledge, then.answers, now.answers, changed)
    steps: list[tuple[Cause, Assessment, Assessment]] = [
        ("basis_then", then.assessment, asked_then),
        ("answers", asked_then, asked_now),
        ("basis_now", asked_now, now.assessment),
    ]
    parts = [
        _part(cause, before, after, carried if cause == "answers" else None)
        for cause, before, after in steps
        if before is not after
    ]
    alone = len(parts) == 1 and parts[0].cause == "answers"
    whole = _part("all", then.assessment, now.assessment, carried)
    return SinceItem(
        then=_point(then.assessment),
        now=_point(now.assessment),
        answers=tuple(
            ChangeItem(
                question=name,
                code=knowledge.questions[name].code,
                text=knowledge.questions[name].text,
                before=answer_in_words(then.answers.given.get(name), knowledge.facts[name]),
                after=answer_in_words(answer, knowledge.facts[name]),
            )
            for name, answer in changed.items()
        ),
        whole=whole if alone else _only_by_answers(whole, parts),
        parts=() if alone else tuple(parts),
        notes=(*_notes(then, now, asked_then, asked_now), *_left_open(knowledge, then.answers, changed)),
    )


def changed_answers(then: Answers, now: Answers) -> dict[str, Answer | None]:
    """The questions answered otherwise, with the answer of today: None where there is none any more."""
    names = dict.fromkeys((*then.given, *now.given))
    return {name: now.given.get(name) for name in names if then.given.get(name) != now.given.get(name)}


class Carriers:
    """Which changed answers carry a change: those that bring it about by themselves in the earlier sheet, or without which
    it is gone from the later one. All are tried as one table of sheets."""

    def __init__(self, knowledge: Knowledge, then: Answers, now: Answers, changed: Mapping[str, Answer | None]) -> None:
        self.knowledge, self.changed = knowledge, list(changed)
        then, now = leading(then, knowledge), leading(now, knowledge)
        alone = [then.with_answer(name, now.given.get(name)) for name in changed]
        undone = [now.with_answer(name, then.given.get(name)) for name in changed]
        sheets = [replace(sheet, lines=None) for sheet in (then, now, *alone, *undone)]
        self.outlooks: OutlookTable = verdict_outlooks(knowledge, AnswerTable.of(sheets))
        self.found: RuleOutcome = column_engine(knowledge).today(self.outlooks.facts)

    def _carrying(self, values: Sequence[Any]) -> list[str]:
        """The answers that carry a change of a value, which is given for every sheet: a number moves, anything else becomes
        what it is today, or is not that without the answer."""
        before, after = values[:2]
        alone, undone = values[2 : 2 + len(self.changed)], values[2 + len(self.changed) :]
        pairs = list(zip(self.changed, alone, undone, strict=True))
        if isinstance(before, float) and isinstance(after, float):
            return [name for name, one, less in pairs if _apart(one, before) or _apart(less, after)]
        return [name for name, one, less in pairs if (one == after != before) or less != after]

    def of_verdict(self) -> list[str]:
        """The answers that turn the verdict."""
        names = self.outlooks.names
        return self._carrying(names) if names[0] != names[1] else []

    def of_score(self, score: str) -> list[str]:
        """The answers that move a score: tried, where it is need, ability or one of their factors; else those behind."""
        try:
            points = [self.outlooks.scores.value(score, place).points for place in range(len(self.outlooks))]
        except KeyError:
            return self._behind(questions_behind(self.knowledge, score))
        return self._carrying(points)

    def of_finding(self, change: Change) -> tuple[list[str], bool]:
        """The answers that bring a finding, or take it away, and whether only several together do. Of what is no finding
        of the rules, or comes and goes by more than rules, those that its rules read."""
        if change.id in self.found.findings:
            drawn = [self.found.finding(change.id, place) is True for place in range(len(self.outlooks))]
            if drawn[0] != drawn[1] and (carrying := self._carrying(drawn)):
                return carrying, False
        read = [
            name for rule in change.rules if rule in self.knowledge.rules_by_id for name in _read_by(self.knowledge, rule)
        ]
        behind = self._behind(read)
        return behind, len(behind) > 1

    def of_users(self) -> list[str]:
        """The changed answers that the number of users is read from."""
        return self._behind(_users_read_from(self.knowledge))

    def codes(self, names: Sequence[str]) -> tuple[str, ...]:
        """The codes of some questions."""
        return tuple(self.knowledge.questions[name].code for name in self.changed if name in set(names))

    def _behind(self, names: Sequence[str]) -> list[str]:
        return [name for name in self.changed if name in set(names)]


def _apart(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is not other
    return abs(one - other) > NEGLIGIBLE


@lru_cache(maxsize=2000)
def _read_by(knowledge: Knowledge, rule: str) -> tuple[str, ...]:
    """The questions that a rule reads, by itself or through the findings it builds on."""
    seen, waiting, facts = set[str](), [rule], set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            premise = knowledge.rules_by_id[name].premise
            facts.update(facts_in(premise))
            waiting += [maker.id for finding in findings_in(premise) for maker in knowledge.makers.get(finding, ())]
    return tuple(dict.fromkeys(question for fact in sorted(facts) for question in questions_behind(knowledge, fact)))


@lru_cache(maxsize=4)
def _users_read_from(knowledge: Knowledge) -> tuple[str, ...]:
    """The questions that say how many would use a system."""
    scheme = knowledge.project
    known_from = scheme.quantities[scheme.users].known_from if scheme else ()
    facts = {part.fact for parts in known_from for part in parts if part.fact}
    return tuple(name for name in knowledge.questions if name in facts)


def _part(cause: Cause, before: Assessment, after: Assessment, carried: Carriers | None) -> PartItem:
    changes = compare(before, after)

    def found(some: Sequence[Change]) -> Iterator[FindingChangeItem]:
        for change in some:
            names, together = carried.of_finding(change) if carried else ([], False)
            because = carried.codes(names) if carried else ()
            yield FindingChangeItem(kind=change.kind, id=change.id, title=change.title, because=because, together=together)

    turned = before.verdict.name != after.verdict.name
    return PartItem(
        cause=cause,
        before=before.verdict.name,
        after=after.verdict.name,
        verdict_because=carried.codes(carried.of_verdict()) if carried and turned else (),
        scores=tuple(_score_changes(before, after, carried)),
        figures=tuple(_money_changes(before, after, carried)),
        gained=tuple(found(changes.gained)),
        lost=tuple(found(changes.lost)),
    )


def _only_by_answers(whole: PartItem, parts: Sequence[PartItem]) -> PartItem:
    """The whole change, with answers named only behind findings that answers changed, whatever else did."""
    by_answers = {(f.kind, f.id) for part in parts if part.cause == "answers" for f in (*part.gained, *part.lost)}

    def named(found: FindingChangeItem) -> FindingChangeItem:
        known = (found.kind, found.id) in by_answers
        return found if known else found.model_copy(update={"because": (), "together": False})

    gained, lost = (tuple(map(named, some)) for some in (whole.gained, whole.lost))
    return whole.model_copy(update={"gained": gained, "lost": lost})


def _score_changes(before: Assessment, after: Assessment, carried: Carriers | None) -> Iterator[ScoreChangeItem]:
    """Need, ability and their factors, where points or what is open differ."""
    for top in (after.need, after.ability):
        for name in (top, *factor_names(top, after.scores)):
            was, now = before.scores.get(name), after.scores[name]
            shown = [_points(score) for score in (was, now)]
            if shown[0] != shown[1]:
                because = carried.codes(carried.of_score(name)) if carried else ()
                yield ScoreChangeItem(score=name, label=now.label, before=shown[0], after=shown[1], because=because)


def _points(score: ScoreItem | None) -> Text:
    if score is None:
        return phrase("since.no_points")
    points = "–" if score.points is None else f"{score.points:.0f}"
    return phrase("since.points", points=points, range=f"{score.low:.0f}–{score.high:.0f}")


def _money_changes(before: Assessment, after: Assessment, carried: Carriers | None) -> Iterator[MoneyChangeItem]:
    if before.lacks("project") or before.lacks("cost") or after.lacks("project") or after.lacks("cost"):
        return  # nothing can be said of what was not worked out
    only = carried.changed if carried and len(carried.changed) == 1 else []
    for place, ((label, was), (_, now)) in enumerate(zip(project_figures(before), project_figures(after), strict=True)):
        if was != now:
            users = carried.of_users() if carried and place == 0 else []
            because = carried.codes(only or users) if carried else ()
            yield MoneyChangeItem(label=label, before=was, after=now, because=because)


def _point(assessment: Assessment) -> PointItem:
    verdict = assessment.verdict
    return PointItem(
        on=assessment.assessed_on,
        knowledge=assessment.knowledge_version,
        verdict=verdict.name,
        certainty=verdict.certainty,
    )


def _notes(then: TimePoint, now: TimePoint, asked_then: Assessment, asked_now: Assessment) -> Iterator[Text]:
    """How the two were made otherwise, and what that alone does to the verdict."""
    one, other = then.assessment, now.assessment
    if one.knowledge_version != other.knowledge_version:
        yield phrase("since.knowledge", then=one.knowledge_version, now=other.knowledge_version)
    if one.weighting != other.weighting or one.papers_only != other.papers_only:
        yield phrase("since.weights")
    if (then.settings or SettingsItem()) != (now.settings or SettingsItem()):
        yield phrase("since.settings")
    if asked_then is not one:
        yield phrase("since.anew")
    if asked_now is not other:
        yield phrase("since.anew_now")
    names = [point.firm.name for point in (one, other)]
    if names[0] and names[1] and names[0] != names[1]:
        yield phrase("since.firms", then=names[0], now=names[1])


def _left_open(knowledge: Knowledge, then: Answers, changed: Mapping[str, Answer | None]) -> Iterator[Text]:
    """The questions that were answered then and are not now: what is gone with their answers is not settled."""
    given = [name for name in changed if (answer := then.given.get(name)) and answer.status in ("known", "within")]
    names = [name for name in given if (answer := changed[name]) is None or answer.status == "unknown"]
    if names:
        yield phrase("since.left_open", codes=" ".join(knowledge.questions[name].code for name in names))
