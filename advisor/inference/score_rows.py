"""Scores as rows over the firms, and how the rows of inputs are combined into those of scores."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from advisor.inference.columns import Mask

Combine = Literal["mean", "max"]
Numbers = NDArray[np.float64]
DECIMALS = 6
"""A score is rounded to so many digits, so that the order of adding up decides nothing."""


@dataclass(frozen=True)
class ScoreRows:
    """Some scores or inputs over all firms: points (NaN where missing), interval, the share answered, whether a row takes
    part, and whether it does so whatever the missing answers are. Each array has a row a score and a column a firm."""

    points: Numbers
    low: Numbers
    high: Numbers
    answered: Numbers
    counted: Mask
    sure: Mask

    @classmethod
    def empty(cls, count: int, size: int) -> ScoreRows:
        """ScoreRows that take no part."""
        shape = (count, size)
        return cls(
            np.full(shape, np.nan),
            np.zeros(shape),
            np.full(shape, 100.0),
            np.zeros(shape),
            np.zeros(shape, np.bool_),
            np.zeros(shape, np.bool_),
        )

    def __getitem__(self, places: int | NDArray[np.int64]) -> ScoreRows:
        numbers = (self.points[places], self.low[places], self.high[places], self.answered[places])
        return ScoreRows(*numbers, self.counted[places], self.sure[places])

    def __setitem__(self, places: NDArray[np.int64], rows: ScoreRows) -> None:
        self.points[places], self.low[places], self.high[places] = rows.points, rows.low, rows.high
        self.answered[places], self.counted[places], self.sure[places] = rows.answered, rows.counted, rows.sure

    def turned(self, reversed_: Mask) -> ScoreRows:
        """The rows with those that count the other way round turned."""
        if not reversed_.any():
            return self
        points = np.where(reversed_, 100 - self.points, self.points)
        low, high = np.where(reversed_, 100 - self.high, self.low), np.where(reversed_, 100 - self.low, self.high)
        return ScoreRows(points, low, high, self.answered, self.counted, self.sure)


def combined(parts: ScoreRows, weights: Numbers, combine: Combine) -> ScoreRows:
    """Scores out of their inputs: arrays of scores × inputs × firms in, of scores × firms out."""
    known = parts.counted & ~np.isnan(parts.points)
    points = np.where(known, parts.points, 0.0)
    open_ = parts.counted & ~parts.sure
    counted, any_known = _any(parts.counted), _any(known)
    with np.errstate(divide="ignore", invalid="ignore"):
        answered = _sum(weights * parts.answered) / _sum(weights)
        if combine == "max":
            central = np.where(known, points, -np.inf).max(axis=1)
            low, high = _largest_low(parts.low, parts.sure, open_), np.where(parts.counted, parts.high, -np.inf).max(axis=1)
        else:
            known_weights = weights * known
            central = _sum(known_weights * points) / _sum(known_weights)
            low = _least_mean(parts.low, weights, parts.sure, open_)
            high = -_least_mean(-parts.high, weights, parts.sure, open_)
    return ScoreRows(
        points=_rounded(central, any_known, np.nan),
        low=_rounded(low, counted, 0.0),
        high=_rounded(high, counted, 100.0),
        answered=_rounded(answered, counted, 0.0),
        counted=counted,
        sure=_any(parts.sure),
    )


def _sum(values: Numbers) -> Numbers:
    """Over the inputs, always in their order: the same for one firm as among many."""
    return functools.reduce(np.add, (values[:, place] for place in range(values.shape[1])))


def _any(masks: Mask) -> Mask:
    """For each score and firm whether any of its inputs is marked."""
    return np.asarray(masks.any(axis=1), np.bool_)


def _rounded(values: Numbers, there: Mask, otherwise: float) -> Numbers:
    return np.asarray(np.round(np.where(there, values, otherwise), DECIMALS), np.float64)


def _largest_low(low: Numbers, sure: Mask, others: Mask) -> Numbers:
    """The least that a largest-of may come down to: its sure inputs stay, of the others only one need."""
    least: Numbers = np.where(others, low, np.inf).min(axis=1)
    found: Numbers = np.where(sure.any(axis=1), np.where(sure, low, -np.inf).max(axis=1), least)
    return found


def _least_mean(values: Numbers, weights: Numbers, sure: Mask, others: Mask) -> Numbers:
    """The least mean there may be: over the sure inputs, and over as many of the others as pull it down."""
    base_weight, base = _sum(weights * sure), _sum(weights * values * sure)
    first = np.where(base_weight > 0, base / base_weight, np.inf)
    if not others.any():
        return first
    counts = others.sum(axis=1)
    order = np.argsort(np.where(others, values, np.inf), axis=1, kind="stable")[:, : counts.max()]
    by_size, weight_by_size = np.take_along_axis(values, order, axis=1), np.take_along_axis(weights, order, axis=1)
    least, whole, weight = first, base, base_weight
    for place in range(order.shape[1]):
        taken = counts > place
        added = weight_by_size[:, place] * taken
        whole, weight = whole + added * by_size[:, place], weight + added
        least = np.minimum(least, np.where(taken, whole / weight, np.inf))
    return least
