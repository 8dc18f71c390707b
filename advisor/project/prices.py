"""What licences cost a firm a year: by the reference price of a way of running a system, or by the price list of a product.

A user, a firm and a tier are priced each by its own unit: what a whole firm pays once is never multiplied by users. A list
that says nothing for so many users leaves the price open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.knowledge.schema.products import PriceLine
from advisor.knowledge.schema.project import ProjectScheme, WayMoney
from advisor.knowledge.schema.selecting import CostScheme, Span
from advisor.project.cases import Cases, Numbers
from advisor.project.quantities import Quantities, along

PRICE = "price"
"""The input of the cases that all prices belong to."""


@dataclass(frozen=True)
class Licence:
    """What is paid for the software, in RMB: once, and each year; arrays of cases × firms or systems."""

    once: Numbers
    yearly: Numbers


@dataclass(frozen=True)
class Terms:
    """What a firm agreed with a supplier: a discount off list prices, VAT on all that is paid to others, and for how many of
    the years looked at licences are paid in advance."""

    years: int = 5
    discount: float = 0.0
    vat: float = 0.0
    prepaid_years: int = 1

    @property
    def paid_of_list(self) -> float:
        """The share of a list price that is left to pay."""
        return 1.0 - self.discount

    @classmethod
    def of(cls, cost: CostScheme | None) -> Terms:
        """Those that a knowledge has, or a firm set in its place."""
        return cls(cost.years, cost.licence_discount, cost.vat, cost.prepaid_years) if cost else cls()


def per_head(price: Numbers, heads: Numbers) -> Numbers:
    """A price for so many; where nothing is charged, nothing is open either, however many there are."""
    return np.where(price == 0, 0.0, price * heads)


def reference_licence(money: WayMoney, cases: Cases, users: Numbers, contacts: Numbers) -> Licence:
    """Licences by the reference price of a way of running a system."""
    once = per_head(cases.of(PRICE, money.licence_once), users)
    yearly = per_head(cases.of(PRICE, money.licence_year), users) + once * cases.of(PRICE, money.kept_up)
    if money.contacts_year:
        yearly = yearly + along(money.contacts_year, PRICE, cases, contacts)
    return Licence(once, yearly)


def price_level(scheme: ProjectScheme, quantities: Quantities) -> Numbers:
    """How many times the prices of the home market are paid where the firm is at home, in every case."""
    return quantities[scheme.price_level] if scheme.price_level else np.ones((1, 1))


def rate_level(scheme: ProjectScheme, money: WayMoney, quantities: Quantities) -> Numbers:
    """The same for an outside day of a way; what the firm set itself is paid as it is."""
    return np.ones((1, 1)) if money.own_day_rate else price_level(scheme, quantities)


def listed_licence(
    lines: Sequence[PriceLine], cases: Cases, users: Numbers, rates: Mapping[str, float], contacts: Numbers | None = None
) -> Numbers:
    """A year of licences by a price list, in RMB, from the cheapest to the dearest edition; the base is their geometric
    mean.

    ``users`` and ``contacts`` are arrays of cases × firms; contacts left out are open. NaN where no line holds so many, or a
    line is per user and they are open.
    """
    fitting = _tiers(lines, users, np.full(users.shape, np.nan) if contacts is None else contacts)
    ends = [_amounts(line, place, users, rates) for line in lines for place in range(2)]
    valid = [fits for fits in fitting for _ in range(2)]
    low = np.min([np.where(fits, end, np.inf) for fits, end in zip(valid, ends, strict=True)], axis=0)
    high = np.max([np.where(fits, end, -np.inf) for fits, end in zip(valid, ends, strict=True)], axis=0)
    nothing = ~np.logical_or.reduce(fitting)
    low, high = (np.where(nothing, np.nan, end) for end in (low, high))
    return cases.pick(PRICE, (low, np.where(low > 0, np.sqrt(low * high), high / 2), high))


def user_year(lines: Sequence[PriceLine], rates: Mapping[str, float]) -> Span | None:
    """A year of one user's licence in RMB, low, base and high; None where no line is per user."""
    ends = [end * line.times_a_year * rates[line.currency] for line in lines if line.a_user for end in line.ends]
    if not ends:
        return None
    low, high = min(ends), max(ends)
    return low, (low * high) ** 0.5 if low else high / 2, high


def _amounts(line: PriceLine, end: int, users: Numbers, rates: Mapping[str, float]) -> Numbers:
    yearly = line.ends[end] * line.times_a_year * rates[line.currency]
    return yearly * np.maximum(users, line.minimum.users) if line.a_user else np.full(users.shape, yearly)


def _tiers(lines: Sequence[PriceLine], users: Numbers, contacts: Numbers) -> list[NDArray[np.bool_]]:
    """Where each line is one the firm would pay: of tiers the smallest that holds its users or contacts, of
    other lines any."""

    def held_by(line: PriceLine) -> Numbers | None:
        if line.up_to_contacts:
            return np.where(contacts <= line.up_to_contacts, line.up_to_contacts, np.inf)
        return np.where(users <= line.up_to, line.up_to, np.inf) if line.up_to else None

    held = [held_by(line) for line in lines]
    sizes = [size for size in held if size is not None]
    smallest = np.min(sizes, axis=0) if sizes else None
    open_users = np.isnan(users)
    return [
        np.asarray(~(open_users & line.a_user)) if size is None else np.isfinite(size) & (size == smallest)
        for line, size in zip(lines, held, strict=True)
    ]
