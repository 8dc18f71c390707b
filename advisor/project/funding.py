"""The reference way of a firm, and its money held against what that way costs.

The reference way is the cheaper of those that suppliers run, if the firm's data rules allow one and a listed product has it;
else the cheapest that is left. Ways the firm would have to run itself count only where nothing else may be used: software
without a licence fee would make every budget look ample. Which way a firm favours does not change what it can pay for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from advisor.knowledge.schema.products import Deployment
from advisor.project.cases import Numbers

RUN_BY_SUPPLIERS: tuple[Deployment, ...] = ("hosted", "private_cloud")
BURDEN: tuple[Deployment, ...] = (*RUN_BY_SUPPLIERS, "on_premise", "open_source", "custom")
"""Ways of running a system by how much of it falls to the firm's own people."""
Mask = NDArray[np.bool_]
OPEN = -1
"""In place of a way: it is not known which."""


def reference_ways(allowed: Mapping[Deployment, Mask], offered: Collection[Deployment]) -> dict[Deployment, Mask]:
    """For each way the firms that may have it as their reference. Where nothing is allowed, those ``offered`` that the firm
    would run itself, since what rules them out is a want of people who can be taken on."""
    served = np.logical_or.reduce([allowed[way] for way in RUN_BY_SUPPLIERS if way in allowed])
    nothing = ~np.logical_or.reduce(list(allowed.values()))
    own = {way for way in offered if way not in RUN_BY_SUPPLIERS} or set(offered)
    return {
        way: (firms if way in RUN_BY_SUPPLIERS else ~served & firms) | (nothing & (way in own))
        for way, firms in allowed.items()
    }


def cheapest(costs: Mapping[Deployment, Numbers], candidates: Mapping[Deployment, Mask]) -> NDArray[np.int64]:
    """For each firm the place of the cheapest of its candidates by a cost, an array over firms each; -1 where there are
    several and the cost of one is open."""
    among, amounts = np.stack([candidates[way] for way in costs]), np.stack(list(costs.values()))
    undecided = (among.sum(axis=0) > 1) & (among & np.isnan(amounts)).any(axis=0)
    return np.where(undecided, OPEN, np.argmin(np.where(among, np.nan_to_num(amounts), np.inf), axis=0))


def funding_step(shares: tuple[float, ...], money: Numbers, needed: Numbers) -> Numbers:
    """How far money goes: 0, 1 … below each share of the low estimate, then below the low and the base one.

    With shares of a tenth and a third there are five steps. No money is step 0 whatever is needed; else NaN where money or
    need is not known.

    >>> needed = np.array([[100.0] * 5, [150.0] * 5, [250.0] * 5])
    >>> funding_step((0.1, 0.33), np.array([5.0, 20.0, 60.0, 120.0, 300.0]), needed).tolist()
    [0.0, 1.0, 2.0, 3.0, 4.0]
    """
    low, base, _ = needed
    limits = [share * low for share in shares] + [low, base]
    step = sum((money >= limit).astype(np.float64) for limit in limits)
    return np.where((money != 0) & (np.isnan(money) | np.isnan(base)), np.nan, step)


def worse(one: Numbers, other: Numbers) -> Numbers:
    """The lower of two steps; NaN where one is not known, unless the other is the lowest there is.

    >>> worse(np.array([3.0, np.nan, np.nan]), np.array([2.0, 0.0, 4.0])).tolist()
    [2.0, 0.0, nan]
    """
    return np.where((one == 0) | (other == 0), 0.0, np.minimum(one, other))
