"""Scores as rows over the firms, and how the rows of inputs are combined into those of scores."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from advisor.inference.columns import Mask

Combine = Literal["mean", "max", "strongest"]
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

    def turned(self, reversed_: Mask, times: Numbers) -> ScoreRows:
        """The rows as they count: those that count the other way round turned, each multiplied by its ``times``."""
        rows = self
        if reversed_.any():
            points = np.where(reversed_, 100 - self.points, self.points)
            low, high = np.where(reversed_, 100 - self.high, self.low), np.where(reversed_, 100 - self.low, self.high)
            rows = replace(self, points=points, low=low, high=high)
        if (times != 1).any():
            rows = replace(rows, points=rows.points * times, low=rows.low * times, high=rows.high * times)
        return rows


@dataclass(frozen=True)
class Combination:
    """How some scores are made of their inputs: weights, and those that count in the share answered; of a mean of the
    strongest the inputs that always count, and those that only limit (scores × inputs × 1 each, 0 and False where there is
    no input), and how much weight the strongest of the others fill (scores × 1)."""

    combine: Combine
    weights: Numbers
    once: Numbers
    always: Mask
    limits: Mask
    room: Numbers


def combined(parts: ScoreRows, how: Combination) -> ScoreRows:
    """Scores out of their inputs: arrays of scores × inputs × firms in, of scores × firms out."""
    limits, parts = parts, replace(parts, counted=parts.counted & ~how.limits, sure=parts.sure & ~how.limits)
    known = parts.counted & ~np.isnan(parts.points)
    points = np.where(known, parts.points, 0.0)
    open_ = parts.counted & ~parts.sure
    counted, any_known = _any(parts.counted), _any(known)
    weights = how.weights * parts.counted
    with np.errstate(divide="ignore", invalid="ignore"):
        once = how.once * parts.counted
        answered = _sum(once * parts.answered) / _sum(once)
        match how.combine:
            case "max":
                central = np.where(known, points, -np.inf).max(axis=1)
                low = _largest_low(parts.low, parts.sure, open_)
                high = np.where(parts.counted, parts.high, -np.inf).max(axis=1)
            case "strongest":
                readings = np.concatenate([points, parts.low * parts.sure, parts.high * parts.counted])
                there = how.weights * (known | ~parts.counted), how.weights, how.weights
                always, room = np.concatenate([how.always] * 3), np.concatenate([how.room] * 3)
                means = strongest_mean(readings, np.concatenate(np.broadcast_arrays(*there)), always, room)
                central, low, high = np.split(means, 3)
                central = np.minimum(central, high)  # what is missing may not be able to reach what is known
            case "mean":
                known_weights = weights * known
                central = _sum(known_weights * points) / _sum(known_weights)
                low = _least_mean(parts.low, weights, parts.sure, open_)
                high = -_least_mean(-parts.high, weights, parts.sure, open_)
    if how.limits.any():
        least, most = _limits(limits, how.limits)
        central, low, high = np.minimum(central, most), np.minimum(low, least), np.minimum(high, most)
    return ScoreRows(
        points=_rounded(central, any_known, np.nan),
        low=_rounded(low, counted, 0.0),
        high=_rounded(high, counted, 100.0),
        answered=_rounded(answered, counted, 0.0),
        counted=counted,
        sure=_any(parts.sure),
    )


def _limits(parts: ScoreRows, limits: Mask) -> tuple[Numbers, Numbers]:
    """The least and the most that limits may come to; one that may turn out not to apply limits nothing yet."""
    least = np.where(limits & parts.counted, parts.low, 100.0).min(axis=1)
    most = np.where(limits & parts.counted & parts.sure, parts.high, 100.0).min(axis=1)
    return least, most


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


def strongest_mean(values: Numbers, weights: Numbers, always: Mask, room: Numbers) -> Numbers:
    """The mean of the inputs that always count and of as many of the strongest others as there is room for.

    The most that can be put into the room is the least, over every mark, of the room at that mark and of what lies above it
    (Rockafellar and Uryasev 2000); the least is at the value of an input.
    """
    fixed, others = weights * always, weights * ~always
    room = np.minimum(room, _sum(others))
    marks = room[:, None] * values
    for place in range(values.shape[1]):
        marks += others[:, place, None] * np.maximum(values[:, place, None] - values, 0.0)
    mean: Numbers = (_sum(fixed * values) + marks.min(axis=1)) / (_sum(fixed) + room)
    return mean


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
