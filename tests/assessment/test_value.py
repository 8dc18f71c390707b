"""What a system may be worth: from the firm's own figures, off where one is missing, and never part of the verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from advisor.insight.full_assessment import assess_fully
from advisor.interview.answer_files import parse_answers
from advisor.knowledge.schema.value import ValueFactor, ValueScheme

SHEET = "A3: 2000万\nA4a: 12\nE25: 6\nB3: 50万\nF20: 20%\nC1: 2\nI8: 20\n"


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
