"""Estimates are rounded to what they can bear."""

from __future__ import annotations

import pytest

from advisor.rounding import round_estimate


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        (0.5, 0.5),
        (1, 1),
        (1.999, 2.0),
        (1_994, 1_990),
        (1_995.1, 2_000),
        (2_049, 2_000),
        (2_051, 2_100),
        (99_499, 99_000),
        (0, 0),
        (-0.5, 0),
        (-5, 0),
    ],
)
def test_an_estimate_keeps_the_digits_it_can_bear(amount: float, rounded: float):
    assert round_estimate(amount) == pytest.approx(rounded)
