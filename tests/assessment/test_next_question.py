"""Which answer to ask for next: only those that can still turn the verdict, the most telling first."""

from __future__ import annotations

import random

import pytest

from advisor.assessment.next_question import question_gains, questions_to_ask
from advisor.assessment.outlook import verdict_outlook
from advisor.assessment.variants import deciding_answers
from advisor.interview import Answer, Answers
from advisor.interview.answers import UNKNOWN
from tests.random_firms import completed, random_firm


def test_nothing_is_asked_once_the_verdict_is_settled(knowledge, firms):
    builder = firms["building_contractor"]
    assert verdict_outlook(knowledge, builder).settled
    assert question_gains(knowledge, builder, verdict_outlook(knowledge, builder)) == []


def test_a_settled_blocker_leaves_only_questions_of_need(small, answers):
    firm = answers("budget: 0")
    result = question_gains(small, firm, verdict_outlook(small, firm))
    assert {n.question for n in result} == {"wish", "deciders", "people"}


def test_what_is_not_known_still_decides_but_is_not_asked_again(small, answers):
    firm = answers("wish: 5\ndeciders: 5\nbudget: 1M\nsponsor: yes\nmeans: unknown")
    now = verdict_outlook(small, firm)
    assert [n.question for n in question_gains(small, firm, now)] == ["means"]
    assert questions_to_ask(small, firm, now, small.questions) == []


def test_an_answer_that_decides_by_itself_closes_everything(small, answers):
    firm = answers("wish: 5\ndeciders: 5\nmeans: 5\nbudget: 1M")
    (only,) = question_gains(small, firm, verdict_outlook(small, firm))
    assert (only.question, only.share) == ("sponsor", 1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_where_no_question_is_left_to_ask_no_answer_can_change_the_verdict(knowledge, seed):
    """The list is complete: answering everything else at random leaves the set of possible verdicts as it is."""
    draw = random.Random(seed)
    for _ in range(25):
        firm = random_firm(knowledge, draw)
        now = verdict_outlook(knowledge, firm)
        silent = {q for q in knowledge.questions if q not in deciding_answers(knowledge) and q not in firm.given}
        full = completed(firm, knowledge, draw)
        answered = Answers({**firm.given, **{q: a for q, a in full.given.items() if q in silent}})
        assert verdict_outlook(knowledge, answered).possible == now.possible


def test_every_question_of_need_and_ability_bears_on_the_verdict_with_all_its_values(knowledge):
    result = deciding_answers(knowledge)
    assert [a.value for a in result["sponsor_level"]] == ["none", "department_head", "senior_executive", "chief"]
    assert [a.value for a in result["customer_culture"]] == [1, 2, 3, 4, 5]
    assert 0 in [a.value for a in result["initial_budget"]]
    assert "industry" in result, "construction questions hang on it"
    assert "brand_fame" not in result
    assert all(isinstance(a, Answer) and a is not UNKNOWN for answers in result.values() for a in answers)


def test_when_every_question_has_been_set_aside_none_is_asked(small, answers):
    firm = answers("wish: 5")
    now = verdict_outlook(small, firm)
    first, *others = questions_to_ask(small, firm, now, small.questions)
    assert questions_to_ask(small, firm, now, small.questions, [first]) == others
    assert questions_to_ask(small, firm, now, small.questions, small.questions) == []
