"""Pairwise judgements against published examples."""

from __future__ import annotations

from fractions import Fraction

import pytest

from advisor.insight.ahp import RANDOM_INDEX, priorities, reciprocal


def matrix(triangle: str) -> list[list[float]]:
    """The reciprocal matrix of an upper triangle written row by row, rows parted by bars."""
    rows = [[float(Fraction(word)) for word in row.split()] for row in triangle.split("|")]
    upper = {(i, i + 1 + k): value for i, row in enumerate(rows) for k, value in enumerate(row)}
    return reciprocal(len(rows) + 1, upper)


HOUSE = "5 3 7 6 6 1/3 1/4 | 1/3 5 3 3 1/5 1/7 | 6 3 4 6 1/5 | 1/3 1/4 1/7 1/8 | 1/2 1/5 1/6 | 1/5 1/6 | 1/2"
DRINKS = "9 5 2 1 1 1/2 | 1/3 1/9 1/9 1/9 1/9 | 1/3 1/4 1/3 1/9 | 1/2 1 1/3 | 2 1/2 | 1/3"
LEADER = "4 3 7 | 1/3 3 | 5"


@pytest.mark.parametrize(
    ("triangle", "weights", "ratio"),
    [
        (HOUSE, (0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333), 0.169),  # Saaty 1990, buying a house
        (DRINKS, (0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327), 0.022),  # Saaty 2008, drinks
        (LEADER, (0.548, 0.127, 0.270, 0.056), 0.044),  # choosing a leader
    ],
)
def test_published_examples(triangle, weights, ratio):
    result = priorities(matrix(triangle))
    assert result.weights == pytest.approx(weights, abs=6e-4)
    assert result.ratio == pytest.approx(ratio, abs=1.5e-3)
    assert sum(result.weights) == pytest.approx(1)
    assert result.consistent == (ratio <= 0.1)


def test_the_house_composite_of_three_alternatives():
    """Saaty 1990: house A comes out first."""
    parts = ["6 8 | 4", "7 1/5 | 1/8", "8 6 | 1/4", "1 1 | 1", "5 4 | 1/3", "8 6 | 1/5", "1/2 1/2 | 1", "1/7 1/5 | 3"]
    criteria = priorities(matrix(HOUSE)).weights
    by_criterion = [priorities(matrix(part)).weights for part in parts]
    whole = [sum(w * e[house] for w, e in zip(criteria, by_criterion, strict=True)) for house in range(3)]
    assert whole == pytest.approx([0.396, 0.341, 0.263], abs=6e-4)


def test_the_ratio_depends_on_the_table_and_says_which():
    by_saaty, by_alonso = priorities(matrix(LEADER)), priorities(matrix(LEADER), "alonso_lamata")
    assert (by_saaty.table, by_alonso.table) == ("saaty", "alonso_lamata")
    assert by_saaty.ratio * RANDOM_INDEX["saaty"][1] == pytest.approx(by_alonso.ratio * RANDOM_INDEX["alonso_lamata"][1])


def test_consistent_judgements_have_no_ratio_and_nothing_at_odds():
    result = priorities([[1, 2, 6], [1 / 2, 1, 3], [1 / 6, 1 / 3, 1]])
    assert result.weights == pytest.approx((0.6, 0.3, 0.1))
    assert result.ratio == pytest.approx(0, abs=1e-9)
    assert result.inconsistent == ()
    assert priorities([[1, 4], [1 / 4, 1]]).ratio == 0


def test_the_judgement_most_at_odds_is_the_one_that_was_turned_round():
    """2 : 1 : 1/2 : 1/4 throughout, but for one pair judged the wrong way."""
    whole = [8.0, 4.0, 2.0, 1.0]
    upper = {(i, j): whole[i] / whole[j] for i in range(4) for j in range(i + 1, 4)}
    upper[0, 3] = 1 / 8
    result = priorities(reciprocal(4, upper))
    assert not result.consistent
    first = result.inconsistent[0]
    assert (first.row, first.column, first.judged) == (0, 3, 1 / 8)
    assert first.implied > 5 * first.judged
    assert len(result.inconsistent) == 3


def test_another_order_gives_the_same_weights():
    judgements = matrix(LEADER)
    order = [2, 0, 3, 1]
    turned = priorities([[judgements[i][j] for j in order] for i in order])
    straight = priorities(judgements)
    assert [turned.weights[order.index(i)] for i in range(4)] == pytest.approx(straight.weights)


@pytest.mark.parametrize(
    "wrong", [[[1, 2], [2, 1]], [[1]], [[1, 2, 3], [0.5, 1, 1]], [[1, -2], [-0.5, 1]], [[1.0] * 11] * 11]
)
def test_what_is_no_reciprocal_matrix_is_refused(wrong):
    with pytest.raises(ValueError, match=r"matrix|judgements"):
        priorities(wrong)
