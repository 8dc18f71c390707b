"""Replay: the same answers and knowledge give the same assessment to the letter; anything else says what differs."""

from __future__ import annotations

import random
from datetime import date

import pytest

from advisor.assessment import Assessment, assess
from advisor.assessment.model.insight import WeightingItem
from advisor.errors import AnswersError, InputError
from advisor.insight.examine import examine
from advisor.insight.replay import answers_of, replay
from advisor.interview import Answer
from advisor.text import Text
from tests.random_firms import random_firm


@pytest.mark.slow
def test_a_saved_assessment_comes_out_identical(knowledge, firms):
    for firm in firms.values():
        then = Assessment.from_json(examine(assess(firm, knowledge, date(2026, 11, 23)), firm, knowledge).to_json())
        result = replay(then, knowledge)
        assert (result.identical, result.same_knowledge, result.same_program) == (True, True, True)


@pytest.mark.slow
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
        result = replay(then, knowledge)
        assert (result.identical, result.same_knowledge) == (True, True)
    assert assess(firm, weighted).weighting.title.en == "Leadership first"


def test_a_changed_figure_is_found_where_it_stands(knowledge, firms):
    then = assess(firms["city_bank"], knowledge)
    forged = then.model_copy(update={"coverage": then.coverage.model_copy(update={"answered": 3})})
    assert replay(forged, knowledge).places == ("coverage.answered",)


def test_another_knowledge_says_so_and_shows_what_changed(knowledge, firms):
    then = assess(firms["machine_tool_maker"], knowledge)
    other = knowledge.papers_only()
    result = replay(then, other)
    assert not result.same_knowledge and not result.identical
    assert result.changes.rules_lost


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("process_complexity", "chief"), ("process_complexity", 77), ("process_complexity", None), ("sponsor_level", 3.5),
        ("initial_budget", "forty"), ("initial_budget", -1e300), ("buyers", ("zzz",)), ("sponsor_level", ("chief",)),
    ],
)  # fmt: skip
def test_a_value_changed_by_hand_is_refused_by_its_question(knowledge, firms, question, value):
    then = assess(firms["city_bank"].with_answer("buyers", Answer("known", frozenset({"firms"}))), knowledge)
    items = tuple(i.model_copy(update={"value": value}) if i.question == question else i for i in then.answers)
    with pytest.raises(AnswersError, match=knowledge.questions[question].code):
        replay(then.model_copy(update={"answers": items}), knowledge)


def test_an_answer_given_twice_and_weights_of_nothing_are_refused(knowledge, firms):
    then = assess(firms["city_bank"], knowledge)
    twice = next(item for item in then.answers if item.status == "known")
    with pytest.raises(AnswersError, match="given twice"):
        replay(then.model_copy(update={"answers": (*then.answers, twice)}), knowledge)
    words = Text(zh="甲", en="a")
    odd = WeightingItem(title=words, about=words, weights={"luck": {"x": 2.0}})
    with pytest.raises(InputError, match="luck"):
        replay(then.model_copy(update={"weighting": odd}), knowledge)


def test_an_insight_changed_by_hand_is_found(knowledge, firms):
    firm = firms["city_bank"]
    then = examine(assess(firm, knowledge), firm, knowledge)
    sentence = then.insight.sensitivity.model_copy(update={"sentence": Text(zh="甲", en="All is well.")})
    forged = then.model_copy(update={"insight": then.insight.model_copy(update={"sensitivity": sentence})})
    assert replay(forged, knowledge).places == ("insight.sensitivity.sentence.zh", "insight.sensitivity.sentence.en")
