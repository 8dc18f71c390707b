"""What an answer earns as input of a score: 0 to 100 points, by step, by option, or along straight lines."""

from __future__ import annotations

import itertools
import math

from advisor.knowledge.facts import Fact
from advisor.knowledge.margins import Margin
from advisor.knowledge.premises import Value
from advisor.knowledge.schema import ScoreInput


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
    turned = [_as_counted(item, points) for points in reached]
    return min(turned), max(turned)


def attainable_within(item: ScoreInput, fact: Fact, margin: Margin) -> tuple[float, float]:
    """The least and the most points an answer within a margin can earn."""
    if item.values is not None:
        return attainable(item, fact)
    last = max(item.points or fact.steps) if math.isinf(margin.high) else margin.high
    reached = [earned(item, fact, number) for number in margin.ends_and(last, *(item.points or ()))]
    if math.isinf(margin.high):
        reached.append(earned(item, fact, max(last, margin.low)))
    return min(reached), max(reached)


def earned(item: ScoreInput, fact: Fact, value: Value) -> float:
    """The points a known value brings to its score, as they count there: turned and multiplied where the input says so."""
    return _as_counted(item, map_points(item, fact, value))


def _as_counted(item: ScoreInput, points: float) -> float:
    return item.times * (100 - points if item.reversed else points)


def map_points(item: ScoreInput, fact: Fact, value: Value) -> float:
    """The points of a known value before ``reversed``: by step, by straight lines between points, or by option."""
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
