"""The verdict: need and ability side by side, blockers that no average hides, and honest doubt."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.assessment import assess
from advisor.assessment.outlook import verdict_outlook, prospects
from advisor.assessment.verdict import Hurdles, choose, read_verdict
from advisor.inference.scores import ScoreValue
from advisor.interview import Answer, Answers
from tests.random_firms import completed, random_firm

NO, MAYBE, YES = Hurdles(False, False, False), Hurdles(False, False, True), Hurdles(True, True, True)


def score(points, low=None, high=None, answered=1.0):
    low, high = (points if low is None else low), (points if high is None else high)
    return ScoreValue("s", points, low, high, answered, "mean", ())


@pytest.mark.parametrize(
    ("need", "ability", "blocked", "conditions", "lighter", "verdict"),
    [
        (80, 80, False, False, False, "feasible"),
        (80, 80, False, True, False, "conditional"),
        (80, 50, False, False, False, "conditional"),
        (80, 99, True, False, False, "not_yet"),
        (80, 29, False, False, False, "not_yet"),
        (29, 99, False, False, False, "not_needed_now"),
        (29, 10, True, True, False, "not_needed_now"),
        (55, 80, False, False, True, "not_needed_now"),
        (61, 80, False, False, True, "feasible"),
    ],
)
def test_the_table_of_verdicts(small, need, ability, blocked, conditions, lighter, verdict):
    assert choose(small.verdict, need, ability, blocked=blocked, conditions=conditions, lighter=lighter) == verdict


def test_one_possible_verdict_is_settled_however_little_was_answered(small):
    assert read_verdict(small.verdict, score(80, 75, 90, 0.2), score(None, 0, 100, 0), YES, NO, NO) == (
        "not_yet",
        ("not_yet",),
    )


def test_too_few_answers_give_no_verdict_but_say_what_is_possible(small):
    name, possible = read_verdict(small.verdict, score(80, 10, 95, 0.3), score(70, 0, 100, 0.9), NO, NO, NO)
    assert name == "not_enough_answers"
    assert set(possible) == {"feasible", "conditional", "not_yet", "not_needed_now"}
    assert read_verdict(small.verdict, score(80), score(70, 20, 90, 0.3), NO, NO, NO)[0] == "not_enough_answers"


def test_need_alone_can_settle_the_central_reading(small):
    name, possible = read_verdict(small.verdict, score(20, 10, 40, 0.7), score(None, 0, 100, 0), NO, MAYBE, NO)
    assert name == "not_needed_now"
    assert len(possible) > 1


def test_a_blocker_not_yet_decided_stays_among_the_possible(small):
    name, possible = read_verdict(small.verdict, score(80), score(80), MAYBE, NO, NO)
    assert (name, possible) == ("feasible", ("feasible", "not_yet"))


VALUES = {
    "trade": ["shop", "builder"], "people": [2.0, 500.0], "product": [1, 5], "deciders": [1, 3, 5], "wish": [1, 3, 5],
    "means": [1, 3, 5], "budget": [0.0, 1e5, 1e6], "sponsor": ["yes", "no"],
}  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.fixed_dictionaries({k: st.sampled_from(v) for k, v in VALUES.items()}),
    st.sets(st.sampled_from(sorted(VALUES)), max_size=4),
)
def test_a_settled_verdict_is_never_wrong_and_the_true_one_is_always_possible(small, full, blanked):
    truth = assess(Answers({k: Answer("known", v) for k, v in full.items()}), small).verdict
    seen = assess(Answers({k: Answer("known", v) for k, v in full.items() if k not in blanked}), small).verdict
    assert truth.certainty == "settled"
    assert truth.name in seen.possible
    assert seen.certainty != "settled" or seen.name == truth.name


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries({k: st.sampled_from(v) for k, v in VALUES.items()}))
def test_raising_means_never_lowers_ability_nor_worsens_the_verdict(small, full):
    order = ["not_yet", "conditional", "feasible"]
    seen = []
    for means in (1, 2, 3, 4, 5):
        result = assess(Answers({k: Answer("known", v) for k, v in {**full, "means": means}.items()}), small)
        seen.append((result.scores["ability"].points, result.verdict.name))
    for (low, worse), (high, better) in itertools.pairwise(seen):
        assert high >= low
        assert worse == better or order.index(worse) < order.index(better)


@pytest.mark.parametrize("seed", range(8))
def test_a_half_filled_sheet_never_gives_a_confident_wrong_verdict(knowledge, firms, seed):
    """Of the sample firms with answers blanked at random: what is settled is right, and the truth stays possible."""
    draw = random.Random(seed)
    settled = 0
    for full in firms.values():
        full = completed(full, knowledge, random.Random(seed))
        truth = verdict_outlook(knowledge, full).name
        for share in (0.05, 0.15, 0.4, 0.8):
            kept = {name: answer for name, answer in full.given.items() if draw.random() > share}
            seen = verdict_outlook(knowledge, Answers(kept))
            assert truth in seen.possible
            if seen.settled:
                settled += 1
                assert seen.name == truth
    assert settled


@pytest.mark.parametrize("seed", range(4))
def test_the_verdict_of_every_completion_is_among_the_possible(knowledge, seed):
    draw = random.Random(seed)
    for _ in range(40):
        firm = random_firm(knowledge, draw)
        possible = verdict_outlook(knowledge, firm).possible
        done = prospects(knowledge, [completed(firm, knowledge, draw) for _ in range(15)])
        assert {outcome.name for outcome in done if outcome.need.points is not None} <= set(possible)


def test_the_prospect_is_the_verdict_of_the_assessment(knowledge):
    draw = random.Random(3)
    for _ in range(15):
        firm = random_firm(knowledge, draw)
        verdict = assess(firm, knowledge).verdict
        assert (verdict.name, verdict.possible) == (verdict_outlook(knowledge, firm).name, verdict_outlook(knowledge, firm).possible)
