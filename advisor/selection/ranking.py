"""The order among the products that survive: totals, TOPSIS and near-ties."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from advisor.assessment.model.selection import CandidateItem
from advisor.knowledge.schema import SelectionScheme
from advisor.selection.multicriteria import (
    Matrix,
    ranks,
    top_shares,
    topsis,
    weighted_sum,
)


def ranked_items(items: Sequence[CandidateItem], scheme: SelectionScheme) -> tuple[CandidateItem, ...]:
    """The candidates with totals and ranks: survivors by rank, then the excluded, by name where nothing else decides."""
    survivors = [item for item in items if item.status != "excluded"]
    excluded = sorted((item for item in items if item.status == "excluded"), key=lambda item: item.product)
    if not survivors:
        return tuple(excluded)
    weights = [criterion.weight for criterion in scheme.criteria.values()]
    points = criterion_points(survivors)
    totals, closeness = weighted_sum(points, weights), topsis(points, weights)
    low = weighted_sum(np.array([[mark.low for mark in item.marks] for item in survivors]), weights)
    high = weighted_sum(np.array([[mark.high for mark in item.marks] for item in survivors]), weights)
    rank, closeness_rank = ranks(totals), ranks(closeness)
    top = top_shares(points, scheme.top, scheme.draws, [weight > 0 for weight in weights])
    placed = [
        item.model_copy(
            update={
                "total": round(float(totals[i]), 4),
                "low": round(float(low[i]), 4),
                "high": round(float(high[i]), 4),
                "rank": rank[i],
                "closeness": round(float(closeness[i]), 4),
                "closeness_rank": closeness_rank[i],
                "top_share": round(float(top[i]), 4),
                "tied_with": tuple(
                    other.product
                    for j, other in enumerate(survivors)
                    if j != i and abs(float(totals[i] - totals[j])) < scheme.near_tie
                ),
            }
        )
        for i, item in enumerate(survivors)
    ]
    return (*sorted(placed, key=lambda item: (item.rank, item.closeness_rank, item.product)), *excluded)


def criterion_points(items: Sequence[CandidateItem]) -> Matrix:
    """The points of each product on each criterion."""
    return np.array([[mark.points for mark in item.marks] for item in items])
