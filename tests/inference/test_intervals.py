"""Intervals of scores: sound, so that no completion leaves them, and tight, so that some completion nearly reaches them."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from advisor.inference.facts import FactTable
from advisor.inference.foresight import score_table
from advisor.interview import Answer, Answers
from advisor.interview.answer_table import AnswerTable
from advisor.interview.answers import NOT_APPLICABLE
from advisor.knowledge.facts import Fact
from tests.random_firms import completed, random_firm, random_value


def score_rows(knowledge, firms):
    return score_table(FactTable(knowledge, AnswerTable.of(firms)))


def scores_of(knowledge, firm):
    return score_rows(knowledge, [firm]).firm(0)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_no_completion_leaves_an_interval(knowledge, seed):
    draw = random.Random(seed)
    for _ in range(40):
        firm = random_firm(knowledge, draw)
        bounds = scores_of(knowledge, firm)
        table = score_rows(knowledge, [completed(firm, knowledge, draw) for _ in range(12)])
        for name, score in bounds.items():
            points = table.rows(name).points
            points = points[~np.isnan(points)]
            assert ((score.low - 1e-6 <= points) & (points <= score.high + 1e-6)).all(), name


def ends(fact: Fact, knots: set[float]) -> list[object]:
    """Values among which the extremes of any score lie."""
    if fact.type.several:
        return [frozenset([value]) for value in fact.values] + [frozenset()]
    return list(fact.steps or fact.values) or sorted({*knots, fact.low or 0.0, fact.high or max(knots, default=1.0)})


@pytest.mark.parametrize("seed", range(40))
def test_completions_reach_nine_tenths_of_every_interval(knowledge, seed):
    draw = random.Random(seed)
    asked = [name for name, fact in knowledge.facts.items() if fact.question and not fact.type.free]
    full = Answers({name: Answer("known", random_value(knowledge.facts[name], draw)) for name in asked})
    weighty = sorted(name for name in knowledge.facts_under(("need", "ability")) if name in full.given)
    while True:  # until what is missing matters to need or ability
        missing = draw.sample(weighty, draw.randint(1, 3))
        firm = Answers({name: answer for name, answer in full.given.items() if name not in missing})
        bounds = scores_of(knowledge, firm)
        if any(bounds[name].high > bounds[name].low for name in ("need", "ability")):
            break
    knots: dict[str, set[float]] = {}
    for score in knowledge.scores.values():
        for item in score.inputs:
            knots.setdefault(item.fact or "", set()).update(item.points or ())
    choices = [[*ends(knowledge.facts[name], knots[name])] for name in missing]
    every = itertools.product(*([*(Answer("known", v) for v in c), NOT_APPLICABLE] for c in choices))
    done = [Answers({**firm.given, **dict(zip(missing, values, strict=True))}) for values in every]
    table = score_rows(knowledge, done)
    for name in ("need", "ability"):
        width = bounds[name].high - bounds[name].low
        assert np.nanmax(table.rows(name).points) - np.nanmin(table.rows(name).points) >= 0.9 * width - 1e-6, name


def test_points_no_answer_can_earn_are_outside_the_interval(knowledge):
    """Whether buyer and user are one earns fifty points at most, so a missing answer cannot lift the score beyond."""
    known = {"decision_roles": Answer("known", 1.0), "decision_weeks": Answer("known", 0.0)}
    score = scores_of(knowledge, Answers(known))["decision_complexity"]
    assert (score.low, score.high) == (0, pytest.approx(12.5))


def test_a_score_whose_inputs_do_not_apply_takes_no_part(small, answers):
    firm = answers("means: 3\nbudget: not_applicable\nsponsor: not_applicable")
    score = scores_of(small, firm)["ability"]
    assert (score.points, score.low, score.high, score.answered) == (50, 50, 50, 1)
