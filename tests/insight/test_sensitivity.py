"""What the verdict rests on, each figure checked by carrying the change out."""

from __future__ import annotations

import random

import pytest

from advisor.assessment.outlook import verdict_outlook
from advisor.insight.sensitivity import sensitivity
from advisor.insight.weight_turns import weight_turns
from advisor.interview import Answer, Answers
from advisor.knowledge.schema import Weighting
from advisor.text import Text
from tests.random_firms import completed

WORDS = Text(zh="甲", en="a")


def reweighted(knowledge, score, name, weight):
    weighting = Weighting(title=WORDS, about=WORDS, weights={score: {name: weight}})
    return knowledge.weighted("test", weighting)


NOTHING_IN_THE_WAY = {
    "approval": "approved", "earlier_crm": "none", "interest_groups": 1, "leadership_understanding": 4,
    "top_team_coordination": 4, "data_safeguards": 5, "data_notice": 5, "sponsor_level": "chief", "crm_goals": "yes",
    "initial_budget": 1e9, "running_budget": 1e9, "economic_strength": 4, "process_adaptability": 3, "staff_openness": 3,
    "customer_culture": 3, "it_staff": 30.0, "project_people": 30.0, "quality_system": 4, "cost_control": 4,
}  # fmt: skip
"""Answers to what rules out or holds up a project whatever its scores: a verdict that this holds is turned by no weight."""
LEFT_OPEN = ("can_stop", "crm_obstacles", "crm_use", "present_crm", "upheaval", "failure_burden")


def without_hurdles(firm: Answers) -> Answers:
    """The firm with nothing in the way but its scores."""
    given = {name: answer for name, answer in firm.given.items() if name not in LEFT_OPEN}
    return Answers({**given, **{name: Answer("known", value) for name, value in NOTHING_IN_THE_WAY.items()}})


@pytest.mark.parametrize("seed", [0, 1, 2, 4, 5])
def test_the_verdict_turns_at_the_weight_given_and_not_before(knowledge, firms, seed):
    turns = 0
    for firm in firms.values():
        full = without_hurdles(completed(firm, knowledge, random.Random(seed)))
        now = verdict_outlook(knowledge, full)
        result = sensitivity(knowledge, full, now)
        assert result is not None
        for turn in result.weights[:6]:
            before = turn.now + (turn.then - turn.now) * 0.999
            after = turn.now + (turn.then - turn.now) * 1.001
            assert verdict_outlook(reweighted(knowledge, turn.score, turn.input, before), full).name == now.name
            assert verdict_outlook(reweighted(knowledge, turn.score, turn.input, after), full).name == turn.verdict
            turns += 1
    assert turns


def test_weights_among_the_strongest_turn_the_verdict_where_they_are_said_to(knowledge, firms):
    """Each a weight of an aspect of need, whose strongest are counted; above it only the largest counts."""
    draw, turns = random.Random(11), 0
    asked_of_need = [question.id for question in knowledge.questions.values() if question.code[0] in "ABCD"]
    for _ in range(120):
        other, moved = completed(Answers(), knowledge, draw), draw.sample(asked_of_need, 4)
        given = {name: other.given[name] for name in moved if name in other.given}
        firm = without_hurdles(completed(Answers({**firms["small_haulier"].given, **given}), knowledge, draw))
        now = verdict_outlook(knowledge, firm)
        for turn in weight_turns(knowledge, now):
            if knowledge.scores[turn.score].combine == "strongest":
                before, after = (turn.now + (turn.then - turn.now) * part for part in (0.999, 1.001))
                assert verdict_outlook(reweighted(knowledge, turn.score, turn.input, before), firm).name == now.name
                assert verdict_outlook(reweighted(knowledge, turn.score, turn.input, after), firm).name == turn.verdict
                turns += 1
    assert turns > 2


def test_no_weight_turns_a_verdict_that_a_blocker_holds(knowledge, firms):
    result = sensitivity(knowledge, firms["building_contractor"], verdict_outlook(knowledge, firms["building_contractor"]))
    assert (result.weights, result.share) == ((), 1)


def test_each_answer_named_turns_the_verdict_by_itself_and_no_nearer_value_does(knowledge, firms):
    firm = firms["system_integrator"]
    now = verdict_outlook(knowledge, firm)
    result = sensitivity(knowledge, firm, now)
    assert result.answers
    for turn in result.answers:
        assert verdict_outlook(knowledge, firm.with_answer(turn.question, Answer("known", turn.value))).name == turn.verdict
    culture = next(t for t in result.answers if t.question == "customer_culture")
    assert (culture.value, culture.steps) == (2, 2)
    sponsor = next(t for t in result.answers if t.question == "sponsor_level")
    assert (sponsor.value, sponsor.steps) == ("department_head", 2)


def test_the_tornado_runs_from_the_worst_to_the_best_value_widest_first(knowledge, firms):
    firm = firms["city_bank"]
    result = sensitivity(knowledge, firm, verdict_outlook(knowledge, firm))
    for part in ("need", "ability"):
        widths = [s.high - s.low for s in result.swings if s.score == part]
        assert widths == sorted(widths, reverse=True) and len(widths) == 8
    swing = next(s for s in result.swings if s.question == "competition")
    ends = [verdict_outlook(knowledge, firm.with_answer("competition", Answer("known", v))).need.points for v in (1, 5)]
    assert (swing.low, swing.high) == (min(ends), max(ends))


def test_random_weightings_are_the_same_every_time_and_add_up(knowledge, firms):
    firm = firms["small_haulier"]
    now = verdict_outlook(knowledge, firm)
    first, second = (sensitivity(knowledge, firm, now) for _ in range(2))
    assert first == second
    assert sum(share for _, share in first.shares) == pytest.approx(1, abs=1e-3)
    assert first.share == dict(first.shares)["not_needed_now"]
    assert 0.5 < first.share <= 1


def test_where_every_factor_agrees_all_weightings_do(small, answers):
    firm = answers("wish: 5\ndeciders: 5\nmeans: 5\nbudget: 1M\nsponsor: yes")
    result = sensitivity(small, firm, verdict_outlook(small, firm))
    assert (result.share, result.shares, result.weights) == (1, (("feasible", 1),), ())


def test_without_a_verdict_nothing_rests_on_anything(small):
    assert sensitivity(small, Answers(), verdict_outlook(small, Answers())) is None


def test_a_turn_is_a_value_a_person_would_give(knowledge, firms):
    """A budget of nothing turns at a sum that shows, not at a thousandth."""
    for firm in firms.values():
        broke = firm.with_answer("initial_budget", Answer("known", 0.0))
        result = sensitivity(knowledge, broke, verdict_outlook(knowledge, broke))
        for turn in result.answers if result else ():
            if isinstance(turn.value, float):
                assert turn.value == int(turn.value)
