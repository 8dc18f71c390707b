"""Advice on how to go about it: told by verdict, the weightiest first, never from an answer that is missing."""

from __future__ import annotations

import pytest

from advisor.assessment import assess
from advisor.interview import Answer, Answers
from advisor.knowledge.schema import Approach
from advisor.reporting import build_document
from advisor.reporting.document import Heading


@pytest.fixture(scope="module")
def assessments(knowledge, firms):
    return [assess(answers, knowledge, engine="columns") for answers in firms.values()]


def test_advice_is_told_under_its_verdicts_alone_and_the_weightiest_first(knowledge, assessments):
    for a in assessments:
        weights = [item.weight for item in a.approaches]
        assert weights == sorted(weights, reverse=True)
        for item in a.approaches:
            advice = knowledge.findings[item.id]
            assert isinstance(advice, Approach)
            assert a.verdict.name in advice.verdicts
    assert any(a.approaches for a in assessments)


def test_a_refusal_gives_no_advice_on_a_contract(knowledge):
    for advice in knowledge.findings.values():
        if isinstance(advice, Approach) and "not_needed_now" in advice.verdicts:
            assert advice.timing in ("now", "beside"), advice.id


def test_nothing_is_advised_on_missing_answers(knowledge):
    assert assess(Answers({}), knowledge, engine="columns").approaches == ()


def test_what_needs_no_system_stands_before_the_first_steps_of_the_plan(knowledge, further_firms):
    """On the owner's page, for the firms that are told of both."""
    compared = 0
    for answers in further_firms.values():
        a = assess(answers, knowledge, engine="columns")
        if a.plan and any(item.timing == "now" for item in a.approaches[:6]):
            chapter = build_document(a, "en", edition="summary").chapters[-1]
            titles = [block.text for block in chapter.blocks if isinstance(block, Heading)]
            assert titles.index("This week, with no system") < titles.index("What to do next")
            compared += 1
    assert compared


def test_many_seats_are_advised_against_once_their_number_is_known(knowledge, firms):
    firm = firms["machine_tool_maker"]
    told = {}
    for users in (49.0, 50.0):
        a = assess(firm.with_answer("crm_users", Answer("known", users)), knowledge, engine="columns")
        told[users] = "seats_by_role" in {item.id for item in a.approaches}
    assert told == {49.0: False, 50.0: True}
