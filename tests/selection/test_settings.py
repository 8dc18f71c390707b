"""What a firm sets for its selection: taken as written, refused with the line where it is wrong."""

from __future__ import annotations

import pytest

from advisor.assessment.model.selection import SettingsItem
from advisor.assessment.own_figures import knowledge_as_set
from advisor.errors import AnswersError
from advisor.insight.full_assessment import assess_fully
from advisor.interview import Answer
from advisor.knowledge.currency import amount
from advisor.rounding import round_estimate
from advisor.selection import read_settings
from advisor.selection.pipeline import scheme_as_set


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
        ("currency: AUD\n", "F101", 1),
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
        ("years: 3\nfigures:\n  month_rate: 30000\n", "F106", 3),
        ("quantities:\n  users: 60\n  desks: 3\n", "F102", 3),
        ("quantities:\n  users: [60, 50, 80]\n", "F103", 2),
        ("day_rate: [3000, 2000, 4000]\n", "F103", 1),
        ("day_rate:\n  hosted: 2000\n  steam: 100\n", "F101", 3),
        ("prices:\n  nobody: {hosted: {amount: 1, currency: CNY, unit: user_year}}\n", "F102", 2),
        ("prices:\n  fxiaoke:\n    hosted: {amount: 1, currency: CNY}\n", "F107", 3),
        ("prices:\n  fxiaoke:\n    hosted: {amount: 1, currency: CNY, unit: user_decade}\n", "F101", 3),
        ("licence_discount: 2\n", "F101", 1),
        ("prepaid_years: 9\n", "F101", 1),
        ("quantities: {users: 0}\n", "F111", 1),
        ("quantities: {users: 3.5}\n", "F111", 1),
        ("quantities: {functions: 500}\n", "F111", 1),
        ("years: 3\nday_rate: true\n", "F108", 2),
        ("day_rate:\n  hosted: [1800, true, 2400]\n", "F108", 2),
        ("figures:\n  gross_margin: 2\n", "F110", 2),
        ("filters_off:\n- size\n- data_hom\n", "F102", 3),
        ("filters_off:\n  size: too strict\n  budgets: we pay more\n", "F102", 3),
        ("filters_off:\n- size\n- domestic\n", "F112", 3),
        ("filters_off:\n  size:\n  data_home: ' '\n", "F112", 3),
        ("filters_off: {size: true}\n", "F108", 1),
        ("prices:\n  zoho_crm:\n    custom: {amount: 1, currency: CNY, unit: user_year}\n", "F109", 3),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path, knowledge, text, code, line):
    with pytest.raises(AnswersError) as caught:
        read_settings(settings(tmp_path, text), knowledge)
    assert (code, line) in {(p.code, p.place.line) for p in caught.value.problems}
    assert all(p.line("zh") and p.line("en") for p in caught.value.problems)


def test_a_filter_of_another_name_is_told_the_nearest(tmp_path, knowledge):
    with pytest.raises(AnswersError) as caught:
        read_settings(settings(tmp_path, "filters_off: [data_hom]\n"), knowledge)
    assert "data_home" in caught.value.problems[0].line("en")


def test_what_is_set_is_used(knowledge):
    settings = SettingsItem.model_validate(
        {"years": 3, "currency": "USD", "emphasis": "cost_first", "criteria": {"way": 99}, "figures": {"discount": 0.05}}
    )
    scheme, cost = scheme_as_set(knowledge.selection, settings), knowledge_as_set(knowledge, settings).cost
    assert cost.years == 3 and cost.currency == "USD" and cost.figures["discount"].span == (0.05, 0.05, 0.05)
    assert scheme.criteria["way"].weight == 99
    assert scheme.criteria["cost"].weight == knowledge.selection.emphases["cost_first"].weights["cost"]
    assert knowledge.selection.criteria["way"].weight != 99


def test_a_price_without_a_unit_is_told_how_to_be_written(tmp_path, knowledge):
    with pytest.raises(AnswersError) as caught:
        read_settings(settings(tmp_path, "prices: {fxiaoke: {hosted: {amount: 1, currency: CNY}}}\n"), knowledge)
    told = caught.value.problems[0].line("en")
    assert "'prices.fxiaoke.hosted' does not say its 'unit'" in told and "user_month, user_year" in told


@pytest.fixture
def maker(firms):
    """The maker of machines with the answers its sample leaves out."""
    answers = firms["machine_tool_maker"]
    for name, value in (("buyers", frozenset({"firms"})), ("customer_accounts", 2100.0), ("crm_users", 45.0)):
        answers = answers.with_answer(name, Answer("known", value))
    return answers


def cost_of(assessment):
    way = assessment.costed()
    assert way is not None and way.first_year is not None and way.total is not None
    return way


def test_other_currencies_show_the_same_cost(maker, whole, knowledge):
    yuan, dollars = (cost_of(whole(maker, SettingsItem(currency=code))) for code in ("CNY", "USD"))
    rate = knowledge.cost.rates["USD"]
    for name in ("first_year", "later_year", "total", "user_year", "own_staff"):
        assert [end / rate for end in getattr(yuan, name)] == pytest.approx(list(getattr(dollars, name)), rel=1e-3)
    assert "USD" in dollars.budgets[0].text.en and "美元" in dollars.budgets[0].text.zh


def test_fewer_years_cost_less_and_the_first_year_stays(maker, whole):
    five, three = (cost_of(whole(maker, SettingsItem(years=years))) for years in (5, 3))
    assert three.total[1] == pytest.approx(three.first_year[1] + 2 * three.later_year[1], abs=1)
    assert five.total[1] == pytest.approx(five.first_year[1] + 4 * five.later_year[1], abs=1)
    assert three.first_year == five.first_year


def test_a_quantity_of_ones_own_takes_the_place_of_what_is_answered_and_is_told_as_such(maker, whole):
    assessment = whole(maker, SettingsItem.model_validate({"quantities": {"users": 90, "sites": [2, 3, 5]}}))
    users = next(q for q in assessment.project.quantities if q.quantity == "users")
    assert (users.origin, users.range, users.codes) == ("set", (90, 90, 90), ())
    assert cost_of(assessment).first_year[1] > cost_of(whole(maker)).first_year[1]
    assert [item.shown.en for item in assessment.project.own_figures] == ["90 people", "3 (2–5) sites"]
    assert not whole(maker).project.own_figures


def test_a_day_rate_of_ones_own_moves_the_work_and_nothing_else(maker, whole):
    def lines(settings):
        return {line.line: line.first for line in cost_of(whole(maker, settings)).lines}

    plain, dear = lines(None), lines(SettingsItem.model_validate({"day_rate": {"hosted": 4000}}))
    assert dear["work"] == pytest.approx(2 * plain["work"])
    assert dear["licence"] == plain["licence"]


def test_discount_vat_and_years_in_advance_are_worked_in(maker, chosen):
    def fxiaoke(**settings):
        chosen_pairs = chosen(maker, SettingsItem.model_validate(settings)).candidates
        return next(item for item in chosen_pairs if item.product == "fxiaoke")

    plain, licence = fxiaoke(), 45 * 12 * 119  # the cheapest edition that has the functions
    assert plain.first_year[1] - fxiaoke(licence_discount=0.2).first_year[1] == pytest.approx(0.2 * licence, abs=0.1)
    assert fxiaoke(vat=0.06).cost[1] == pytest.approx(1.06 * plain.cost[1], abs=0.1)
    ahead = fxiaoke(prepaid_years=3)
    assert ahead.first_year[1] - plain.first_year[1] == pytest.approx(2 * licence, abs=0.1)
    assert ahead.cost[1] == pytest.approx(plain.cost[1], abs=0.1)


def test_an_offer_takes_the_place_of_the_list_and_is_not_discounted(maker, whole):
    price = {"yonyou_crm": {"hosted": {"amount": 1000, "currency": "CNY", "unit": "user_year", "minimum": {"users": 50}}}}
    assessment = whole(maker, SettingsItem.model_validate({"prices": price, "licence_discount": 0.5}))
    item = next(item for item in assessment.selection.candidates if item.product == "yonyou_crm")
    assert (item.price, item.price_date, item.user_year) == ("own", None, (1000, 1000, 1000))
    work = cost_of(assessment)
    licence = next(line.first for line in work.lines if line.line == "licence")
    assert item.first_year[1] - work.first_year[1] == pytest.approx(50_000 - licence, abs=0.1)
    assert any("Yonyou" in figure.label.en for figure in assessment.project.own_figures)


def test_money_for_the_first_year_is_both_budgets(maker, whole):
    for initial, running, known in ((0.0, 1e9, 1e9), (5e5, 2e5, 7e5)):
        answers = maker.with_answer("initial_budget", Answer("known", initial))
        answers = answers.with_answer("running_budget", Answer("known", running))
        assert cost_of(whole(answers)).budgets[0].budget == known


def test_the_money_is_enough_tight_short_or_far_too_little(maker, whole):
    """The adviser and the equipment that a plan buys beside the system come out of the same money and count in the gap."""
    answers = maker.with_answer("running_budget", Answer("known", 0.0))
    way = cost_of(whole(answers))
    (low, base, high), beside = way.first_year, way.budgets[0].beside
    assert beside and beside[1] > 20_000  # the adviser's fee
    for money, state, told in (
        (1.05 * (high + beside[2]), "fits", "enough"),
        (high + 1, "tight", "does not reach the top"),
        (base + 1, "tight", "more: of"),
        (base - 1, "short", "lower part of the range"),
        (low - 1, "beyond", "falls far short"),
    ):
        item = cost_of(whole(answers.with_answer("initial_budget", Answer("known", money)))).budgets[0]
        assert (item.state, item.needed) == (state, (low, base, high)) and told in item.text.en
        whole_sum = round_estimate(base) + round_estimate(item.beside[1])  # of the sums as shown
        assert item.shortfall == pytest.approx(max(0.0, whole_sum - money), rel=0.01)
        assert not item.shortfall or amount(item.shortfall)["en"] in item.text.en


def test_without_a_budget_nothing_is_said_to_fit_and_the_question_is_named(maker, whole, knowledge):
    answers = maker
    for name in ("initial_budget", "running_budget"):
        answers = answers.with_answer(name, Answer("unknown"))
    for way in whole(answers).project.ways:
        assert {item.state for item in way.budgets} == {"unknown"}
        assert way.budgets[0].open == tuple(knowledge.questions[n].code for n in ("initial_budget", "running_budget"))


def test_what_must_improve_is_worked_back_from_the_firm(maker, chosen, knowledge):
    answers = maker
    for name, value in (("annual_revenue", 5e7), ("lead_conversion", 10.0), ("order_value", 1e5)):
        answers = answers.with_answer(name, Answer("known", value))
    goals = {goal.measure: goal.amount for goal in chosen(answers).goals}
    margin = knowledge.cost.figures["gross_margin"].span[1]
    assert goals["sales"] == pytest.approx(goals["gain"] / margin / 5e7, rel=0.06)
    assert goals["orders"] == pytest.approx(goals["gain"] / margin / 1e5, rel=0.06)
    assert goals["conversion"] == pytest.approx(0.10 * (1 + goals["sales"]), rel=0.01)
    assert goals["hours"] > 0


def test_functions_and_discounts_that_a_firm_set_reach_the_gate_of_money_as_well(maker, whole, knowledge):
    """All functions asked for raised the cost on the page and left the gate where it was; a discount did the reverse."""
    everything = {finding.id: "must" for finding in knowledge.findings.values() if finding.kind == "function"}
    plain = whole(maker, SettingsItem())
    dear = whole(maker, SettingsItem.model_validate({"functions": everything}))
    cheap = whole(maker, SettingsItem.model_validate({"licence_discount": 0.5}))
    first = [made.costed().first_year for made in (plain, dear, cheap)]
    assert first[1][1] > first[0][1] > first[2][1]
    for made in (plain, dear, cheap):
        fact = next(fact for fact in made.project_facts if fact.name == "first_year_funding")
        budget = next(budget for budget in made.costed().budgets if budget.kind == "initial")
        assert (fact.step >= 4) == (budget.state in ("fits", "tight"))


def test_money_is_held_against_the_project_as_the_firm_set_it(maker, whole, knowledge):
    """Nine hundred users cost more than the maker has: the gate of money says so, and so does whatever asks again."""
    many = SettingsItem.model_validate({"quantities": {"users": 900}})
    plain, large = whole(maker), whole(maker, many)
    steps = [{fact.name: fact.step for fact in made.project_facts}["funding"] for made in (plain, large)]
    assert steps[1] < steps[0]
    gained = {item.id for item in large.conditions} - {item.id for item in plain.conditions}
    assert gained == {"money_for_the_project"}
    again = assess_fully(maker, knowledge, None, settings=many).conditions
    assert [item.id for item in again] == [item.id for item in large.conditions]
    assert knowledge_as_set(knowledge, SettingsItem()) is knowledge
    as_set = knowledge_as_set(knowledge, many)
    assert as_set is not knowledge and knowledge_as_set(as_set, many) is as_set
