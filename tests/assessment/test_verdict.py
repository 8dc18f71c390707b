"""The verdict: need and ability side by side, blockers that no average hides, and honest doubt."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.assessment import assess
from advisor.assessment.outlook import (
    HURDLE_KINDS,
    HurdleColumns,
    Hurdles,
    OutlookTable,
    read_verdicts,
    verdict_outlook,
    verdict_outlooks,
)
from advisor.assessment.verdict import (
    ORDER,
    VERDICT_DIMENSIONS,
    VERDICTS,
    ability_level,
    choose,
    least_for,
    need_level,
    regions,
    verdict_of,
)
from advisor.inference.score_rows import ScoreRows
from advisor.inference.scores import ScoreValue
from advisor.interview import Answer, Answers
from advisor.interview.answer_table import AnswerTable
from tests.plain.verdict import choose as choose_plainly
from tests.plain.verdict import matters as matters_plainly
from tests.plain.verdict import read_verdict as read_verdict_plainly
from tests.random_firms import completed, random_firm

NO, MAYBE, YES = Hurdles(False, False, False, 0), Hurdles(False, False, True, 1), Hurdles(True, True, True, 0)


def score(points, low=None, high=None, answered=1.0):
    low, high = (points if low is None else low), (points if high is None else high)
    return ScoreValue("s", points, low, high, answered, "mean", ())


def rows(value):
    points = np.nan if value.points is None else value.points
    return ScoreRows(
        *(np.array([float(v)]) for v in (points, value.low, value.high, value.answered)), *[np.array([True])] * 2
    )


def column(hurdles):
    return HurdleColumns(*(np.array([v]) for v in (hurdles.found, hurdles.sure, hurdles.possible, hurdles.open)))


def read_verdict(scheme, need, ability, *hurdles):
    """The central reading of one firm, and the verdicts still possible."""
    columns = dict(zip(HURDLE_KINDS, map(column, hurdles), strict=True))
    verdicts, cases = read_verdicts(scheme, rows(need), rows(ability), columns)
    table = OutlookTable(scheme, None, None, None, None, verdicts, cases, columns)
    live = frozenset(name for name, is_open in zip(VERDICT_DIMENSIONS, table.open_dimensions[0], strict=True) if is_open)
    return ORDER[verdicts[0]], table.possible_names(0), live


POINTS = st.one_of(st.sampled_from([0.0, 29.999999, 30.0, 30.000001, 59.999999, 60.0, 100.0]), st.floats(0, 100))


@st.composite
def any_score(draw):
    ends = sorted(draw(st.tuples(POINTS, POINTS, POINTS)))
    return score(draw(st.sampled_from([None, ends[1]])), ends[0], ends[2], draw(st.sampled_from([0.0, 0.39, 0.4, 1.0])))


@settings(max_examples=400, deadline=None)
@given(any_score(), any_score(), *[st.sampled_from([NO, MAYBE, YES, Hurdles(True, False, True, 1)])] * 3)
def test_verdicts_over_arrays_are_those_of_plain_python(knowledge, need, ability, blocked, conditions, lighter):
    arguments = (knowledge.verdict, need, ability, blocked, conditions, lighter)
    name, possible, live = read_verdict(*arguments)
    assert (name, possible) == read_verdict_plainly(*arguments)
    assert live == matters_plainly(*arguments)


def test_a_score_is_low_below_the_first_limit_and_high_from_the_second_on(small):
    cutoffs = small.verdict
    for level, low, high in (
        (need_level, cutoffs.need_too_low, cutoffs.need_open),
        (ability_level, cutoffs.ability_too_low, cutoffs.ability_enough),
    ):
        below = {low - 0.5: "low", low: "medium", high - 0.5: "medium", high: "high", 0.0: "low", 100.0: "high"}
        assert {points: level(cutoffs, points) for points in below} == below


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
    assert verdict_of(small.verdict, need, ability, blocked, conditions, lighter) == verdict


@pytest.mark.parametrize("findings", list(itertools.product([False, True], repeat=3)))
def test_the_regions_of_a_firm_cover_every_point_once_with_its_verdict(knowledge, findings):
    result = regions(knowledge.verdict, *findings)
    for need, ability in itertools.product([0, 12.5, 29.9, 30, 45, 59.99, 60, 80, 100], repeat=2):
        holding = [region for region in result if region.holds(need, ability)]
        assert [region.verdict for region in holding] == [verdict_of(knowledge.verdict, need, ability, *findings)]


def test_the_map_without_findings_has_one_region_a_verdict(knowledge):
    cut = knowledge.verdict
    assert [(r.verdict, r.need, r.ability) for r in regions(cut)] == [
        ("not_needed_now", (0, cut.need_too_low), (0, 100)),
        ("not_yet", (cut.need_too_low, 100), (0, cut.ability_too_low)),
        ("conditional", (cut.need_too_low, 100), (cut.ability_too_low, cut.ability_enough)),
        ("feasible", (cut.need_too_low, 100), (cut.ability_enough, 100)),
    ]


def test_the_least_for_a_verdict_just_gives_it(knowledge):
    cut = knowledge.verdict
    for verdict, lighter in itertools.product(("feasible", "conditional"), (False, True)):
        need, ability = least_for(cut, verdict, lighter)
        assert verdict_of(cut, need, ability, lighter=lighter) == verdict
        assert verdict_of(cut, need - 1e-9, ability, lighter=lighter) == "not_needed_now"
        assert verdict_of(cut, need, ability - 1e-9, lighter=lighter) != verdict


def test_arrays_choose_as_single_firms_do(knowledge):
    points = [0.0, 29.999999, 30.0, 59.999999, 60.0, 100.0]
    worlds = list(itertools.product(points, points, *[[False, True]] * 3))
    columns = [np.array(column) for column in zip(*worlds, strict=True)]
    result = choose(knowledge.verdict, columns[0], columns[1], blocked=columns[2], conditions=columns[3], lighter=columns[4])
    plain = [choose_plainly(knowledge.verdict, w[0], w[1], blocked=w[2], conditions=w[3], lighter=w[4]) for w in worlds]
    assert [VERDICTS[place] for place in result] == plain


def test_one_possible_verdict_is_settled_however_little_was_answered(small):
    name, possible, live = read_verdict(small.verdict, score(80, 75, 90, 0.2), score(None, 0, 100, 0), YES, NO, NO)
    assert (name, possible, live) == ("not_yet", ("not_yet",), frozenset())


def test_too_few_answers_give_no_verdict_but_say_what_is_possible(small):
    name, possible, _ = read_verdict(small.verdict, score(80, 10, 95, 0.3), score(70, 0, 100, 0.9), NO, NO, NO)
    assert name == "not_enough_answers"
    assert set(possible) == {"feasible", "conditional", "not_yet", "not_needed_now"}
    assert read_verdict(small.verdict, score(80), score(70, 20, 90, 0.3), NO, NO, NO)[0] == "not_enough_answers"


def test_need_alone_can_settle_the_central_reading(small):
    name, possible, _ = read_verdict(small.verdict, score(20, 10, 40, 0.7), score(None, 0, 100, 0), NO, MAYBE, NO)
    assert name == "not_needed_now"
    assert len(possible) > 1


def test_a_blocker_not_yet_decided_stays_among_the_possible(small):
    name, possible, _ = read_verdict(small.verdict, score(80), score(80), MAYBE, NO, NO)
    assert (name, possible) == ("feasible", ("feasible", "not_yet"))


@pytest.mark.parametrize(("too_low", "enough", "name"), [(0.5, 0.75, "not_enough_answers"), (0.0, 0.0, "feasible")])
def test_an_ability_nobody_knows_is_read_at_its_worst_and_best_however_low_the_cut_offs(small, too_low, enough, name):
    low = small.verdict.model_copy(update={"ability_too_low": too_low, "ability_enough": enough})
    assert read_verdict(low, score(80, 10, 95, 0.9), score(None, 0, 100, 0), NO, NO, NO)[0] == name


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
    result = assess(Answers({k: Answer("known", v) for k, v in full.items() if k not in blanked}), small).verdict
    assert truth.certainty == "settled"
    assert truth.name in result.possible
    assert result.certainty != "settled" or result.name == truth.name


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries({k: st.sampled_from(v) for k, v in VALUES.items()}))
def test_raising_means_never_lowers_ability_nor_worsens_the_verdict(small, full):
    order = ["not_yet", "conditional", "feasible"]
    steps = []
    for means in (1, 2, 3, 4, 5):
        result = assess(Answers({k: Answer("known", v) for k, v in {**full, "means": means}.items()}), small)
        steps.append((result.scores["ability"].points, result.verdict.name))
    for (low, worse), (high, better) in itertools.pairwise(steps):
        assert high >= low
        assert worse == better or order.index(worse) < order.index(better)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_a_half_filled_sheet_never_gives_a_confident_wrong_verdict(knowledge, firms, seed):
    """Of the sample firms with answers blanked at random: what is settled is right, and the truth stays possible."""
    draw = random.Random(seed)
    settled = 0
    for full in firms.values():
        full = completed(full, knowledge, random.Random(seed))
        truth = verdict_outlook(knowledge, full).name
        for share in (0.05, 0.15, 0.4, 0.8):
            answered = {name: answer for name, answer in full.given.items() if draw.random() > share}
            result = verdict_outlook(knowledge, Answers(answered))
            assert truth in result.possible
            if result.settled:
                settled += 1
                assert result.name == truth
    assert settled


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_the_verdict_of_every_completion_is_among_the_possible(knowledge, seed):
    draw = random.Random(seed)
    for _ in range(40):
        firm = random_firm(knowledge, draw)
        possible = verdict_outlook(knowledge, firm).possible
        done = verdict_outlooks(knowledge, AnswerTable.of([completed(firm, knowledge, draw) for _ in range(15)]))
        assert {outcome.name for outcome in done if outcome.need.points is not None} <= set(possible)


def test_the_outlook_is_the_verdict_of_the_assessment(knowledge):
    draw = random.Random(3)
    for _ in range(15):
        firm = random_firm(knowledge, draw)
        verdict, outlook = assess(firm, knowledge).verdict, verdict_outlook(knowledge, firm)
        assert (verdict.name, verdict.possible) == (outlook.name, outlook.possible)
