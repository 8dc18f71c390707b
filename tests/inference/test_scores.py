"""Scores: the arithmetic, the interval, and what a missing answer does."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.inference import infer
from advisor.inference.models import MODELS, read_models
from advisor.inference.points import map_points
from advisor.inference.score_rows import ScoreRows
from advisor.interview import Answer, Answers
from advisor.knowledge.answer_types import MULTI, NUMBER, SCALE
from advisor.knowledge.facts import Fact
from advisor.knowledge.schema import ScoreInput
from advisor.text import Text

WORDS = Text(zh="词", en="word")


def scores(small, answers, text):
    return infer(small, [answers(text)])[0].scores


def test_a_score_is_the_weighted_mean_of_what_is_known(small, answers):
    found = scores(small, answers, "wish: 5\ndeciders: 3\nmeans: 2\nbudget: 100k\nsponsor: yes")
    assert found["longing"].points == 100
    assert found["need"].points == pytest.approx((3 * 100 + 50) / 4)
    assert found["purse"].points == 75
    assert found["ability"].points == pytest.approx((3 * 25 + 75) / 4)
    assert (found["ability"].low, found["ability"].high) == (found["ability"].points,) * 2


def test_a_missing_answer_widens_the_interval_and_is_no_zero(small, answers):
    found = scores(small, answers, "budget: 100k")["purse"]
    assert (found.points, found.low, found.high, found.answered) == (50, 25, 75, 0.5)


def test_what_does_not_apply_takes_no_part(small, answers):
    found = scores(small, answers, "budget: 100k\nsponsor: not_applicable")["purse"]
    assert (found.points, found.low, found.high, found.answered) == (50, 50, 50, 1)


def test_nothing_answered_is_no_reading(small, answers):
    found = scores(small, answers, "")["need"]
    assert (found.points, found.low, found.high, found.answered) == (None, 0, 100, 0)
    only = scores(small, answers, "budget: not_applicable\nsponsor: not_applicable")["purse"]
    assert (only.points, only.low, only.high) == (None, 0, 100)


@pytest.mark.parametrize(("value", "points"), [(-5, 10), (0, 10), (5, 30), (10, 50), (30, 60), (50, 70), (99, 70)])
def test_numbers_are_mapped_by_straight_lines_flat_outside(value, points):
    item = ScoreInput(fact="x", points={10: 50, 0: 10, 50: 70})
    assert map_points(item, Fact("x", NUMBER, WORDS, {}), value) == points


def test_scales_map_evenly_and_options_by_their_points():
    scale = Fact("x", SCALE, WORDS, {"-2": WORDS, "0": WORDS, "2": WORDS}, -2, 2)
    assert [map_points(ScoreInput(fact="x"), scale, v) for v in (-2, 0, 2)] == [0, 50, 100]
    several = ScoreInput(fact="x", values={"a": 20, "b": 70})
    assert map_points(several, Fact("x", MULTI, WORDS, {}), frozenset("ab")) == 70
    assert map_points(several, Fact("x", MULTI, WORDS, {}), frozenset()) == 0


CHOICES = {
    "product": [2],
    "wish": [1, 3, 5],
    "deciders": [1, 5],
    "means": [1, 4],
    "budget": [0.0, 1e5, 1e6],
    "sponsor": ["yes", "no"],
}


@settings(max_examples=80, deadline=None)
@given(st.fixed_dictionaries({}, optional={k: st.sampled_from(v) for k, v in CHOICES.items()}))
def test_no_completion_of_the_missing_answers_leaves_the_interval(small, given):
    partial = Answers({k: Answer("known", v) for k, v in given.items()})
    open_names = [k for k in CHOICES if k not in given]
    bounds = infer(small, [partial])[0].scores
    for values in itertools.islice(itertools.product(*(CHOICES[n] for n in open_names)), 12):
        filled = {**partial.given, **{n: Answer("known", v) for n, v in zip(open_names, values, strict=True)}}
        for name, score in infer(small, [Answers(filled)])[0].scores.items():
            assert score.points is not None, name
            assert bounds[name].low - 1e-6 <= score.points <= bounds[name].high + 1e-6


def axis(points):
    rows = ScoreRows.empty(1, 1)[0]
    rows.points[:] = np.nan if points is None else points
    return rows


def reading(small, product, decision, evidence=None, others=frozenset()):
    found = np.array([[float((evidence or {}).get(model, 0))] for model in MODELS])
    lines = np.array([[model in others] for model in MODELS])
    return read_models(small.models, axis(product), axis(decision), found, lines).reading(0)


@pytest.mark.parametrize(
    ("product", "decision", "model"),
    [(0, 0, "consumer"), (100, 0, "industrial"), (100, 100, "project"), (0, 100, "key_account")],
)
def test_each_corner_of_the_axes_is_its_model(small, product, decision, model):
    found = reading(small, product, decision)
    assert (found.first, found.mixed, found.margin) == (model, False, 1)


def test_the_middle_is_mixed_and_both_models_count(small):
    found = reading(small, 50, 0)
    assert found.mixed
    assert found.in_play == {"consumer", "industrial"}
    assert sum(s.share for s in found.shares) == pytest.approx(1)


def test_evidence_breaks_a_tie_and_may_speak_against(small):
    assert reading(small, 50, 0, {"industrial": 2}).first == "industrial"
    assert reading(small, 0, 0, {"consumer": -9, "project": 1}).first == "project"


def test_without_axes_and_evidence_there_is_no_model(small):
    assert reading(small, None, None).first is None
    assert reading(small, None, None).in_play == frozenset()
    assert reading(small, None, None, {"project": 1}).first == "project"


def test_further_lines_of_business_are_counted_too(small):
    found = reading(small, 0, 0, others=frozenset({"project", "consumer"}))
    assert found.other_lines == ("project",)
    assert found.in_play == {"consumer", "project"}
