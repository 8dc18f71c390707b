"""What it would take: the least effort, proved by trying everything; never what a firm cannot change."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest

from advisor.assessment.outlook import verdict_outlook, verdict_outlooks
from advisor.assessment.plan_items import project_of
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


def moving_only(knowledge, tasks):
    """The knowledge with answers moved by some tasks alone."""
    bare = {task.id: task.model_copy(update={"raises": {}}) for task in knowledge.tasks if task.id not in tasks}
    return replace(knowledge, findings={**knowledge.findings, **bare})


def in_order(moves, after, knowledge):
    """Whether nothing that a task requires is wanting, and what has to come before it is among them."""
    chosen = {move.task.id for move in moves}
    required = all(
        sound_premise(m.task.requires, knowledge.facts).holds(after) is not False for m in moves if m.task.requires
    )
    return required and all(chosen.intersection(group) for move in moves for group in move.needs)


def cheapest_by_trial(knowledge, answers):
    """The effort of the cheapest set of moves that makes the firm feasible, every set tried; None where there is none."""
    moves = moves_of(knowledge, answers, project_of(knowledge, answers))
    sets = [list(chosen) for count in range(len(moves) + 1) for chosen in itertools.combinations(moves, count)]
    firms = [changed(answers, moves) for moves in sets]
    best = None
    for moves, firm, outlook in zip(sets, firms, verdict_outlooks(knowledge, AnswerTable.of(firms)), strict=True):
        if outlook.name == "feasible" and in_order(moves, firm, knowledge):
            effort = sum(m.effort for m in moves)
            best = effort if best is None else min(best, effort)
    return best


@pytest.mark.parametrize("seed", range(12))
def test_no_cheaper_way_exists(knowledge, firms, seed):
    """With a handful of tasks every set of them is tried: the program finds the cheapest, or none where none is."""
    draw = random.Random(seed)
    firm = draw.choice([f for f in firms.values() if verdict_outlook(knowledge, f).name in ("conditional", "not_yet")])
    values = dict(firm.given)
    for name in knowledge.raised_by:  # a firm with some hurdles out of the way, so that the rest decide
        if draw.random() < 0.7:
            values[name] = Answer("known", random_value(knowledge.facts[name], draw))
    for name in ("economic_strength", "crm_skills", "staff_openness"):
        values[name] = Answer("known", draw.randint(2, 5))
    firm = Answers(values)
    hurdles = ["name_top_sponsor", "leadership_briefing", "decide_on_report", "set_goals", "secure_funding"]
    others = sorted({task.id for task in knowledge.tasks if task.raises} - set(hurdles))
    fewer = moving_only(knowledge, {*draw.sample(hurdles, 4), *draw.sample(others, 4)})
    result, best = paths(fewer, firm), cheapest_by_trial(fewer, firm)
    if result.outcome == "found":
        assert result.ways[0].effort == pytest.approx(best)
        assert result.ways[0].gap == 0
    elif result.outcome == "none":
        assert best is None
        assert result.obstacles


def test_the_trials_see_both_outcomes(knowledge, firms):
    """Guards the test above: with all tasks some sample firms have a way and some have none."""
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
        moved = {step.move.task.id for step in way.steps}
        assert not {answer.question for step in way.steps for answer in step.move.answers} & set(knowledge.fixed)
        assert verdict_outlook(knowledge, changed(firm, [step.move for step in way.steps])).name == "feasible"
        assert all(not earlier <= moved for earlier in earlier_ways)
        earlier_ways.append(moved)
        for step in way.steps:
            assert step.start >= max((s.end for s in way.steps if s.move.task.id in step.after), default=0)


def test_what_a_task_requires_comes_first(knowledge, firms):
    ways = [{s.move.task.id: s for s in way.steps} for way in paths(knowledge, firms["machine_tool_maker"]).ways]
    for steps in (steps for steps in ways if "set_goals" in steps):
        (leading,) = steps.keys() & {"name_top_sponsor", "chief_takes_lead"}
        assert steps["set_goals"].start >= steps[leading].end
        assert leading in steps["set_goals"].after
    for steps in ways:
        assert all(chosen in steps for step in steps.values() for chosen in step.after)
        assert "leadership_briefing" in steps["set_goals"].after


def test_a_firm_that_needs_no_crm_is_not_talked_into_needing_it(knowledge, firms):
    result = paths(knowledge, firms["small_haulier"])
    assert (result.outcome, result.ways) == ("none", ())
    assert "need" in result.obstacles


def test_a_condition_that_no_task_undoes_is_named(small, answers):
    firm = answers("wish: 5\ndeciders: 5\nmeans: 5\nbudget: 1M\nsponsor: no")
    stuck = moving_only(small, {"grow", "fund"})
    assert paths(stuck, firm).obstacles == ("lead",)
    assert [s.move.task.id for s in paths(small, firm).ways[0].steps] == ["name_sponsor"]


def test_money_counts_as_effort_and_the_rise_of_a_budget_is_money(small, answers):
    firm = answers("wish: 5\ndeciders: 5\nmeans: 5\nbudget: 0\nsponsor: no")
    (way,) = paths(small, firm).ways
    moved = {s.move.task.id: s.move for s in way.steps}
    assert (moved["fund"].answers[0].after, moved["fund"].rmb, moved["fund"].effort) == (50_000, 50_000, 2 + 50)
    assert [s.move.task.id for s in way.steps] == ["name_sponsor", "fund"]
    assert (way.days, way.rmb, way.weeks) == (5, 50_000, 2.5)


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
