"""Seats of the first stage: a choice that makes the project smaller, and no gap as long as it is not made (decision 29)."""

from __future__ import annotations

import pytest

from advisor.assessment import Assessment
from advisor.assessment.model.project import QuantityItem
from advisor.assessment.outlook import verdict_outlook
from advisor.assessment.remark_items import TOO_MANY_SEATS
from advisor.insight.full_assessment import assess_fully
from advisor.interview import Answers, remarks
from advisor.interview.answer_files import answers_in
from advisor.interview.answers import NOT_APPLICABLE, UNKNOWN, Answer
from advisor.knowledge import Knowledge
from advisor.reporting import build_document


def maker(firms: dict[str, Answers], all_users: int, first: Answer | float | None) -> Answers:
    answers = firms["machine_tool_maker"].with_answer("crm_users", Answer("known", float(all_users)))
    first = Answer("known", float(first)) if isinstance(first, int | float) else first
    return answers.with_answer("first_stage_users", first)


def quantity(assessment: Assessment, name: str) -> QuantityItem | None:
    assert assessment.project is not None
    return next((item for item in assessment.project.quantities if item.quantity == name), None)


@pytest.fixture(scope="module")
def whole(knowledge: Knowledge, firms: dict[str, Answers]) -> Assessment:
    return assess_fully(maker(firms, 45, None), knowledge, None)


@pytest.fixture(scope="module")
def staged(knowledge: Knowledge, firms: dict[str, Answers]) -> Assessment:
    return assess_fully(maker(firms, 45, 12), knowledge, None)


def test_users_money_and_work_are_those_of_the_first_stage(whole: Assessment, staged: Assessment):
    assert quantity(whole, "users").range == (45, 45, 45)
    users = quantity(staged, "users")
    assert (users.range, users.origin, users.codes) == ((12, 12, 12), "answered", ("I8b",))
    sums = [
        (before, after) for before, after in zip(whole.project.ways, staged.project.ways, strict=True) if before.first_year
    ]
    assert sums
    assert all(after.first_year[1] < before.first_year[1] for before, after in sums)
    assert staged.project.own_days[1] < whole.project.own_days[1]
    assert quantity(staged, "trainees").range[1] < quantity(whole, "trainees").range[1]


def test_all_users_are_told_as_a_later_stage(whole: Assessment, staged: Assessment):
    assert quantity(whole, "all_users") is None
    assert quantity(staged, "all_users").range == (45, 45, 45)
    assert any("12" in note.en and "45" in note.en for note in staged.selection.outcome.notes)
    if staged.verdict.name in ("feasible", "conditional"):
        assert "first stage of 12 users in every year; the others of 45" in str(build_document(staged, "en", "summary"))
        assert "首期12人；全部45人" in str(build_document(staged, "zh", "summary"))


@pytest.mark.parametrize("answer", [UNKNOWN, NOT_APPLICABLE])
def test_no_choice_leaves_everything_as_it_is(answer: Answer, whole: Assessment, knowledge: Knowledge, firms):
    made = assess_fully(maker(firms, 45, answer), knowledge, None)
    assert made.project == whole.project
    assert made.verdict.name == whole.verdict.name


def test_a_choice_that_was_not_made_is_no_missing_answer(knowledge: Knowledge, firms: dict[str, Answers]):
    for name, answers in firms.items():
        now = verdict_outlook(knowledge, answers)
        everyone = answers.value("crm_users")
        if everyone is not None:
            chosen = verdict_outlook(knowledge, answers.with_answer("first_stage_users", Answer("known", everyone)))
            assert (now.name, now.possible) == (chosen.name, chosen.possible), name


def test_a_first_stage_known_within_bounds_gives_the_project_a_range(knowledge: Knowledge, firms: dict[str, Answers]):
    within = answers_in({"I8": 45, "I8b": "10-20"}, "sheet", knowledge).given
    answers = Answers({**firms["machine_tool_maker"].given, **within})
    users = quantity(assess_fully(answers, knowledge, None), "users")
    assert (users.range, users.codes) == ((10, 15, 20), ("I8b",))


def test_the_code_of_all_users_still_names_that_question_alone(knowledge: Knowledge):
    assert knowledge.codes["I8"] == ("crm_users",)
    assert knowledge.codes["I8b"] == ("first_stage_users",)
    assert knowledge.codes["A4"] == ("field_staff", "field_staff_dispersion")


def test_more_people_in_the_first_stage_than_in_all_is_a_contradiction(knowledge: Knowledge, firms: dict[str, Answers]):
    found = {remark.check: remark.doubt for remark in remarks(maker(firms, 45, 46), knowledge)}
    assert found["first_stage_exceeds_all_users"] == "contradiction"
    assert "first_stage_exceeds_all_users" not in {r.check for r in remarks(maker(firms, 45, 45), knowledge)}


def test_the_project_says_whose_number_far_too_many_seats_are(knowledge: Knowledge, firms: dict[str, Answers]):
    assert set(TOO_MANY_SEATS) <= {entry.check.id for entry in knowledge.checks}
    many = assess_fully(maker(firms, 590, None), knowledge, None)
    assert {remark.check for remark in many.remarks} & set(TOO_MANY_SEATS)
    assert any("590" in note.en and "firm's own number" in note.en for note in many.selection.outcome.notes)
    assert "seats_by_role" in {item.id for item in many.approaches}
    fewer = assess_fully(maker(firms, 590, 30), knowledge, None)
    assert not any("does not go with" in note.en for note in fewer.selection.outcome.notes)
