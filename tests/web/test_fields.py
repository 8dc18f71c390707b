"""Form fields: posting back what an answer shows changes nothing; what contradicts itself is a problem, not a guess."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from advisor.interview import Answer, Answers
from advisor.interview.answers import NOT_APPLICABLE, UNKNOWN
from advisor.knowledge import Knowledge
from advisor.knowledge.margins import Margin
from advisor.web.fields import read_form
from tests.random_firms import random_firm
from tests.web.conftest import as_posted

NOBODY = Answers()


def read(knowledge: Knowledge, fields: dict[str, object], before: Answers = NOBODY):
    names = dict.fromkeys(name.partition(".")[0] for name in fields)
    return read_form(MultiDict(fields), [knowledge.questions[n] for n in names], before, knowledge)


@pytest.mark.parametrize("seed", range(12))
def test_what_fields_show_reads_back_as_the_same_answers(knowledge: Knowledge, seed: int):
    answers = random_firm(knowledge, random.Random(seed))
    fields = as_posted(knowledge, answers)
    fresh = read(knowledge, fields)
    assert fresh.problems == {}
    assert fresh.changes == answers.given
    again = read(knowledge, fields, answers)
    assert (again.changes, again.problems) == ({}, {})


def test_a_field_that_is_not_there_changes_nothing_and_an_emptied_one_takes_the_answer_back(knowledge: Knowledge):
    before = Answers({"employees": Answer("known", 30.0), "industry": UNKNOWN})
    assert read(knowledge, {"industry": []}, before).changes == {}
    assert read(knowledge, {"employees": "", "employees.status": "known"}, before).changes == {"employees": None}


def test_a_scale_takes_two_steps_that_an_answer_lies_between(knowledge: Knowledge):
    between = Answer("within", Margin(3, 4, whole=True))
    assert read(knowledge, {"competition": ["3-4"]}).changes == {"competition": between}
    assert read(knowledge, {"competition": ["3-4"]}, Answers({"competition": between})).changes == {}


def test_a_number_and_i_dont_know_at_once_is_a_problem_unless_the_number_is_the_old_one(knowledge: Knowledge):
    before = Answers({"employees": Answer("known", 30.0)})
    both = {"employees": "45", "employees.status": "unknown"}
    assert read(knowledge, both).problems["employees"].code == "A119"
    assert read(knowledge, both, before).problems["employees"].code == "A119"
    assert read(knowledge, {"employees": "30", "employees.status": "unknown"}, before).changes == {"employees": UNKNOWN}


def test_ticks_and_none_of_these_at_once_is_a_problem(knowledge: Knowledge):
    assert read(knowledge, {"buyers": ["firms", "none"]}).problems["buyers"].code == "A120"
    assert read(knowledge, {"buyers": ["unknown", "not_applicable"]}).problems["buyers"].code == "A120"
    assert read(knowledge, {"buyers": ["none"]}).changes == {"buyers": Answer("known", frozenset())}
    assert read(knowledge, {"buyers": ["not_applicable"]}).changes == {"buyers": NOT_APPLICABLE}


def test_boxes_all_cleared_take_the_answer_back(knowledge: Knowledge):
    before = Answers({"buyers": Answer("known", frozenset({"firms"}))})
    assert read_form(MultiDict({"buyers.boxes": "1"}), [knowledge.questions["buyers"]], before, knowledge).changes == {
        "buyers": None
    }


@settings(max_examples=200, deadline=None)
@given(value=st.text(max_size=60), status=st.sampled_from(["", "known", "unknown", "not_applicable", "<x>"]))
def test_whatever_is_posted_is_an_answer_a_problem_or_nothing(knowledge: Knowledge, value: str, status: str):
    for name in ("industry", "employees", "annual_revenue", "buyers", "other_business_lines", "crm_goals", "competition"):
        fields = {name: value, f"{name}.status": status}
        form_input = read(knowledge, fields)
        assert not (set(form_input.changes) & set(form_input.problems))
        for problem in form_input.problems.values():
            assert problem.message("zh")
            assert problem.hint("en")
