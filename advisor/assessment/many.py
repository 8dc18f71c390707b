"""The verdicts of very many firms at once: what :mod:`advisor.assessment.prospect` says of each, over columns.

Enters: a knowledge and :class:`~advisor.interview.coded.CodedFirms`. Leaves: verdict, what is still possible, need, ability
and operating model of each. A property test holds every value to that of one firm assessed by itself.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from advisor.assessment.prospect import KINDS, hurdles_of
from advisor.assessment.verdict import Hurdles, read_verdict
from advisor.inference.evaluator import evaluator_of
from advisor.inference.models import ModelReading
from advisor.inference.score_columns import ScoreColumn, score_columns
from advisor.inference.scores import ScoreValue
from advisor.interview.coded import CodedFirms
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import VerdictName, VerdictScheme


@dataclass(frozen=True)
class Outlook:
    """The verdict of one firm without its grounds; points are None where nothing is known."""

    verdict: VerdictName
    possible: tuple[VerdictName, ...]
    need: tuple[float | None, float, float]
    ability: tuple[float | None, float, float]
    model: ModelReading
    blocked: bool
    conditions: bool


def outlooks(knowledge: Knowledge, firms: CodedFirms) -> list[Outlook]:
    """The outlook of each firm, in their order."""
    today = evaluator_of(knowledge, KINDS, with_model=True).evaluate(firms)
    whatever = evaluator_of(knowledge, KINDS).foresee(firms)
    blocked, conditions, lighter = (hurdles_of(knowledge, kind, today, whatever) for kind in KINDS)
    scheme = knowledge.verdict
    scores = score_columns(knowledge, firms, (scheme.need, scheme.ability))
    needs, abilities = _values(scores[scheme.need]), _values(scores[scheme.ability])
    judge = _Judge(scheme)
    found = []
    for place in range(len(firms)):
        need, ability = needs[place], abilities[place]
        name, possible = judge.verdict(need, ability, blocked[place], conditions[place], lighter[place])
        model = today.models[place]
        spans = (need[0], need[1], need[2]), (ability[0], ability[1], ability[2])
        found.append(Outlook(name, possible, *spans, model, blocked[place].found, conditions[place].found))
    return found


Value = tuple[float | None, float, float, float]
"""Points, low, high and the share answered."""


def _values(column: ScoreColumn) -> list[Value]:
    rows = zip(column.points.tolist(), column.low.tolist(), column.high.tolist(), column.answered.tolist(), strict=True)
    return [(None if points != points else points, low, high, answered) for points, low, high, answered in rows]


class _Judge:
    """Reads verdicts, each once for all firms that no limit tells apart."""

    def __init__(self, scheme: VerdictScheme) -> None:
        self._scheme = scheme
        self._need = sorted((scheme.need_too_low, scheme.need_open))
        self._ability = sorted((scheme.ability_too_low, scheme.ability_enough))
        self._known: dict[tuple[object, ...], tuple[VerdictName, tuple[VerdictName, ...]]] = {}

    def verdict(
        self, need: Value, ability: Value, blocked: Hurdles, conditions: Hurdles, lighter: Hurdles
    ) -> tuple[VerdictName, tuple[VerdictName, ...]]:
        standing = tuple((h.found, h.sure, h.possible) for h in (blocked, conditions, lighter))
        key = (self._between(need, self._need), self._between(ability, self._ability), standing)
        if key not in self._known:
            scores = (_score(need), _score(ability))
            self._known[key] = read_verdict(self._scheme, *scores, blocked, conditions, lighter)
        return self._known[key]

    def _between(self, value: Value, limits: Sequence[float]) -> tuple[object, ...]:
        """Between which limits a score and its bounds lie, and whether enough of it is answered."""
        points, low, high, answered = value
        side = None if points is None else bisect.bisect_right(limits, points)
        enough = answered >= self._scheme.enough_answers
        return side, bisect.bisect_right(limits, low), bisect.bisect_right(limits, high), enough


def _score(value: Value) -> ScoreValue:
    points, low, high, answered = value
    return ScoreValue("", points, low, high, answered, "mean", ())
