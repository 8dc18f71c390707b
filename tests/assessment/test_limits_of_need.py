"""Need does not exceed the relations there are to manage, and is called what is left of it for a system."""

from __future__ import annotations

import pytest

from advisor.assessment import assess
from advisor.assessment.outlook import verdict_outlook
from advisor.interview.answers import Answer, Answers


def firm(**given):
    values = {"sales_channels": frozenset(["own_staff"]), "field_staff": 3.0, "customer_accounts": 14.0} | given
    return Answers({name: Answer("known", value) for name, value in (DEALS | values).items() if value is not None})


DEALS = {
    "process_complexity": 5, "process_specificity": 4, "decision_roles": 5.0, "system_fragmentation": 5,
    "customer_data_home": "individuals", "customer_data_shared": 1, "relationship_length": 5, "competition": 5,
    "customer_files": 1, "customers_lost_with_staff": 4,
}  # fmt: skip
"""Complex deals, each known to one person alone."""


def need(knowledge, **given):
    return verdict_outlook(knowledge, firm(**given)).need


def test_a_dozen_customers_however_complex_are_no_high_need(knowledge):
    assert need(knowledge).points == pytest.approx(33)
    assert need(knowledge).high == pytest.approx(33)


@pytest.mark.parametrize(
    "change",
    [{"customer_accounts": 100.0}, {"field_staff": 30.0}, {"sales_channels": frozenset(["dealers", "sub_dealers"])}],
)
def test_many_customers_field_staff_or_shops_behind_dealers_lift_the_limit(knowledge, change):
    assert need(knowledge, **change).points > 80


@pytest.mark.parametrize("name", ["customer_accounts", "field_staff", "sales_channels"])
def test_nothing_is_limited_by_what_is_not_known(knowledge, name):
    assert need(knowledge, **{name: None}).points > 80


def test_need_rises_with_customers_and_with_field_staff(knowledge):
    for name in ("customer_accounts", "field_staff"):
        points = [need(knowledge, **{name: number}).points for number in (0.0, 5.0, 12.0, 28.0, 45.0, 90.0, 500.0)]
        assert points == sorted(points)
        assert points[0] < points[-1]


def graded(knowledge, **given):
    assessment = assess(firm(**given), knowledge, engine="columns")
    return assessment.scores[assessment.need]


IN_ORDER = {
    "existing_systems": frozenset(["crm"]), "earlier_crm": "in_use", "customer_data_home": "one_system", "customer_files": 5,
    "customer_data_shared": 5, "system_fragmentation": 1, "customers_lost_with_staff": 1, "customer_accounts": 900.0,
    "decision_roles": 2.0, "competition": 4, "process_complexity": 4,
}  # fmt: skip


def test_need_that_the_present_system_meets_is_low_and_says_why(knowledge):
    met = graded(knowledge, **IN_ORDER, crm_obstacles=frozenset(["too_dear"]))
    assert met.points > 55
    assert (met.grade, met.grade_label.en) == ("low", "low, met by a simpler alternative")


def test_a_system_that_is_no_longer_maintained_meets_no_need(knowledge):
    assert graded(knowledge, **IN_ORDER, crm_obstacles=frozenset(["not_maintained"])).grade == "high"


def test_need_has_no_class_where_next_to_nothing_is_answered(knowledge):
    some = Answers({"competition": Answer("known", 5)})
    score = assess(some, knowledge, engine="columns").scores["need"]
    assert (score.points, score.grade) == (100, None)
