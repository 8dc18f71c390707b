"""What a project grows with is answered, worked out or open; nothing stands in for a missing answer."""

from __future__ import annotations

import numpy as np
import pytest

from advisor.knowledge import load_knowledge
from advisor.project.money import cases_of
from advisor.project.quantities import read_quantities
from tests.project.firms import Given, WrittenFirms, firm, scheme_of

SCHEME = scheme_of(load_knowledge())
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


def test_a_firm_of_thousands_is_never_given_five_users() -> None:
    assert span("users", crm_users=None, employees=8000, field_staff=900)[0] > 900


def test_sites_not_answered_are_estimated_from_users_and_said_to_be() -> None:
    quantities = read_quantities(SCHEME, CASES, WrittenFirms((firm(), firm(branches=None))))
    assert quantities.chosen["sites"].tolist() == [0, 1]


def test_systems_not_answered_leave_connections_open() -> None:
    assert np.isnan(span("interfaces", existing_systems=None)).all()


def test_only_consumers_are_counted_as_contacts() -> None:
    assert span("contacts") == [0, 0, 0]
    assert span("contacts", buyers=frozenset({"consumers"}), customer_accounts=3_000_000)[1] > 2_000_000


@pytest.mark.parametrize("fact", ["employees", "field_staff", "customer_accounts", "branches"])
def test_no_quantity_falls_when_a_number_grows(fact: str) -> None:
    numbers = [1, 3, 10, 40, 99, 100, 101, 450, 3000, 20_000, 150_000, 2_000_000]
    firms = WrittenFirms(tuple(firm(**{"crm_users": None, "buyers": frozenset({"consumers"}), fact: n}) for n in numbers))
    for name, cases in read_quantities(SCHEME, CASES, firms).values.items():
        assert (np.diff(cases, axis=1) >= 0).all(), name
