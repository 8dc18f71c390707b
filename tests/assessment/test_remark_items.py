"""An assessment and its report tell which answers do not go together, and which of them the advice rests on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisor.assessment import Assessment, assess
from advisor.interview import Answer, Answers
from advisor.knowledge import Knowledge
from advisor.reporting import render
from advisor.reporting.look import Look
from advisor.text import LANGS, Lang


@pytest.fixture(scope="module")
def doubtful(knowledge: Knowledge, firms: dict[str, Answers]) -> Assessment:
    firm = firms["machine_tool_maker"]
    changed = firm.given | {"field_staff": Answer("known", 700.0), "initial_budget": Answer("known", 90.0)}
    return assess(replace(firm, given=changed), knowledge, engine="columns")


def test_it_holds_every_remark_with_codes_and_both_languages(doubtful: Assessment):
    found = {remark.check: remark for remark in doubtful.remarks}
    assert set(found) == {"field_staff_exceed_employees", "budget_too_small_to_be_meant", "running_far_above_initial_budget"}
    assert found["field_staff_exceed_employees"].codes == ("A4a", "A2")
    assert "700人" in found["field_staff_exceed_employees"].text.zh
    assert "700 people" in found["field_staff_exceed_employees"].text.en


def test_it_says_that_the_advice_rests_on_the_number_of_reps(doubtful: Assessment):
    assert {remark.check for remark in doubtful.remarks if remark.matters} >= {"field_staff_exceed_employees"}
    assert Assessment.from_json(doubtful.to_json()).remarks == doubtful.remarks


def test_the_verdict_is_given_all_the_same(doubtful: Assessment):
    assert doubtful.verdict.name != "not_enough_answers"


@pytest.mark.parametrize("lang", LANGS)
def test_the_full_report_lists_them_and_the_owner_is_told_the_first_in_words(doubtful: Assessment, lang: Lang):
    full = render(doubtful, "html", lang, Look(edition="evidence")).decode()
    assert all(remark.text[lang] in full for remark in doubtful.remarks)
    owner = render(doubtful, "html", lang, Look(edition="summary")).decode()
    assert {"zh": "请先核实：", "en": "To clarify first: "}[lang] in owner
    assert next(remark.text[lang] for remark in doubtful.remarks if remark.matters) in owner
