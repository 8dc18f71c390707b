"""Scores from 0 to 100 with the interval that missing answers leave open, and the working behind each.

A score is the weighted mean (or the largest) of its inputs. What was not answered, or is not known, is never zero: the
central reading is taken over what is answered, and the interval holds whatever the missing answers may turn out to be,
"does not apply" among them. What does not apply to the firm takes no part at all.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from advisor.inference.facts import Facts
from advisor.knowledge.facts import Fact
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import Value
from advisor.knowledge.schema import Score, ScoreInput

InputStatus = Literal["known", "unknown", "not_applicable", "unanswered"]
_KEPT = 20_000


@dataclass(frozen=True)
class InputValue:
    """One input of a score: its points (None where missing), the range still open, and how it stands.

    ``sure`` is False where a missing answer may yet take the input out of the score: it may turn out not to apply.
    """

    name: str
    kind: Literal["fact", "score"]
    weight: float
    points: float | None
    low: float
    high: float
    status: InputStatus
    answer: Value | None = None
    sure: bool = True


@dataclass(frozen=True)
class ScoreValue:
    """A score: central reading (None where nothing is known), interval, and the share of its weight that is answered."""

    name: str
    points: float | None
    low: float
    high: float
    answered: float
    combine: Literal["mean", "max"]
    inputs: tuple[InputValue, ...]

    @property
    def counted(self) -> tuple[InputValue, ...]:
        """The inputs that take part."""
        return tuple(item for item in self.inputs if item.status != "not_applicable")


def score_all(knowledge: Knowledge, facts: Facts) -> dict[str, ScoreValue]:
    """Every score of the vocabulary for one firm."""
    return score_some(knowledge, facts, knowledge.scores)


def score_some(knowledge: Knowledge, facts: Facts, names: Iterable[str]) -> dict[str, ScoreValue]:
    """The named scores for one firm, in the order asked for."""
    return scorer_of(knowledge).scores(facts, names)


@lru_cache(maxsize=4)
def scorer_of(knowledge: Knowledge) -> Scorer:
    """The scorer of a knowledge, made once."""
    return Scorer(knowledge)


class Scorer:
    """Works out scores, each remembered by the answers under it: a firm that differs in one answer costs little."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._facts_under = {name: tuple(knowledge.facts_under([name])) for name in knowledge.scores}
        self._reach = {
            (name, place): attainable(item, knowledge.facts[item.fact])
            for name, score in knowledge.scores.items()
            for place, item in enumerate(score.inputs)
            if item.fact
        }
        self._kept: dict[tuple[object, ...], ScoreValue] = {}

    def scores(self, facts: Facts, names: Iterable[str]) -> dict[str, ScoreValue]:
        """The named scores for one firm, in the order asked for."""
        if len(self._kept) > _KEPT:
            self._kept.clear()
        return {name: self._score(name, facts) for name in names}

    def _score(self, name: str, facts: Facts) -> ScoreValue:
        under = self._facts_under[name]
        standing = (facts.values.get(fact, facts.status.get(fact)) for fact in under)
        key = (name, *standing, *(fact for fact in under if fact in facts.doubtful))
        if key not in self._kept:
            score = self.knowledge.scores[name]
            nested = {item.score: self._score(item.score, facts) for item in score.inputs if item.score}
            inputs = tuple(self._input(name, place, item, facts, nested) for place, item in enumerate(score.inputs))
            self._kept[key] = _combine(name, score, inputs, nested)
        return self._kept[key]

    def _input(self, score: str, place: int, item: ScoreInput, facts: Facts, nested: Mapping[str, ScoreValue]) -> InputValue:
        if item.score:
            return _nested_input(item, nested[item.score])
        name = item.fact or ""
        value = facts.value(name)
        if value is None:
            given = facts.status.get(name)
            missing: InputStatus = given if given in ("unknown", "not_applicable") else "unanswered"
            return InputValue(name, "fact", item.weight, None, *self._reach[score, place], missing, sure=False)
        points = _turn(map_points(item, self.knowledge.facts[name], value), item)
        assert points is not None
        sure = name not in facts.doubtful
        return InputValue(name, "fact", item.weight, points, points, points, "known", value, sure)


def _nested_input(item: ScoreInput, part: ScoreValue) -> InputValue:
    counted = part.counted
    status: InputStatus = "not_applicable" if not counted else "unanswered" if part.points is None else "known"
    low, high = (100 - part.high, 100 - part.low) if item.reversed else (part.low, part.high)
    sure = any(i.sure for i in counted)
    return InputValue(item.score or "", "score", item.weight, _turn(part.points, item), low, high, status, sure=sure)


def attainable(item: ScoreInput, fact: Fact) -> tuple[float, float]:
    """The least and the most points any answer can earn."""
    if item.values is not None:
        floor = [0.0] if fact.type.several else []
        reached = [*item.values.values(), *floor]
    elif item.points is None:
        reached = [0.0, 100.0]
    else:
        ends = (min(item.points) if fact.low is None else fact.low, max(item.points) if fact.high is None else fact.high)
        reached = [map_points(item, fact, end) for end in ends]
    turned = [100 - points if item.reversed else points for points in reached]
    return min(turned), max(turned)


def _turn(points: float | None, item: ScoreInput) -> float | None:
    return points if points is None or not item.reversed else 100 - points


def map_points(item: ScoreInput, fact: Fact, value: Value) -> float:
    """The points a known value earns, before ``reversed``: by step, by straight lines between points, or by option."""
    if item.values is not None:
        chosen = value if isinstance(value, frozenset) else [str(value)]
        return max((item.values[option] for option in chosen), default=0.0)
    assert isinstance(value, int | float)
    if item.points is None:
        steps = fact.steps
        return 100.0 * (value - steps[0]) / (steps[-1] - steps[0])
    knots = sorted(item.points.items())
    if value <= knots[0][0]:
        return knots[0][1]
    for (x0, y0), (x1, y1) in itertools.pairwise(knots):
        if value <= x1:
            return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
    return knots[-1][1]


def _combine(name: str, score: Score, inputs: tuple[InputValue, ...], nested: Mapping[str, ScoreValue]) -> ScoreValue:
    counted = [i for i in inputs if i.status != "not_applicable"]
    if not counted:
        return ScoreValue(name, None, 0.0, 100.0, 0.0, score.combine, inputs)
    total = sum(i.weight for i in counted)
    answered = sum(i.weight * (nested[i.name].answered if i.kind == "score" else i.points is not None) for i in counted)
    known = [i for i in counted if i.points is not None]
    if score.combine == "max":
        points = max((i.points for i in known if i.points is not None), default=None)
    else:
        weight = sum(i.weight for i in known)
        points = sum(i.weight * i.points for i in known if i.points is not None) / weight if known else None
    low, high = min(_lows(counted, score.combine)), max(_highs(counted, score.combine))
    rounded = None if points is None else round(points, 6)
    return ScoreValue(name, rounded, round(low, 6), round(high, 6), round(answered / total, 6), score.combine, inputs)


def _lows(counted: list[InputValue], combine: str) -> Iterator[float]:
    """What the score may come down to: the sure inputs at their lowest, and others only as long as they pull it down."""
    sure, others = _apart(counted)
    others.sort(key=lambda i: i.low)
    if combine == "max":
        yield max((i.low for i in sure), default=others[0].low if others else 0.0)
    else:
        yield from _running_means([(i.weight, i.low) for i in sure], [(i.weight, i.low) for i in others])


def _highs(counted: list[InputValue], combine: str) -> Iterator[float]:
    """What the score may rise to: the sure inputs at their highest, and others only as long as they pull it up."""
    sure, others = _apart(counted)
    others.sort(key=lambda i: -i.high)
    if combine == "max":
        yield max(i.high for i in counted)
    else:
        yield from _running_means([(i.weight, i.high) for i in sure], [(i.weight, i.high) for i in others])


def _apart(counted: list[InputValue]) -> tuple[list[InputValue], list[InputValue]]:
    return [i for i in counted if i.sure], [i for i in counted if not i.sure]


def _running_means(sure: list[tuple[float, float]], others: list[tuple[float, float]]) -> Iterator[float]:
    """The mean of the sure ones, then with each of the others added in turn."""
    weight = sum(w for w, _ in sure)
    whole = sum(w * points for w, points in sure)
    if sure:
        yield whole / weight
    for w, points in others:
        weight, whole = weight + w, whole + w * points
        yield whole / weight
