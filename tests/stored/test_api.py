"""Programs that still send what an earlier questionnaire asked are told by the API what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from advisor import Assessment, assess
from advisor.insight.knowledge_choice import KnowledgeChoice
from advisor.interview import Answers
from advisor.interview.answer_files import answers_in
from advisor.knowledge import Knowledge
from advisor.web.app import create_app
from advisor.web.services import get_services
from advisor.web.settings import WebSettings
from tests.stored.test_places import keep_old

OLD = {"staff": 30, "complexity": 2, "trade": "store", "motto": "grow"}
TOLD = [
    ("A137", "trade", "trade"),
    ("A133", "staff", "people"),
    ("A133", "complexity", "product"),
    ("A135", "complexity", None),
    ("A136", "motto", None),
]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, renewed_files: Path) -> Iterator[Flask]:
    """The application with knowledge that no longer asks some questions."""
    settings = WebSettings(database=str(tmp_path_factory.mktemp("cases") / "cases.db"), rate_limits=False)
    app = create_app(settings, KnowledgeChoice(renewed_files / "rules", renewed_files / "questionnaires"))
    yield app
    get_services(app).close()


@pytest.fixture
def api(app: Flask) -> FlaskClient:
    """A program: no cookies, no browser's headers."""
    return app.test_client(use_cookies=False)


def told(answer: dict) -> list[tuple[str, str, str | None]]:
    return [(note["code"], note["question"], note["carried_to"]) for note in answer["carried_over"]]


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("assess", {}),
        ("explain", {}),
        ("explain", {"about": "feasible"}),
        ("what-if", {"changes": {"wish": 5}}),
        ("path", {}),
        ("shortlist", {}),
        ("reports", {"form": "html"}),
    ],
    ids=["assess", "why", "why-not", "what-if", "path", "shortlist", "reports"],
)
def test_every_operation_on_answers_tells_what_was_carried_over(api: FlaskClient, path: str, more: dict):
    response = api.post(f"/api/v1/{path}", json={"answers": OLD, **more})
    assert response.status_code in (200, 202), response.get_data(as_text=True)
    assert told(response.get_json()) == TOLD
    assert told(api.post(f"/api/v1/{path}", json={"answers": {"people": 30}, **more}).get_json()) == []


def test_it_is_told_in_both_languages_in_the_words_of_the_questions(api: FlaskClient):
    staff = api.post("/api/v1/assess", json={"answers": OLD}).get_json()["carried_over"][1]
    assert staff["text"]["en"].startswith("A13 How many staff? This question was asked up to version 2.0")
    assert "carried over to How many people?: 30" in staff["text"]["en"]
    assert staff["text"]["zh"].startswith("A13 多少员工？")


def test_a_change_that_an_earlier_questionnaire_asked_for_is_told_too(api: FlaskClient):
    answer = api.post("/api/v1/what-if", json={"answers": {"people": 5}, "changes": {"staff": 30}}).get_json()
    assert told(answer) == [("A133", "staff", "people")]


def test_the_assessment_in_the_response_opens_as_it_is_and_is_the_one_the_library_makes(
    api: FlaskClient, renewed: Knowledge
):
    opened = Assessment.from_json(api.post("/api/v1/assess", json={"answers": OLD}).get_data())
    answers = answers_in(OLD, "answers", renewed)
    assert opened.model_copy(update={"insight": None, "selection": None}) == assess(Answers(answers.given), renewed)
    assert "carried_over" not in opened.to_json()


def test_a_case_tells_it_of_answers_just_sent_and_of_answers_kept_from_before(api: FlaskClient, app: Flask):
    case = api.post("/api/v1/cases", json={}).get_json()
    url, authorization = f"/api/v1/cases/{case['id']}", {"Authorization": f"Bearer {case['token']}"}
    sent = api.patch(url, json={"answers": {"staff": 30}}, headers=authorization).get_json()
    assert told(sent) == [("A133", "staff", "people")]
    assert sent["answers"]["people"] == 30
    assert told(api.get(url, headers=authorization).get_json()) == [], "kept as today's answer"
    keep_old(get_services(app).store, case["id"], {"boss_leads": '"yes"'})
    assert told(api.get(url, headers=authorization).get_json()) == [("A133", "boss_leads", "sponsor")]


def test_the_description_says_what_is_told(api: FlaskClient):
    schemas = api.get("/api/v1/openapi.json").get_json()["components"]["schemas"]
    for name in ("Assessed", "Explanation", "WhatIf", "Path", "Shortlist", "ReportState", "CaseOut"):
        assert schemas[name]["properties"]["carried_over"]["items"] == {"$ref": "#/components/schemas/CarriedOver"}
