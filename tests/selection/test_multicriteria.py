"""Multi-criteria arithmetic held to published examples, and to what must hold whatever the figures."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.selection.multicriteria import critic_weights, ranks, reversals, top_shares, topsis, weighted_sum
from advisor.text import say

FIGHTERS = np.array(
    [
        [2.0, 1500, 20000, 5.5, 5, 9],
        [2.5, 2700, 18000, 6.5, 3, 5],
        [1.8, 2000, 21000, 4.5, 7, 7],
        [2.2, 1800, 20000, 5.0, 5, 5],
    ]
)
"""Hwang & Yoon (1981): speed, range, load, cost, reliability, manoeuvrability of four aircraft."""
TIMEKEEPING = np.array(
    [[5000, 3, 3, 4, 3, 2], [680, 5, 3, 2, 2, 1], [2000, 3, 2, 3, 4, 3], [600, 4, 3, 1, 2, 2], [800, 2, 4, 3, 3, 4]], float
)
"""Tuş & Aytaç Adalı (2019), Opsearch 56(2): five programs for time and attendance."""


def test_topsis_gives_the_fighter_aircraft_of_hwang_and_yoon():
    costs = [False, False, False, True, False, False]
    result = topsis(FIGHTERS, [0.2, 0.1, 0.1, 0.1, 0.2, 0.3], costs)
    assert result == pytest.approx([0.643, 0.268, 0.613, 0.312], abs=6e-4)  # the book cuts off, it does not round


def test_topsis_gives_the_example_of_tzeng_and_huang():
    values = np.array([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], float)
    assert topsis(values, [0.3, 0.4, 0.3]) == pytest.approx([0.5037, 0.6581, 0.7482, 0.3340], abs=5e-5)


def test_critic_gives_the_published_weights_of_a_choice_of_software():
    assert critic_weights(TIMEKEEPING) == pytest.approx([0.157, 0.249, 0.168, 0.121, 0.154, 0.151], abs=5e-4)


def test_a_price_taken_as_a_cost_changes_the_weights_as_published():
    turned = TIMEKEEPING.copy()
    turned[:, 0] *= -1
    assert critic_weights(turned) == pytest.approx([0.184, 0.213, 0.142, 0.158, 0.168, 0.134], abs=5e-4)


def test_a_published_maturity_score_is_a_weighted_mean():
    """Demand Metric's sample: two of fifteen categories weigh 15 % each, the rest share what is left; 67 of 100."""
    scores = [4.0, 3.2, 3.0, 1.5, 3.0, 4.6, 3.0, 3.8, 3.2, 3.5, 4.0, 3.0, 3.0, 3.3, 3.0]
    weights = [15.0, 15.0, *[70 / 13] * 13]
    assert 20 * weighted_sum(np.array([scores]), weights)[0] == pytest.approx(66.7, abs=0.05)


matrices = st.integers(2, 7).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 100), min_size=4, max_size=4), min_size=n, max_size=n)
)
weights = st.lists(st.integers(1, 50), min_size=4, max_size=4)


@settings(max_examples=200, deadline=None)
@given(matrices, weights)
def test_what_is_better_everywhere_is_never_behind(rows, weight):
    points = np.array(rows, float)
    for totals in (weighted_sum(points, weight), topsis(points, weight)):
        for i, row in enumerate(points):
            for j, rival in enumerate(points):
                if (row >= rival).all():
                    assert totals[i] >= totals[j] - 1e-9
                if (row == rival).all():
                    assert totals[i] == pytest.approx(totals[j])


@settings(max_examples=100, deadline=None)
@given(matrices, weights, st.randoms())
def test_the_order_of_criteria_and_products_does_not_matter(rows, weight, random):
    points = np.array(rows, float)
    columns, lines = list(range(4)), list(range(len(points)))
    random.shuffle(columns)
    random.shuffle(lines)
    for method in (weighted_sum, topsis):
        moved = method(points[lines][:, columns], [weight[i] for i in columns])
        assert moved == pytest.approx(method(points, weight)[lines])


@settings(max_examples=100, deadline=None)
@given(matrices, weights)
def test_a_weighted_sum_knows_no_rank_reversal(rows, weight):
    points = np.array(rows, float)
    whole = weighted_sum(points, weight)
    for dropped in range(len(points)):
        rest = [i for i in range(len(points)) if i != dropped]
        assert weighted_sum(points[rest], weight) == pytest.approx(whole[rest])


def test_topsis_may_reverse_and_is_caught_at_it():
    points = np.array([[85.0, 20.0], [10.0, 90.0], [55.0, 55.0], [100.0, 0.0]])
    result = [reversals(points, [a, 10 - a]) for a in range(1, 10)]
    assert any(result)
    for dropped, ahead, behind in next(turns for turns in result if turns):
        assert len({dropped, ahead, behind}) == 3


def test_equal_totals_share_a_rank_and_the_next_is_skipped():
    assert ranks(np.array([5.0, 7.0, 5.0, 1.0])) == [2, 1, 2, 4]


def test_random_weightings_put_the_best_first_always_and_the_worst_never():
    points = np.array([[90.0, 90.0], [50.0, 60.0], [60.0, 50.0], [10.0, 10.0]])
    result = top_shares(points, 1, 500, [True, True])
    assert result.tolist() == [1.0, 0.0, 0.0, 0.0]
    assert top_shares(points, 2, 2000, [True, True])[1:3].sum() == pytest.approx(1.0)
    assert (top_shares(points, 2, 500, [True, True]) == top_shares(points, 2, 500, [True, True])).all()


def test_a_criterion_without_weight_stays_without():
    points = np.array([[100.0, 0.0], [0.0, 100.0]])
    assert top_shares(points, 1, 100, [True, False]).tolist() == [1.0, 0.0]


def test_weights_must_weigh_something():
    with pytest.raises(ValueError, match="above 0"):
        weighted_sum(np.array([[1.0, 2.0]]), [0, 0])


@given(st.lists(st.lists(st.integers(1, 100), min_size=3, max_size=3), min_size=2, max_size=6))
def test_topsis_is_worked_out_as_the_method_in_the_report_says(rows):
    assert "欧氏范数" in say("report", "products.method", "zh", draws=1)
    assert "Euclidean length" in say("report", "products.method", "en", draws=1)
    weights = (0.5, 0.3, 0.2)
    columns = [
        [value / math.hypot(*column) * w for value in column]
        for column, w in zip(zip(*rows, strict=True), weights, strict=True)
    ]
    best, worst = [max(column) for column in columns], [min(column) for column in columns]
    to_best, to_worst = ([math.dist(row, end) for row in zip(*columns, strict=True)] for end in (best, worst))
    closeness = [low / (high + low) if high + low else None for high, low in zip(to_best, to_worst, strict=True)]
    if None not in closeness:
        assert topsis(np.array(rows, float), weights) == pytest.approx(closeness)
