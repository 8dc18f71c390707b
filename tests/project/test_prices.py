"""Licences by price list: a user, a firm and a tier each by its own unit, a list that says nothing leaves the price open."""

from __future__ import annotations

import numpy as np
import pytest

from advisor.knowledge.schema.products import PriceLine
from advisor.project.cases import Cases
from advisor.project.prices import listed_licence, user_year

RATES = {"CNY": 1.0, "USD": 7.0}
CASES = Cases(("price",))
"""The base, the price at its low, and at its high."""


def line(amount, unit="user_month", **more) -> PriceLine:
    return PriceLine.model_validate({"amount": amount, "currency": "CNY", "unit": unit, **more})


def licence(*lines: PriceLine, users: float = 20.0) -> list[float]:
    """A year of licences: base, low and high."""
    return listed_licence(lines, CASES, np.full(CASES.count, users), RATES).tolist()


@pytest.mark.parametrize(("unit", "yearly"), [("user_month", 240), ("user_year", 20), ("firm_month", 12), ("firm_year", 1)])
def test_each_unit_is_paid_as_often_as_it_says(unit: str, yearly: int) -> None:
    assert licence(line(100, unit)) == [100 * yearly] * 3


def test_what_the_firm_pays_once_is_never_multiplied_by_users() -> None:
    assert licence(line([6800, 26800], "firm_year"), users=90) == licence(line([6800, 26800], "firm_year"), users=1)


def test_editions_span_from_the_cheapest_to_the_dearest_with_their_geometric_mean_between() -> None:
    assert licence(line(119), line(220)) == pytest.approx([240 * (119 * 220) ** 0.5, 240 * 119, 240 * 220])
    assert licence(line([0, 300], "user_year")) == [3000, 0, 6000]


def test_foreign_prices_are_changed_at_the_rate() -> None:
    assert licence(line(10, "user_year", currency="USD")) == [1400.0] * 3


def test_at_least_what_is_sold_is_paid_for() -> None:
    assert licence(line(100, "user_year", minimum={"users": 50})) == [5000.0] * 3


@pytest.mark.parametrize(("users", "paid"), [(5, 49), (6, 99), (50, 99), (51, 199)])
def test_of_tiers_the_smallest_that_holds_the_users_is_paid(users: int, paid: int) -> None:
    tiers = [line(49, "firm_year", up_to=5), line(99, "firm_year", up_to=50), line(199, "firm_year", up_to=100)]
    assert licence(*tiers, users=users) == [paid] * 3


def test_beyond_the_largest_tier_the_price_is_open() -> None:
    assert np.isnan(licence(line(49, "firm_year", up_to=5), users=6)).all()


def test_open_users_leave_prices_per_user_open_and_those_per_firm_known() -> None:
    assert np.isnan(licence(line(100), users=np.nan)).all()
    assert licence(line(100, "firm_year"), users=np.nan) == [100.0] * 3


def test_the_licence_of_one_user_is_known_whatever_their_number() -> None:
    assert user_year([line(100), line(400)], RATES) == (1200, 2400, 4800)
    assert user_year([line(100, "firm_year")], RATES) is None


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"amount": [3, 2]}, "from the lowest to the highest"),
        ({"amount": 3, "up_to": 5}, "price for the firm"),
        ({"amount": 3, "edition": {"zh": "版", "en": "A|B"}}, "none of"),
    ],
)
def test_a_line_that_makes_no_sense_is_refused(wrong: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        PriceLine.model_validate({"currency": "CNY", "unit": "user_month", **wrong})
