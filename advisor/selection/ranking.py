"""The order among the products that survive: totals, TOPSIS and near-ties, apart for those whose price is on request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from advisor.assessment.model.selection import CandidateItem
from advisor.knowledge.schema import SelectionScheme
from advisor.knowledge.schema.products import Deployment
from advisor.knowledge.schema.selecting import CriterionName
from advisor.selection.filters import MUSTS
from advisor.selection.multicriteria import (
    Matrix,
    ranks,
    top_shares,
    topsis,
    weighted_sum,
)


def ranked_items(items: Sequence[CandidateItem], scheme: SelectionScheme) -> tuple[CandidateItem, ...]:
    """The candidates with totals and ranks: survivors with a known price by rank, those on request by theirs, then the
    excluded, by name where nothing else decides."""
    excluded = sorted((item for item in items if item.status == "excluded"), key=lambda item: item.product)
    return (*(item for group in groups(items) for item in _ranked(group, scheme)), *excluded)


def groups(items: Sequence[CandidateItem]) -> list[list[CandidateItem]]:
    """The survivors that can be held against each other: those with a known price, and those on request."""
    survivors = [item for item in items if item.status != "excluded"]
    apart = ([item for item in survivors if (item.price == "on_request") is asked] for asked in (False, True))
    return [group for group in apart if group]


def leading_pairs(items: Sequence[CandidateItem], way: Deployment | None) -> list[CandidateItem]:
    """All survivors, first those run the way that is planned, then those that lack nothing that is likely to be asked for,
    each by the points on what is known of it: a price on request neither helps nor hurts."""

    def order(item: CandidateItem) -> tuple[bool, bool, float, int, str]:
        lacks = any(remark.filter == MUSTS for remark in item.depends)
        return item.way != way, lacks, -(item.total or 0.0), item.rank or 0, item.product

    return sorted((item for item in items if item.rank is not None), key=order)


def known_criteria(items: Sequence[CandidateItem], scheme: SelectionScheme) -> tuple[list[CriterionName], list[float]]:
    """The criteria on which every item has points, with their weights; all alike where none of them weighs anything."""
    names = [name for name in scheme.criteria if all(name in {mark.criterion for mark in item.marks} for item in items)]
    weights = [scheme.criteria[name].weight for name in names]
    return names, weights if any(weights) else [1.0] * len(names)


def criterion_points(
    items: Sequence[CandidateItem], names: Sequence[CriterionName], reading: Literal["points", "low", "high"] = "points"
) -> Matrix:
    """The points of each product on some criteria."""
    marks = [{mark.criterion: mark for mark in item.marks} for item in items]
    return np.array([[getattr(by_name[name], reading) for name in names] for by_name in marks])


def _ranked(group: Sequence[CandidateItem], scheme: SelectionScheme) -> list[CandidateItem]:
    names, weights = known_criteria(group, scheme)
    points = criterion_points(group, names)
    totals, closeness = weighted_sum(points, weights), topsis(points, weights)
    low, high = (weighted_sum(criterion_points(group, names, end), weights) for end in ("low", "high"))
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
                    for j, other in enumerate(group)
                    if j != i and abs(float(totals[i] - totals[j])) < scheme.near_tie
                ),
            }
        )
        for i, item in enumerate(group)
    ]
    return sorted(placed, key=lambda item: (item.rank, item.closeness_rank, item.product))
