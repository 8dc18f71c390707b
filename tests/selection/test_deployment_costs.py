"""What a way of running a system costs a firm, in words: what must improve for it, and whether the budget is enough."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from advisor.inference.facts import derive
from advisor.interview import Answer, Answers
from advisor.knowledge.schema.products import Price
from advisor.selection import cost as cost_model
from advisor.selection.buyer import Buyer
from advisor.selection.deployment_costs import cost_inputs, in_currency, route_item
from advisor.selection.rounding import round_estimate
from advisor.text import Text

OPTION = SimpleNamespace(title=Text(zh="云端", en="Online"), hard=True)
NEEDED = 100_000.0


@pytest.fixture
def buyer(knowledge):
    """A firm of ten users with some answers, in RMB."""

    def of(users=10.0, initial=None, running=None, **answers: float) -> Buyer:
        facts = derive(knowledge, Answers({name: Answer("known", value) for name, value in answers.items()}))
        return Buyer(facts, (users - 1, users, users + 2), True, initial, running, None, None, None, None, ())

    return of


@pytest.fixture
def scheme(knowledge):
    """The product's cost model with figures that are easy to reckon with: a margin of a half, an hour of a post at 50."""
    figures = dict(knowledge.cost.figures)
    for name, value in {"gross_margin": 0.5, "post_year": 92_000.0, "paid_weeks": 46.0, "hours_week": 40.0}.items():
        figures[name] = figures[name].model_copy(update={"span": (value / 2, value, value * 2)})
    return knowledge.cost.model_copy(update={"figures": figures})


@pytest.fixture
def goals(scheme, monkeypatch):
    """What must improve for a hundred thousand a year: measure → (amount, text)."""
    monkeypatch.setattr(cost_model, "yearly_gain_needed", lambda *_: NEEDED)

    def of(firm: Buyer, by=scheme) -> dict[str, tuple[float, str]]:
        return {goal.measure: (goal.amount, goal.text["en"]) for goal in route_item(firm, by, OPTION, "hosted").goals}

    return of


def test_the_gain_is_what_a_year_must_bring_in(goals, buyer, scheme):
    amount, text = goals(buyer())["gain"]
    assert amount == NEEDED
    assert f"in {scheme.years} years" in text
    assert "RMB 100,000 a year" in text


def test_sales_must_rise_by_the_gain_over_the_margin(goals, buyer):
    amount, text = goals(buyer(annual_revenue=1_000_000.0))["sales"]
    assert amount == pytest.approx(0.2)
    assert "margin of 50%" in text
    assert "RMB 200,000 more sales a year, or 20.0% of present revenue" in text
    assert "sales" not in goals(buyer())


def test_sales_that_would_have_to_grow_more_than_tenfold_are_said_to_be_out_of_reach(goals, buyer):
    assert "or 1000.0% of" in goals(buyer(annual_revenue=20_000.0))["sales"][1]
    assert "over ten times" in goals(buyer(annual_revenue=19_999.0))["sales"][1]


def test_conversion_must_rise_in_the_measure_of_sales_and_never_beyond_all_leads(goals, buyer):
    amount, text = goals(buyer(annual_revenue=1_000_000.0, lead_conversion=10.0))["conversion"]
    assert amount == pytest.approx(0.12)
    assert "from 10% to 12%" in text
    assert goals(buyer(annual_revenue=200_000.0, lead_conversion=50.0))["conversion"][0] == pytest.approx(1.0)
    assert "conversion" not in goals(buyer(annual_revenue=200_000.0, lead_conversion=50.1))
    assert "conversion" not in goals(buyer(annual_revenue=1_000_000.0, lead_conversion=0.0))
    assert "conversion" not in goals(buyer(annual_revenue=1_000_000.0))


@pytest.mark.parametrize(
    ("order_value", "orders", "words"),
    [
        (1_000.0, 200.0, "about 200 more orders"),
        (2_000.0, 100.0, "about 100 more orders"),
        (2_010.0, 99.5, "about 100 more orders"),
        (118.3, 1690.6, "about 1,690 more orders"),
        (60_000.0, 3.333, "about 3.3 more orders"),
        (199_000.0, 1.005, "about 1.01 more orders"),
        (200_000.0, 1.0, "One more order a year"),
        (800_000.0, 0.25, "One more order a year"),
    ],
)
def test_orders_are_counted_as_one_counts_them(goals, buyer, order_value: float, orders: float, words: str):
    amount, text = goals(buyer(order_value=order_value))["orders"]
    assert amount == pytest.approx(orders, rel=1e-3)
    assert words in text


def test_each_user_must_save_the_hours_that_pay_for_it(goals, buyer):
    """A hundred thousand over 10 users, 46 weeks and 50 an hour."""
    amount, text = goals(buyer())["hours"]
    assert amount == pytest.approx(100_000 / (10 * 46 * 50))
    assert "each of 10 users would have to save about 4.3 hours" in text


def test_more_than_a_quarter_of_the_week_is_said_to_be_too_much(goals, buyer, monkeypatch):
    monkeypatch.setattr(cost_model, "yearly_gain_needed", lambda *_: 10 * 10 * 46 * 50.0)
    fits = goals(buyer())["hours"]
    monkeypatch.setattr(cost_model, "yearly_gain_needed", lambda *_: 10.01 * 10 * 46 * 50)
    too_many = goals(buyer())["hours"]
    assert fits[0] == pytest.approx(10)
    assert "would have to save about 10.0 hours" in fits[1]
    assert "would have to save about" not in too_many[1]


def flow_of(buyer: Buyer, scheme):
    inputs, kind = cost_inputs(buyer, scheme, "hosted")
    return cost_model.flow(inputs, scheme.years), kind


@pytest.mark.parametrize("kind", ["initial", "running"])
def test_a_budget_is_enough_tight_short_or_far_too_small(buyer, scheme, kind: str):
    flow, _ = flow_of(buyer(), scheme)
    low, base, high = cost_model.cost_range(flow.first() if kind == "initial" else flow.running())
    place = 0 if kind == "initial" else 1
    for budget, state, missing in (
        (None, "unknown", 0.0),
        (high + 1, "fits", 0.0),
        (high, "fits", 0.0),
        (high - 0.01, "tight", 0.0),
        (base, "tight", 0.0),
        (base - 500, "short", 500.0),
        (low, "short", base - low),
        (low - 0.01, "beyond", base - low),
    ):
        item = route_item(buyer(**{kind: budget}), scheme, OPTION, "hosted").budgets[place]
        assert (item.kind, item.budget, item.state) == (kind, budget, state)
        assert item.shortfall == pytest.approx(round_estimate(missing))
        assert item.needed == in_currency((low, base, high), 1.0)
        assert item.text["en"].startswith(f"The {kind} budget")


def test_a_gap_and_a_budget_are_told_in_words(buyer, scheme):
    flow, _ = flow_of(buyer(), scheme)
    low, base, _ = cost_model.cost_range(flow.first())
    text = route_item(buyer(initial=1_000.0), scheme, OPTION, "hosted").budgets[0].text["en"]
    assert "RMB 1,000 falls far short" in text
    for figure in (low, base - 1_000):
        assert f"RMB {round_estimate(figure):,.0f}" in text


def test_every_sum_is_in_the_currency_of_the_scheme(buyer, scheme, goals):
    dollars = scheme.model_copy(update={"currency": "USD", "rates": {**scheme.rates, "USD": 8.0}})
    route = route_item(buyer(initial=800.0, annual_revenue=1_000_000.0), dollars, OPTION, "hosted")
    flow, _ = flow_of(buyer(), scheme)

    def converted(figure) -> tuple[float, float, float]:
        return tuple(round_estimate(end / 8) for end in cost_model.cost_range(figure))

    for name, figure in (("total", flow.total()), ("present", flow.present()), ("first_year", flow.first())):
        assert getattr(route, name) == converted(figure)
    assert route.running == converted(flow.running())
    for line in route.lines:
        part = flow.parts[line.component]
        assert (line.first, line.later) == (round_estimate(part[0, 0] / 8), round_estimate(part[1:, 0].mean() / 8))
    for swing, (_, low, high) in zip(route.swings, flow.swings(flow.present()), strict=False):
        assert (swing.low, swing.high) == (round_estimate(low / 8), round_estimate(high / 8))
    assert {"USD 75 to USD 630", "USD 5,800 to USD 23,000"} & {swing.shown["en"] for swing in route.swings}
    assert goals(buyer(), dollars)["gain"][0] == 12_500
    assert "USD 12,500 a year" in goals(buyer(), dollars)["gain"][1]
    assert "USD 25,000 more sales" in goals(buyer(annual_revenue=1_000_000.0), dollars)["sales"][1]


def test_a_budget_is_held_against_what_is_needed_in_the_currency_of_the_scheme(buyer, scheme):
    dollars = scheme.model_copy(update={"currency": "USD", "rates": {**scheme.rates, "USD": 8.0}})
    low, base, high = cost_model.cost_range(flow_of(buyer(), scheme)[0].first())
    far, short, tight = (
        route_item(buyer(initial=budget), dollars, OPTION, "hosted").budgets[0] for budget in (800.0, base - 8_000, base)
    )
    assert far.needed == tuple(round_estimate(end / 8) for end in (low, base, high))
    assert (far.budget, far.shortfall) == (100, round_estimate((base - 800) / 8))
    told = {name: f"USD {round_estimate(value / 8):,.0f}" for name, value in (("low", low), ("base", base), ("high", high))}
    assert "USD 100 falls far short" in far.text["en"]
    assert told["low"] in far.text["en"]
    assert f"USD {round_estimate((base - 800) / 8):,.0f}" in far.text["en"]
    assert told["base"] in short.text["en"]
    assert short.shortfall == 1_000
    assert told["high"] in tight.text["en"]


def test_no_budget_at_all_is_told_as_nothing(buyer, scheme):
    assert (
        "budget of RMB 0 falls far short" in route_item(buyer(initial=0.0), scheme, OPTION, "hosted").budgets[0].text["en"]
    )


def test_what_must_be_gained_is_reckoned_from_the_base_of_cost_discount_and_time(buyer, scheme):
    figures = {**scheme.figures, "discount": scheme.figures["discount"].model_copy(update={"span": (0.0, 0.2, 0.4)})}
    classes = {name: kind.model_copy(update={"months": (1, 12, 24)}) for name, kind in scheme.classes.items()}
    spread = scheme.model_copy(update={"figures": figures, "classes": classes})
    present = flow_of(buyer(), spread)[0].present()[0]
    needed = cost_model.yearly_gain_needed(float(present), 0.2, spread.years, 12)
    [gain, *_] = route_item(buyer(), spread, OPTION, "hosted").goals
    assert gain.amount == round_estimate(needed)


def test_a_route_lists_every_component_in_the_first_year_and_later_on_average(buyer, scheme):
    classes = {name: kind.model_copy(update={"uplift": (0.4, 0.5, 0.6)}) for name, kind in scheme.classes.items()}
    scheme = scheme.model_copy(update={"classes": classes})
    route = route_item(buyer(), scheme, OPTION, "hosted")
    flow, kind = flow_of(buyer(), scheme)
    assert (route.way, route.title, route.label, route.hard, route.users) == (
        "hosted",
        OPTION.title,
        kind.label,
        True,
        (9, 10, 12),
    )
    assert route.months == kind.months
    assert [line.component for line in route.lines] == list(cost_model.COMPONENTS)
    for line in route.lines:
        part = flow.parts[line.component]
        assert line.first == round_estimate(float(part[0, 0]))
        assert line.later == round_estimate(float(part[1:, 0].mean()))


def test_the_widest_swings_of_the_present_value_are_shown_with_the_span_of_their_input(buyer, scheme):
    route = route_item(buyer(), scheme, OPTION, "hosted")
    flow, _ = flow_of(buyer(), scheme)
    widest = flow.swings(flow.present())[: scheme.tornado]
    assert [(s.input, s.low, s.high) for s in route.swings] == [
        (name, round_estimate(low), round_estimate(high)) for name, low, high in widest
    ]
    shown = {
        swing.input: swing.shown["en"]
        for swing in route_item(buyer(), scheme.model_copy(update={"tornado": 20}), OPTION, "hosted").swings
    }
    assert shown["users"] == "9 to 12"
    assert shown["price"] == "RMB 600 to RMB 5,000"
    assert shown["uplift"] == "0% to 7%"
    assert shown["post_year"] == "RMB 46,000 to RMB 184,000"
    assert shown["implementation"] == "0.3 to 1"


def test_a_price_of_this_very_way_is_a_fee_and_no_licence_outright(buyer, scheme):
    price = Price(low=1_000, high=1_000, currency="CNY", per="user_year")
    assert cost_inputs(buyer(), scheme, "on_premise", price)[1].base == "licence"
    assert cost_inputs(buyer(), scheme, "on_premise", price, is_price_of_way=True)[1].base == "subscription"
    assert cost_inputs(buyer(), scheme, "on_premise", is_price_of_way=True)[1].base == "licence"
    assert (
        cost_inputs(buyer(), scheme, "hosted", price, is_price_of_way=True)[1] == cost_inputs(buyer(), scheme, "hosted")[1]
    )
    assert cost_inputs(buyer(), scheme, "hosted", price, seats=50)[0]["users"] == (50.0, 50.0, 50.0)


def test_the_class_is_that_of_the_users_expected(buyer, scheme):
    assert cost_inputs(buyer(30.0), scheme, "hosted")[1].users_to == 30
    assert cost_inputs(buyer(31.0), scheme, "hosted")[1].users_to == 300
