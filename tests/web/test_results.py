"""The result answers back: why, why not, what if; reports are drawn aside; newer knowledge is announced, not imposed."""

from __future__ import annotations

import json
import re
import time

import pytest

from advisor import Assessment
from advisor.interview import Answers
from advisor.web.services import Services
from tests.web.conftest import Visitor, case_of

FIRM = "machine_tool_maker"


@pytest.fixture
def assessed(visitor: Visitor, firms: dict[str, Answers], fill) -> Visitor:
    visitor.begin("full")
    visitor.case = fill(visitor, firms[FIRM])  # type: ignore[attr-defined]
    return visitor


def links(visitor: Visitor, path: str, pattern: str) -> list[str]:
    return list(dict.fromkeys(re.findall(pattern, visitor.get(path).get_data(as_text=True))))


def test_the_first_page_has_verdict_map_certainty_reasons_and_what_must_come_first(assessed: Visitor):
    page = assessed.read("/en/result/")
    for words in (
        "Feasible on conditions",
        "Provisional",
        "What speaks for CRM",
        "What stands in the way",
        "Need is high (74)",
    ):
        assert words in page
    body = assessed.get("/en/result/").get_data(as_text=True)
    assert 'role="img"' in body
    assert "<desc>" in body


def test_every_why_link_on_every_chapter_leads_to_a_proof(assessed: Visitor):
    chapters = links(assessed, "/en/result/", r'"(/en/result/chapters/\w+)"')
    assert len(chapters) > 12
    why_links = {link for path in chapters for link in links(assessed, path, r'"(/en/result/why/\w+)"')}
    assert len(why_links) > 40
    for link in sorted(why_links):
        assert assessed.get(link).status_code == 200, link
    proof = assessed.read("/en/result/why/verdict")
    assert "P4-" in proof
    assert assessed.get("/en/result/why/nothing_of_the_kind").status_code == 404


def test_every_source_leads_to_its_place_in_the_reference_site(assessed: Visitor):
    cited = links(assessed, "/en/result/sources", r'"(/knowledge/en/\w+\.html#[\w-]+)"')
    assert len(cited) > 40
    pages = {page: assessed.get(page).get_data(as_text=True) for page in {c.partition("#")[0] for c in cited}}
    for link in cited:
        page, _, anchor = link.partition("#")
        assert f'id="{anchor}"' in pages[page], link


ANSWERING = ("model", "path", "options", "products", "cost")
"""Chapters whose lines are no findings, and answer back all the same."""


@pytest.mark.parametrize("name", ANSWERING)
def test_every_entry_of_a_table_of_choices_says_why(assessed: Visitor, name: str):
    page = assessed.get(f"/en/result/chapters/{name}").get_data(as_text=True)
    why_links = list(dict.fromkeys(re.findall(r'"(/en/result/why/\w+)"', page)))
    assert why_links
    for link in why_links:
        proof = assessed.get(link).get_data(as_text=True)
        assert 'class="outline"' in proof, link
        assert "/knowledge/en/" in proof, f"{link} leads to no source and no rule"
    if name in ("options", "products"):
        rows = re.findall(r"(?s)<tr><td.*?</tr>", page)
        assert len(rows) > 8
        assert all("/en/result/why/" in row for row in rows)


def test_why_a_product_is_out_names_each_condition_it_fails(assessed: Visitor, services: Services):
    chosen = services.result(case_of(services, assessed)).assessment.selection
    assert chosen is not None
    for item in chosen.candidates:
        page = assessed.read(f"/en/result/why/{item.product}")
        for remark in item.excluded:
            assert re.sub(r"\s+", " ", remark.title.en) in page, item.product
        assert ("fails no hard condition" in page) == (item.status != "excluded"), item.product


def test_why_not_of_what_was_weighed_leads_to_the_reasons(assessed: Visitor, services: Services):
    chosen = services.result(case_of(services, assessed)).assessment.selection
    assert chosen is not None
    choices = links(assessed, "/en/result/why-not", r'<option value="(\w+)"')
    passed_over = [option.id for option in chosen.options if option.id in choices]
    assert len(passed_over) >= len(chosen.options) - 3, "all but the first of each group"
    assert {item.product for item in chosen.candidates if item.status == "excluded"} <= set(choices)
    assert assessed.get(f"/en/result/why-not?what={passed_over[0]}").location == f"/en/result/why/{passed_over[0]}"


def test_why_not_names_the_premise_that_failed(assessed: Visitor):
    choices = links(assessed, "/en/result/why-not", r'<option value="(\w+)"')
    assert "feasible" in choices
    assert "conditional" not in choices, "that is the verdict"
    for name in choices[::12]:
        if assessed.get(f"/en/result/why-not?what={name}").status_code == 302:
            continue  # weighed rather than concluded: the test before this one
        page = assessed.read(f"/en/result/why-not?what={name}")
        assert "Does not hold" in page or "Not known" in page or name in ("feasible", "not_yet", "not_needed_now"), name
    assert assessed.get("/en/result/why-not?what=conditional").status_code == 404


def test_what_if_shows_both_sides_and_keeps_nothing(assessed: Visitor, services: Services, knowledge, firms):
    body = {"changed": ["sponsor_level", "crm_goals"], "sponsor_level": "chief", "crm_goals": "yes"}
    page = assessed.post("/en/result/what-if", body).get_data(as_text=True)
    assert "As it is and as it would be" in page
    fragment = assessed.post("/en/result/what-if", body, headers={"X-Requested-With": "advisor"}).get_data(as_text=True)
    assert "<html" not in fragment
    assert "No longer" in fragment
    assert services.store.answers(assessed.case, knowledge).given == firms[FIRM].given  # type: ignore[attr-defined]


def test_what_if_takes_more_questions_and_says_what_it_cannot_read(assessed: Visitor):
    page = assessed.post(
        "/en/result/what-if", {"changed": "initial_budget", "initial_budget": "lots", "more": "competition"}
    )
    body = page.get_data(as_text=True)
    assert 'data-question="competition"' in body
    assert "no number" in body or "number" in body
    assert 'value="lots"' in body


def test_the_whole_assessment_can_be_taken_away_and_read_back(assessed: Visitor, services: Services):
    response = assessed.get("/en/result/assessment.json")
    saved = Assessment.from_json(response.get_data())
    assert saved.verdict.name == "conditional"
    assert saved.insight is not None
    assert saved.selection is not None
    assert "attachment" in response.headers["Content-Disposition"]


def test_a_changed_answer_makes_a_new_result(assessed: Visitor):
    before = json.loads(assessed.get("/en/result/assessment.json").get_data())
    assessed.post("/en/questions/leadership", {"sponsor_level": "chief"})
    after = json.loads(assessed.get("/en/result/assessment.json").get_data())
    assert before["answers"] != after["answers"]
    assert len(after["conditions"]) < len(before["conditions"])


def test_a_result_with_no_answers_at_all_says_that_there_are_not_enough(visitor: Visitor):
    visitor.begin()
    assert "Not enough answers" in visitor.read("/en/result/")
    assert visitor.get("/zh/result/what-if").status_code == 200


@pytest.mark.slow
def test_a_report_is_drawn_aside_with_its_progress_shown(assessed: Visitor, other: Visitor):
    report_url = assessed.post("/en/result/report", {"form": "pdf", "lang": "zh"}).location
    page = assessed.get(report_url).get_data(as_text=True)
    assert 'http-equiv="refresh"' in page, "without script the page looks again by itself"
    assert other.begin().get(report_url).status_code == 404, "another's report is not to be had"
    deadline = time.monotonic() + 90
    while (state := assessed.get(report_url, headers={"X-Requested-With": "advisor"}).get_json())["state"] != "ready":
        assert state["state"] != "failed"
        assert time.monotonic() < deadline
        began = time.monotonic()
        assert other.get("/en/tasks").status_code == 200
        assert time.monotonic() - began < 2, "others are not kept waiting"
        time.sleep(0.3)
    pdf = assessed.get(f"{report_url}/file")
    assert pdf.get_data().startswith(b"%PDF")
    again = assessed.post("/en/result/report", {"form": "pdf", "lang": "zh"}).location
    assert again == report_url, "the same report is not drawn twice"
