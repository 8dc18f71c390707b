"""Answers that are tried stay within what the firm's other answers allow."""

from __future__ import annotations

from advisor.assessment.outlook import verdict_outlook
from advisor.assessment.plausible import plausibility
from advisor.insight.sensitivity import sensitivity
from advisor.interview import Answers
from advisor.interview.answers import Answer
from advisor.knowledge import Knowledge


def test_a_number_is_bounded_by_those_it_is_part_of(knowledge: Knowledge, firms: dict[str, Answers]):
    maker = firms["machine_tool_maker"]
    assert plausibility(knowledge, maker)("field_staff", Answer("known", 600.0)), "all 600 of its staff"
    assert not plausibility(knowledge, maker)("field_staff", Answer("known", 20_000.0))
    assert not plausibility(knowledge, maker)("employees", Answer("known", 5.0)), "40 call on customers"


def test_no_turn_of_the_verdict_takes_a_number_the_other_answers_rule_out(
    knowledge: Knowledge, firms: dict[str, Answers], further_firms: dict[str, Answers]
):
    """The verdict of a firm of 600 was said to turn with 20,000 staff who call on customers."""
    turns = 0
    for answers in (*firms.values(), *further_firms.values()):
        result = sensitivity(knowledge, answers, verdict_outlook(knowledge, answers))
        for turn in result.answers if result else ():
            assert plausibility(knowledge, answers)(turn.question, Answer("known", turn.value)), turn
            turns += 1
    assert turns
