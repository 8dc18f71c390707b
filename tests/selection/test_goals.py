"""What must improve for a system to pay: the discounted sums, worked out by hand."""

from __future__ import annotations

import pytest

from advisor.selection.goals import present_value, yearly_gain_needed


def test_each_year_is_taken_at_its_end():
    assert present_value([110.0, 121.0], 0.1) == pytest.approx(200.0)


def test_the_gain_needed_pays_exactly():
    """A gain of 1 a year from month 6 on: half of it in the first year."""
    needed = yearly_gain_needed(1000.0, 0.1, 3, 6)
    assert needed * (0.5 / 1.1 + 1 / 1.1**2 + 1 / 1.1**3) == pytest.approx(1000.0)


def test_a_system_in_use_from_the_first_day_pays_in_every_year_and_a_late_one_in_none():
    assert yearly_gain_needed(300.0, 0.0, 3, 0) == pytest.approx(100.0)
    assert yearly_gain_needed(300.0, 0.0, 3, 18) == pytest.approx(200.0)
    assert yearly_gain_needed(300.0, 0.5, 2, 12) == pytest.approx(675.0)
    assert yearly_gain_needed(1000.0, 0.1, 3, 36) == float("inf")
