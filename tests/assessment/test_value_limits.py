"""No lever saves more hours than those who do the work have, nor brings more than a plausible part of the revenue."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from advisor.assessment.model.value import LeverItem
from advisor.insight.full_assessment import assess_fully
from advisor.interview import Answers
from advisor.knowledge.margins import bounds_of
from tests.random_firms import random_firm

MOST_OF_THEIR_TIME, MOST_OF_REVENUE = 0.2, 0.03
"""What anybody would grant: a fifth of the working time of those who do the work, three hundredths of the revenue."""


def most(answers: Answers, name: str) -> float | None:
    """The most that a number may be by the answers; None where nothing is known of it."""
    bounds = bounds_of(answers, name)
    return None if bounds is None else bounds.high


def people(lever: LeverItem, answers: Answers) -> float | None:
    """How many there are at most to do the work that a lever saves."""
    everyone = most(answers, "employees")
    return (most(answers, "service_seats") or everyone) if lever.id == "service" else everyone


def saves_time(lever: LeverItem) -> bool:
    return any(factor.money for factor in lever.factors)


def too_large(answers: Answers, levers: tuple[LeverItem, ...], rate: float) -> Iterator[str]:
    revenue = most(answers, "annual_revenue")
    for lever in levers:
        if saves_time(lever):
            (price,) = [factor.range for factor in lever.factors if factor.money]
            posts, there = lever.range[2] / price[2], people(lever, answers)
            if there is not None and posts > MOST_OF_THEIR_TIME * there + 1e-6:
                yield f"{lever.id} saves {posts:.1f} posts of {there:.0f}"
        if revenue and lever.range[2] * rate > MOST_OF_REVENUE * revenue + rate:  # told to a hundredth of a unit
            yield f"{lever.id} brings {lever.range[2] * rate:.0f} of {revenue:.0f}"


@pytest.fixture(scope="module")
def sheets(knowledge, firms, further_firms) -> dict[str, Answers]:
    draw = random.Random(18)
    return {**firms, **further_firms, **{f"random {n}": random_firm(knowledge, draw) for n in range(40)}}


def test_no_lever_is_larger_than_the_people_and_the_revenue_there_are(knowledge, sheets):
    counted = 0
    for name, answers in sheets.items():
        value = assess_fully(answers, knowledge, None).value
        assert value is not None
        counted += sum(saves_time(lever) for lever in value.levers)
        wrong = list(too_large(answers, value.levers, knowledge.cost.rates[value.currency]))
        assert not wrong, (name, wrong)
    assert counted > 20


def test_every_trade_and_every_home_has_a_figure_of_its_own(knowledge):
    """Only what nobody can tell falls back on the widest span: another trade, or no answer."""
    for name, without in (("gross_margin", {"other"}), ("post_year", set())):
        figure = knowledge.cost.figures[name]
        assert set(knowledge.facts[figure.by].values) - set(figure.spans) == without
