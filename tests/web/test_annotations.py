"""What stands beside answers on the pages and in the API: kept with its answer, cleared on request, read by no others."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from advisor.interview.answers import Annotation
from advisor.web.services import Services
from tests.web.conftest import Visitor, case_of

NOTE = "told us in confidence"


def test_a_page_keeps_a_note_beside_an_answer_and_the_words_beside_bounds(visitor: Visitor, services: Services):
    visitor.begin()
    fields = {"employees": "约120", "employees.status": "known", "employees.note": NOTE, "employees.by": "Wang"}
    page = visitor.post("/en/questions/trade_and_size", {**fields, "employees.on": "2026-05-31"})
    assert page.status_code == 302, page.get_data(as_text=True)[-400:]
    kept = services.answers(case_of(services, visitor)).annotations["employees"]
    assert kept == Annotation(note=NOTE, by="Wang", on="2026-05-31", words="约120")
    assert NOTE in visitor.get("/en/questions/trade_and_size").get_data(as_text=True)


def test_an_old_window_reverts_no_note_and_what_cannot_be_read_is_shown_again(visitor: Visitor, services: Services):
    visitor.begin()
    before = visitor.get("/en/questions/trade_and_size").get_data(as_text=True)
    mark = before.split('name="employees.note.was" value="')[1].split('"')[0]
    visitor.post("/en/questions/trade_and_size", {"employees.note": NOTE, "employees.note.was": mark})
    visitor.post("/en/questions/trade_and_size", {"employees.note": "", "employees.note.was": mark})
    assert services.answers(case_of(services, visitor)).annotations["employees"].note == NOTE
    refused = visitor.post("/en/questions/trade_and_size", {"employees.note": "kept as typed", "employees.on": "soon"})
    assert (refused.status_code, "kept as typed" in refused.get_data(as_text=True)) == (422, True)
    visitor.post("/en/questions/trade_and_size", {"employees.note": ""})
    assert "employees" not in services.answers(case_of(services, visitor)).annotations


def test_whoever_opens_a_shared_result_reads_no_internal_note(visitor: Visitor, other: Visitor, services: Services):
    sheet = f"A2: {{value: 120, note: {NOTE}}}\nF2: {{value: chief, note: for all to see, visible: client}}".encode()
    visitor.post("/en/sheet", {"sheet": (io.BytesIO(sheet), "firm.yaml")}, content_type="multipart/form-data")
    link = services.store.create_link(case_of(services, visitor).id, "share", None)
    other.get(f"/en/look/{link}", follow_redirects=True)
    own, shared = (reader.get("/en/" + path) for reader, path in ((visitor, OWN), (other, SHARED)))
    assert own.status_code == shared.status_code == 200
    for name in ("chapters/answers", "assessment.json", "answers.yaml"):
        mine, theirs = (r.get(f"/en/{base}{name}").get_data(as_text=True) for r, base in ((visitor, OWN), (other, SHARED)))
        assert (NOTE in mine, NOTE in theirs) == (True, False), name
        assert "for all to see" in theirs, name


OWN, SHARED = "result/", "shared/"


@pytest.fixture
def api(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


def test_the_api_keeps_replaces_and_deletes_what_stands_beside_an_answer(api: FlaskClient):
    begun = api.post("/api/v1/cases", json={}).get_json()
    address, auth = f"/api/v1/cases/{begun['id']}", {"Authorization": f"Bearer {begun['token']}"}

    def save(**answers: object) -> dict:
        response = api.patch(address, json={"answers": answers}, headers=auth)
        assert response.status_code == 200, response.get_data(as_text=True)
        return response.get_json()

    said = save(A2={"value": "约120", "note": NOTE, "confidence": "low"})
    assert said["answers"]["employees"] == "96-144"
    assert said["annotations"]["employees"] == {
        "note": NOTE, "evidence": "", "source": "", "by": "", "on": "", "confidence": "low", "visible": "", "words": "约120",
    }  # fmt: skip
    kept = save(A2=130)
    assert kept["annotations"]["employees"]["note"] == NOTE and kept["annotations"]["employees"]["words"] == ""
    assert save(A2={"value": 130, "by": "Li"})["annotations"]["employees"]["note"] == ""
    revision = save(A2={"value": 130, "by": "Li"})["revision"]
    assert save(A2=130)["revision"] == revision
    gone = save(A2=None)
    assert "employees" not in gone["answers"] and not gone["annotations"]
    assert api.patch(address, json={"answers": {"A2": {"value": 1, "visible": "all"}}}, headers=auth).status_code == 422
