"""Scores of many firms at once: the same arithmetic as :mod:`advisor.inference.scores`, over columns.

What one firm's score is by itself and what it is here agree to six digits; a property test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.inference.coded_columns import mask_of
from advisor.inference.columns import Reading, raw_columns
from advisor.inference.facts import band_of
from advisor.inference.scores import attainable, map_points
from advisor.interview.coded import Coded, CodedFirms
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import facts_in
from advisor.knowledge.schema import ScoreInput

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class ScoreColumn:
    """A score of many firms: points (NaN where nothing is known), interval, and the share of its weight answered."""

    points: Numbers
    low: Numbers
    high: Numbers
    answered: Numbers
    counted: Mask
    sure: Mask


@dataclass(frozen=True)
class _Part:
    """One input of a score over many firms."""

    weight: float
    points: Numbers
    low: Numbers
    high: Numbers
    answered: Numbers
    counted: Mask
    sure: Mask

    @property
    def known(self) -> Mask:
        return self.counted & ~np.isnan(self.points)


def score_columns(knowledge: Knowledge, firms: CodedFirms, names: Iterable[str]) -> dict[str, ScoreColumn]:
    """The named scores of all firms."""
    scorer = _Scorer(knowledge, firms, list(names))
    return {name: scorer.score(name) for name in scorer.names}


class _Scorer:
    def __init__(self, knowledge: Knowledge, firms: CodedFirms, names: list[str]) -> None:
        self.knowledge, self.firms, self.names = knowledge, firms, names
        self._done: dict[str, ScoreColumn] = {}
        under = set(knowledge.facts_under(names))
        under |= {knowledge.bands[name].of for name in under if name in knowledge.bands}
        self._out, self._doubtful = _standing(knowledge, firms, under)

    def score(self, name: str) -> ScoreColumn:
        if name not in self._done:
            score = self.knowledge.scores[name]
            self._done[name] = _combined([self._part(item) for item in score.inputs], score.combine)
        return self._done[name]

    def _part(self, item: ScoreInput) -> _Part:
        return self._nested(item, self.score(item.score)) if item.score else self._fact(item, item.fact or "")

    def _nested(self, item: ScoreInput, part: ScoreColumn) -> _Part:
        if not item.reversed:
            return _Part(item.weight, part.points, part.low, part.high, part.answered, part.counted, part.sure)
        turned = 100 - part.points, 100 - part.high, 100 - part.low
        return _Part(item.weight, *turned, part.answered, part.counted, part.sure)

    def _fact(self, item: ScoreInput, name: str) -> _Part:
        size, fact = self.firms.size, self.knowledge.facts[name]
        band = self.knowledge.bands.get(name)
        question = band.of if band else name
        coded = self.firms.questions.get(question) or Coded((None,), np.zeros(size, np.int64))
        earned = np.full(len(coded.answers), np.nan)
        absent = np.zeros(len(coded.answers), np.bool_)
        for place, answer in enumerate(coded.answers):
            if answer is None or answer.status == "unknown":
                continue
            absent[place] = answer.status == "not_applicable"
            if answer.status == "known" and answer.value is not None and not isinstance(answer.value, tuple):
                value = band_of(answer.value, band) if band and isinstance(answer.value, int | float) else answer.value
                reached = map_points(item, fact, value)
                earned[place] = 100 - reached if item.reversed else reached
        counted = ~(absent[coded.codes] | self._out.get(question, np.zeros(size, np.bool_)))
        points = np.where(counted, earned[coded.codes], np.nan)
        known = ~np.isnan(points)
        least, most = attainable(item, fact)
        sure = known & ~self._doubtful.get(question, np.zeros(size, np.bool_))
        low, high = np.where(known, points, least), np.where(known, points, most)
        return _Part(item.weight, points, low, high, known.astype(np.float64), counted, sure)


def _standing(knowledge: Knowledge, firms: CodedFirms, names: Iterable[str]) -> tuple[dict[str, Mask], dict[str, Mask]]:
    """For each question with a lead-in: the firms it does not apply to, and those of which that is still open."""
    conditional = {name: knowledge.asked_if[name] for name in names if name in knowledge.asked_if}
    needed = {fact for premise in conditional.values() for fact in facts_in(premise)}
    everyone = (1 << firms.size) - 1
    reading = Reading(raw_columns(sorted(needed), firms, foresee=False), {}, everyone)
    out, doubtful = {}, {}
    for name, premise in conditional.items():
        holds, fails = reading.sides(premise)
        out[name], doubtful[name] = mask_of(fails, firms.size), mask_of(everyone & ~holds & ~fails, firms.size)
    return out, doubtful


def _combined(parts: list[_Part], combine: str) -> ScoreColumn:
    counted: Mask = np.array([part.counted for part in parts])
    known: Mask = np.array([part.known for part in parts])
    weights: Numbers = np.array([part.weight for part in parts])[:, None] * counted
    points = np.array([np.where(part.known, part.points, 0.0) for part in parts])
    sure = counted & np.array([part.sure for part in parts])
    low, high = np.array([part.low for part in parts]), np.array([part.high for part in parts])
    any_counted, any_known = _any(counted), _any(known)
    with np.errstate(divide="ignore", invalid="ignore"):
        answered = (weights * np.array([part.answered for part in parts])).sum(axis=0) / weights.sum(axis=0)
        if combine == "max":
            central = np.where(known, points, -np.inf).max(axis=0)
            lows, highs = _largest_low(low, sure, counted & ~sure), np.where(counted, high, -np.inf).max(axis=0)
        else:
            known_weights = weights * known
            central = (known_weights * points).sum(axis=0) / known_weights.sum(axis=0)
            lows = _extreme_mean(low, weights, sure, counted & ~sure)
            highs = -_extreme_mean(-high, weights, sure, counted & ~sure)
    return ScoreColumn(
        points=_settled(central, any_known, np.nan),
        low=_settled(lows, any_counted, 0.0),
        high=_settled(highs, any_counted, 100.0),
        answered=_settled(answered, any_counted, 0.0),
        counted=any_counted,
        sure=_any(sure),
    )


def _settled(values: Numbers, there: Mask, otherwise: float) -> Numbers:
    return np.asarray(np.round(np.where(there, values, otherwise), 6), np.float64)


def _any(masks: Mask) -> Mask:
    """For each firm whether any of its inputs is marked."""
    return np.asarray(masks.any(axis=0), np.bool_)


def _largest_low(low: Numbers, sure: Mask, others: Mask) -> Numbers:
    """The least that a largest-of may come down to: its sure inputs stay, of the others only one need."""
    least: Numbers = np.where(others, low, np.inf).min(axis=0)
    return np.where(sure.any(axis=0), np.where(sure, low, -np.inf).max(axis=0), least)


def _extreme_mean(values: Numbers, weights: Numbers, sure: Mask, others: Mask) -> Numbers:
    """The least mean there may be: over the sure inputs, and over as many of the others as pull it down."""
    base_weight = (weights * sure).sum(axis=0)
    base = (weights * values * sure).sum(axis=0)
    order = np.argsort(np.where(others, values, np.inf), axis=0, kind="stable")
    taken = np.take_along_axis(others, order, axis=0)
    added = np.take_along_axis(weights, order, axis=0) * taken
    sums = base + np.cumsum(added * np.take_along_axis(values, order, axis=0), axis=0)
    means = sums / (base_weight + np.cumsum(added, axis=0))
    first = np.where(base_weight > 0, base / base_weight, np.inf)
    found: Numbers = np.minimum(first, np.where(taken, means, np.inf).min(axis=0))
    return found
