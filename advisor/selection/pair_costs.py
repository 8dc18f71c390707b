"""What pairs of product and way cost: the way's work with the product's licence, for all pairs at once.

A price that is not known is not stood in for by another: such a pair has no sum, and its maker is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from advisor.assessment.firm_project import PricedProject
from advisor.assessment.model.selection import PriceState
from advisor.knowledge.schema import Product
from advisor.knowledge.schema.products import Deployment, PriceLine
from advisor.knowledge.schema.selecting import Span
from advisor.project.cases import Numbers
from advisor.project.money import WayWork, way_cost
from advisor.project.prices import Licence, listed_licence, user_year

Pair = tuple[str, Deployment]


class PairCost(NamedTuple):
    """The price of a product run one way, and what is paid to others in the first year, each later year, and over all years,
    low, base and high, in RMB. Sums are None where the price is not known, or the size of the project is open."""

    price: PriceState
    lines: tuple[PriceLine, ...] = ()
    looked_up: date | None = None
    user_year: Span | None = None
    first_year: Span | None = None
    later_year: Span | None = None
    paid: Span | None = None


def pair_costs(
    products: Iterable[Product], project: PricedProject, editions: Mapping[Pair, str | None]
) -> dict[Pair, PairCost]:
    """The cost of every product in each way it can be run, in the edition chosen."""
    prices = {
        (product.id, way): _price(product, way, project, editions.get((product.id, way)))
        for product in products
        for way in product.facts.deployments.known or ()
        if way in project.money.ways
    }
    seats = {product.id: float(product.facts.minimum_seats.known or 1) for product in products}
    licences = {pair: _licence(price, seats[pair[0]], project) for pair, price in prices.items() if price.lines}
    priced = dict(prices)
    for pair, licence in licences.items():
        if np.isnan(licence).any() and not np.isnan(project.users).any():
            priced[pair] = PairCost("on_request")  # the list says nothing for so many users
    for way in project.money.ways:
        pairs = [pair for pair in licences if pair[1] == way and priced[pair].lines]
        if pairs:
            columns = np.stack([licences[pair] for pair in pairs], axis=1)
            costs = _with_sums(way, [priced[pair] for pair in pairs], columns, project)
            priced.update(zip(pairs, costs, strict=True))
    return priced


def _price(product: Product, way: Deployment, project: PricedProject, edition: str | None) -> PairCost:
    """The firm's own figure, else the list price, else that it is to be asked."""
    rates = project.cost.rates
    if own := project.settings.prices.get(product.id, {}).get(way):
        return PairCost("own", (own,), None, user_year((own,), rates))
    datum = product.prices.get(way)
    if datum is None or datum.known is None:
        return PairCost("on_request")
    lines = tuple(line for line in datum.known if line.of in (None, edition))
    if not lines:
        return PairCost("on_request")  # no edition takes so many users
    return PairCost("listed", lines, product.evidence[datum.by or ""].read, user_year(lines, rates))


def _licence(price: PairCost, seats: float, project: PricedProject) -> Numbers:
    """A year of licences in every case, less the discount that was agreed off list prices."""
    licence = listed_licence(
        price.lines, project.cases, np.maximum(project.users, seats), project.cost.rates, project.contacts
    )
    return licence * project.terms.paid_of_list if price.price == "listed" else licence


def _with_sums(way: Deployment, prices: Sequence[PairCost], licences: Numbers, project: PricedProject) -> Iterator[PairCost]:
    """Some products run one way, each with its sums; their licences are an array of cases × products × readings."""
    work = project.money.work[way]
    lines = [{line: amount[:, None] for line, amount in side.items()} for side in (work.once, work.later)]
    spread = WayWork(lines[0], lines[1], work.contingency[:, None])
    cost = way_cost(spread, Licence(np.zeros_like(licences), licences), project.terms)
    figures = (cost.first_year, cost.later_year, cost.paid(project.cost.years))
    for price, *sums in zip(prices, *map(project.ranges, figures), strict=True):
        first, later, paid = sums
        yield price._replace(first_year=first, later_year=later, paid=paid)
