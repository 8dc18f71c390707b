"""The reference way of a firm, and its money held against what that way costs.

The reference way is the one the firm states if its data rules allow it; else the cheaper of those that suppliers run; else
the cheapest that is left. Ways the firm would have to run itself count only where it states one, or nothing else may be
used: software without a licence fee would make every budget look ample.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from advisor.knowledge.schema.products import Deployment
from advisor.project.cases import Cases, Numbers
from advisor.project.money import WayCost

RUN_BY_SUPPLIERS: tuple[Deployment, ...] = ("hosted", "private_cloud")
Mask = NDArray[np.bool_]
OPEN = -1
"""In place of a way: it is not known which."""


def reference_ways(allowed: Mapping[Deployment, Mask], stated: Mapping[Deployment, Mask]) -> dict[Deployment, Mask]:
    """For each way the firms that may have it as their reference: by what is allowed to them, and what they state."""
    wish = {way: stated[way] & allowed[way] for way in allowed}
    wished = np.logical_or.reduce(list(wish.values()))
    offered = {way: allowed[way] & ~wished for way in RUN_BY_SUPPLIERS if way in allowed}
    served = wished | np.logical_or.reduce(list(offered.values()))
    nothing = ~np.logical_or.reduce(list(allowed.values()))
    return {way: wish[way] | offered.get(way, False) | (~served & (allowed[way] | nothing)) for way in allowed}


def cheapest(ways: Mapping[Deployment, WayCost], candidates: Mapping[Deployment, Mask]) -> NDArray[np.int64]:
    """For each firm the place of the cheapest of its candidates by the first and three later years, base reading; -1 where
    there are several and the cost of one is open."""
    among = np.stack([candidates[way] for way in ways])
    costs = np.stack([cost.first_year[0] + 3 * cost.later_year[0] for cost in ways.values()])
    undecided = (among.sum(axis=0) > 1) & (among & np.isnan(costs)).any(axis=0)
    return np.where(undecided, OPEN, np.argmin(np.where(among, np.nan_to_num(costs), np.inf), axis=0))


def reference_cost(
    cases: Cases, ways: Mapping[Deployment, WayCost], candidates: Mapping[Deployment, Mask]
) -> tuple[Numbers, Numbers]:
    """First and later years of the reference way, each low, base and high × firms; NaN where it is open."""
    place = cheapest(ways, candidates)
    firms = np.arange(len(place))
    first, later = (
        np.stack([cases.range(figure) for figure in figures])[place, :, firms].T
        for figures in ([cost.first_year for cost in ways.values()], [cost.later_year for cost in ways.values()])
    )
    return np.where(place == OPEN, np.nan, first), np.where(place == OPEN, np.nan, later)


def funding_step(shares: tuple[float, ...], money: Numbers, needed: Numbers) -> Numbers:
    """How far money goes: 0, 1 … below each share of the low estimate, then below the low, the base and the high one.

    With shares of a tenth and a third there are six steps. NaN where money or need is not known.

    >>> needed = np.array([[100.0] * 5, [150.0] * 5, [250.0] * 5])
    >>> funding_step((0.1, 0.33), np.array([5.0, 20.0, 60.0, 120.0, 300.0]), needed).tolist()
    [0.0, 1.0, 2.0, 3.0, 5.0]
    """
    low, base, high = needed
    limits = [share * low for share in shares] + [low, base, high]
    step = sum((money >= limit).astype(np.float64) for limit in limits)
    return np.where(np.isnan(money) | np.isnan(base), np.nan, step)


def funding(
    shares: tuple[float, ...], initial: Numbers, yearly: Numbers, first_year: Numbers, later_year: Numbers
) -> Numbers:
    """The step of a firm's money: the worse of the first year, which both budgets pay for, and a later year.

    NaN where a budget or a cost is not known.
    """
    return np.minimum(funding_step(shares, initial + yearly, first_year), funding_step(shares, yearly, later_year))
