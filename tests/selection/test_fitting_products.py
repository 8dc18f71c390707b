"""The products named first are of the kind of system advised, made for firms of this size and run the way planned; none else
is named, and a suite in use is no more than its own products."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from advisor.interview import Answer, Answers
from advisor.reporting.chapters.owner_cost import _suite
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.client.system import kind_and_way, shortlist
from advisor.reporting.document import Bullets, Table
from advisor.selection.fitting import fitting_products, of_its_size
from advisor.selection.ways_ahead import why_not_the_best
from tests.selection.test_shortlist import with_answers

CALL_CENTRE = {
    "industry": "other", "employees": 320.0, "crm_users": 210.0, "field_staff": 0.0, "customer_accounts": 90000.0,
    "buyers": frozenset({"consumers"}), "home_country": "mainland_china", "service_seats": 205.0,
    "calls_a_day": 4000.0, "after_sales_weight": 5, "requests_a_month": 9000.0,
}  # fmt: skip
"""A firm whose work is answering consumers."""


def answered(values: dict) -> Answers:
    return Answers({name: Answer("known", value) for name, value in values.items()})


def buyer_of(knowledge, points: dict[str, float], home: str = "mainland_china"):
    """A buyer as the choice sees it: the kinds of system by their points."""
    weighed = {kind: SimpleNamespace(id=kind, hard=False, points=value) for kind, value in points.items()}
    project = SimpleNamespace(knowledge=knowledge)
    return SimpleNamespace(systems_weighed=weighed, project=project, home=home, scheme=knowledge.selection)


def item(product: str, size: float = 96.0, way: str = "hosted", doubted: bool = False):
    return SimpleNamespace(
        product=product, way=way, doubted=doubted, marks=(SimpleNamespace(criterion="size", points=size),), tied_with=()
    )


def named(knowledge, points, *items, way="hosted") -> list[str]:
    fitting = fitting_products(items, buyer_of(knowledge, points), way, knowledge.selection)
    return [found.product for found in fitting.items]


def test_a_list_is_not_filled_up_with_other_kinds(knowledge):
    found = named(knowledge, {"service": 100, "sales_force": 20}, item("fxiaoke"), item("sobot"), item("youzan"))
    assert found == ["sobot"]


def test_a_suite_that_does_both_stands_for_service_where_selling_is_needed_as_well(knowledge):
    points = {"service": 100, "sales_force": 80}
    fitting = fitting_products([item("fxiaoke")], buyer_of(knowledge, points), "hosted", knowledge.selection)
    assert [option.id for option in fitting.kinds] == ["service", "sales_force"] and fitting.missing is None


def test_where_no_product_is_of_the_kind_needed_none_is_named(knowledge):
    points = {"case_or_donor": 85, "service": 60, "private_domain": 60}
    assert named(knowledge, points, item("fxiaoke"), item("tanma"), item("sobot")) == []


def test_a_kind_needed_as_well_is_named_and_the_one_missing_told(knowledge):
    points = {"trade_system": 95, "sales_force": 80}
    fitting = fitting_products([item("fxiaoke")], buyer_of(knowledge, points), "hosted", knowledge.selection)
    assert [found.product for found in fitting.items] == ["fxiaoke"]
    assert fitting.missing is not None and fitting.missing.id == "trade_system"


def test_products_for_firms_of_another_size_or_run_another_way_are_not_named(knowledge):
    points = {"service": 100}
    assert named(knowledge, points, item("sobot", size=6.0), item("udesk")) == ["udesk"]
    assert named(knowledge, points, item("sobot", way="on_premise")) == []
    assert of_its_size(item("sobot", size=60.0), knowledge.selection), "size not known"


def test_what_nobody_helps_with_here_comes_after_what_somebody_does(knowledge):
    points = {"case_or_donor": 100}
    assert named(knowledge, points, item("salesforce_nonprofit"), item("lingxi")) == ["lingxi"]
    assert named(knowledge, points, item("salesforce_nonprofit")) == ["salesforce_nonprofit"]


def test_a_tool_for_small_teams_is_not_shown_to_a_large_call_centre(chosen):
    outcome = chosen(answered(CALL_CENTRE)).outcome
    assert "wecom_base" not in outcome.products and "youzan" not in outcome.products
    assert all(title in outcome.text.en for title in ("shown on your own cases",)) or not outcome.products


def test_a_binding_list_of_domestic_technology_excludes_foreign_products_and_asks_about_the_others(chosen):
    free, bound = (chosen(answered(CALL_CENTRE | extra)) for extra in ({}, {"domestic_rule": "binding"}))
    status = {item.product: item.status for item in bound.candidates}
    asked = {item.product: {remark.filter for remark in item.asks} for item in bound.candidates}
    for foreign in ("oracle_cx", "mautic", "espocrm", "zendesk", "odoo"):
        assert status[foreign] == "excluded", foreign
    assert status["sobot"] == "ask" and "domestic" in asked["sobot"]
    assert any(item.product == "mautic" and item.status != "excluded" for item in free.candidates)


@pytest.fixture(scope="module")
def on_yonyou(firms, whole):
    """A firm that runs Yonyou's ERP, and is shown two others beside its CRM module."""
    return whole(with_answers(firms["machine_tool_maker"], existing_systems=frozenset({"erp"}), suite_maker="yonyou"))


def lines_of(chapter) -> str:
    return " ".join(str(block) for block in chapter.blocks)


def test_rivals_of_the_suite_in_use_are_not_said_to_belong_to_it(on_yonyou):
    selection = on_yonyou.selection
    assert selection.outcome.name == "own_suite"
    rivals = [item for item in selection.candidates if item.product in selection.outcome.products and not item.suite]
    assert rivals
    told = " ".join(_suite(ReportWording(on_yonyou, "en"), selection))
    assert told and all(item.name.en not in told for item in rivals)


def test_a_client_sees_the_products_named_and_no_others(on_yonyou):
    words = ReportWording(on_yonyou, "en")
    chapter = shortlist(words)
    table = next(block for block in chapter.blocks if isinstance(block, Table))
    assert len(table.rows) == len(on_yonyou.selection.outcome.products)
    text = lines_of(chapter)
    assert "TOPSIS" not in text and "neither as" not in text and "use up the budget" not in text


def test_a_firm_told_to_mend_its_crm_system_reads_of_no_product(firms, whole):
    answers = with_answers(firms["system_integrator"], existing_systems=frozenset({"crm"}), crm_use=2)
    assessment = whole(answers)
    staying = assessment.model_copy(
        update={"selection": assessment.selection.model_copy(update={"outcome": _mending(assessment)})}
    )
    chapter = shortlist(ReportWording(staying, "en"))
    assert not any(isinstance(block, Table | Bullets) for block in chapter.blocks)


def _mending(assessment):
    return assessment.selection.outcome.model_copy(update={"name": "own_system", "products": ()})


def test_why_a_way_with_more_points_is_not_planned_is_one_sentence(on_yonyou):
    ways = {option.id: option for option in on_yonyou.selection.options if option.group == "deployment"}
    planned = ways["hosted"].model_copy(update={"points": 25.0})
    best = ways["private_cloud"].model_copy(update={"points": 85.0, "hard": False, "state": "open"})
    told = why_not_the_best(on_yonyou, planned, best, ["hosted", "private_cloud"], 20.0)
    assert "85 against 25" in told.en and told.en.count(". ") == 0 and "85比25" in told.zh
    not_offered = why_not_the_best(on_yonyou, planned, best, ["hosted"], 20.0)
    assert "no product left is run that way" in not_offered.en


def test_the_heading_names_kind_and_way_and_no_work_on_strategy(on_yonyou):
    titles = []
    for first in (False, True):
        outcome = on_yonyou.selection.outcome.model_copy(update={"strategy_first": first})
        selection = on_yonyou.selection.model_copy(update={"outcome": outcome})
        titles.append(kind_and_way(ReportWording(on_yonyou.model_copy(update={"selection": selection}), "en")).title)
    now, then = titles
    assert now.startswith("Recommended: System for") and "Operational" not in now
    assert then.startswith("Once goals and strategy are settled") and "Strategic work" not in then
