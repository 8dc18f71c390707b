"""Weights from pairwise judgements (analytic hierarchy process): principal eigenvector, consistency, and what is at odds.

Method: T. L. Saaty, "How to make a decision: the analytic hierarchy process", European Journal of Operational Research 48
(1990) 9-26. The random index of a table divides the consistency index; tables differ, so the one used is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

RANDOM_INDEX: Mapping[str, tuple[float, ...]] = {
    "saaty": (0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49),
    "alonso_lamata": (0.5245, 0.8815, 1.1086, 1.2479, 1.3417, 1.4056, 1.4499, 1.4854),
}
"""Mean consistency index of random matrices of order 3 to 10: Saaty's, and Alonso and Lamata's of 2006."""
LARGEST_ORDER = 10
ACCEPTABLE = 0.10
"""Judgements with a ratio above this should be looked at again (Saaty)."""
MOST_NAMED = 3


@dataclass(frozen=True)
class InconsistentJudgement:
    """A judgement that the others contradict most: what was judged for ``row`` over ``column``, and what they imply."""

    row: int
    column: int
    judged: float
    implied: float


@dataclass(frozen=True)
class Priorities:
    """Weights that add up to 1, the largest eigenvalue, consistency index and ratio, and the judgements most at odds.

    ``ratio`` is 0 for two items, which cannot be inconsistent.
    """

    weights: tuple[float, ...]
    eigenvalue: float
    index: float
    ratio: float
    table: str
    inconsistent: tuple[InconsistentJudgement, ...]

    @property
    def consistent(self) -> bool:
        """Whether the ratio is acceptable."""
        return self.ratio <= ACCEPTABLE


def priorities(matrix: Sequence[Sequence[float]], table: str = "saaty") -> Priorities:
    """The priorities of a reciprocal matrix of order 2 to 10.

    Raises ``ValueError`` where the matrix is not square, positive and reciprocal, or too large for the table.
    """
    import numpy as np

    judgements = np.array(matrix, dtype=float)
    size = len(judgements)
    if judgements.shape != (size, size) or not 2 <= size <= LARGEST_ORDER:
        raise ValueError(f"a square matrix of order 2 to {LARGEST_ORDER} is needed")
    if (
        not np.all(np.isfinite(judgements))
        or np.any(judgements <= 0)
        or not np.allclose(judgements * judgements.T, 1.0, rtol=1e-6)
    ):
        raise ValueError("judgements are positive, and each is one over its reverse")
    values, vectors = np.linalg.eig(judgements)
    largest = int(np.argmax(values.real))
    eigenvalue = float(values[largest].real)
    vector = np.abs(vectors[:, largest].real)
    weights = vector / vector.sum()
    index = max(0.0, (eigenvalue - size) / (size - 1))
    ratio = 0.0 if size == 2 else index / RANDOM_INDEX[table][size - 3]
    implied = weights[:, None] / weights[None, :]
    pairs = [(i, j) for i in range(size) for j in range(i + 1, size)]
    error = {(i, j): abs(float(np.log(judgements[i, j] / implied[i, j]))) for i, j in pairs}
    worst = sorted((pair for pair in pairs if error[pair] > 1e-6), key=lambda pair: -round(error[pair], 9))[:MOST_NAMED]
    inconsistent = tuple(InconsistentJudgement(i, j, float(judgements[i, j]), float(implied[i, j])) for i, j in worst)
    return Priorities(tuple(float(w) for w in weights), eigenvalue, index, ratio, table, inconsistent)


def reciprocal(size: int, upper: Mapping[tuple[int, int], float]) -> list[list[float]]:
    """The full matrix of judgements given once for each pair ``(i, j)``, i before j."""
    return [[1.0 if i == j else upper[i, j] if i < j else 1.0 / upper[j, i] for j in range(size)] for i in range(size)]
