"""Scores from 0 to 100 with the interval that missing answers leave open, and the working behind each.

A score is the weighted mean (or the largest) of its inputs. What was not answered, or is not known, is never zero: the
central reading is taken over what is answered, and the interval runs from all missing inputs at their worst to all at
their best. What does not apply to the firm takes no part at all.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.inference.facts import Facts
from advisor.knowledge.facts import Fact
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import Value
from advisor.knowledge.schema import Score, ScoreInput

InputStatus = Literal["known", "unknown", "not_applicable", "unanswered"]


@dataclass(frozen=True)
class InputValue:
    """One input of a score: its points (None where missing), the range still open, and how it stands."""

    name: str
    kind: Literal["fact", "score"]
    weight: float
    points: float | None
    low: float
    high: float
    status: InputStatus
    answer: Value | None = None


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


def score_all(knowledge: Knowledge, facts: Facts) -> dict[str, ScoreValue]:
    """Every score of the vocabulary for one firm."""
    return score_some(knowledge, facts, tuple(knowledge.scores))


def score_some(knowledge: Knowledge, facts: Facts, names: tuple[str, ...]) -> dict[str, ScoreValue]:
    """The named scores for one firm, in the order asked for."""
    done: dict[str, ScoreValue] = {}

    def evaluate(name: str) -> ScoreValue:
        if name not in done:
            score = knowledge.scores[name]
            nested = {i.score: evaluate(i.score) for i in score.inputs if i.score}
            inputs = tuple(_input(item, knowledge, facts, nested) for item in score.inputs)
            done[name] = _combine(name, score, inputs, nested)
        return done[name]

    for name in names:
        evaluate(name)
    return {name: done[name] for name in names}


def _input(item: ScoreInput, knowledge: Knowledge, facts: Facts, nested: Mapping[str, ScoreValue]) -> InputValue:
    if item.score:
        part = nested[item.score]
        status: InputStatus = "unanswered" if part.points is None else "known"
        points = _turn(part.points, item)
        low, high = (100 - part.high, 100 - part.low) if item.reversed else (part.low, part.high)
        return InputValue(item.score, "score", item.weight, points, low, high, status)
    name = item.fact or ""
    value = facts.value(name)
    if value is None:
        given = facts.status.get(name)
        missing: InputStatus = given if given in ("unknown", "not_applicable") else "unanswered"
        return InputValue(name, "fact", item.weight, None, 0.0, 100.0, missing)
    points = _turn(map_points(item, knowledge.facts[name], value), item)
    assert points is not None
    return InputValue(name, "fact", item.weight, points, points, points, "known", value)


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
    total = sum(i.weight for i in counted)
    if not counted:
        return ScoreValue(name, None, 0.0, 100.0, 0.0, score.combine, inputs)
    known = [i for i in counted if i.points is not None]
    answered = sum(i.weight * (nested[i.name].answered if i.kind == "score" else i.points is not None) for i in counted)
    if score.combine == "max":
        low, high = max(i.low for i in counted), max(i.high for i in counted)
        points = max((i.points for i in known if i.points is not None), default=None)
    else:
        low = sum(i.weight * i.low for i in counted) / total
        high = sum(i.weight * i.high for i in counted) / total
        weight = sum(i.weight for i in known)
        points = sum(i.weight * i.points for i in known if i.points is not None) / weight if known else None
    rounded = None if points is None else round(points, 6)
    return ScoreValue(name, rounded, round(low, 6), round(high, 6), round(answered / total, 6), score.combine, inputs)
