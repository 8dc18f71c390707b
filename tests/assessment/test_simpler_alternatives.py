"""Simpler alternatives: what points to a complex business rules them out, and what is not answered leaves them likely."""

from __future__ import annotations

import pytest

from advisor.assessment.outlook import verdict_outlook
from advisor.interview import Answer, Answers

SHOP = Answers({
    name: Answer("known", value)
    for name, value in {
        "process_complexity": 1, "process_specificity": 1, "buyers": frozenset(["consumers"]), "decision_roles": 1.0,
        "customer_accounts": 60_000.0, "field_staff": 0.0, "branches": 4.0, "other_line_models": frozenset(),
        "employees": 40.0, "crm_users": 6.0, "promotion_share": 0.0, "customers_lost_with_staff": 1, "online_share": 10.0,
    }.items()
})  # fmt: skip
"""A simple shop with all that could point to a complex business answered."""


def alternative(knowledge, firm, **changes):
    for name, value in changes.items():
        firm = firm.with_answer(name, Answer("known", value))
    return verdict_outlook(knowledge, firm).lighter


def test_a_simple_shop_of_many_consumers_gets_by_with_a_members_list(knowledge):
    assert alternative(knowledge, SHOP).sure


@pytest.mark.parametrize(
    "sign",
    [
        {"field_staff": 30.0}, {"branches": 10.0}, {"process_specificity": 4}, {"customer_accounts": 200_000.0},
        {"other_line_models": frozenset(["project"])}, {"crm_users": 30.0}, {"customers_lost_with_staff": 3},
    ],
)  # fmt: skip
def test_a_strong_sign_or_a_second_weak_one_rules_it_out(knowledge, sign):
    assert not alternative(knowledge, SHOP, **sign).found


def test_one_weak_sign_does_not(knowledge):
    assert alternative(knowledge, SHOP, branches=1.0, customers_lost_with_staff=3).sure


def test_seats_for_people_still_to_be_hired_are_no_sign(knowledge):
    assert alternative(knowledge, SHOP, employees=12.0, crm_users=40.0).sure


def test_a_sign_that_is_not_answered_leaves_it_likely_and_settles_nothing(knowledge):
    firm = Answers({name: answer for name, answer in SHOP.given.items() if name != "field_staff"})
    hurdles = alternative(knowledge, firm)
    assert hurdles.found and hurdles.possible and not hurdles.sure
