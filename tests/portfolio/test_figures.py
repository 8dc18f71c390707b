"""A group in figures, held against sums done by hand; and that no group under five can be got at."""

from __future__ import annotations

import statistics
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.portfolio.benchmark import Benchmark, positions_of
from advisor.portfolio.common_steps import MAX_TOGETHER, common_steps, greedy_cover
from advisor.portfolio.figures import compute_figures
from advisor.portfolio.groups import GROUPINGS, UNSTATED, class_of, groups_by, merge_small_classes, scored_entries
from advisor.portfolio.quartiles import MIN_FIRMS, Quartiles, quartiles_of
from tests.portfolio.conftest import make_entry, span


def test_quartiles_are_those_of_a_spreadsheet():
    """QUARTILE.INC of 3, 7, 8, 5, 12, 14, 21, 13, 18 is 7, 12, 14; of an even number it lies between."""
    assert quartiles_of([3, 7, 8, 5, 12, 14, 21, 13, 18]) == Quartiles(9, 7, 12, 14)
    assert quartiles_of([1, 2, 3, 4, 5, 6]) == Quartiles(6, 2.25, 3.5, 4.75)


@given(st.lists(st.one_of(st.none(), st.floats(0, 100)), max_size=30))
def test_a_spread_needs_five_known_values_and_keeps_its_order(values):
    known = [value for value in values if value is not None]
    quartiles = quartiles_of(values)
    if len(known) < MIN_FIRMS:
        assert quartiles is None
    else:
        assert quartiles is not None and quartiles.n == len(known)
        assert min(known) <= quartiles.low <= quartiles.median <= quartiles.high <= max(known)
        assert quartiles.median == pytest.approx(statistics.median(known))


def test_counts_are_those_of_the_firms():
    entries = [
        make_entry(1, verdict="feasible", conditions=(), risks={}),
        make_entry(2, blockers=("no_money",), risks={"no_backing": "high", "thin_means": "medium"}),
        make_entry(3, certainty="leaning", risks={"no_backing": "low"}),
    ]
    figures = compute_figures(entries, failed=4)
    assert (figures.firms, figures.failed, figures.unsettled, figures.blocked) == (3, 4, 1, 1)
    assert figures.verdicts == {
        "feasible": 1, "conditional": 2, "not_yet": 0, "not_needed_now": 0, "not_enough_answers": 0,
    }  # fmt: skip
    assert [(t.id, t.firms) for t in figures.conditions] == [("clear_goals", 2)]
    assert [(t.id, t.firms, t.high) for t in figures.risks] == [("no_backing", 2, 1), ("thin_means", 1, 0)]


# --- small groups -----------------------------------------------------------------------------------------------------


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(1, 12), max_size=9))
def test_no_class_under_five_is_shown_or_left_over_alone(sizes):
    alone, together = merge_small_classes(sizes)
    assert all(sizes[name] >= MIN_FIRMS for name in alone)
    assert not set(alone) & set(together)
    hidden = set(sizes) - set(alone)
    if any(size < MIN_FIRMS for size in sizes.values()) and alone:
        # what the total less the groups shown comes to is never one class, and never fewer than five firms
        assert len(hidden) >= 2
        assert hidden == set(together)
        assert sum(sizes[name] for name in hidden) >= MIN_FIRMS
    if together:
        assert len(together) >= 2
        assert sum(sizes[name] for name in together) >= MIN_FIRMS


firms = st.lists(
    st.tuples(
        st.sampled_from(["consumer", "project", "industrial", "key_account", None]),
        st.one_of(st.none(), st.floats(0, 100)),
    ),
    max_size=40,
)


@given(firms)
def test_groups_shown_hold_all_rated_firms_and_five_at_least(given_firms):
    entries = [make_entry(n, model=model, ability=points) for n, (model, points) in enumerate(given_firms)]
    groups = groups_by("model", entries)
    sizes = Counter(class_of(entry, "model") for entry in scored_entries(entries))
    for group in groups:
        assert group.n >= MIN_FIRMS
        assert group.need.n == group.ability.n == sum(sizes[name] for name in group.classes)
    if groups:
        assert sum(group.n for group in groups) == len(scored_entries(entries))
        assert all(group.single or len(group.classes) >= 2 for group in groups)
        for name, size in sizes.items():
            if size < MIN_FIRMS:
                assert not any(group.classes == (name,) for group in groups)


def test_the_rest_is_put_together_and_comes_last():
    models = ["consumer"] * 7 + ["project"] * 6 + ["industrial"] * 3 + [None] * 2
    groups = groups_by("model", [make_entry(n, model=model) for n, model in enumerate(models)])
    assert [(group.classes, group.n) for group in groups] == [
        (("consumer",), 7), (("project",), 6), (("industrial", UNSTATED), 5),
    ]  # fmt: skip


def test_one_small_group_takes_the_smallest_of_the_others_with_it():
    sizes = ["large"] * 9 + ["medium"] * 6 + ["small"] * 5 + ["micro"] * 2
    groups = groups_by("size", [make_entry(n, size=size) for n, size in enumerate(sizes)])
    assert [(group.classes, group.n) for group in groups] == [
        (("large",), 9), (("medium",), 6), (("small", "micro"), 7),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", GROUPINGS)
def test_one_group_alone_is_compared_with_nothing(kind):
    assert groups_by(kind, [make_entry(n) for n in range(30)]) == ()
    assert groups_by(kind, []) == ()


# --- what would lift them ---------------------------------------------------------------------------------------------


def test_steps_on_the_way_are_counted_over_firms_that_are_not_feasible_yet():
    entries = [
        make_entry(1, steps=("crm_goals",)),
        make_entry(2, steps=("crm_goals", "feasibility_study")),
        make_entry(3, verdict="not_yet", steps=("crm_goals", "feasibility_study")),
        make_entry(4, verdict="not_yet", steps=("sponsor_level",)),
        make_entry(5, verdict="not_yet", path="none", steps=()),
        make_entry(6, verdict="feasible", path="already", steps=()),
        make_entry(7, verdict="not_needed_now", path="none", steps=()),
    ]
    steps = common_steps(entries)
    assert (steps.waiting, steps.examined, steps.with_path) == (5, 5, 4)
    assert [(step.question, step.firms) for step in steps.steps] == [
        ("crm_goals", 3), ("feasibility_study", 2), ("sponsor_level", 1),
    ]  # fmt: skip
    # goals: 1 + ¼ + ¼, sponsor: 1, study: ¼ + ¼; then study: 1 + 1 against sponsor's 1
    assert [(step.question, step.firms) for step in steps.together] == [
        ("crm_goals", 1), ("feasibility_study", 3), ("sponsor_level", 4),
    ]  # fmt: skip


def test_firms_that_were_not_examined_are_told_apart_from_those_without_a_way():
    steps = common_steps([make_entry(1, path=None, steps=()), make_entry(2, path="none", steps=())])
    assert (steps.waiting, steps.examined, steps.with_path) == (2, 1, 0)


@given(
    st.dictionaries(st.frozensets(st.sampled_from("abcdefghijkl"), min_size=1, max_size=5), st.integers(1, 9), max_size=12)
)
def test_each_step_together_brings_as_many_as_it_says(ways):
    order = sorted({name for way in ways for name in way})
    chosen: set[str] = set()
    covered = list(greedy_cover(ways, order))
    assert len(covered) <= MAX_TOGETHER
    for name, firms in covered:
        assert name not in chosen
        chosen.add(name)
        assert firms == sum(count for way, count in ways.items() if way <= chosen)
    if len(order) <= MAX_TOGETHER:
        assert not ways or covered[-1][1] == sum(ways.values())


# --- a firm beside the group ------------------------------------------------------------------------------------------


def test_a_firm_is_placed_by_the_quartiles_of_the_group():
    entries = [make_entry(n, ability=points) for n, points in enumerate((10, 20, 30, 40, 50))]
    ability = [next(p for p in positions_of(entry, entries) if p.score == "ability") for entry in entries]
    assert {place.group_quartiles for place in ability} == {Quartiles(5, 20, 30, 40)}
    assert [place.band for place in ability] == ["lowest", "middle", "middle", "middle", "highest"]
    assert [place.rank for place in ability] == [10, 30, 50, 70, 90]


def test_nothing_is_said_of_a_firm_beside_fewer_than_five():
    entries = [make_entry(n, ability=None if n < 2 else 40) for n in range(6)]
    positions = {position.score: position for position in positions_of(entries[5], entries)}
    assert positions["ability"].group_quartiles is positions["ability"].rank is positions["ability"].band is None
    assert positions["need"].band == "middle"
    assert list(positions) == ["need", "ability", "need_closeness", "leadership_factor"]


def test_a_firm_with_no_points_has_a_group_and_no_place():
    entries = [make_entry(n, factors={"leadership_factor": span(None if n == 0 else 10 * n)}) for n in range(7)]
    place = Benchmark(entries).positions(entries[0])[-1]
    assert place.group_quartiles is not None and place.group_quartiles.n == 6
    assert place.points is place.rank is place.band is None
