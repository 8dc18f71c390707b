"""The cost model: a hand-worked case, what must hold, and the range."""

from __future__ import annotations

import numpy as np
import pytest

from advisor.knowledge.schema.products import Price
from advisor.selection import cost as cost_model
from advisor.selection.rounding import round_estimate


def flat(value: float) -> tuple[float, float, float]:
    return (value, value, value)


PLAIN = {
    "users": flat(10), "price": flat(1000), "once": flat(0), "yearly": flat(1), "uplift": flat(0.1),
    "implementation": flat(1.0), "integration": flat(0.5), "migration": flat(0.1), "training": flat(0.2),
    "infrastructure": flat(0.05), "improvement": flat(0.2), "staff": flat(0.5), "contingency": flat(0.1),
    "post_year": flat(100_000), "staff_after": flat(0.4), "discount": flat(0.1),
}  # fmt: skip


def test_a_case_worked_by_hand():
    """10 users at 1,000: subscription 10,000; project 15,000; migration 1,500; training 3,000; contingency 1,950."""
    flow = cost_model.flow(PLAIN, 3)
    assert {name: part[:, 0].round(6).tolist() for name, part in flow.parts.items()} == {
        "licence": [10_000, 11_000, 12_100],
        "implementation": [10_000, 0, 0],
        "integration": [5_000, 0, 0],
        "migration": [1_500, 0, 0],
        "training": [3_000, 0, 0],
        "infrastructure": [500, 500, 500],
        "improvement": [0, 3_000, 3_000],
        "contingency": [1_950, 0, 0],
        "staff": [50_000, 20_000, 20_000],
    }
    assert flow.first()[0] == pytest.approx(31_950)
    assert flow.running()[0] == pytest.approx((14_500 + 15_600) / 2)
    years = [81_950, 34_500, 35_600]
    assert flow.total()[0] == pytest.approx(sum(years))
    assert flow.present()[0] == pytest.approx(sum(paid / 1.1 ** (n + 1) for n, paid in enumerate(years)))


def test_a_licence_outright_is_paid_once_and_kept_up_every_year():
    values = PLAIN | {"licence_years": flat(3), "once": flat(1), "yearly": flat(0.2), "uplift": flat(0)}
    flow = cost_model.flow(values, 3)
    assert flow.parts["licence"][:, 0].tolist() == pytest.approx([36_000, 6_000, 6_000])
    assert flow.parts["contingency"][0, 0] == pytest.approx(0.1 * (1.5 * 30_000 * 1.3 + 30_000))


def test_a_cheap_licence_saves_no_work():
    flow = cost_model.flow(PLAIN | {"price": flat(100), "work_price": flat(1000)}, 3)
    assert flow.parts["licence"][0, 0] == pytest.approx(1_000)
    assert flow.parts["implementation"][0, 0] == pytest.approx(10_000)


def test_what_is_built_is_measured_by_its_functions():
    values = {name: span for name, span in PLAIN.items() if name not in ("users", "price")}
    values |= {"musts": flat(5), "build_months": flat(2), "month_rate": flat(30_000), "yearly": flat(0)}
    flow = cost_model.flow(values, 5)
    assert flow.parts["implementation"][0, 0] == pytest.approx(300_000)
    assert flow.parts["licence"].sum() == 0


def test_each_input_is_moved_by_itself_and_the_widest_comes_first():
    values = PLAIN | {"price": (500.0, 1000.0, 2000.0), "discount": (0.09, 0.1, 0.11)}
    flow = cost_model.flow(values, 3)
    swings = flow.swings(flow.present())
    assert [name for name, _, _ in swings] == ["price", "discount"]
    alone = cost_model.flow(PLAIN | {"price": flat(2000)}, 3)
    assert swings[0][2] == pytest.approx(alone.present()[0])


def test_the_range_combines_single_effects_as_independent():
    halved_twice = np.array([100.0, 50.0, 50.0, 100.0, 200.0])
    low, base, high = cost_model.cost_range(halved_twice)
    assert base == 100.0
    assert low == pytest.approx(100 * 0.5 ** np.sqrt(2))
    assert high == pytest.approx(200.0)


def test_the_range_holds_the_base_and_stays_above_nothing():
    low, base, high = cost_model.cost_range(np.array([10.0, 0.0, 9.0, 12.0, 30.0]))
    assert 0 < low <= base <= high


def test_more_users_cost_more_and_a_higher_discount_makes_it_less():
    more = cost_model.flow(PLAIN | {"users": flat(11)}, 5)
    later = cost_model.flow(PLAIN | {"discount": flat(0.2)}, 5)
    plain = cost_model.flow(PLAIN, 5)
    assert more.total()[0] > plain.total()[0]
    assert later.present()[0] < plain.present()[0] < plain.total()[0]


def test_the_gain_needed_pays_exactly():
    """A gain of 1 a year from month 6 on: half of it in the first year."""
    needed = cost_model.yearly_gain_needed(1000.0, 0.1, 3, 6)
    assert needed * (0.5 / 1.1 + 1 / 1.1**2 + 1 / 1.1**3) == pytest.approx(1000.0)
    assert cost_model.yearly_gain_needed(1000.0, 0.1, 3, 36) == float("inf")


def test_prices_become_yuan_a_user_and_year(knowledge):
    scheme = knowledge.cost
    monthly = Price(low=10, high=40, currency="USD", per="user_month")
    low, base, high = cost_model.yearly_price(scheme, monthly, flat(20))
    rate = scheme.rates["USD"]
    assert (low, base, high) == pytest.approx((120 * rate, 240 * rate, 480 * rate))
    by_firm = Price(low=6000, high=24000, currency="CNY", per="firm_year")
    assert cost_model.yearly_price(scheme, by_firm, flat(20)) == pytest.approx((300, 600, 1200))
    assert cost_model.yearly_price(scheme, None, flat(20)) == scheme.figures["subscription"].span


def test_every_way_has_a_class_for_any_number_of_users(knowledge):
    for way in ("hosted", "private_cloud", "on_premise", "custom", "open_source"):
        for users in (1, 30, 31, 300, 301, 100_000):
            kind = cost_model.class_for(knowledge.cost, way, users)
            assert way in kind.ways
            assert kind.users_to is None or users <= kind.users_to


def test_every_way_of_asking_for_money_becomes_a_user_and_year(knowledge):
    for per, times in (("user_month", 12), ("user_year", 1), ("firm_month", 12 / 20), ("firm_year", 1 / 20)):
        price = Price(low=100, high=400, currency="CNY", per=per)
        assert cost_model.yearly_price(knowledge.cost, price, flat(20)) == pytest.approx(
            (100 * times, 200 * times, 400 * times)
        )


def test_a_price_for_the_firm_is_shared_by_the_users_expected_and_never_by_less_than_one(knowledge):
    price = Price(low=100, high=100, currency="CNY", per="firm_year")
    assert cost_model.yearly_price(knowledge.cost, price, (2.0, 4.0, 8.0)) == pytest.approx((25, 25, 25))
    assert cost_model.yearly_price(knowledge.cost, price, flat(0.5)) == pytest.approx((100, 100, 100))


def test_an_edition_that_costs_nothing_makes_half_the_dearest_the_base(knowledge):
    price = Price(low=0, high=300, currency="CNY", per="user_year")
    assert cost_model.yearly_price(knowledge.cost, price, flat(20)) == pytest.approx((0, 150, 300))


def test_a_class_ends_with_its_last_user(knowledge):
    names = {users: cost_model.class_for(knowledge.cost, "hosted", users).users_to for users in (1, 30, 30.5, 31, 300, 301)}
    assert names == {1: 30, 30: 30, 30.5: 300, 31: 300, 300: 300, 301: None}


def test_all_users_pay_and_at_least_the_seats_that_are_sold(knowledge):
    kind = cost_model.class_for(knowledge.cost, "hosted", 20)
    price = Price(low=1_000, high=9_000, currency="CNY", per="user_year")
    inputs = cost_model.readings(knowledge.cost, kind, (10.0, 20.0, 30.0), price, 15, 4)
    assert inputs["users"] == (15.0, 20.0, 30.0)
    assert inputs["price"] == pytest.approx((1_000, 3_000, 9_000))
    low, base, high = knowledge.cost.figures["subscription"].span
    assert inputs["work_price"] == pytest.approx((max(1_000, low), max(3_000, base), max(9_000, high)))
    assert "licence_years" not in inputs
    assert "musts" not in inputs
    without = cost_model.readings(knowledge.cost, kind, (10.0, 20.0, 30.0), None, None, 4)
    assert without["users"] == (10.0, 20.0, 30.0)
    assert cost_model.readings(knowledge.cost, kind, flat(0.5), None, None, 4)["users"] == flat(0.5)
    assert "work_price" not in without


def test_work_on_a_cheap_product_is_reckoned_at_the_level_of_the_trade(knowledge):
    kind = cost_model.class_for(knowledge.cost, "hosted", 20)
    price = Price(low=1, high=4, currency="CNY", per="user_year")
    inputs = cost_model.readings(knowledge.cost, kind, flat(20), price, None, 4)
    assert inputs["work_price"] == knowledge.cost.figures["subscription"].span


def test_what_is_built_asks_for_functions_and_what_is_bought_outright_for_years_of_fees(knowledge):
    built = cost_model.readings(knowledge.cost, cost_model.class_for(knowledge.cost, "custom", 20), flat(20), None, None, 4)
    assert built["musts"] == (4.0, 4.0, 4.0)
    assert "users" not in built
    kind = cost_model.class_for(knowledge.cost, "on_premise", 20)
    assert kind.base == "licence"
    inputs = cost_model.readings(knowledge.cost, kind, flat(20), None, None, 4)
    assert inputs["licence_years"] == knowledge.cost.figures["licence_years"].span
    rented = cost_model.as_subscription(kind)
    assert (rented.base, rented.once, rented.yearly) == ("subscription", flat(0.0), flat(1.0))
    assert rented.staff == kind.staff


def test_inputs_stand_in_every_case_at_their_own_reading():
    flow = cost_model.flow(PLAIN | {"users": (8.0, 10.0, 12.0), "uplift": (0.0, 0.1, 0.2)}, 2)
    first, second = flow.parts["licence"]
    names = list(flow.inputs)
    users, uplift, count = names.index("users"), names.index("uplift"), len(names)
    assert (first[1 + users], first[0], first[1 + count + users]) == pytest.approx((8_000, 10_000, 12_000))
    assert (second[1 + uplift], second[0], second[1 + count + uplift]) == pytest.approx((10_000, 11_000, 12_000))
    assert first.shape == (1 + 2 * count,)


def test_swings_of_one_width_stand_by_name_and_what_moves_nothing_is_left_out():
    flow = cost_model.flow(PLAIN, 2)
    cases = np.full(1 + 2 * len(flow.inputs), 100.0)
    places = {name: 1 + number for number, name in enumerate(flow.inputs)}
    for name, low, high in (("yearly", 110, 90), ("price", 90, 110), ("staff", 100, 101)):
        cases[places[name]], cases[places[name] + len(flow.inputs)] = low, high
    assert flow.swings(cases) == [("price", 90, 110), ("yearly", 110, 90), ("staff", 100, 101)]


def test_a_figure_that_is_nothing_has_only_an_upper_end():
    assert cost_model.cost_range(np.array([0.0, 0.0, 5.0, 7.0, 0.0])) == (0.0, 0.0, 7.0)


def test_an_input_that_takes_a_figure_to_nothing_counts_as_a_hundredth():
    low, base, high = cost_model.cost_range(np.array([200.0, 0.0, 200.0]))
    assert (low, base, high) == pytest.approx((2.0, 200.0, 200.0))


def test_small_figures_have_a_range_too():
    assert cost_model.cost_range(np.array([0.5, 0.25, 1.0])) == pytest.approx((0.25, 0.5, 1.0))


def test_a_system_in_use_from_the_first_day_pays_in_every_year_and_a_late_one_in_none():
    assert cost_model.yearly_gain_needed(300.0, 0.0, 3, 0) == pytest.approx(100.0)
    assert cost_model.yearly_gain_needed(300.0, 0.0, 3, 18) == pytest.approx(200.0)
    assert cost_model.yearly_gain_needed(300.0, 0.5, 2, 12) == pytest.approx(675.0)


def test_staff_of_ones_own_is_a_cost_and_no_payment():
    assert (*cost_model.PAID_OUT, "staff") == cost_model.COMPONENTS
    flow = cost_model.flow(PLAIN, 3)
    assert flow.by_year()[0, 0] - flow.by_year(cost_model.PAID_OUT)[0, 0] == pytest.approx(50_000)
    assert flow.total(("staff",))[0] == pytest.approx(90_000)


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        (0.5, 0.5),
        (1, 1),
        (1.999, 2.0),
        (1_994, 1_990),
        (1_995.1, 2_000),
        (2_049, 2_000),
        (2_051, 2_100),
        (99_499, 99_000),
        (0, 0),
        (-0.5, 0),
        (-5, 0),
    ],
)
def test_an_estimate_keeps_the_digits_it_can_bear(amount: float, rounded: float):
    assert round_estimate(amount) == pytest.approx(rounded)
