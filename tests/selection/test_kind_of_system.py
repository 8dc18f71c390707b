"""The kind of system before the product, and what tells products of a kind apart: size, ERP, place, end, price."""

from __future__ import annotations

from datetime import date

import pytest

from advisor.assessment.model.selection import SettingsItem
from advisor.interview import Answer, Answers
from advisor.knowledge.schema import Product
from advisor.selection.ranking import leading_pairs, ranked_items
from tests.selection.test_shortlist import blank_product

LOOKED_UP = {
    "citation": "-", "page": "-", "words": "-", "read": "2026-11-01", "expires": "2027-11-01", "confidence": "high",
}  # fmt: skip
BASE = {
    "deployments": ["hosted"], "licence": "proprietary", "commercial_use": "yes", "made_for": "companies",
    "customers": ["organisations", "persons"], "sizes": ["micro", "small", "medium", "large"], "industries": [],
    "languages": ["zh", "en"], "open_interfaces": "yes", "suite": "none", "needs_suite": "no", "kinds": ["sales_force"],
}  # fmt: skip
"""What every product below has in common, all of it looked up."""
APART = {
    "plain": {},
    "members": {"kinds": ["membership_cdp"]},
    "both": {"kinds": ["sales_force", "service"]},
    "desk": {"kinds": ["service"]},
    "foreign_trade": {"kinds": ["foreign_trade", "sales_force"]},
    "module": {"kinds": ["erp_module", "sales_force"], "suite": "kingdee"},
    "large_only": {"sizes": ["medium", "large"]},
    "small_only": {"sizes": ["micro", "small", "medium"]},
    "other_erp": {"suite": "sap"},
    "on_wecom": {"connectors": ["wecom"]},
    "at_home": {"support_in_china": "yes", "data_in_china": "yes"},
    "data_abroad": {"support_in_china": "yes", "data_in_china": "no"},
    "german_partners": {"partners": ["eu"]},
    "ends": {"end_of_life": "2027-08-31"},
    "non_profit": {"made_for": "non_profits"},
    "foreign": {"xinchuang": "no"},
    "keeps_data": {"self_export": "no"},
    "listed": {"backing": "listed"},
}
"""Products that differ from the plain one in a single matter."""
TRADER = {
    "industry": "electromechanical", "employees": 200.0, "crm_users": 60.0, "field_staff": 12.0,
    "buyers": frozenset({"firms"}), "home_country": "mainland_china", "existing_systems": frozenset({"finance"}),
    "after_sales_weight": 3, "customer_accounts": 900.0, "customer_spread": 3,
}  # fmt: skip
"""A firm that sells to firms through people who call on them, and runs no ERP."""


def made(name: str, facts: dict, lacks: list[str] | None = None) -> Product:
    product = blank_product().model_dump(mode="json")
    known = {fact: {"value": value, "by": "read"} for fact, value in {**BASE, **facts}.items()}
    product |= {"id": name, "evidence": {"read": LOOKED_UP}, "facts": product["facts"] | known}
    product |= {"functions": [{"by": "read", "no": lacks}]} if lacks else {}
    return Product.model_validate(product)


@pytest.fixture(scope="module")
def offered(knowledge, chosen):
    """The products above as they come out for a firm, by id."""
    by = knowledge.with_products("test", {name: made(name, facts) for name, facts in APART.items()})

    def of(**changes):
        values = {name: value for name, value in {**TRADER, **changes}.items() if value is not None}
        selection = chosen(Answers({name: Answer("known", value) for name, value in values.items()}), by=by)
        return {item.product: item for item in selection.candidates}

    return of


@pytest.fixture(scope="module")
def trader(offered):
    return offered()


def points(item, criterion: str) -> float:
    return next(mark.points for mark in item.marks if mark.criterion == criterion)


def said(item, name: str) -> set[str]:
    kinds = ("excluded", "asks", "depends")
    return {kind for kind in kinds if name in {remark.filter for remark in getattr(item, kind)}}


def test_who_calls_on_firms_is_offered_a_sales_system_and_a_shop_one_for_members(trader, offered):
    shop = offered(
        buyers=frozenset({"consumers"}), field_staff=0.0, customer_accounts=50000.0, sales_channels=frozenset({"own_shops"})
    )
    assert points(trader["plain"], "kind") > points(trader["members"], "kind") + 40
    assert points(shop["members"], "kind") > points(shop["plain"], "kind") + 40


def test_where_two_kinds_are_needed_one_that_is_both_comes_first(trader, offered):
    served = offered(after_sales_weight=5, service_seats=8.0)
    assert points(trader["both"], "kind") == points(trader["plain"], "kind")
    assert points(served["both"], "kind") > points(served["plain"], "kind") + 10


def test_a_suite_for_salespeople_comes_after_a_help_desk_where_nobody_calls_on_customers(offered):
    desk = offered(buyers=frozenset({"consumers"}), field_staff=0.0, after_sales_weight=5, service_seats=40.0)
    assert points(desk["desk"], "kind") > points(desk["both"], "kind") + 10 > points(desk["plain"], "kind") + 10


@pytest.fixture(scope="module")
def without_work(knowledge, chosen):
    """A system without a help desk and one without a pipeline, for a firm that needs both kinds."""
    lacks = {"desk": "sales_pipeline", "sales": "service_desk"}
    kinds = {"desk": ["service"], "sales": ["sales_force"], "table": ["low_code_table"]}
    by = knowledge.with_products(
        "test", {name: made(name, {"kinds": kind}, [lacks.get(name, "service_desk")]) for name, kind in kinds.items()}
    )
    firm = {**TRADER, "after_sales_weight": 5, "service_seats": 40.0, "requests_a_month": 2000.0}
    told = Answers({name: Answer("known", value) for name, value in firm.items()})
    return lambda settings=None: {item.product: item for item in chosen(told, settings, by=by).candidates}


def test_a_product_need_not_do_the_work_of_another_kind_of_system_unless_the_firm_says_so(without_work):
    needed, demanded = without_work(), without_work(SettingsItem(functions={"service_desk": "must"}))
    out = {name for name in ("desk", "sales", "table") if "excluded" in said(needed[name], "must_functions")}
    assert out == {"table"}, "it is of no kind that the firm needs, and lacks what must be there"
    left = {name for name in ("desk", "sales", "table") if "excluded" not in said(demanded[name], "must_functions")}
    assert left == {"desk"}, "it alone answers requests"


def test_what_is_set_up_in_china_alone_is_offered_abroad_only_to_those_who_work_in_chinese(offered):
    german = offered(home_country="eu_eea", user_languages=frozenset({"en"}))
    chinese = offered(home_country="eu_eea", user_languages=frozenset({"en", "zh"}))
    assert said(german["at_home"], "set_up_at_home") == {"excluded"}
    assert not any(said(item, "set_up_at_home") for item in (german["plain"], german["german_partners"], chinese["at_home"]))


def test_what_is_bound_to_a_trade_or_an_erp_suits_only_where_that_is(trader, offered):
    abroad = offered(customer_spread=5, people_homes=frozenset({"asean", "eu_eea"}))
    erp = offered(existing_systems=frozenset({"erp"}), suite_maker="kingdee")
    for name, fitting in (("foreign_trade", abroad), ("module", erp)):
        assert points(trader[name], "kind") < points(trader["plain"], "kind") - 40
        assert points(fitting[name], "kind") > points(trader[name], "kind") + 40


@pytest.mark.parametrize(
    ("users", "better", "worse"), [(20.0, "small_only", "large_only"), (500.0, "large_only", "small_only")]
)
def test_a_suite_is_too_much_for_a_few_and_a_tool_too_little_for_many(users, better, worse, offered):
    got = offered(crm_users=users)
    assert points(got[better], "size") > points(got[worse], "size")


def test_joining_counts_the_suite_in_use_and_the_ways_of_reaching_customers(trader, offered):
    assert points(trader["plain"], "integration") > points(trader["other_erp"], "integration")
    reached = {way: offered(messaging_ways=frozenset({way})) for way in ("wecom", "private_wechat", "email")}
    better = {
        way: points(got["on_wecom"], "integration") > points(got["plain"], "integration") for way, got in reached.items()
    }
    assert better == {"wecom": True, "private_wechat": True, "email": False}


def test_help_and_data_at_home_count_together_and_partners_elsewhere(trader, offered):
    german = offered(home_country="eu_eea", user_languages=frozenset({"en"}))
    assert (
        points(trader["at_home"], "support") > points(trader["data_abroad"], "support") > points(trader["plain"], "support")
    )
    assert points(german["german_partners"], "support") > points(german["plain"], "support")
    abroad = offered(people_homes=frozenset({"asean"}), customer_spread=5)
    assert points(abroad["at_home"], "support") == points(abroad["data_abroad"], "support"), "customers live elsewhere"


def test_what_ends_soon_is_out_and_an_end_not_announced_is_none(trader, offered, knowledge, chosen):
    assert said(trader["ends"], "support_goes_on") == {"excluded"} and not said(trader["plain"], "support_goes_on")
    told = Answers({name: Answer("known", value) for name, value in TRADER.items()})
    late = made("late", {"end_of_life": "2035-01-01"})
    one_way = made("one_way", {"end_of_life": "2027-08-31"}).model_copy(update={"ends_in": ("on_premise",)})
    by = knowledge.with_products("test", {"late": late, "one_way": one_way})
    items = {item.product: item for item in chosen(told, by=by, on=date(2026, 11, 29)).candidates}
    assert not said(items["late"], "support_goes_on") and not said(items["one_way"], "support_goes_on")


@pytest.mark.parametrize(
    ("organisation", "kinds"), [("charity", set()), ("private_company", {"excluded"}), (None, {"depends"})]
)
def test_what_is_made_for_charities_is_for_them(organisation, kinds, offered):
    assert said(offered(organisation_kind=organisation)["non_profit"], "for_companies") == kinds


def test_who_must_buy_domestic_technology_is_offered_none_that_is_listed_nowhere(offered):
    bound = offered(organisation_kind="state_owned", domestic_rule="binding")
    assert said(bound["foreign"], "domestic") == {"excluded"} and said(bound["plain"], "domestic") == {"asks"}
    assert not said(offered(organisation_kind="state_owned", domestic_rule="none")["foreign"], "domestic")


def test_backing_and_a_way_out_count_and_ease_of_use_is_to_be_tried(trader):
    assert points(trader["listed"], "maker") > points(trader["plain"], "maker")
    assert points(trader["plain"], "exit") > points(trader["keeps_data"], "exit")
    ease = [next(mark for mark in item.marks if mark.criterion == "ease") for item in trader.values() if item.marks]
    assert {(mark.low, mark.points, mark.high, mark.shown.en) for mark in ease} == {
        (0.0, 50.0, 100.0, "to be tried by its users")
    }


def test_a_price_on_request_is_no_way_round_the_cost(knowledge, trader):
    """Of two products alike in all but price, the one that costs less than half of what it might is named first."""
    scheme, asked = knowledge.selection, trader["plain"]
    marks = tuple(mark.model_copy(update={"points": 100.0, "low": 100.0, "high": 100.0}) for mark in asked.marks)
    cost = marks[0].model_copy(update={"criterion": "cost", "points": 60.0, "low": 60.0, "high": 60.0})
    unknown = asked.model_copy(update={"product": "a", "marks": marks, "price": "on_request", "depends": ()})
    priced = unknown.model_copy(update={"product": "b", "marks": (*marks, cost), "price": "listed"})
    ranked = ranked_items([unknown, priced], scheme)
    assert max(ranked, key=lambda item: item.total).product == "a"
    assert [item.product for item in leading_pairs(ranked, asked.way, scheme)] == ["b", "a"]


def test_what_is_of_another_kind_is_named_last(knowledge, trader):
    scheme = knowledge.selection
    ranked = ranked_items([item for name, item in trader.items() if name in APART and item.status != "excluded"], scheme)
    order = [item.product for item in leading_pairs(ranked, "hosted", scheme)]
    assert set(order[-3:]) == {"members", "foreign_trade", "module"} and "plain" in order
