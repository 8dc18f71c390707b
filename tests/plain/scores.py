"""Scores of one firm in plain Python, input by input: what :mod:`advisor.inference.scores` works out over arrays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.inference.facts import Facts
from advisor.inference.points import attainable, earned
from advisor.inference.scores import InputStatus, InputValue, ScoreValue
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Score, ScoreInput


def plain_scores(knowledge: Knowledge, facts: Facts) -> dict[str, ScoreValue]:
    """Every score of one firm."""
    return {name: _score(knowledge, facts, name) for name in knowledge.scores}


def _score(knowledge: Knowledge, facts: Facts, name: str) -> ScoreValue:
    score = knowledge.scores[name]
    nested = {item.score: _score(knowledge, facts, item.score) for item in score.inputs if item.score}
    inputs = tuple(_input(knowledge, item, facts, nested) for item in score.inputs)
    return _combine(knowledge, name, score, inputs, nested)


def _input(knowledge: Knowledge, item: ScoreInput, facts: Facts, nested: Mapping[str, ScoreValue]) -> InputValue:
    if item.score:
        return _nested_input(item, nested[item.score])
    name = item.fact or ""
    fact, value = knowledge.facts[name], facts.value(name)
    if value is None:
        given = facts.status.get(name)
        missing: InputStatus = given if given in ("unknown", "not_applicable") else "unanswered"
        return InputValue(name, "fact", item.weight, None, *attainable(item, fact), missing, sure=False)
    points = earned(item, fact, value)
    return InputValue(name, "fact", item.weight, points, points, points, "known", value, name not in facts.doubtful)


def _turn(points: float | None, item: ScoreInput) -> float | None:
    return points if points is None or not item.reversed else 100 - points


def _nested_input(item: ScoreInput, part: ScoreValue) -> InputValue:
    counted = [item for item in part.inputs if item.status != "not_applicable"]
    status: InputStatus = "not_applicable" if not counted else "unanswered" if part.points is None else "known"
    low, high = (100 - part.high, 100 - part.low) if item.reversed else (part.low, part.high)
    points, sure = _turn(part.points, item), any(i.sure for i in counted)
    if item.limit and points is not None:
        points = high
    points, low, high = None if points is None else item.times * points, item.times * low, item.times * high
    return InputValue(item.score or "", "score", item.weight, points, low, high, status, sure=sure)


def _combine(
    knowledge: Knowledge, name: str, score: Score, inputs: tuple[InputValue, ...], nested: Mapping[str, ScoreValue]
) -> ScoreValue:
    limits = [i for i, item in zip(inputs, score.inputs, strict=True) if item.limit and i.status != "not_applicable"]
    if limits:
        entering = [item for item in score.inputs if not item.limit]
        parts = tuple(i for i, item in zip(inputs, score.inputs, strict=True) if not item.limit)
        free = _combine(knowledge, name, score.model_copy(update={"inputs": entering}), parts, nested)
        most = min((i.high for i in limits if i.sure), default=100.0)
        points = None if free.points is None else min(free.points, most)
        return ScoreValue(
            name, points, min(free.low, *(i.low for i in limits)), min(free.high, most), free.answered, score.combine, inputs
        )
    counted = [i for i in inputs if i.status != "not_applicable"]
    if not counted:
        return ScoreValue(name, None, 0.0, 100.0, 0.0, score.combine, inputs)
    once = [i for i in counted if not any(_below(knowledge, i) < _below(knowledge, other) for other in inputs)]
    total = sum(i.weight for i in once)
    answered = sum(i.weight * (nested[i.name].answered if i.kind == "score" else i.points is not None) for i in once)
    share = round(answered / total, 6) if total else 0.0
    known = [i for i in counted if i.points is not None]
    if score.combine == "strongest":
        points, low, high = _strongest(score, inputs)
        rounded = None if points is None else round(points, 6)
        return ScoreValue(name, rounded, round(low, 6), round(high, 6), share, score.combine, inputs)
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


def _strongest(score: Score, inputs: tuple[InputValue, ...]) -> tuple[float | None, float, float]:
    """Central reading and interval of a mean of the strongest, in which what does not apply has no strength."""
    out = [i.status == "not_applicable" for i in inputs]
    low = _filled(score, [i.low if i.sure else 0.0 for i in inputs])
    high = _filled(score, [0.0 if o else i.high for i, o in zip(inputs, out, strict=True)])
    if all(i.points is None for i in inputs):
        return None, low, high
    return min(high, _filled(score, [0.0 if o else i.points for i, o in zip(inputs, out, strict=True)])), low, high


def _below(knowledge: Knowledge, item: InputValue) -> set[str]:
    """The facts an input is made of."""
    return set(knowledge.facts_under([item.name])) if item.kind == "score" else {item.name}


def _filled(score: Score, values: list[float | None]) -> float:
    """The inputs that always count, and the strongest others until the room is full; what has no value stays out."""
    there = [(item, value) for item, value in zip(score.inputs, values, strict=True) if value is not None]
    taken = [(item.weight, value) for item, value in there if item.always]
    others = sorted(((value, item.weight) for item, value in there if not item.always), reverse=True)
    weights = [item.weight for item in score.inputs if not item.always]
    room = score.strongest * sum(weights) / len(weights)
    for value, weight in others:
        taken.append((min(weight, room), value))
        room -= taken[-1][0]
    return sum(weight * value for weight, value in taken) / sum(weight for weight, _ in taken)


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
