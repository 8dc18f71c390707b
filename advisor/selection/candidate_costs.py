"""What products cost in the ways they can be run, worked out for all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from advisor.knowledge.schema import CostScheme, Product
from advisor.knowledge.schema.products import Deployment
from advisor.knowledge.schema.selecting import Span
from advisor.selection import cost as cost_model
from advisor.selection.buyer import Buyer
from advisor.selection.deployment_costs import cost_inputs


class CandidateCost(NamedTuple):
    """What a product costs in one way of being run, low, base and high, in RMB: paid to others in the first year, paid to
    others in all years, and all of it, own staff included."""

    first_year: Span
    paid: Span
    total: Span


def candidate_costs(
    products: Iterable[Product], buyer: Buyer, scheme: CostScheme
) -> dict[tuple[str, Deployment | None], CandidateCost]:
    """The cost of every product, by its id and each way it can be run."""
    alike: dict[tuple[str, ...], dict[tuple[str, Deployment | None], cost_model.Readings]] = {}
    for product in products:
        for way in product.facts.deployments.known or ():
            inputs = _readings(product, way, buyer, scheme)
            alike.setdefault(tuple(inputs), {})[product.id, way] = inputs
    costs: dict[tuple[str, Deployment | None], CandidateCost] = {}
    for readings in alike.values():
        costs.update(zip(readings, _costs(list(readings.values()), scheme.years), strict=True))
    return costs


def _costs(readings: Sequence[cost_model.Readings], years: int) -> Iterator[CandidateCost]:
    """The cost of systems whose inputs have the same names."""
    columns = {name: np.array([inputs[name] for inputs in readings]).T for name in readings[0]}
    flow = cost_model.flow(columns, years)
    figures = (flow.first(), flow.total(cost_model.PAID_OUT), flow.total())
    return (CandidateCost(*spans) for spans in zip(*map(cost_model.cost_ranges, figures), strict=True))


def _readings(product: Product, way: Deployment, buyer: Buyer, scheme: CostScheme) -> cost_model.Readings:
    """The inputs of one product's cost; without a price of this way, what it costs online stands in for it."""
    seats = product.facts.minimum_seats.known
    price = product.prices.get(way)
    if price and price.known:
        return cost_inputs(buyer, scheme, way, price.known, seats, is_price_of_way=True)[0]
    online = product.prices.get("hosted")
    return cost_inputs(buyer, scheme, way, online.known if online else None, seats)[0]
