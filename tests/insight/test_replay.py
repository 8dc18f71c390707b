"""Replay: the same answers and knowledge give the same assessment to the letter; anything else says what differs."""

from __future__ import annotations

import random
from datetime import date

import pytest

from advisor.assessment import Assessment, assess
from advisor.insight.examine import examine
from advisor.insight.replay import answers_of, replay
from tests.random_firms import random_firm


def test_a_saved_assessment_comes_out_identical(knowledge, firms):
    for firm in firms.values():
        then = Assessment.from_json(examine(assess(firm, knowledge, date(2026, 11, 23)), firm, knowledge).to_json())
        found = replay(then, knowledge)
        assert (found.identical, found.same_knowledge, found.same_program) == (True, True, True)


@pytest.mark.parametrize("seed", range(8))
def test_random_sheets_replay_identically(knowledge, seed):
    firm = random_firm(knowledge, random.Random(seed))
    assert replay(Assessment.from_json(assess(firm, knowledge).to_json()), knowledge).identical


def test_the_answers_inside_are_the_answers_given(small, answers):
    firm = answers("trade: shop\npeople: 12\ntools: [web, mail]\nmeans: unknown\nbudget: not_applicable\nnotes: [a, b]")
    assert answers_of(Assessment.from_json(assess(firm, small).to_json()), small).given == firm.given


def test_the_papers_only_view_and_other_weights_are_replayed_as_they_were(knowledge, firms):
    firm = firms["machine_tool_maker"]
    bare = knowledge.papers_only()
    weighted = knowledge.weighted("leadership_first", knowledge.weightings["leadership_first"])
    for other in (bare, weighted):
        then = Assessment.from_json(assess(firm, other).to_json())
        found = replay(then, knowledge)
        assert (found.identical, found.same_knowledge) == (True, True)
    assert assess(firm, weighted).weighting.title.en == "Leadership first"


def test_a_changed_figure_is_found_where_it_stands(knowledge, firms):
    then = assess(firms["city_bank"], knowledge)
    forged = then.model_copy(update={"coverage": then.coverage.model_copy(update={"answered": 3})})
    assert replay(forged, knowledge).places == ("coverage.answered",)


def test_another_knowledge_says_so_and_shows_what_changed(knowledge, firms):
    then = assess(firms["machine_tool_maker"], knowledge)
    other = knowledge.papers_only()
    found = replay(then, other)
    assert not found.same_knowledge and not found.identical
    assert found.changes.rules_lost
