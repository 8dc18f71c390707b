"""What a product is made for is held against the firm: whose custom it looks after, and which suite it is bound to."""

from __future__ import annotations

import pytest

from advisor.assessment import assess
from advisor.interview import Answer, Answers
from advisor.knowledge.schema.products import Product

BROKER = {
    "industry": "third_party_logistics", "employees": 90.0, "field_staff": 12.0, "customer_accounts": 800.0,
    "buyers": frozenset(["firms"]), "existing_systems": frozenset(["finance"]), "crm_users": 20.0,
}  # fmt: skip
"""A firm that sells to firms and runs no ERP."""


@pytest.fixture
def remarks(chosen):
    """The filters that exclude, ask about or wait for an answer on each product, by product."""

    def of(**changes):
        values = {name: value for name, value in {**BROKER, **changes}.items() if value is not None}
        selection = chosen(Answers({name: Answer("known", value) for name, value in values.items()}))
        return {
            item.product: {kind: {r.filter for r in getattr(item, kind)} for kind in ("excluded", "asks", "depends")}
            for item in selection.candidates
        }

    return of


def products(knowledge, **facts) -> set[str]:
    def has(product: Product) -> bool:
        return all(getattr(product.facts, name).known == value for name, value in facts.items())

    return {product.id for product in knowledge.products.values() if has(product)}


def sure(knowledge, names: set[str], fact: str) -> set[str]:
    """Of some products those of which a fact was looked up: only that excludes."""

    def by(product: Product) -> str | None:
        return getattr(product.facts, fact).by

    of = {name: knowledge.products[name] for name in names}
    return {name for name, product in of.items() if by(product) is None or not product.evidence[by(product)].unsure}


def test_a_module_of_a_suite_is_for_firms_that_run_it(remarks, knowledge):
    modules = products(knowledge, needs_suite="yes")
    without, on_kingdee = remarks(), remarks(existing_systems=frozenset(["erp"]), suite_maker="kingdee")
    told = {
        name: {kind for kind in ("excluded", "asks", "depends") if "own_suite" in said[kind]}
        for name, said in without.items()
    }
    assert {name for name, kinds in told.items() if kinds} >= modules, "none passes"
    assert (
        "business_central"
        in {name for name, kinds in told.items() if "excluded" in kinds}
        <= sure(knowledge, modules, "needs_suite")
    )
    assert "kingdee_crm" in modules and "own_suite" not in on_kingdee["kingdee_crm"]["excluded"]
    assert "own_suite" in on_kingdee["yonyou_crm"]["excluded"] | on_kingdee["yonyou_crm"]["asks"]


def test_an_erp_whose_maker_is_not_told_excludes_no_module(remarks, knowledge):
    said = remarks(existing_systems=frozenset(["erp"]))
    for name in products(knowledge, needs_suite="yes"):
        assert "own_suite" in said[name]["depends"] and "own_suite" not in said[name]["excluded"]


def test_a_system_for_consumers_goes_to_no_broker_and_one_for_firms_to_no_shop(remarks, knowledge):
    broker, shop = remarks(), remarks(buyers=frozenset(["consumers"]))
    persons, organisations = (products(knowledge, customers=(kind,)) for kind in ("persons", "organisations"))
    assert organisations
    for name in sure(knowledge, persons, "customers"):
        assert "customers" in broker[name]["excluded"] and "customers" not in shop[name]["excluded"]
    for name in sure(knowledge, organisations, "customers"):
        assert "customers" in shop[name]["excluded"] and "customers" not in broker[name]["excluded"]


def test_buyers_not_answered_exclude_nothing(remarks):
    assert all("customers" not in said["excluded"] for said in remarks(buyers=None).values())


@pytest.mark.parametrize(
    ("industry", "priorities"), [("electromechanical", ["must"]), ("healthcare", []), ("education", [])]
)
def test_a_pipeline_is_no_must_for_those_who_serve_the_public(knowledge, firms, industry, priorities):
    answers = firms["machine_tool_maker"].with_answer("industry", Answer("known", industry))
    assessment = assess(answers, knowledge, engine="columns")
    assert assessment.model.first == "industrial"
    assert [function.priority for function in assessment.functions if function.id == "sales_pipeline"] == priorities
