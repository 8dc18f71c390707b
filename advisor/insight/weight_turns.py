"""The weights at which the verdict turns: for each input of need and ability the nearest, worked out backwards."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from advisor.assessment.outlook import VerdictOutlook
from advisor.assessment.verdict import limits, verdict_of
from advisor.inference.scores import InputValue, ScoreValue
from advisor.inference.shares import shares, weights_taken
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import VerdictName

STEPS = 60
"""How often the value of a score is narrowed down at most."""
CLOSE = 1e-10
SLIGHT = 1e-6
"""The least weight there is."""


@dataclass(frozen=True)
class WeightTurn:
    """The weight of an input at which the verdict turns: what it is now, what it would have to pass, and to what."""

    score: str
    input: str
    now: float
    then: float
    verdict: VerdictName

    @property
    def factor(self) -> float:
        """The weight as a multiple of today's."""
        return self.then / self.now


def _verdict(knowledge: Knowledge, now: VerdictOutlook, need: float, ability: float) -> VerdictName:
    return verdict_of(knowledge.verdict, need, ability, **hurdles_found(now))


def hurdles_found(now: VerdictOutlook) -> dict[str, bool]:
    """What of hurdles a verdict looks at, as today's answers have it."""
    return {"blocked": now.blocked.found, "conditions": now.conditions.found, "lighter": now.lighter.found}


def weight_turns(knowledge: Knowledge, now: VerdictOutlook) -> list[WeightTurn]:
    """For every weight under need and ability the nearest value, if any, at which the verdict turns."""
    nearest_turns: list[WeightTurn] = []
    for part, cutoffs in limits(knowledge.verdict).items():
        composite = _Composite(knowledge, now, part)
        for name in composite.weighted():
            marks = [mark for cutoff in cutoffs if (mark := composite.mark(name, cutoff)) is not None]
            for place, item in enumerate(composite.scores[name].inputs):
                if item.points is not None:
                    turns = [turn for mark in marks for turn in composite.turns(name, place, mark)]
                    nearest_turns += sorted(turns, key=lambda turn: abs(math.log(turn.factor)))[:1]
    return sorted(nearest_turns, key=lambda turn: (abs(math.log(turn.factor)), turn.score, turn.input))


class _Composite:
    """Need or ability of a firm as it follows from any one of the scores it is made of."""

    def __init__(self, knowledge: Knowledge, now: VerdictOutlook, part: str) -> None:
        self.knowledge, self.now, self.part = knowledge, now, part
        self.name = knowledge.verdict.need if part == "need" else knowledge.verdict.ability
        self.scores = {name: now.score(name) for name in sorted(knowledge.scores_under(self.name))}
        self._below = {name: frozenset(knowledge.scores_under(name)) for name in self.scores}

    def weighted(self) -> list[str]:
        """The scores in which weights count: not where only the largest input does, nor where no more than one is known."""
        return [
            score.name
            for score in self.scores.values()
            if score.combine != "max" and sum(item.points is not None for item in score.inputs) > 1
        ]

    def points(self, changed: str, value: float) -> float:
        """Need or ability where one score comes to another value."""
        return self._points(self.name, changed, value) or 0.0

    def _points(self, name: str, changed: str, value: float) -> float | None:
        score = self.scores[name]
        if name == changed:
            return value
        if changed not in self._below[name]:
            return score.points
        inputs = []
        for item, authored in zip(score.inputs, self.knowledge.scores[name].inputs, strict=True):
            below = self._points(item.name, changed, value) if item.kind == "score" else None
            turned = below if below is None or not authored.reversed else 100 - below
            inputs.append(item if turned is None else replace(item, points=authored.times * turned))
        parts = shares(score.combine, inputs, score.room)
        return sum(share * (item.points or 0.0) for share, item in zip(parts, inputs, strict=True))

    def mark(self, name: str, cutoff: float) -> float | None:
        """The value of a score at which need, or ability, comes to a cut-off; None where none does.

        Need and ability move one way with a score, in straight pieces; so a false position is on the mark once both ends
        lie in the same piece.
        """
        low, high = 0.0, 100.0
        at_low, at_high = (self.points(name, end) - cutoff for end in (low, high))
        if at_low * at_high > 0 or at_low == at_high:
            return None
        for _ in range(STEPS):
            middle = low + (high - low) * at_low / (at_low - at_high)
            for guess in (middle, (low + high) / 2):
                at_guess = self.points(name, guess) - cutoff
                if abs(at_guess) < CLOSE:
                    return guess
                if at_guess * at_low > 0:
                    low, at_low = guess, at_guess
                else:
                    high, at_high = guess, at_guess
        return (low + high) / 2

    def turns(self, name: str, place: int, mark: float) -> Iterator[WeightTurn]:
        """Where the weight of an input brings its score to a mark and the verdict beyond is another."""
        score = self.scores[name]
        now = score.inputs[place].weight
        for then in _crossings(score, place, mark):
            beyond = then * (1 + 1e-6) if then > now else then * (1 - 1e-6)
            value = mark + _excess(score, place, mark, beyond)[1]
            points = {"need": self.now.need.points, "ability": self.now.ability.points, self.part: self.points(name, value)}
            need, ability = points["need"], points["ability"]
            assert need is not None and ability is not None
            verdict = _verdict(self.knowledge, self.now, need, ability)
            if verdict != self.now.name:
                yield WeightTurn(name, score.inputs[place].name, now, then, verdict)


def _reweighted(score: ScoreValue, place: int, weight: float) -> tuple[list[InputValue], float]:
    """The inputs with another weight for one of them, and the room the strongest then fill."""
    inputs = [replace(item, weight=weight) if other == place else item for other, item in enumerate(score.inputs)]
    others, now = (sum(i.weight for i in some if not i.always and not i.limit) for some in (inputs, score.inputs))
    return inputs, score.room * others / now if now else 0.0


def _excess(score: ScoreValue, place: int, mark: float, weight: float) -> tuple[float, float]:
    """How far the score lies over a mark with another weight: times the weight of all that counts, and in points."""
    inputs, room = _reweighted(score, place, weight)
    taken = weights_taken(score.combine, inputs, room)
    over = sum(part * ((item.points or 0.0) - mark) for part, item in zip(taken, inputs, strict=True))
    return over, over / sum(taken)


def _crossings(score: ScoreValue, place: int, mark: float) -> Iterator[float]:
    """The weights of an input at which the score comes to a mark; between :func:`_kinks` it moves along a straight line."""
    kinks = [SLIGHT, *_kinks(score, place)]
    for low, high in itertools.zip_longest(kinks, kinks[1:]):
        ends = (low, high or 2 * low + 1)
        at_low, at_high = (_excess(score, place, mark, weight)[0] for weight in ends)
        if abs(at_low - at_high) > CLOSE:
            then = low + (ends[1] - low) * at_low / (at_low - at_high)
            if low < then and (high is None or then <= high) and math.isfinite(then):
                yield then


def _kinks(score: ScoreValue, place: int) -> list[float]:
    """The weights of an input at which another becomes the last of the strongest; none in a mean."""
    item = score.inputs[place]
    if score.combine != "strongest" or item.always:
        return []
    others = [i for i in score.inputs if not i.always and not i.limit]
    share = score.room / sum(i.weight for i in others)
    whole = sum(i.weight for i in others) - item.weight
    there = [i for i in others if i.points is not None or i.status == "not_applicable"]
    kinks, before, passed = set(), 0.0, 0.0
    for other in sorted(there, key=lambda i: -(i.points or 0.0)):
        before, passed = (before, 1.0) if other is item else (before + other.weight, passed)
        if passed != share:
            kinks.add((share * whole - before) / (passed - share))
    return sorted(kink for kink in kinks if kink > SLIGHT)
