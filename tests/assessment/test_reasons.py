"""Reasons are sentences about the firm, made of the statements that stand with the answers."""

from __future__ import annotations

import pytest

import advisor
from advisor.assessment import assess
from advisor.insight.why import why


@pytest.fixture(scope="module")
def assessed(knowledge, firms):
    return {name: assess(answers, knowledge, engine="columns") for name, answers in firms.items()}


def test_no_reason_quotes_a_question(assessed):
    for assessment in assessed.values():
        for reason in assessment.verdict.reasons:
            assert "was answered" not in reason.text.en and "，答" not in reason.text.zh, reason.text


def test_the_reasons_say_what_the_answers_say_of_the_firm(assessed):
    said = {item.says.en for assessment in assessed.values() for item in assessment.answers if item.says}
    for name, assessment in assessed.items():
        assert any(sentence in reason.text.en for reason in assessment.verdict.reasons for sentence in said), name


def test_a_number_is_told_with_its_unit_and_one_of_a_thing_as_one(knowledge):
    answers = advisor.read_answers({"A2": "100-150", "I2": 1, "B6": 3}, knowledge)
    said = {item.code: item.says for item in assess(answers, knowledge, engine="columns").answers if item.says}
    assert said["A2"].en == "The firm employs 100 to 150 people."
    assert said["I2"].en == "IT staff of its own: 1 person."
    assert said["B6"].zh == "新客户从第一次询问到下首单通常要3周。"


def test_a_step_known_within_bounds_says_nothing_certain(knowledge):
    answers = advisor.read_answers({"G1": "2-3"}, knowledge)
    (item,) = (item for item in assess(answers, knowledge, engine="columns").answers if item.code == "G1")
    assert item.says is None


def test_a_proof_tells_answers_by_what_they_say(assessed, knowledge):
    assessment = assessed["machine_tool_maker"]
    told = next(item for item in assessment.answers if item.says and item.code == "G1")
    texts = []

    def walk(node):
        texts.append(node.text.en)
        for child in node.children:
            walk(child)

    walk(why(assessment, "need"))
    assert any(text.startswith(f"G1 {told.says.en.rstrip('.')}") for text in texts)


def test_the_bibliography_says_that_the_year_of_a_paper_is_inferred_or_not_known(assessed, knowledge):
    papers = assessed["machine_tool_maker"].papers
    assert len(papers) == 6
    for paper in papers:
        assert knowledge.sources[paper.id].year_note.en in paper.origin.en
