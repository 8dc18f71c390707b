"""The quantities work and money grow with: answered, worked out from answers by named ratios, or open."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.knowledge.schema.project import COUNTED, Part, ProjectScheme, Quantity
from advisor.knowledge.schema.selecting import Span
from advisor.project.cases import BASE, READINGS, Cases, Numbers
from advisor.project.firms import FirmFacts


@dataclass(frozen=True)
class Quantities:
    """Every quantity in every case, arrays of cases × firms; NaN where it is open. ``chosen`` has for each which of its
    ways of being known was used, -1 for none."""

    values: Mapping[str, Numbers]
    chosen: Mapping[str, NDArray[np.int64]]

    def __getitem__(self, name: str) -> Numbers:
        return self.values[name]


def spread(scheme: ProjectScheme) -> tuple[str, ...]:
    """The quantities that assumptions of ours leave a range, in their order: the inputs of the cases."""

    def varies(part: Part) -> bool:
        spans = [part.times, part.amount or (0, 0, 0), *(part.points or {}).values(), *(part.values or {}).values()]
        return any(low != high for low, _, high in spans)

    quantities = scheme.quantities.items()
    return tuple(name for name, quantity in quantities if any(varies(p) for parts in quantity.known_from for p in parts))


def read_quantities(scheme: ProjectScheme, cases: Cases, firms: FirmFacts) -> Quantities:
    """Every quantity of some firms in every case."""
    values: dict[str, Numbers] = {name: np.repeat(firms.counted(name)[None], cases.count, axis=0) for name in COUNTED}
    chosen: dict[str, NDArray[np.int64]] = {}
    for name, quantity in scheme.quantities.items():
        values[name], chosen[name] = _read(name, quantity, cases, firms, values)
    return Quantities(values, chosen)


def _read(
    name: str, quantity: Quantity, cases: Cases, firms: FirmFacts, values: Mapping[str, Numbers]
) -> tuple[Numbers, NDArray[np.int64]]:
    amount = np.full((cases.count, firms.size), np.nan)
    chosen: NDArray[np.int64] = np.full(firms.size, -1)
    for place, parts in enumerate(quantity.known_from):
        total = sum((_amount(name, part, cases, firms, values) for part in parts), start=np.zeros((1, firms.size)))
        taken = (chosen < 0) & ~np.isnan(total[0])
        amount, chosen[taken] = np.where(taken, total, amount), place
        if (chosen >= 0).all():
            break
    endless = np.isinf(amount).any(axis=0)  # only the least is known
    amount[:, endless], chosen[endless] = np.nan, -1
    amount = np.maximum(amount, quantity.least)
    return (np.round(amount) if quantity.whole else amount), chosen


def _amount(name: str, part: Part, cases: Cases, firms: FirmFacts, values: Mapping[str, Numbers]) -> Numbers:
    """What a part adds, in every case."""
    times = cases.of(name, part.times)
    if part.amount is not None:
        return np.repeat(cases.of(name, part.amount), firms.size, axis=1)
    if part.values is not None:
        tables = ({answer: span[reading] for answer, span in part.values.items()} for reading in READINGS)
        amount = cases.of(name, [firms.amount(part.fact or "", table) for table in tables]) * times
    elif part.count is not None:
        amount = firms.ticked(part.fact or "", part.count)[None] * times
    else:
        number = firms.chosen if part.choice else firms.number
        read = values[part.quantity] if part.quantity else number(part.fact or "")[None]
        with np.errstate(invalid="ignore"):  # nothing of what has no end is open
            amount = (along(part.points, name, cases, read) if part.points else read) * times
    if part.by:
        amount = _by(amount, values[part.by])
    if part.most is None:
        return amount
    known = np.isfinite(amount)  # what has no end is open, whatever it never goes beyond
    return np.where(known, np.fmin(np.where(known, amount, 0), values[part.most]), amount)


def _by(amount: Numbers, factor: Numbers) -> Numbers:
    """A product that is nothing where either is, even if the other is open."""
    with np.errstate(invalid="ignore"):  # nothing times what has no end
        return np.where((amount == 0) | (factor == 0), 0.0, amount * factor)


def along(points: Mapping[float, Span], name: str, cases: Cases, read: Numbers) -> Numbers:
    """Amounts along straight lines over the logarithm of a number; past the last point the last slope goes on.

    ``read`` has a row for each case, or one for all of them.
    """
    places = sorted(points)
    logs = np.array([math.log1p(place) for place in places])
    at = np.log1p(np.maximum(read, 0))

    def line(reading: int, at: Numbers) -> Numbers:
        amounts = np.array([points[place][reading] for place in places])
        slope = (amounts[-1] - amounts[-2]) / (logs[-1] - logs[-2])
        figures: Numbers = np.where(at > logs[-1], amounts[-1] + slope * (at - logs[-1]), np.interp(at, logs, amounts))
        return figures

    amounts = np.array(np.broadcast_to(line(BASE, at), (cases.count, read.shape[1])))
    for reading, case in cases.moved(name):
        amounts[case] = line(reading, at[case % len(at)])
    return amounts
