"""What a system may be worth: from the firm's own figures, off where one is missing, and never part of the verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from advisor.insight.full_assessment import assess_fully
from advisor.interview.answer_files import parse_answers
from advisor.knowledge.schema.value import ValueFactor, ValueScheme

SHEET = (
    "A1: daily_goods\nA2: 60\nA3: 2000万\nA4a: 12\nA15: mainland_china\nE25: 6\nB3: 50万\nB4: rare_or_once\nF20: 20%\n"
    "C1: 2\nC4: 4\nI8: 20\n"
)


@pytest.fixture(scope="module")
def assessed(knowledge):
    return assess_fully(parse_answers(SHEET.encode(), "firm.yaml", knowledge), knowledge, date(2026, 1, 5))


@pytest.fixture(scope="module")
def levers(assessed):
    return {lever.id: lever for lever in assessed.value.levers}


def test_a_lever_is_its_formula_low_base_and_high(levers):
    assert levers["hours_saved"].range == pytest.approx(
        (20 * 0.3 / 40 * 120000, 20 * 0.75 / 40 * 180000, 20 * 1.5 / 40 * 260000)
    )
    year = 20_000_000 * 0.2
    assert levers["cases_kept"].range == pytest.approx((year * 0.005 * 0.15, year * 0.01 * 0.25, year * 0.03 * 0.35))


def assess(sheet, knowledge):
    return assess_fully(parse_answers(sheet.encode(), "firm.yaml", knowledge), knowledge, date(2026, 1, 5))


def levers_of(assessed):
    return {lever.id: lever for lever in assessed.value.levers}


def test_where_customers_come_back_only_new_customers_take_the_work_of_a_first_deal(knowledge):
    """A distributor with 85 staff and 11,900 repeat orders of 15 days each does not save the days of 780 people."""
    sheet = "A2: 85\nA3: 310000000\nA4a: 31\nA7a: 140\nB3: 26000\nB4: daily_or_weekly\nE25: 15\nA15: mainland_china\n"
    found = levers_of(assess(sheet, knowledge))
    assert "presales" not in found
    year = 140 * 15 / (46 * 5) * 180_000
    assert found["presales_new"].range[1] == pytest.approx(year * 0.1 * 0.05, rel=1e-3)


def test_a_lever_whose_answers_contradict_the_head_count_is_asked_about_and_not_told_as_a_sum(knowledge):
    sheet = "A2: 85\nA3: 310000000\nA4a: 31\nB3: 26000\nB4: rare_or_once\nE25: 15\nA15: mainland_china\n"
    value = assess(sheet, knowledge).value
    assert "presales" not in {lever.id for lever in value.levers}
    (doubt,) = value.doubted
    assert doubt.id == "presales" and {"A3", "B3", "E25", "A2"} <= set(doubt.codes)
    assert "contradict" in doubt.text["en"] and "矛盾" in doubt.text["zh"]


def test_hours_are_saved_for_no_more_people_than_there_are(knowledge):
    """An office of 26 with 24 to 30 users has no 27 of them."""
    sheet = "A2: 26\nA15: mainland_china\nB16: [dealers]\nI8: 24-30\n"
    lever = levers_of(assess(sheet, knowledge))["hours_saved"]
    assert lever.range[1] <= 26 * 0.75 / 40 * 180_000 + 1 and lever.range[2] <= 26 * 1.5 / 40 * 260_000 + 1


def test_a_post_costs_what_it_does_where_the_firm_is_at_home(knowledge):
    """180,000 yuan a year is nobody's cost in Stuttgart."""
    prices = {}
    for home in ("mainland_china", "eu_eea", "us"):
        lever = levers_of(assess(SHEET.replace("mainland_china", home), knowledge))["hours_saved"]
        (price,) = [factor for factor in lever.factors if factor.money]
        assert price.by and price.origin == "assumed"
        prices[home] = price.range[1]
    assert prices["mainland_china"] == 180_000
    assert 50_000 < prices["eu_eea"] < 90_000 and 70_000 < prices["us"] < 110_000  # in EUR and USD


def test_the_margin_is_that_of_the_trade(knowledge):
    def margin(trade):
        lever = levers_of(assess(SHEET.replace("daily_goods", trade), knowledge))["cases_kept"]
        return next(factor.range[1] for factor in lever.factors if factor.label["en"] == "Gross margin")

    assert margin("third_party_logistics") < 0.12 < margin("daily_goods") < 0.6 < margin("software")


RENEWED = "A2: 500\nA3: 1亿\nA9: 4\nH5: 3\nB18a: [subscription]\nB18b: 80%\nA1: software\nI8: 30\n"


def test_only_income_that_is_renewed_is_kept_by_renewals(knowledge):
    whole = levers_of(assess(RENEWED, knowledge))["retention"].range[1]
    part = levers_of(assess(RENEWED.replace("[subscription]", "[subscription, repeat_orders]"), knowledge))[
        "retention"
    ].range[1]
    assert whole == pytest.approx(1e8 * 0.2 * 0.05 * 0.7) and part == pytest.approx(0.3 * whole)


def test_customers_of_a_monopoly_are_not_kept_from_leaving_it(knowledge):
    alone = RENEWED.replace("A9: 4", "A9: 1").replace("H5: 3", "H5: 5")
    assert "retention" not in levers_of(assess(alone, knowledge))
    unknown = assess(RENEWED.replace("A9: 4\n", "").replace("H5: 3", "H5: 5"), knowledge).value
    assert {item.id: item.codes for item in unknown.missing}["retention"] == ("A9",)


def test_every_figure_says_whose_it_is(levers):
    origins = {factor.label.en: factor.origin for factor in levers["cases_kept"].factors}
    assert "assumed" in origins.values() and "answered" in origins.values()
    assert all(lever.sources and lever.formula.zh for lever in levers.values())


def test_a_lever_without_a_figure_of_the_firms_own_is_off_and_says_what_it_lacks(assessed, levers):
    missing = {lever.id: lever.codes for lever in assessed.value.missing}
    assert "E3a" in missing["promotion"] and "promotion" not in levers
    assert not set(missing) & set(levers)


def test_break_even_is_the_cost_of_a_year_beside_the_base_reading(assessed):
    value = assessed.value
    if value.cost is None:
        assert value.break_even is None
    else:
        assert value.break_even == pytest.approx(value.cost / value.total[1], abs=0.001)
    assert value.total == pytest.approx([sum(lever.range[end] for lever in value.levers) for end in range(3)])


def test_value_never_touches_the_verdict(assessed, knowledge):
    answers = parse_answers(SHEET.encode(), "firm.yaml", knowledge)
    rich = {
        name: lever.model_copy(
            update={
                "factors": [
                    factor.model_copy(update={"assume": tuple(1000 * end for end in factor.assume)})
                    if factor.assume
                    else factor
                    for factor in lever.factors
                ]
            }
        )
        for name, lever in knowledge.value.levers.items()
    }
    for scheme in (None, knowledge.value.model_copy(update={"levers": rich})):
        other = assess_fully(answers, replace(knowledge, value=scheme), date(2026, 1, 5))
        told = other.model_copy(update={"value": None, "selection": None})
        assert told == assessed.model_copy(update={"value": None, "selection": None})


def test_a_lever_rests_on_a_figure_of_the_firm():
    with pytest.raises(ValueError, match="one of: answer, quantity, figure, assume"):
        ValueFactor(answer="a", quantity="b")
    text = {"zh": "甲", "en": "a"}
    assumed = {"assume": [1, 2, 3], "label": text, "unit": text}
    lever = {"title": text, "formula": text, "factors": [assumed, assumed], "sources": ["x"]}
    with pytest.raises(ValueError, match="figure of the firm's own"):
        ValueScheme(note=text, levers={"one": lever})
