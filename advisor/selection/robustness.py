"""How far the order of the products holds: under other weights, another method, and with a product dropped."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from advisor.assessment.model.selection import CandidateItem, RobustItem, ViewItem
from advisor.knowledge.schema import SelectionScheme
from advisor.phrases import joined, phrases, sentences
from advisor.selection.multicriteria import (
    Matrix,
    critic_weights,
    reversals,
    shares,
    weighted_sum,
)
from advisor.selection.ranking import criterion_points, groups, known_criteria
from advisor.text import Text

phrase = phrases("selection")

NAMED = 3
"""How many of the products on a level with the first are named."""


def robust_item(items: Sequence[CandidateItem], scheme: SelectionScheme) -> RobustItem | None:
    """How far the order can be trusted, of products with a known price, else of those on request; None where no two can be
    held against each other."""
    held = groups(items)
    survivors = next((group for group in held if len(group) > 1), None)
    if survivors is None:
        return None
    names, weights = known_criteria(survivors, scheme)
    points = criterion_points(survivors, names, scheme)
    reversed_pairs = tuple(
        phrase("reversal", dropped=survivors[d].name, one=survivors[i].name, other=survivors[j].name)
        for d, i, j in reversals(points, weights)
        if min(i, j) < scheme.top
    )
    views = [
        (emphasis.title, weights_of_view)
        for emphasis in scheme.emphases.values()
        if any(weights_of_view := [emphasis.weights.get(name, 0.0) for name in names])
    ]
    views.append((phrase("view.critic"), list(critic_weights(points))))
    leaders = tuple(
        ViewItem(title=title, leader=_leader(survivors, points, weights_of_view)) for title, weights_of_view in views
    )
    agree = survivors[0].rank == survivors[0].closeness_rank
    return RobustItem(
        draws=scheme.draws,
        top=min(scheme.top, len(survivors)),
        agree=agree,
        views=leaders,
        reversals=reversed_pairs,
        sentence=_sentence(survivors, len(held) > 1, agree, leaders, reversed_pairs),
    )


def _leader(items: Sequence[CandidateItem], points: Matrix, weights: Sequence[float]) -> str:
    totals = weighted_sum(points, list(shares(weights)))
    return items[int(np.argmax(np.round(totals, 9)))].product


def _sentence(
    survivors: Sequence[CandidateItem],
    apart: bool,
    agree: bool,
    views: Sequence[ViewItem],
    reversed_pairs: Sequence[Text],
) -> Text:
    """What a reader should take from all this, in a few sentences; where others are ranked apart, of whom it is said."""
    leader = survivors[0]
    parts = [phrase("robust.priced" if leader.price_known else "robust.on_request")] if apart else []
    if leader.tied_with:
        tied = [item.name for item in survivors if item.product in leader.tied_with]
        others = joined(tied[:NAMED])
        if len(tied) > NAMED:
            others = phrase("robust.and_more", names=others, count=len(tied))
        parts.append(phrase("robust.tied", name=leader.name, others=others))
    else:
        parts.append(phrase("robust.clear", name=leader.name, second=survivors[1].name))
    parts.append(phrase("robust.agree" if agree else "robust.differ", name=leader.name))
    same = sum(view.leader == leader.product for view in views)
    counted = "views_none" if not same else "views_all" if same == len(views) else "views"
    parts.append(phrase(f"robust.{counted}", same=same, all=len(views)))
    parts.append(phrase("robust.turned" if reversed_pairs else "robust.not_turned"))
    if leader.low is not None and survivors[1].high is not None and survivors[1].high > leader.low:
        parts.append(phrase("robust.overlap"))
    return sentences(parts)
