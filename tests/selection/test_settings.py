"""What a firm sets for its selection: taken as written, refused with the line where it is wrong."""

from __future__ import annotations

import pytest

from advisor.assessment.model.selection import SettingsItem
from advisor.errors import AnswersError
from advisor.selection import read_settings
from advisor.selection.pipeline import apply_settings


def settings(tmp_path, text: str):
    path = tmp_path / "firm.selection.yaml"
    path.write_text(text, "utf-8")
    return path


def test_without_a_file_nothing_is_set(tmp_path, knowledge):
    assert read_settings(tmp_path / "none.yaml", knowledge) == SettingsItem()
    assert read_settings(settings(tmp_path, ""), knowledge) == SettingsItem()


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("years: 4\n", "F101", 1),
        ("years: 3\ncolour: blue\n", "F101", 2),
        ("currency: GBP\n", "F101", 1),
        ("- a\n", "F101", 1),
        ("functions: {flying: must}\n", "F102", 1),
        ("functions:\n  quotation: perhaps\n", "F101", 2),
        ("figures:\n  discount: [0.1, 0.05, 0.2]\n", "F103", 2),
        ("figures:\n  discont: 0.1\n", "F102", 2),
        ("figures:\n  discount: -1\n", "F101", 2),
        ("figures:\n  discount: .inf\n", "F101", 2),
        ("emphasis: mine\n", "F102", 1),
        ("criteria: {functions: 0}\n", "F104", 1),
        ("criteria: {beauty: 5}\n", "F101", 1),
        ("years: [\n", "K001", 2),
        ("languages: []\n", "F101", 1),
        ("languages: [zh, klingon]\n", "F102", 1),
        ("figures: {gross_margin: 0}\n", "F105", 1),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path, knowledge, text, code, line):
    with pytest.raises(AnswersError) as caught:
        read_settings(settings(tmp_path, text), knowledge)
    assert (code, line) in {(p.code, p.place.line) for p in caught.value.problems}
    assert all(p.line("zh") and p.line("en") for p in caught.value.problems)


def test_what_is_set_is_used(knowledge):
    settings = SettingsItem.model_validate(
        {"years": 3, "currency": "USD", "emphasis": "cost_first", "criteria": {"way": 99}, "figures": {"discount": 0.05}}
    )
    scheme, cost = apply_settings(knowledge.selection, knowledge.cost, settings)
    assert cost.years == 3 and cost.currency == "USD" and cost.figures["discount"].span == (0.05, 0.05, 0.05)
    assert scheme.criteria["way"].weight == 99
    assert scheme.criteria["cost"].weight == knowledge.selection.emphases["cost_first"].weights["cost"]
    assert knowledge.selection.criteria["way"].weight != 99


def test_other_currencies_show_the_same_cost(firms, chosen, knowledge):
    yuan = chosen(firms["city_bank"]).routes[0]
    dollars = chosen(firms["city_bank"], SettingsItem(currency="USD")).routes[0]
    rate = knowledge.cost.rates["USD"]
    for in_yuan, in_dollars in zip(yuan.total, dollars.total, strict=True):
        assert in_yuan / rate == pytest.approx(in_dollars, rel=0.06)
    assert "USD" in dollars.budgets[0].text.en and "美元" in dollars.budgets[0].text.zh


def test_fewer_years_cost_less(firms, chosen):
    five = chosen(firms["city_bank"]).routes[0]
    three = chosen(firms["city_bank"], SettingsItem(years=3)).routes[0]
    assert three.total[1] < five.total[1] and three.first_year == five.first_year


def test_the_budget_check_names_the_shortfall(firms, chosen):
    from advisor.interview import Answer

    states = set()
    for budget in (0.0, 2e5, 6e5, 3e6, 1e9):
        answers = firms["machine_tool_maker"].with_answer("initial_budget", Answer("known", budget))
        route = chosen(answers).routes[0]
        item = route.budgets[0]
        states.add(item.state)
        low, base, high = item.needed
        if item.state in ("short", "beyond"):
            assert item.shortfall == pytest.approx(base - budget, rel=0.06)
            assert (item.state == "beyond") == (low > budget)
        else:
            assert item.shortfall == 0 and base <= budget * 1.06
            assert (item.state == "fits") == (high <= budget)
    assert states >= {"beyond", "short", "tight", "fits"}


def test_without_a_budget_nothing_is_said_to_fit(chosen):
    from advisor.interview import Answers

    for route in chosen(Answers({})).routes:
        assert {item.state for item in route.budgets} == {"unknown"}


def test_what_must_improve_is_worked_back_from_the_firm(firms, chosen, knowledge):
    from advisor.interview import Answer

    answers = firms["machine_tool_maker"]
    for name, value in (("annual_revenue", 5e7), ("lead_conversion", 10.0), ("order_value", 1e5)):
        answers = answers.with_answer(name, Answer("known", value))
    goals = {goal.measure: goal.amount for goal in chosen(answers).routes[0].goals}
    margin = knowledge.cost.figures["gross_margin"].span[1]
    assert goals["sales"] == pytest.approx(goals["gain"] / margin / 5e7, rel=0.06)
    assert goals["orders"] == pytest.approx(goals["gain"] / margin / 1e5, rel=0.06)
    assert goals["conversion"] == pytest.approx(0.10 * (1 + goals["sales"]), rel=0.01)
    assert goals["hours"] > 0
