"""The adaptive interview asks little, stops as soon as nothing can change, and never stops at a wrong verdict."""

from __future__ import annotations

import pytest

from advisor.assessment.outlook import verdict_outlook
from advisor.insight.adaptive import AdaptiveSession
from advisor.interview.answers import UNKNOWN


def interview(knowledge, full, edition="full"):
    session = AdaptiveSession(knowledge, edition)
    questions_asked = 0
    while question := session.current:
        session.answer(full.given.get(question.id, UNKNOWN))
        questions_asked += 1
    return session, questions_asked


@pytest.mark.parametrize("name", ["building_contractor"])
def test_a_settled_firm_gets_its_verdict_from_fewer_questions(knowledge, firms, name):
    session, questions_asked = interview(knowledge, firms[name])
    assert session.outlook.settled
    assert session.outlook.name == verdict_outlook(knowledge, firms[name]).name
    assert questions_asked < len(knowledge.edition_questions("quick")) / 2
    assert (session.progress.answered, session.progress.total) == (questions_asked, questions_asked)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["city_bank", "online_retailer", "seed_company", "small_haulier"])
def test_a_firm_that_cannot_be_settled_is_asked_until_its_verdict_can_be_read(knowledge, firms, name):
    session, questions_asked = interview(knowledge, firms[name])
    whole = verdict_outlook(knowledge, firms[name])
    assert not whole.settled
    assert (session.outlook.name, session.outlook.possible) == (whole.name, whole.possible)
    assert questions_asked < len(knowledge.edition_questions("full")) / 3


def test_without_the_answers_that_decide_it_stops_when_all_that_matter_were_asked(small, answers):
    session, questions_asked = interview(small, answers("wish: 5"))
    assert not session.outlook.settled
    assert session.current is None
    assert questions_asked == len(session.answers.given)


def test_back_returns_to_the_question_before_and_skips_are_set_aside(small):
    session = AdaptiveSession(small, "full")
    assert not session.back()
    first = session.current
    session.answer(None)
    assert session.current is not None and session.current != first
    assert session.back() and session.current == first
    session.answer(UNKNOWN)
    assert session.answers.given[first.id] == UNKNOWN
