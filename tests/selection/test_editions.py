"""Editions: the cheapest that has the functions that must be there is named, and its price paid."""

from __future__ import annotations

import pytest

from advisor.interview import Answer
from advisor.knowledge.schema import Product
from tests.selection.test_shortlist import blank_product

PAGE = {"citation": "-", "page": "-", "words": "-", "read": "2026-11-01", "expires": "2027-11-01", "confidence": "high"}


def edition(name: str, **more) -> dict:
    return {"name": {"zh": name, "en": name}, "by": "page", **more}


def line(of: str, amount: float, **more) -> dict:
    return {"of": of, "amount": amount, "currency": "CNY", "unit": "user_month", **more}


@pytest.fixture
def offered(firms, chosen, knowledge):
    """What the maker of machines is offered of a product, by users, editions and prices; and the functions it must have."""
    firm = firms["machine_tool_maker"].with_answer("customer_accounts", Answer("known", 2100.0))
    musts = [item.function for item in chosen(firm).wanted if item.priority == "must"]

    def of(users: float, editions: dict, lines: list[dict], answers=None, **facts):
        raw = blank_product().model_dump(mode="json") | {"evidence": {"page": PAGE}, "editions": editions}
        raw["facts"] |= {"deployments": {"value": ["hosted"], "by": "page"}} | facts
        raw |= {"prices": {"hosted": {"value": lines, "by": "page"}}, "functions": [{"by": "page", "yes": musts}]}
        by = knowledge.with_products("test", {"blank": Product.model_validate(raw)})
        asked = firm
        for name, value in {"crm_users": users, **(answers or {})}.items():
            asked = asked.with_answer(name, Answer("known", value))
        selection = chosen(asked, by=by)
        return next(item for item in selection.candidates if item.product == "blank")

    return of, musts


def test_the_cheapest_edition_with_all_musts_that_takes_the_users_is_named_and_priced(offered):
    of, musts = offered
    editions = {"free": edition("Free", users=3), "small": edition("Small", lacks=musts[:1]), "full": edition("Full")}
    lines = [line("free", 0), line("small", 10), line("full", 100)]
    full = of(45.0, editions, lines)
    assert (full.edition.en, full.price_shown.en) == ("Full", "Full CNY 100 per user per month")
    assert full.user_year == (1200, 1200, 1200)
    assert "missing" not in {item.support for item in full.functions} and full.status != "excluded"
    assert of(2.0, editions, lines).edition.en == "Free"
    assert of(45.0, {"free": editions["free"]}, lines[:1]).price == "on_request"
    editions["small"]["lacks"] = []
    assert of(45.0, editions, lines).edition.en == "Small"


def test_where_every_edition_lacks_a_must_the_product_is_out(offered):
    of, musts = offered
    item = of(45.0, {"small": edition("Small", lacks=musts[:1])}, [line("small", 10)])
    assert item.edition.en == "Small" and "must_functions" in {remark.filter for remark in item.excluded}


def test_a_band_of_contacts_is_paid_by_the_firm_that_keeps_so_many_consumers(offered):
    of, _ = offered
    shop = {"buyers": frozenset({"consumers"}), "customer_accounts": 2100.0}
    bands = {"unit": "firm_month", "currency": "CNY"}
    lines = [{**bands, "amount": 100, "up_to_contacts": 1000}, {**bands, "amount": 300, "up_to_contacts": 5000}]
    dear, cheap = of(45.0, {}, lines, shop), of(45.0, {}, [{**lines[0], "up_to_contacts": 5000}], shop)
    assert dear.first_year[1] - cheap.first_year[1] == pytest.approx(200 * 12, abs=1)
    assert of(45.0, {}, lines[:1], shop).first_year is None


def test_a_product_of_one_trade_is_offered_to_that_trade_only(offered):
    of, _ = offered
    lines = [line("full", 10)]
    out = of(45.0, {"full": edition("Full")}, lines, only_trades={"value": ["bank"], "by": "page"})
    assert "own_trade" in {remark.filter for remark in out.excluded}
    kept = of(45.0, {"full": edition("Full")}, lines)
    assert "own_trade" not in {remark.filter for remark in (*kept.excluded, *kept.asks, *kept.depends)}
