"""What the verdict is called, how sure it is, and which dimensions can still turn it."""

from __future__ import annotations

import itertools
import random
from types import SimpleNamespace

import pytest

from advisor.assessment.outlook import verdict_outlook, verdict_outlooks
from advisor.assessment.verdict import (
    VERDICTS,
    VerdictRegion,
    certainty_of,
    choose,
    least_for,
    limits,
    regions,
    spans,
    verdict_of,
)
from advisor.interview import Answers
from advisor.interview.answer_table import AnswerTable
from tests.random_firms import completed, random_firm

EVEN = (30.0, 60.0)
CUTOFFS = [
    SimpleNamespace(need_too_low=a, need_open=b, ability_too_low=c, ability_enough=d)
    for a, b, c, d in itertools.product(EVEN, repeat=4)
]


@pytest.mark.parametrize(
    ("verdict", "possible", "certainty"),
    [
        ("feasible", 1, "settled"),
        ("feasible", 2, "leaning"),
        ("not_yet", 4, "leaning"),
        ("not_enough_answers", 1, "open"),
        ("not_enough_answers", 4, "open"),
    ],
)
def test_a_verdict_is_settled_where_no_other_is_possible_and_open_where_none_is_given(verdict, possible, certainty):
    assert certainty_of(verdict, possible) == certainty


def test_without_findings_need_and_ability_alone_decide(small):
    assert VERDICTS[int(choose(small.verdict, 55, 80))] == verdict_of(small.verdict, 55, 80) == "feasible"
    assert least_for(small.verdict, "feasible") == (small.verdict.need_too_low, small.verdict.ability_enough)
    assert least_for(small.verdict, "feasible", lighter=True)[0] == small.verdict.need_open


@pytest.mark.parametrize("cutoffs", CUTOFFS)
def test_whatever_the_cut_offs_the_regions_cover_every_point_once_with_its_verdict(cutoffs):
    points = [0.0, *itertools.chain(*((cut - 0.5, cut) for cut in EVEN)), 100.0]
    for findings in itertools.product([False, True], repeat=3):
        result = regions(cutoffs, *findings)
        for need, ability in itertools.product(points, repeat=2):
            holding = [region.verdict for region in result if region.holds(need, ability)]
            assert holding == [verdict_of(cutoffs, need, ability, *findings)]


def test_limits_that_fall_together_are_one():
    cutoffs = SimpleNamespace(need_too_low=40.0, need_open=40.0, ability_too_low=10.0, ability_enough=70.0)
    assert limits(cutoffs) == {"need": (40.0,), "ability": (10.0, 70.0)}
    assert spans(cutoffs) == {"need": [(0.0, 40.0), (40.0, 100.0)], "ability": [(0.0, 10.0), (10.0, 70.0), (70.0, 100.0)]}


def test_a_region_ends_before_its_end_except_at_the_top():
    region = VerdictRegion("feasible", (30.0, 60.0), (60.0, 100.0))
    assert region.holds(30.0, 60.0)
    assert region.holds(59.9, 100.0)
    assert not region.holds(60.0, 80.0)
    assert not region.holds(29.9, 80.0)
    assert not region.holds(45.0, 59.9)


def test_an_empty_sheet_is_open_in_every_dimension_and_a_full_one_in_none(knowledge):
    empty = verdict_outlook(knowledge, Answers({}))
    assert (empty.name, empty.settled) == ("not_enough_answers", False)
    assert {"need", "ability"} <= empty.open_dimensions
    full = verdict_outlook(knowledge, completed(random_firm(knowledge, random.Random(1)), knowledge, random.Random(1)))
    assert (full.settled, full.open_dimensions, full.possible) == (True, frozenset(), (full.name,))


def test_hurdles_of_a_full_sheet_are_found_or_ruled_out_and_none_is_open(knowledge):
    draw, states = random.Random(2), set()
    for _ in range(12):
        outlook = verdict_outlook(knowledge, completed(random_firm(knowledge, draw), knowledge, draw))
        for hurdles in (outlook.blocked, outlook.conditions, outlook.lighter):
            assert hurdles.found == hurdles.sure == hurdles.possible
            assert hurdles.open == 0
            states.add(hurdles.found)
    assert states == {False, True}


def test_what_any_completion_finds_was_possible_and_what_was_sure_every_one_finds(knowledge):
    draw = random.Random(5)
    for _ in range(12):
        firm = random_firm(knowledge, draw)
        before = verdict_outlook(knowledge, firm)
        for full in verdict_outlooks(knowledge, AnswerTable.of([completed(firm, knowledge, draw) for _ in range(8)])):
            for kind in ("blocked", "conditions", "lighter"):
                was, is_now = getattr(before, kind), getattr(full, kind)
                assert was.sure <= is_now.found <= was.possible
                assert was.open or is_now.found == was.found


def test_a_firm_has_the_same_outlook_among_many_as_alone(knowledge):
    draw = random.Random(7)
    firms = [random_firm(knowledge, draw) for _ in range(30)]
    table = verdict_outlooks(knowledge, AnswerTable.of(firms))
    alone = [verdict_outlook(knowledge, firm) for firm in firms]
    assert list(table) == alone
    assert len(table) == 30
    assert table.names == [outlook.name for outlook in alone]
    assert table.settled.tolist() == [outlook.settled for outlook in alone]
    for place, outlook in enumerate(alone):
        assert table.certainty(place) == certainty_of(outlook.name, len(outlook.possible))
        for dimension in ("need", "ability"):
            points = getattr(outlook, dimension).points
            assert table.rows(dimension).points[place] == (
                pytest.approx(points) if points is not None else pytest.approx(float("nan"), nan_ok=True)
            )


def test_hurdles_still_open_are_counted_one_by_one(knowledge):
    open_counts = [
        getattr(verdict_outlook(knowledge, Answers({})), kind).open for kind in ("blocked", "conditions", "lighter")
    ]
    of_kind = [
        sum(knowledge.findings[name].kind == kind for name in knowledge.makers)
        for kind in ("blocker", "condition", "lighter")
    ]
    assert all(0 < count <= most for count, most in zip(open_counts, of_kind, strict=True))
