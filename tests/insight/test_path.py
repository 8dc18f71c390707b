"""What it would take: the least effort, proved by trying everything; never what a firm cannot change."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest

from advisor.assessment.outlook import verdict_outlook, verdict_outlooks
from advisor.errors import InputError
from advisor.insight.integer_program import IntegerProgram, LinearExpression
from advisor.insight.moves import moves_of
from advisor.insight.path import changed, paths
from advisor.interview import Answer, Answers
from advisor.interview.answer_table import AnswerTable
from advisor.knowledge.read_premises import sound_premise
from tests.random_firms import random_value


@pytest.mark.parametrize("ways", [0, -1])
def test_no_ways_cannot_be_looked_for(small, ways: int):
    with pytest.raises(InputError, match="from 1"):
        paths(small, Answers(), ways)


def cheapest_by_trial(knowledge, answers):
    """The effort of the cheapest set of moves that makes the firm feasible, every set tried; None where there is none."""
    options = {}
    for move in moves_of(knowledge, answers):
        options.setdefault(move.question, [None]).append(move)
    sets = [[m for m in chosen if m] for chosen in itertools.product(*options.values())]
    firms = [changed(answers, moves) for moves in sets]
    best = None
    for moves, firm, outlook in zip(sets, firms, verdict_outlooks(knowledge, AnswerTable.of(firms)), strict=True):
        needed = [knowledge.levers[m.question].requires for m in moves]
        allowed = all(sound_premise(r, knowledge.facts).holds(firm) is not False for r in needed if r)
        if outlook.name == "feasible" and allowed:
            effort = sum(m.effort for m in moves)
            best = effort if best is None else min(best, effort)
    return best


@pytest.mark.parametrize("seed", range(12))
def test_no_cheaper_way_exists(knowledge, firms, seed):
    """With a handful of levers every set of moves is tried: the program finds the cheapest, or none where none is."""
    draw = random.Random(seed)
    firm = draw.choice([f for f in firms.values() if verdict_outlook(knowledge, f).name in ("conditional", "not_yet")])
    values = dict(firm.given)
    for name in knowledge.levers:  # a firm with some hurdles out of the way, so that the rest decide
        if draw.random() < 0.7:
            values[name] = Answer("known", random_value(knowledge.facts[name], draw))
    for name in ("economic_strength", "crm_skills", "staff_openness"):
        values[name] = Answer("known", draw.randint(2, 5))
    firm = Answers(values)
    hurdles = ["sponsor_level", "leadership_understanding", "feasibility_study", "crm_goals", "vision_and_goals"]
    chosen = [*draw.sample(hurdles, 3), *draw.sample(sorted(set(knowledge.levers) - set(hurdles)), 3)]
    fewer = replace(knowledge, levers={name: lever for name, lever in knowledge.levers.items() if name in chosen})
    result, best = paths(fewer, firm), cheapest_by_trial(fewer, firm)
    if result.outcome == "found":
        assert result.ways[0].effort == pytest.approx(best)
        assert result.ways[0].gap == 0
    elif result.outcome == "none":
        assert best is None
        assert result.obstacles


def test_the_trials_see_both_outcomes(knowledge, firms):
    """Guards the test above: with all levers some sample firms have a way and some have none."""
    outcomes = {paths(knowledge, firm, ways=1).outcome for firm in firms.values()}
    assert {"found", "none", "already"} <= outcomes


def test_every_way_makes_the_firm_feasible_and_leaves_alone_what_cannot_change(knowledge, firms):
    firm = firms["machine_tool_maker"]
    result = paths(knowledge, firm)
    assert result.outcome == "found" and len(result.ways) == 3
    efforts = [way.effort for way in result.ways]
    assert efforts == sorted(efforts)
    earlier_ways = []
    for way in result.ways:
        moved = {step.move.question for step in way.steps}
        assert not moved & set(knowledge.fixed)
        assert verdict_outlook(knowledge, changed(firm, [step.move for step in way.steps])).name == "feasible"
        assert all(not earlier <= moved for earlier in earlier_ways)
        earlier_ways.append(moved)
        for step in way.steps:
            assert step.start >= max((s.end for s in way.steps if s.move.question in step.after), default=0)


def test_what_a_move_requires_comes_first(knowledge, firms):
    steps = {s.move.question: s for s in paths(knowledge, firms["machine_tool_maker"]).ways[0].steps}
    assert "feasibility_study" not in steps, "the report delivers it"
    assert steps["crm_goals"].end > steps["sponsor_level"].end - 1
    assert steps["crm_goals"].after == ("sponsor_level",)
    assert steps["sponsor_level"].after == (), "leaders understand well enough today"


def test_a_requirement_that_is_not_known_is_to_be_found_out(knowledge, firms):
    steps = {s.move.question: s for s in paths(knowledge, firms["machine_tool_maker"]).ways[0].steps}
    assert steps["staff_openness"].find_out == ("communication_plan",)


def test_a_firm_that_needs_no_crm_is_not_talked_into_needing_it(knowledge, firms):
    result = paths(knowledge, firms["small_haulier"])
    assert (result.outcome, result.ways) == ("none", ())
    assert "need" in result.obstacles


def test_a_condition_that_no_lever_lifts_is_named(small, answers):
    firm = answers("wish: 5\ndeciders: 5\nmeans: 5\nbudget: 1M\nsponsor: no")
    stuck = replace(small, levers={n: lever for n, lever in small.levers.items() if n != "sponsor"})
    assert paths(stuck, firm).obstacles == ("lead",)
    assert [s.move.question for s in paths(small, firm).ways[0].steps] == ["sponsor"]


def test_money_counts_as_effort_and_the_rise_of_a_budget_is_money(small, answers):
    firm = answers("wish: 5\ndeciders: 5\nmeans: 5\nbudget: 0\nsponsor: no")
    (way,) = paths(small, firm).ways
    moved = {s.move.question: s.move for s in way.steps}
    assert (moved["budget"].after, moved["budget"].rmb, moved["budget"].effort) == (50_000, 50_000, 2 + 50)
    assert [s.move.question for s in way.steps] == ["sponsor", "budget"]
    assert (way.days, way.rmb, way.weeks) == (5, 50_000, 2)


def test_feasible_firms_and_those_with_too_few_answers_need_no_path(small, answers):
    assert paths(small, answers("wish: 5\ndeciders: 5\nmeans: 5\nbudget: 1M\nsponsor: yes")).outcome == "already"
    assert paths(small, answers("wish: 5")).outcome == "answers_first"


def test_a_program_finds_the_cheapest_choice_and_says_when_there_is_none():
    program = IntegerProgram()
    a, b, c = program.choice(3), program.choice(2), program.choice(2)
    program.at_least(LinearExpression.total([a.times(4), b.times(2), c.times(2)]), 4)
    solution = program.solve()
    assert (solution.cost, solution.gap) == (3, 0)
    program.at_most(a, 0)
    assert program.solve().cost == 4
    program.at_most(b + c, 1)
    assert program.solve() is None
