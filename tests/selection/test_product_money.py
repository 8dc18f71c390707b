"""The firm's money is held against what the products to look at first cost; no sum is told twice or in a wrong currency."""

from __future__ import annotations

from datetime import date

import pytest

from advisor.assessment.budgets import budget_items
from advisor.assessment.model.selection import SettingsItem
from advisor.assessment.plan_items import project_of
from advisor.insight.full_assessment import assess_fully
from advisor.interview import Answers
from advisor.interview.answer_files import parse_answers
from advisor.knowledge.currency import estimate
from advisor.reporting import build_document
from tests.reporting.test_client_pages import texts_in


def read(text, knowledge):
    return parse_answers(text.encode(), "firm.yaml", knowledge)


def money_of(made):
    return [budget.budget for budget in made.costed().budgets]


def test_every_product_to_look_at_first_is_held_against_the_money(assessed_firm, firms, further_firms):
    """A headline of 660,000 with “is enough” stood beside a first product of 1.57 million."""
    held = 0
    for name in (*firms, *further_firms):
        made = assessed_firm(name)
        found = made.selection.product_money if made.selection else None
        if found is None or None in (budgets := money_of(made)):
            continue
        items = {item.product: item for item in made.selection.candidates}
        first = [items[product] for product in made.selection.outcome.products if items[product].first_year]
        for item in (item for item in first if item.later_year and min(budgets) > 0):
            beyond = item.first_year[1] > 1.02 * budgets[0] or item.later_year[1] > 1.02 * budgets[1]
            within = item.first_year[1] < 0.98 * budgets[0] and item.later_year[1] < 0.98 * budgets[1]
            assert item.product in found.short or not beyond
            assert item.product not in found.short or not within
            assert item.name["en"] in found.text["en"] and item.name["zh"] in found.text["zh"]
            held += 1
    assert held


def priced(made):
    """The first product named whose own sum is known, where the sum of the way is and money is held against products."""
    if not (made.selection and made.selection.product_money and made.costed() and made.costed().first_year):
        return None
    named = [item for item in made.selection.candidates if item.product in made.selection.outcome.products]
    return next((item for item in named if item.first_year), None)


def test_a_headline_below_the_price_of_the_first_product_says_so(assessed_firm, firms, further_firms):
    made = next(made for name in (*firms, *further_firms) if priced(made := assessed_firm(name)))
    found, first = made.selection.product_money, priced(made)
    dear = made.selection.model_copy(update={"product_money": found.model_copy(update={"dearer": (first.product,)})})
    for dearer, selection in ((True, dear), (False, made.selection)):
        document = build_document(made.model_copy(update={"selection": selection}), "en", "client")
        chapters = {chapter.id: chapter for chapter in document.chapters}
        assert ("by its own price" in chapters["money"].title) == dearer
        figures = [
            text for text in texts_in(chapters["recommendation"]) if text.endswith(estimate(first.first_year[1])["en"])
        ]
        assert any(first.name["en"] in text for text in figures) == dearer


def test_money_that_is_not_known_is_not_said_to_be_enough_or_missing(knowledge, firms):
    for home in ("mainland_china", "us"):
        given = read(f"A15: {home}\n", knowledge).given
        firm = firms["system_integrator"]
        kept = {name: answer for name, answer in firm.given.items() if name not in ("initial_budget", "running_budget")}
        found = assess_fully(Answers({**kept, **given}), knowledge, None).selection.product_money
        assert found is None or (not found.short and not (found.text and "reaches for" in found.text["en"]))


@pytest.fixture(scope="module")
def project(knowledge):
    return project_of(knowledge, read("A2: 300\nA15: mainland_china\nI8: 85\nH1: 350000\nH2: 250000\n", knowledge), None)


def test_two_sums_that_read_the_same_are_told_as_one(project):
    """“About RMB 420,000 for the system, RMB 420,000 with the plan's adviser”."""
    first, later = (255_000.0, 421_000.0, 861_000.0), (98_000.0, 172_000.0, 314_000.0)
    text = budget_items(project, first, later, (40.0, 4_000.0, 12_400.0))[0].text
    assert text["en"].count("RMB 420,000") == 1 and text["zh"].count("42万元") == 1


def test_money_missing_for_the_plan_alone_is_told_apart_from_the_points_for_money(project):
    first, later = (255_000.0, 521_000.0, 861_000.0), (98_000.0, 172_000.0, 314_000.0)
    item = budget_items(project, first, later, (90_000.0, 180_000.0, 380_000.0))[0]
    assert item.state == "tight" and item.shortfall > 0
    assert "the points for money look at the system alone" in item.text["en"].lower()
    assert "资金一项的得分只看系统本身" in item.text["zh"]


def test_the_money_of_a_task_grows_with_the_firm(knowledge):
    """Finding people who know CRM took 90,000 of a firm of twenty users and of one of two thousand."""
    flat = {task.id for task in knowledge.tasks if not task.rmb.per and task.rmb.base[2] >= 50_000}
    assert flat == {"hire_it_staff"}  # a team is a team


SHEET = "A2: 120\nA3: 5000万\nA4a: 20\nI8: 25\n"


@pytest.mark.parametrize(
    ("home", "currency", "several"),
    [
        ("mainland_china", "CNY", False),
        ("uk", "GBP", False),
        ("us", "USD", False),
        ("asean", "USD", True),
        ("elsewhere", "USD", True),
        ("eu_eea", "EUR", True),
        ("hk_macau_taiwan", "HKD", True),
    ],
)
def test_a_home_of_several_currencies_is_told_that_one_was_chosen(knowledge, home, currency, several):
    """A firm in India got yuan, and one in Singapore dollars of another country, in silence."""
    answers = read(f"{SHEET}A15: {home}\n", knowledge)
    selection = assess_fully(answers, knowledge, date(2026, 1, 5)).selection
    assert selection.currency == currency
    assert (selection.currency_note is not None) == several
    if several:
        label = knowledge.facts["home_country"].values[home]
        assert label["en"] in selection.currency_note["en"] and label["zh"] in selection.currency_note["zh"]
        assert selection.currency_note["en"] in selection.cost_note["en"]


def test_the_client_reads_which_currency_was_chosen_and_a_firm_may_set_its_own(knowledge, firms):
    firm = firms["system_integrator"].with_answer("home_country", parse_home(knowledge))
    made = assess_fully(firm, knowledge, None)
    money = next(chapter for chapter in build_document(made, "en", "client").chapters if chapter.id == "money")
    assert any("several currencies" in text for text in texts_in(money))
    own = assess_fully(firm, knowledge, None, settings=SettingsItem(currency="SGD")).selection
    assert own.currency == "SGD" and own.currency_note is None


def parse_home(knowledge):
    return read("A15: asean\n", knowledge).given["home_country"]
