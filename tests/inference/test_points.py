"""What an answer earns, and the least and most any answer can."""

from __future__ import annotations

import pytest

from advisor.inference.points import attainable, earned, map_points
from advisor.knowledge.answer_types import CHOICE, MULTI, NUMBER, SCALE
from advisor.knowledge.facts import Fact
from advisor.knowledge.schema import ScoreInput
from advisor.text import Text

WORDS = Text(zh="词", en="word")
STEPS = Fact("x", SCALE, WORDS, {"1": WORDS, "3": WORDS, "5": WORDS}, 1, 5)
OPTIONS = Fact("x", CHOICE, WORDS, {"a": WORDS, "b": WORDS})
SEVERAL = Fact("x", MULTI, WORDS, {"a": WORDS, "b": WORDS})


def number(low: float | None, high: float | None) -> Fact:
    return Fact("x", NUMBER, WORDS, {}, low, high)


def lines(**more: object) -> ScoreInput:
    return ScoreInput(fact="x", points={0: 10, 10: 50, 50: 70}, **more)


@pytest.mark.parametrize(
    ("item", "fact", "value", "points", "turned"),
    [
        (ScoreInput(fact="x"), STEPS, 1, 0, 100),
        (ScoreInput(fact="x"), STEPS, 2, 25, 75),
        (ScoreInput(fact="x"), STEPS, 5, 100, 0),
        (ScoreInput(fact="x", values={"a": 20, "b": 70}), OPTIONS, "a", 20, 80),
        (ScoreInput(fact="x", values={"a": 20, "b": 70}), SEVERAL, frozenset("ab"), 70, 30),
        (ScoreInput(fact="x", values={"a": 20, "b": 70}), SEVERAL, frozenset(), 0, 100),
        (lines(), number(None, None), -1, 10, 90),
        (lines(), number(None, None), 0, 10, 90),
        (lines(), number(None, None), 2.5, 20, 80),
        (lines(), number(None, None), 10, 50, 50),
        (lines(), number(None, None), 20, 55, 45),
        (lines(), number(None, None), 50, 70, 30),
        (lines(), number(None, None), 51, 70, 30),
    ],
)
def test_a_value_earns_its_points_and_the_rest_where_it_counts_the_other_way_round(item, fact, value, points, turned):
    assert map_points(item, fact, value) == pytest.approx(points)
    assert earned(item, fact, value) == pytest.approx(points)
    assert earned(item.model_copy(update={"reversed": True}), fact, value) == pytest.approx(turned)


@pytest.mark.parametrize(
    ("item", "fact", "least", "most"),
    [
        (ScoreInput(fact="x"), STEPS, 0, 100),
        (ScoreInput(fact="x", values={"a": 20, "b": 70}), OPTIONS, 20, 70),
        (ScoreInput(fact="x", values={"a": 20, "b": 70}), SEVERAL, 0, 70),
        (lines(), number(None, None), 10, 70),
        (lines(), number(5, None), 30, 70),
        (lines(), number(None, 30), 10, 60),
        (lines(), number(5, 30), 30, 60),
        (ScoreInput(fact="x", points={0: 90, 10: 40}), number(None, None), 40, 90),
    ],
)
def test_no_answer_earns_less_or_more_than_its_question_allows(item, fact, least, most):
    assert attainable(item, fact) == pytest.approx((least, most))
    assert attainable(item.model_copy(update={"reversed": True}), fact) == pytest.approx((100 - most, 100 - least))
