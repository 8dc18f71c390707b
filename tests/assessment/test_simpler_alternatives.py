"""Simpler alternatives: what points to a complex business rules them out, and what is not answered leaves them likely."""

from __future__ import annotations

import pytest

from advisor.assessment import assess
from advisor.assessment.outlook import verdict_outlook
from advisor.interview import Answer, Answers

SHOP = Answers({
    name: Answer("known", value)
    for name, value in {
        "process_complexity": 1, "process_specificity": 1, "buyers": frozenset(["consumers"]), "decision_roles": 1.0,
        "customer_accounts": 60_000.0, "field_staff": 0.0, "own_sites": 4.0, "partner_sites": 0.0,
        "other_line_models": frozenset(),
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
        {"field_staff": 30.0}, {"own_sites": 10.0}, {"process_specificity": 4}, {"customer_accounts": 200_000.0},
        {"other_line_models": frozenset(["project"])}, {"crm_users": 30.0}, {"customers_lost_with_staff": 3},
    ],
)  # fmt: skip
def test_a_strong_sign_or_a_second_weak_one_rules_it_out(knowledge, sign):
    assert not alternative(knowledge, SHOP, **sign).found


def test_one_weak_sign_does_not(knowledge):
    assert alternative(knowledge, SHOP, own_sites=1.0, customers_lost_with_staff=3).sure


def test_seats_for_people_still_to_be_hired_are_no_sign(knowledge):
    assert alternative(knowledge, SHOP, employees=12.0, crm_users=40.0).sure


def test_a_sign_that_is_not_answered_leaves_it_likely_and_settles_nothing(knowledge):
    firm = Answers({name: answer for name, answer in SHOP.given.items() if name != "field_staff"})
    hurdles = alternative(knowledge, firm)
    assert hurdles.found and hurdles.possible and not hurdles.sure


HAULIER = Answers({
    name: Answer("known", value)
    for name, value in {
        "process_complexity": 1, "process_specificity": 1, "system_fragmentation": 1, "buyers": frozenset(["firms"]),
        "decision_roles": 2.0, "customer_accounts": 40.0, "customer_files": 2, "customer_data_home": "individuals",
        "field_staff": 4.0, "own_sites": 1.0, "partner_sites": 0.0, "other_line_models": frozenset(), "employees": 60.0,
        "promotion_share": 0.0, "customers_lost_with_staff": 2, "online_share": 0.0,
    }.items()
})  # fmt: skip
"""A small haulier for whom both a shared file and a contact tool would do; who would use a system is not answered."""


def test_a_firm_is_told_one_alternative_the_one_that_copes_with_more(knowledge):
    assessment = assess(HAULIER, knowledge, engine="columns")
    assert {"shared_customer_records", "contact_tool"} <= {
        name for support in assessment.trace for name in support.concludes
    }
    assert [way.id for way in assessment.lighter] == ["shared_customer_records"]
    assert "use_contact_tool" not in {task.id for task in assessment.plan}


def test_an_alternative_tells_with_what_numbers_it_copes_and_what_it_takes(knowledge):
    (way,) = assess(HAULIER, knowledge, engine="columns").lighter
    assert {(limit.question, limit.below, limit.holds) for limit in way.carries} == {
        ("customer_accounts", 500.0, True),
        ("crm_users", 30.0, None),
    }
    assert way.yearly is not None and way.own_days is not None
    assert way.own_days[0] > 0


def test_limits_told_are_those_its_rule_holds_it_to(knowledge):
    (many_users,) = (sign for sign in knowledge.verdict.signs if sign.id == "many_users")
    for compiled in knowledge.rules:
        for conclusion in compiled.rule.then if compiled.rule.kind == "lighter" else ():
            carries = knowledge.findings[conclusion.target].carries
            if "customer_accounts" in compiled.rule.when:
                assert carries["customer_accounts"] == compiled.rule.when["customer_accounts"]["below"]
            if "crm_users" in carries:
                assert carries["crm_users"] == many_users.when["crm_users"]["at_least"]


def test_no_task_of_an_alternative_waits_for_the_number_of_users(knowledge):
    assessment = assess(HAULIER, knowledge, engine="columns")
    assert assessment.verdict.name == "not_needed_now"
    assert [task.id for task in assessment.plan if "I8" in task.open] == []


KNOWN_WELL = Answers({
    name: Answer("known", value)
    for name, value in {
        "process_complexity": 5, "decision_roles": 5.0, "customer_accounts": 11.0, "customer_files": 5,
        "customer_data_shared": 4, "customers_lost_with_staff": 1, "field_staff": 5.0, "own_sites": 1.0,
        "partner_sites": 0.0, "other_line_models": frozenset(), "employees": 700.0, "crm_users": 14.0,
    }.items()
})  # fmt: skip
"""Complex deals with a handful of customers whose files are in order."""


def test_complex_deals_with_a_few_customers_in_good_order_need_no_further_system(knowledge):
    assert alternative(knowledge, KNOWN_WELL).sure


@pytest.mark.parametrize(
    "change",
    [
        {"customer_accounts": 30.0}, {"customer_files": 3}, {"customer_data_shared": 3}, {"customers_lost_with_staff": 2},
        {"other_line_models": frozenset(["consumer"])}, {"field_staff": 30.0},
    ],
)  # fmt: skip
def test_more_customers_gaps_or_another_line_rule_that_out(knowledge, change):
    assert not alternative(knowledge, KNOWN_WELL, **change).found
