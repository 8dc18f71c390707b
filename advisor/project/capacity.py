"""What a firm has of its own people, held against what its project asks of them."""

from __future__ import annotations

import numpy as np

from advisor.project.cases import Numbers

JUST_ENOUGH = 3.0
"""The step of IT staff where as many are there as are asked for."""
ADVISER_ENGAGED = 4
"""The step of `adviser_stage` from which an adviser stands in for IT staff: engaged, and not merely budgeted."""


def it_step(shares: tuple[float, ...], staff: Numbers, needed: Numbers, stands_in: Numbers) -> Numbers:
    """How far IT staff goes: 0 for none, then a step more from each share of what is asked for. NaN where not known.

    Somebody else who ``stands_in`` (1, else 0) makes it just enough.

    >>> it_step((0.5, 1.0, 2.0), np.array([0.0, 1.0, 3.0, 5.0, 0.0]), np.full(5, 5.0), np.array([0, 0, 0, 0, 1])).tolist()
    [0.0, 1.0, 2.0, 3.0, 3.0]
    """
    step = np.where(staff > 0, 1.0 + sum((staff >= share * needed).astype(np.float64) for share in shares), 0.0)
    enough = np.where(stands_in > 0, np.maximum(step, JUST_ENOUGH), step)
    known = ~np.isnan(staff) & (~np.isnan(stands_in) | (step >= JUST_ENOUGH))
    return np.where(known, enough, np.nan)


def people_step(weeks: tuple[float, ...], people: Numbers, own_days: Numbers, days_a_week: float) -> Numbers:
    """How far people go: 0 for none, then a step more for each number of weeks that the own days do not take them.

    NaN where people or days are not known.

    >>> people_step((52, 26, 13), np.array([0.0, 1.0, 2.0, 4.0, 9.0]), np.full(5, 200.0), 2.0).tolist()
    [0.0, 1.0, 2.0, 3.0, 4.0]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        taken = own_days / (people * days_a_week)
    step = 1.0 + sum((taken <= limit).astype(np.float64) for limit in weeks)
    known = np.where(np.isnan(people) | np.isnan(own_days), np.nan, step)
    return np.where(people == 0, 0.0, known)
