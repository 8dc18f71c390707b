"""Rows of scores: what counts the other way round is turned, and what is combined holds whatever is missing."""

from __future__ import annotations

import numpy as np
import pytest

from advisor.inference.score_rows import Combination, ScoreRows, combined

NAN = float("nan")


def parts(*inputs: tuple[float, float, float, float, bool, bool]) -> ScoreRows:
    """The inputs of one score for one firm: points, low, high, share answered, whether it counts and surely does."""
    columns = [np.array(column)[None, :, None] for column in zip(*inputs, strict=True)]
    numbers = (np.asarray(column, np.float64) for column in columns[:4])
    return ScoreRows(*numbers, *(np.asarray(column, np.bool_) for column in columns[4:]))


def known(points: float, sure: bool = True) -> tuple[float, float, float, float, bool, bool]:
    return (points, points, points, 1.0, True, sure)


def missing(low: float = 0.0, high: float = 100.0) -> tuple[float, float, float, float, bool, bool]:
    return (NAN, low, high, 0.0, True, False)


OUT = (NAN, 0.0, 100.0, 0.0, False, False)
"""An input that does not apply."""


def how(*weights: float, combine="mean", strongest=0, always=(), limits=()) -> Combination:
    """One score of so many inputs; ``always`` are the places of those that count beside the strongest, ``limits`` of those
    that only limit, which weigh nothing."""
    marks, ends = ([place in some for place in range(len(weights))] for some in (always, limits))
    weights = tuple(0.0 if end else weight for weight, end in zip(weights, ends, strict=True))
    others = [weight for weight, marked, end in zip(weights, marks, ends, strict=True) if not marked and not end]
    room = strongest * sum(others) / len(others)
    shaped = np.array(weights)[None, :, None]
    always, limits = (np.array(places)[None, :, None] for places in (marks, ends))
    return Combination(combine, shaped, shaped, always, limits, np.array([[room]]))


def result(rows: ScoreRows, *weights: float, **combination) -> tuple[float, float, float, float]:
    """Points, low, high and the share answered."""
    score = combined(rows, how(*weights, **combination))
    return tuple(float(column[0, 0]) for column in (score.points, score.low, score.high, score.answered))


def test_rows_nothing_was_entered_in_take_no_part_and_may_be_anything():
    rows = ScoreRows.empty(2, 3)
    assert np.isnan(rows.points).all()
    assert (rows.low == 0).all()
    assert (rows.high == 100).all()
    assert not rows.answered.any()
    assert not rows.counted.any()
    assert not rows.sure.any()
    assert rows.points.shape == (2, 3)


def test_a_row_that_counts_the_other_way_round_is_turned_with_its_interval_and_no_other_is():
    rows = parts((30.0, 10.0, 70.0, 0.5, True, False), (30.0, 10.0, 70.0, 0.5, True, False))
    turned = rows.turned(np.array([True, False])[None, :, None], np.array([1.0, 1.0])[None, :, None])
    assert turned.points[0, :, 0].tolist() == [70.0, 30.0]
    assert turned.low[0, :, 0].tolist() == [30.0, 10.0]
    assert turned.high[0, :, 0].tolist() == [90.0, 70.0]
    assert turned.answered[0, :, 0].tolist() == [0.5, 0.5]
    assert rows.turned(np.array([False, False])[None, :, None], np.ones((1, 2, 1))) is rows


def test_a_row_counts_times_what_its_input_says_after_it_is_turned():
    rows = parts((30.0, 10.0, 70.0, 0.5, True, False)).turned(np.array([[[True]]]), np.array([[[0.6]]]))
    assert (rows.points[0, 0, 0], rows.low[0, 0, 0], rows.high[0, 0, 0]) == pytest.approx((42, 18, 54))


@pytest.mark.parametrize(
    ("inputs", "weights", "expected"),
    [
        ([known(20), known(80)], (3, 1), (35, 35, 35, 1)),
        ([known(20), missing()], (3, 1), (20, 15, 40, 0.75)),
        ([known(20), missing(40, 60)], (1, 1), (20, 20, 40, 0.5)),
        ([known(50), missing(40, 60), missing(0, 10)], (1, 1, 1), (50, 25, 55, 0.333333)),
        ([known(20), OUT], (3, 1), (20, 20, 20, 1)),
        ([missing(10, 30), missing(40, 90)], (1, 1), (NAN, 10, 90, 0)),
        ([OUT, OUT], (1, 1), (NAN, 0, 100, 0)),
        ([known(20), known(80, sure=False)], (1, 1), (50, 20, 50, 1)),
        ([known(80), known(20, sure=False)], (1, 1), (50, 50, 80, 1)),
        ([known(0), known(100)], (2, 1), (33.333333, 33.333333, 33.333333, 1)),
    ],
)
def test_a_mean_is_over_what_is_known_and_its_interval_over_all_that_may_be(inputs, weights, expected):
    assert result(parts(*inputs), *weights) == pytest.approx(expected, abs=1e-12, nan_ok=True)


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ([known(20), known(80)], (80, 80, 80, 1)),
        ([known(20), missing(10, 60)], (20, 20, 60, 0.5)),
        ([missing(10, 60), missing(30, 40)], (NAN, 10, 60, 0)),
        ([known(20), OUT], (20, 20, 20, 1)),
        ([known(70, sure=False), missing(10, 60)], (70, 10, 70, 0.5)),
        ([OUT, OUT], (NAN, 0, 100, 0)),
    ],
)
def test_the_largest_is_at_least_what_is_sure(inputs, expected):
    assert result(parts(*inputs), 1.0, 1.0, combine="max") == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ([known(20), known(80), known(50)], (65, 65, 65, 1)),
        ([known(20), known(80), missing()], (50, 50, 90, 0.666667)),  # nothing more may come of it than the two there are
        ([known(80), missing(), missing()], (80, 40, 100, 0.333333)),
        ([known(80), missing(0, 30), missing(0, 10)], (55, 40, 55, 0.333333)),  # 80 is out of reach
        ([known(80), OUT, OUT], (40, 40, 40, 1)),  # what does not apply has no strength
        ([known(80), known(60, sure=False), OUT], (70, 40, 70, 1)),
        ([missing(), missing(), OUT], (NAN, 0, 100, 0)),
        ([OUT, OUT, OUT], (NAN, 0, 100, 0)),
    ],
)
def test_a_mean_of_the_two_strongest_leaves_the_weaker_out(inputs, expected):
    assert result(parts(*inputs), 1.0, 1.0, 1.0, combine="strongest", strongest=2) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ([known(10), known(80), known(60), known(0)], (50, 50, 50, 1)),
        ([known(90), known(80), known(60), known(0)], (76.666667, 76.666667, 76.666667, 1)),
        ([missing(), known(80), known(60), known(0)], (70, 46.666667, 80, 0.75)),
        ([OUT, known(80), known(60), known(0)], (46.666667, 46.666667, 46.666667, 1)),
    ],
)
def test_an_input_that_always_counts_does_so_beside_the_strongest(inputs, expected):
    combination = {"combine": "strongest", "strongest": 2, "always": (0,)}
    assert result(parts(*inputs), 1.0, 1.0, 1.0, 1.0, **combination) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("combination", [{"combine": "max"}, {"combine": "mean"}, {"combine": "strongest", "strongest": 1}])
@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (known(30), (30, 30, 30, 1)),
        (known(90), (80, 80, 80, 1)),
        ((20.0, 20.0, 60.0, 0.5, True, True), (60, 20, 60, 1)),  # what is missing in a limit counts at its most
        (known(30, sure=False), (80, 30, 80, 1)),  # it may turn out not to apply
        (missing(), (80, 0, 80, 1)),
        (OUT, (80, 80, 80, 1)),
    ],
)
def test_a_limit_takes_no_part_and_is_not_passed_as_far_as_it_is_known(limit, expected, combination):
    inputs = parts(known(80), known(80), limit)
    assert result(inputs, 1.0, 1.0, 5.0, limits=(2,), **combination) == pytest.approx(expected, nan_ok=True)


def test_a_weight_says_how_many_of_the_places_an_input_may_fill():
    """Two places of three; the first input weighs as much as the other two together, and their mean weight is 4/3."""
    inputs = parts(known(90), known(60), known(30))
    assert result(inputs, 2.0, 1.0, 1.0, combine="strongest", strongest=2)[0] == pytest.approx(
        (2 * 90 + 2 / 3 * 60) / (8 / 3)
    )
    assert result(inputs, 8.0, 1.0, 1.0, combine="strongest", strongest=2)[0] == pytest.approx((20 / 3 * 90) / (20 / 3))
    assert result(inputs, 1.0, 1.0, 4.0, combine="strongest", strongest=2)[0] == pytest.approx((90 + 60 + 2 * 30) / 4)


def test_a_score_counts_where_any_input_does_and_is_sure_where_any_input_is():
    for inputs, counts, sure in (
        ([known(20), OUT], True, True),
        ([known(20, sure=False), OUT], True, False),
        ([OUT, OUT], False, False),
    ):
        rows = parts(*inputs)
        score = combined(rows, how(1.0, 1.0))
        assert (bool(score.counted[0, 0]), bool(score.sure[0, 0])) == (counts, sure)
