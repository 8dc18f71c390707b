"""``/api/v1``: what it answers, what it refuses and how, and that its description is true."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from advisor import Assessment
from advisor.insight.full_assessment import assess_fully
from advisor.interview import Answers
from advisor.interview.serialization import plain
from advisor.knowledge import Knowledge
from advisor.web.services import Services

FIRM = "machine_tool_maker"


@pytest.fixture
def api(app: Flask) -> FlaskClient:
    """A program: no cookies, no browser's headers."""
    client = app.test_client(use_cookies=False)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def sheet(knowledge: Knowledge, firms: dict[str, Answers]) -> dict[str, object]:
    return {name: plain(knowledge.questions[name], answer) for name, answer in firms[FIRM].given.items()}


def problem(response: TestResponse, status: int) -> dict:
    assert response.status_code == status, response.get_data(as_text=True)[:300]
    assert response.content_type == "application/problem+json"
    answer = response.get_json()
    assert answer["status"] == status
    assert answer["title"]
    assert answer["request"] == response.headers["X-Request-Id"]
    return answer


def test_the_questionnaire_lists_every_question_of_an_edition(api: FlaskClient, knowledge: Knowledge):
    for edition in knowledge.editions:
        answer = api.get(f"/api/v1/questionnaire?edition={edition}").get_json()
        listed = [question["id"] for topic in answer["topics"] for question in topic["questions"]]
        assert sorted(listed) == sorted(q.id for q in knowledge.edition_questions(edition))
    problem(api.get("/api/v1/questionnaire?edition=none"), 404)


def test_an_assessment_by_the_api_is_the_one_the_library_makes(api: FlaskClient, knowledge, firms, sheet):
    response = api.post("/api/v1/assess", json={"answers": sheet})
    found = Assessment.from_json(response.get_data())
    assert found == assess_fully(Answers(firms[FIRM].given), knowledge, found.assessed_on)


def test_every_mistake_is_named_with_its_field_and_what_to_do(api: FlaskClient):
    answer = problem(api.post("/api/v1/assess", json={"answers": {"G1": 9, "employees": "many", "indutry": "bank"}}), 422)
    assert {mistake["code"] for mistake in answer["errors"]} == {"A101", "A102", "A103"}
    assert {mistake["field"] for mistake in answer["errors"]} == {"process_complexity", "employees", "indutry"}
    assert any("industry" in mistake["message"] for mistake in answer["errors"])


def test_a_whole_number_is_quoted_as_it_was_sent_and_a_second_key_by_its_name(api: FlaskClient):
    answers = {"G1": 9, "F2": "chief", "sponsor_level": "none"}
    wrong, twice = problem(api.post("/api/v1/assess", json={"answers": answers}), 422)["errors"]
    assert "'9' is not one of the answers" in wrong["message"]
    assert twice["code"] == "A147" and "'F2' and 'sponsor_level' ask the same" in twice["message"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b'{"answers": {}, "answers": {}}', 400),
        (b'{"answers": {"G1": NaN}}', 400),
        (b"[" * 100_000, 400),
        (b'{"answers": []}', 422),
        (b'{"answers": {}, "secret": 1}', 422),
        (b'{"answers": {}, "date": "soon"}', 422),
        (b"x" * 1_100_000, 413),
    ],
)
def test_what_is_no_request_is_refused_in_one_shape_and_not_sent_back(api: FlaskClient, body: bytes, status: int):
    answer = problem(api.post("/api/v1/assess", data=body, content_type="application/json"), status)
    assert "soon" not in json.dumps(answer)


def test_another_kind_of_content_an_unknown_address_and_method_are_told_alike(api: FlaskClient):
    problem(api.post("/api/v1/assess", data="answers=1", content_type="application/x-www-form-urlencoded"), 415)
    problem(api.get("/api/v1/nowhere"), 404)
    problem(api.put("/api/v1/assess"), 405)


def test_it_explains_what_was_concluded_and_what_was_not(api: FlaskClient, sheet):
    answer = api.post("/api/v1/explain", json={"answers": sheet}).get_json()
    assert answer["why"]["kind"] == "verdict"
    assert answer["why_not"] is None
    answer = api.post("/api/v1/explain", json={"answers": sheet, "about": "feasible"}).get_json()
    assert answer["why"] is None
    assert answer["why_not"]["findings"]
    assert (
        "nothing_such"
        in problem(api.post("/api/v1/explain", json={"answers": sheet, "about": "nothing_such"}), 422)["title"]
    )


def test_what_if_path_and_shortlist(api: FlaskClient, sheet):
    answer = api.post("/api/v1/what-if", json={"answers": sheet, "changes": {"F2": "chief"}}).get_json()
    assert answer["verdict"] == "conditional"
    assert answer["scenario"]["lost"]
    problem(api.post("/api/v1/what-if", json={"answers": sheet, "changes": {"F2": None}}), 422)
    assert api.post("/api/v1/path", json={"answers": sheet}).get_json()["path"]["outcome"] == "found"
    assert api.post("/api/v1/shortlist", json={"answers": sheet}).get_json()["selection"]["candidates"]


def test_a_case_lives_from_beginning_to_deletion(api: FlaskClient, knowledge: Knowledge, sheet):
    begun = api.post("/api/v1/cases", json={"edition": "full"})
    assert begun.status_code == 201
    case, token = begun.get_json()["id"], begun.get_json()["token"]
    mine = {"Authorization": f"Bearer {token}"}
    saved_case = api.patch(f"/api/v1/cases/{case}", json={"answers": sheet}, headers=mine).get_json()
    assert (
        saved_case["answers"] == {name: float(v) if isinstance(v, int) else v for name, v in sheet.items()}
        or saved_case["answers"] == sheet
    )
    problem(api.patch(f"/api/v1/cases/{case}", json={"answers": {"G1": 2, "G2": 99}}, headers=mine), 422)
    assert api.get(f"/api/v1/cases/{case}", headers=mine).get_json()["revision"] == saved_case["revision"], "all or none"
    api.patch(f"/api/v1/cases/{case}", json={"answers": {"G1": None}}, headers=mine)
    odd = api.patch(f"/api/v1/cases/{case}", json={"answers": {"A2": 5}}, headers=mine).get_json()
    assert "field_staff_exceed_employees" in {remark["check"] for remark in odd["remarks"]}
    assert "process_complexity" not in api.get(f"/api/v1/cases/{case}", headers=mine).get_json()["answers"]
    assert Assessment.from_json(api.get(f"/api/v1/cases/{case}/assessment", headers=mine).get_data()).answers
    assert api.delete(f"/api/v1/cases/{case}", headers=mine).status_code == 204
    problem(api.get(f"/api/v1/cases/{case}", headers=mine), 404)


def test_no_token_opens_anothers_case(api: FlaskClient):
    first, second = (api.post("/api/v1/cases", json={}).get_json() for _ in range(2))
    theirs = {"Authorization": f"Bearer {second['token']}"}
    for method, path, body in (
        ("GET", "", None),
        ("PATCH", "", {"answers": {"G1": 1}}),
        ("GET", "/assessment", None),
        ("DELETE", "", None),
    ):
        address = f"/api/v1/cases/{first['id']}{path}"
        problem(api.open(address, method=method, json=body, headers=theirs), 404)
        problem(api.open(address, method=method, json=body), 401)
        problem(api.open(address, method=method, json=body, headers={"Authorization": "Basic eDp5"}), 401)
    mine = {"Authorization": f"Bearer {first['token']}"}
    assert api.get(f"/api/v1/cases/{first['id']}", headers=mine).get_json()["revision"] == 0


def test_a_page_elsewhere_cannot_use_a_visitors_browser_to_ask(api: FlaskClient):
    response = api.post("/api/v1/cases", json={}, headers={"Sec-Fetch-Site": "cross-site"})
    problem(response, 403)


@pytest.mark.slow
def test_a_report_is_ordered_waited_for_and_fetched(api: FlaskClient, sheet):
    ordered = api.post("/api/v1/reports", json={"answers": sheet, "form": "docx", "lang": "en"})
    assert ordered.status_code == 202
    url = f"/api/v1/reports/{ordered.get_json()['id']}"
    deadline = time.monotonic() + 60
    while (state := api.get(url).get_json())["state"] != "ready":
        assert state["state"] in ("waiting", "drawing")
        assert time.monotonic() < deadline
        time.sleep(0.3)
    assert api.get(state["file"]).get_data().startswith(b"PK")
    problem(api.get("/api/v1/reports/unknown"), 404)


@pytest.mark.slow
def test_the_description_is_true(app: Flask):
    import schemathesis
    from hypothesis import HealthCheck, given, settings
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    bounds = settings(
        max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True
    )
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()

        @bounds
        @given(case=operation.as_strategy())
        def probe(case: schemathesis.Case) -> None:
            # what a question takes as an answer is said by the questionnaire, not by the schema: 422 may be right
            case.call_and_validate(headers={"Accept-Encoding": "identity"}, excluded_checks=[positive_data_acceptance])

        probe()
        tried += 1
    assert tried == 16, "all but the description itself"


def test_until_when_a_token_opens_a_case_is_told_as_it_is(
    api: FlaskClient, services: Services, monkeypatch: pytest.MonkeyPatch
):
    begun = api.post("/api/v1/cases", json={"edition": "quick"}).get_json()
    url, authorization = f"/api/v1/cases/{begun['id']}", {"Authorization": f"Bearer {begun['token']}"}
    real, passed = services.store.now, timedelta()
    monkeypatch.setattr(services.store, "now", lambda: real() + passed)
    expires = datetime.fromisoformat(begun["expires"])
    for day in (80, 160):
        passed = timedelta(days=day)
        later = api.patch(url, json={"answers": {"employees": day}}, headers=authorization).get_json()
        moved = datetime.fromisoformat(later["expires"])
        assert moved > expires + timedelta(days=79), f"day {day}"
        expires = moved
    passed = expires - real() - timedelta(minutes=1)
    assert api.get(url, headers=authorization).status_code == 200
    passed += timedelta(minutes=2)
    assert api.get(url, headers=authorization).status_code == 404


def test_a_request_may_tell_of_a_second_line_of_business(api: FlaskClient):
    body = {
        "answers": {"B1": 1, "B5": 1, "B6": 0, "B7": "yes", "G1": 1, "G2": 1, "B11b": ["project"], "B11c": "other"},
        "line_b": {"name": "Plant", "answers": {"B1": 5, "B5": 6, "B6": 60, "B7": "no", "G1": 5}},
    }
    lines = api.post("/api/v1/assess", json=body).get_json()["lines"]
    assert (lines["leads"], lines["other"]["name"]["en"]) == ("other", "Plant")
    assert (lines["main"]["model"], lines["other"]["model"]) == ("consumer", "project")
    wrong = {**body, "line_b": {"answers": {"H1": 3}}}
    assert problem(api.post("/api/v1/assess", json=wrong), 422)["errors"][0]["code"] == "A151"


def test_a_product_an_option_and_a_cost_are_explained_too(api: FlaskClient, sheet: dict[str, object]):
    for about, kind in (("odoo", "product"), ("custom", "option"), ("cost_hosted", "cost")):
        answer = api.post("/api/v1/explain", json={"answers": sheet, "about": about}).get_json()
        assert (answer["why"]["kind"], answer["why"]["id"]) == (kind, about)
        assert answer["why"]["children"]


def test_sheets_of_several_people_are_merged_and_two_points_in_time_compared(api: FlaskClient, sheet: dict[str, object]):
    other = {**sheet, "process_complexity": 1, "employees": 33}
    sheets = [{"answers": sheet, "by": {"name": "Chen Wei", "roles": ["chief_executive"]}}, {"answers": other}]
    answer = api.post("/api/v1/merge", json={"sheets": sheets, "rules": {"A2": {"take": "2"}}}).get_json()
    assert [person["name"] for person in answer["merged"]["respondents"]] == ["Chen Wei", "2"]
    assert {"G1", "A2"} == {conflict["code"] for conflict in answer["merged"]["conflicts"]}
    assert answer["answers"]["employees"] == 33
    problem(api.post("/api/v1/merge", json={"sheets": sheets, "rules": {"A2": "loudest"}}), 422)
    problem(api.post("/api/v1/merge", json={"sheets": [{"answers": {}}]}), 422)
    since = api.post("/api/v1/compare", json={"then": {"answers": sheet}, "now": {"answers": other}}).get_json()["since"]
    assert {change["code"] for change in since["answers"]} == {"G1", "A2"}


def test_a_report_is_ordered_by_edition_and_an_old_name_is_answered_with_the_new(api):
    ordered = api.post("/api/v1/reports", json={"answers": {"G1": 5}, "edition": "owner", "form": "html"}).get_json()
    assert (ordered["edition"], ordered["form"]) == ("summary", "html") and "summary" in ordered["note"]["en"]
    slides = api.post("/api/v1/reports", json={"answers": {"G1": 5}, "edition": "slides"}).get_json()
    assert (slides["edition"], slides["form"], slides["note"]) == ("slides", "pptx", None)
    assert api.post("/api/v1/reports", json={"answers": {"G1": 5}, "edition": "board"}).status_code == 422


def test_words_beside_an_answer_are_kept_and_a_word_for_none_is_asked_about(api: FlaskClient):
    answers = {"F2": "chief (Mr Wang)", "I2": "none", "A2": 120, "employees": 120}
    read = api.post("/api/v1/assess", json={"answers": answers}).get_json()
    said = json.dumps(read, ensure_ascii=False)
    assert "the words are kept as a note" in said and "chief (Mr Wang)" in said
    (wrong,) = problem(api.post("/api/v1/assess", json={"answers": {"H1": "none"}}), 422)["errors"]
    assert wrong["code"] == "A188"
