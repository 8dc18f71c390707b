"""What a project grows with is answered, worked out or open; nothing stands in for a missing answer."""

from __future__ import annotations

import numpy as np
import pytest

from advisor.inference.facts import derive
from advisor.interview import Answers
from advisor.knowledge import load_knowledge
from advisor.project.money import cases_of
from advisor.project.one_firm import OneFirm
from advisor.project.quantities import read_quantities
from tests.project.firms import Given, WrittenFirms, firm, scheme_of

KNOWLEDGE = load_knowledge()
SCHEME = scheme_of(KNOWLEDGE)
CASES = cases_of(SCHEME)


def span(name: str, **changes: Given) -> list[float]:
    quantities = read_quantities(SCHEME, CASES, WrittenFirms((firm(**changes),)))
    return [round(float(number), 1) for number in CASES.range(quantities[name])[:, 0]]


def test_users_the_firm_stated_are_taken_as_stated() -> None:
    assert span("users") == [45, 45, 45]


def test_users_not_stated_are_field_staff_and_office_staff_with_a_range() -> None:
    low, base, high = span("users", crm_users=None)
    assert 36 < low < base < high < 130


def test_without_head_count_or_field_staff_users_are_open() -> None:
    assert np.isnan(span("users", crm_users=None, employees=None)).all()
    assert np.isnan(span("users", crm_users=None, field_staff=None)).all()


@pytest.mark.parametrize("channels", [frozenset({"own_staff", "dealers"}), frozenset({"franchise"}), None])
def test_users_beyond_the_head_count_stand_where_partners_may_use_it_too(channels: Given) -> None:
    """Partners are not on the payroll; more users than staff is a doubt that is told."""
    assert span("users", crm_users=400, sales_channels=channels) == [400, 400, 400]


def test_seats_for_people_still_to_be_hired_are_not_counted() -> None:
    answers = {"crm_users": 40, "sales_channels": frozenset({"own_staff"})}
    assert span("users", employees=12, **answers) == [12, 12, 12]
    assert span("users", employees=None, **answers) == [40, 40, 40]


def test_own_work_and_weeks_of_a_small_firm_grow_with_its_users() -> None:
    paces = [span("pace", crm_users=users)[1] for users in (2, 10, 25, 50, 400)]
    assert paces == sorted(paces)
    assert paces[0] < 0.5
    assert paces[-2:] == [1, 1]
    low, _, high = span("pace", crm_users=None, field_staff=None, employees=30)
    assert low < 0.5 < 0.7 < high < 1


def test_few_reps_selling_to_firms_alone_have_few_behind_them() -> None:
    firms_alone, consumers_too = (
        span("users", crm_users=None, employees=850, field_staff=3, buyers=frozenset(buyers))
        for buyers in ({"developers"}, {"developers", "consumers"})
    )
    assert firms_alone[1] < 20 < consumers_too[1]


def test_every_shop_of_its_own_has_users() -> None:
    in_shops, elsewhere, not_answered = (
        span("users", crm_users=None, own_sites=62, buyers=frozenset({"consumers"}), sales_channels=channels)
        for channels in (frozenset({"own_shops"}), frozenset({"platform_shops"}), None)
    )
    assert in_shops[1] == elsewhere[1] + 62
    assert not_answered == elsewhere


def test_a_small_firm_exchanges_files_where_a_larger_one_connects_systems() -> None:
    assert span("interfaces", crm_users=7)[1] == 0 < span("interfaces", crm_users=60, employees=200)[1]
    assert span("interfaces", crm_users=7, buyers=frozenset({"consumers"}))[1] > 0


def test_prices_of_a_home_not_answered_are_those_of_the_mainland_with_room_for_others() -> None:
    nobody = OneFirm(derive(KNOWLEDGE, Answers({})), {})
    spans = SCHEME.quantities["price_level"].known_from[0][0].values or {}
    assert nobody.amount("home_country", {answer: base for answer, (_, base, _) in spans.items()}).tolist() == [1, 1, 1]
    assert span("price_level", home_country=None) == [1, 1, 4.5]


def test_a_firm_of_thousands_is_never_given_five_users() -> None:
    assert span("users", crm_users=None, employees=8000, field_staff=900)[0] > 900


def test_sites_not_answered_are_estimated_from_users_and_said_to_be() -> None:
    quantities = read_quantities(SCHEME, CASES, WrittenFirms((firm(), firm(own_sites=None))))
    assert quantities.chosen["sites"].tolist() == [0, 2]


def test_systems_not_answered_leave_connections_open() -> None:
    assert np.isnan(span("interfaces", existing_systems=None)).all()


def test_only_consumers_are_counted_as_contacts() -> None:
    assert span("contacts") == [0, 0, 0]
    assert span("contacts", buyers=frozenset({"consumers"}), customer_accounts=3_000_000)[1] > 2_000_000


@pytest.mark.parametrize("fact", ["employees", "field_staff", "customer_accounts", "own_sites"])
def test_no_quantity_falls_when_a_number_grows(fact: str) -> None:
    numbers = [1, 3, 10, 40, 99, 100, 101, 450, 3000, 20_000, 150_000, 2_000_000]
    firms = WrittenFirms(tuple(firm(**{"crm_users": None, "buyers": frozenset({"consumers"}), fact: n}) for n in numbers))
    for name, cases in read_quantities(SCHEME, CASES, firms).values.items():
        assert np.isnan(cases).all() or (np.diff(cases, axis=1) >= 0).all(), name


def test_functions_take_few_users_less_time_to_describe_and_try() -> None:
    """Nine users were to write requirements and try a product for as many days as fifty."""
    firms = WrittenFirms(tuple(firm(crm_users=users) for users in (9, 50, 500)))
    quantities = read_quantities(SCHEME, CASES, firms)
    functions, tried = quantities["functions"][0], quantities["tried_functions"][0]
    assert functions[0] == functions[1] == functions[2] > 0
    assert 0 < tried[0] < 0.5 * tried[1] and tried[1] == tried[2] == functions[1]
