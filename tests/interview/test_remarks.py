"""Cross-checks remark on answers that do not go together, never on answers that are missing, and never stop anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from advisor.interview import Answers, doubts, remarks
from advisor.interview.answer_parsing import answer_to
from advisor.interview.remarks import NOT_COUNTED
from advisor.knowledge import Knowledge, load_knowledge
from advisor.knowledge.cases import run_cases
from advisor.text import LANGS

CHECKS = {compiled.check.id: compiled for compiled in load_knowledge().checks}
ON_SAMPLES = {
    "building_contractor": {"large_budget_on_weak_finances"},  # a million of a firm at break-even: where is it from?
    "city_bank": {"sensitive_trade_without_data_rules"},  # a bank holds accounts and is supervised; it named neither
}
"""What is remarked on the samples, and why it should be."""


def sheet(raw: Mapping[str, Any], knowledge: Knowledge) -> Answers:
    """Answers as a file states them; an empty list stands for none of the options."""
    written = {name: "none" if value == [] else value for name, value in raw.items()}
    return Answers({name: answer_to(knowledge.questions[name], value, knowledge) for name, value in written.items()})


def told(answers: Answers, knowledge: Knowledge) -> set[str]:
    return {remark.check for remark in doubts(answers, knowledge)}


def test_there_are_checks_of_both_kinds():
    assert len(CHECKS) >= 40
    assert {compiled.check.doubt for compiled in CHECKS.values()} == {"contradiction", "unusual"}


@pytest.mark.parametrize("name", CHECKS)
def test_it_fires_in_its_case_and_names_every_answer_as_given(name: str, knowledge: Knowledge):
    for raw in CHECKS[name].check.cases.fires:
        answers = sheet(raw, knowledge)
        (remark,) = (remark for remark in doubts(answers, knowledge) if remark.check == name)
        assert set(remark.questions) == set(raw)
        for question in raw:
            fact = knowledge.facts[question]
            shown = fact.type.in_words(fact, answers.given[question].value)
            assert all(shown[lang] in remark.text[lang] for lang in LANGS)


@pytest.mark.parametrize("name", CHECKS)
def test_it_says_nothing_where_answers_go_together_or_one_is_missing(name: str, knowledge: Knowledge):
    for raw in CHECKS[name].check.cases.silent:
        assert name not in told(sheet(raw, knowledge), knowledge)
    for raw in CHECKS[name].check.cases.fires:
        for left_out in raw:
            less = {question: value for question, value in raw.items() if question != left_out}
            assert name not in told(sheet(less, knowledge), knowledge)
            assert name not in told(sheet({**less, left_out: "unknown"}, knowledge), knowledge)


def test_rules_test_runs_their_cases_too(knowledge: Knowledge):
    outcomes = [outcome for outcome in run_cases(knowledge) if outcome.rule in CHECKS]
    assert {outcome.rule for outcome in outcomes} == set(CHECKS)
    assert {outcome.expected for outcome in outcomes} == {"fires", "silent", "undecided"}
    assert [outcome for outcome in outcomes if not outcome.holds] == []


def test_nothing_else_is_remarked_on_the_samples(firms: dict[str, Answers], knowledge: Knowledge):
    found = {name: {remark.check for remark in remarks(answers, knowledge)} for name, answers in firms.items()}
    assert {name: checks for name, checks in found.items() if checks} == ON_SAMPLES


def test_a_contradiction_is_told_alone_where_the_same_answers_are_unusual_too(knowledge: Knowledge):
    assert told(sheet({"initial_budget": 900000, "annual_revenue": 300000}, knowledge), knowledge) == {
        "budget_exceeds_revenue"
    }


def test_contradictions_come_first(knowledge: Knowledge):
    answers = sheet({"field_staff": 400, "crm_users": 20, "employees": 300}, knowledge)
    assert [remark.doubt for remark in doubts(answers, knowledge)] == ["contradiction", "unusual"]


def test_answers_that_another_makes_pointless_are_told_and_doubted_no_further(knowledge: Knowledge):
    answers = sheet({"field_staff": 0, "field_staff_dispersion": 4, "visit_reporting": 5, "own_sites": 0}, knowledge)
    (remark,) = remarks(answers, knowledge)
    assert remark.check == NOT_COUNTED
    assert remark.questions == ("field_staff", "field_staff_dispersion", "visit_reporting")
    assert "A4b、E22" in remark.text.zh
    assert "A4b, E22" in remark.text.en
    assert doubts(answers, knowledge) == ()


def test_unanswered_sheets_are_never_remarked_on(knowledge: Knowledge):
    assert remarks(Answers(), knowledge) == ()
