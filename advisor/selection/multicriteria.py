"""Ranking by several criteria: weighted sum, TOPSIS, and how far either can be trusted. Pure functions over a matrix.

Rows are alternatives, columns criteria, all to be maximised unless ``costs`` says otherwise. TOPSIS also takes several
matrices at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]
SEED = 20261124


def shares(weights: Sequence[float]) -> Matrix:
    """Weights as shares of their sum. Raises ``ValueError`` where none is above 0 or one is below."""
    values = np.asarray(weights, dtype=float)
    if (values < 0).any() or values.sum() <= 0:
        raise ValueError("weights must not be negative, and one must be above 0")
    scaled: Matrix = values / values.sum()
    return scaled


def weighted_sum(points: Matrix, weights: Sequence[float]) -> Matrix:
    """The weighted mean of each row. Points keep their scale, so no alternative moves another's total.

    >>> weighted_sum(np.array([[100.0, 0.0], [50.0, 50.0]]), [3, 1]).tolist()
    [75.0, 50.0]
    """
    total: Matrix = points @ shares(weights)
    return total


def topsis(values: Matrix, weights: Sequence[float], costs: Sequence[bool] | None = None) -> Matrix:
    """Closeness of each row to the ideal, 0 to 1 (Hwang & Yoon 1981).

    Columns are divided by their Euclidean length; the ideal takes the best value that occurs in each column, its opposite
    the worst; distances are Euclidean. Where no column tells rows apart, all get 0.5.
    """
    length = np.linalg.norm(values, axis=-2, keepdims=True)
    scaled = values / np.where(length > 0, length, 1.0) * shares(weights)
    signed = scaled * np.where(np.asarray(costs if costs is not None else [False] * values.shape[-1]), -1.0, 1.0)
    to_best = np.linalg.norm(signed - signed.max(axis=-2, keepdims=True), axis=-1)
    to_worst = np.linalg.norm(signed - signed.min(axis=-2, keepdims=True), axis=-1)
    both = to_best + to_worst
    closeness: Matrix = np.where(both > 0, to_worst / np.where(both > 0, both, 1.0), 0.5)
    return closeness


def ranks(totals: Matrix) -> list[int]:
    """Rank of each total, 1 the highest; equal totals (to nine places) share a rank.

    >>> ranks(np.array([3.0, 9.0, 3.0]))
    [2, 1, 2]
    """
    rounded = np.round(totals, 9)
    return [1 + int((rounded > value).sum()) for value in rounded]


def top_shares(points: Matrix, top: int, draws: int, counted: Sequence[bool]) -> Matrix:
    """The share of random weightings (every mix of weights alike, drawn the same each time) that put a row among the first
    ``top``; criteria that are not ``counted`` keep the weight 0."""
    generator = np.random.default_rng(SEED)
    used = np.asarray(counted)
    weights = np.zeros((draws, points.shape[1]))
    weights[:, used] = generator.dirichlet(np.ones(int(used.sum())), size=draws)
    totals = np.round(points @ weights.T, 9)
    better = (totals[None, :, :] > totals[:, None, :]).sum(axis=1)
    share: Matrix = (better < top).mean(axis=1)
    return share


def reversals(points: Matrix, weights: Sequence[float]) -> list[tuple[int, int, int]]:
    """Where TOPSIS turns the order of two rows when a third is dropped: (dropped, row once ahead, row now ahead)."""
    count = len(points)
    if count < 3:
        return []
    rest = np.array([[row for row in range(count) if row != dropped] for dropped in range(count)])
    before, after = np.round(topsis(points, weights), 9)[rest], np.round(topsis(points[rest], weights), 9)
    turned = (before[:, :, None] > before[:, None, :]) & (after[:, :, None] < after[:, None, :])
    return [(dropped, int(rest[dropped, i]), int(rest[dropped, j])) for dropped, i, j in np.argwhere(turned).tolist()]


def critic_weights(values: Matrix) -> Matrix:
    """Weights by spread and by how little a column repeats others (CRITIC, Diakoulaki et al. 1995); all columns to be
    maximised. A column that does not tell rows apart weighs nothing; where none does, all weigh the same."""
    telling = np.ptp(values, axis=0) > 0
    if len(values) < 2 or telling.sum() < 2:
        return shares([1.0] * values.shape[1])
    weights = np.zeros(values.shape[1])
    weights[telling] = _critic(values[:, telling])
    return weights


def _critic(values: Matrix) -> Matrix:
    low, high = values.min(axis=0), values.max(axis=0)
    scaled = (values - low) / (high - low)
    information = scaled.std(axis=0, ddof=1) * (1 - np.corrcoef(scaled.T)).sum(axis=0)
    return shares(information)
