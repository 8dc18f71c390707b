"""Dates in the browser and over the API, with script and without: shown, saved, found again, refused without loss."""

from __future__ import annotations

import datetime
import re
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.serving import make_server

from advisor.insight.knowledge_choice import KnowledgeChoice
from advisor.interview import Answer
from advisor.web.app import create_app
from advisor.web.services import get_services
from advisor.web.settings import WebSettings
from tests.web.conftest import Visitor, case_of

END = datetime.date(2027, 3, 31)
PAGE = "/en/questions/all"
FIRM = {
    "trade": "builder", "people": 50, "product": 4, "deciders": 4, "wish": 5, "means": 4, "budget": "1M", "sponsor": "yes",
    "contract_end": "2030-01-01",
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, dated_folder) -> Iterator[Flask]:
    database = str(tmp_path_factory.mktemp("dates") / "cases.db")
    folders = {name: dated_folder / name for name in ("rules", "questionnaires")}
    application = create_app(WebSettings(database=database, rate_limits=False), KnowledgeChoice(**folders))
    yield application
    get_services(application).close()


@pytest.fixture
def visitor(site: Flask) -> Visitor:
    return Visitor(site).begin("full")


def field(visitor: Visitor) -> str:
    """The field of the date as the page shows it."""
    page = visitor.get(PAGE).get_data(as_text=True)
    found = re.search(r'<input[^>]*name="contract_end"[^>]*>', page)
    assert found is not None
    return found[0]


def kept(site: Flask, visitor: Visitor) -> object:
    services = get_services(site)
    return services.store.answers(case_of(services, visitor).id, services.knowledge).given.get("contract_end")


def test_the_field_is_a_calendar_with_its_bounds_and_a_hint_for_browsers_without(visitor):
    shown = field(visitor)
    assert 'type="date"' in shown and 'min="2026-01-01"' in shown and 'max="2035-12-31"' in shown
    assert 'value=""' in shown and 'placeholder="year-month-day"' in shown


@pytest.mark.parametrize("typed", ["2027-03-31", "31 March 2027", "2027年3月31日"])
def test_a_date_is_saved_without_script_and_there_when_one_comes_back(typed, site, visitor):
    assert visitor.post(PAGE, {"contract_end": typed, "contract_end.status": "known", "go": "on"}).status_code == 302
    assert kept(site, visitor) == Answer("known", END)
    assert 'type="date"' in field(visitor) and 'value="2027-03-31"' in field(visitor)


def test_a_script_saves_it_and_hears_which_questions_are_left(site, visitor):
    said = visitor.post(PAGE, {"contract_end": "2030-01-01"}, headers={"X-Requested-With": "advisor"}).get_json()
    assert said["saved"] == ["contract_end"] and "notice_given" not in said["asked"]
    said = visitor.post(PAGE, {"contract_end": "2027-01-01"}, headers={"X-Requested-With": "advisor"}).get_json()
    assert "notice_given" in said["asked"]


@pytest.mark.parametrize(("typed", "says"), [("03/04/2027", "3 April 2027 or 4 March 2027"), ("2027-02-30", "no day")])
def test_a_date_that_is_none_stays_in_its_field_as_it_was_typed(typed, says, site, visitor):
    response = visitor.post(PAGE, {"contract_end": typed, "contract_end.status": "known", "go": "on"})
    page = response.get_data(as_text=True)
    shown = re.search(r'<input[^>]*name="contract_end"[^>]*>', page)
    assert shown and f'value="{typed}"' in shown[0] and says in page
    assert 'type="text"' in shown[0], "a calendar would show nothing"
    assert kept(site, visitor) is None


def test_not_knowing_a_date_is_an_answer_and_a_date_beside_it_is_asked_about(site, visitor):
    visitor.post(PAGE, {"contract_end": "", "contract_end.status": "unknown"})
    assert kept(site, visitor) == Answer("unknown")
    page = visitor.post(PAGE, {"contract_end": "2027-03-31", "contract_end.status": "unknown", "go": "on"})
    assert "and also &#39;I don&#39;t know&#39;" in page.get_data(as_text=True)


def test_the_result_and_what_if_show_the_day(visitor):
    visitor.post(PAGE, {name: str(value) for name, value in FIRM.items()})
    page = visitor.read("/en/result/what-if?more=contract_end")
    assert "When does the contract" in page


def test_the_api_tells_of_dates_and_takes_them(site):
    api = site.test_client()
    topics = api.get("/api/v1/questionnaire?edition=full").get_json()["topics"]
    asked = {question["id"]: question for topic in topics for question in topic["questions"]}
    shape = asked["contract_end"]
    assert (shape["type"], shape["low"], shape["high"]) == ("date", "2026-01-01", "2035-12-31")
    said = api.post("/api/v1/assess", json={"answers": FIRM}).get_json()
    item = next(item for item in said["answers"] if item["question"] == "contract_end")
    assert item["value"] == "2030-01-01" and said["conditions"][0]["id"] == "bound_for_long"
    changed = api.post("/api/v1/what-if", json={"answers": FIRM, "changes": {"contract_end": "2027-03-31"}}).get_json()
    assert (changed["verdict"], changed["scenario"]["verdict"]) == ("conditional", "feasible")
    refused = api.post("/api/v1/assess", json={"answers": {**FIRM, "contract_end": 46477}})
    assert refused.status_code == 422 and "A142" in refused.get_data(as_text=True)


def test_the_api_describes_what_a_question_with_a_date_looks_like(site):
    schema = site.test_client().get("/api/v1/openapi.json").get_json()["components"]["schemas"]["QuestionOut"]["properties"]
    assert "date" in schema["type"]["enum"]
    assert {"type": "string", "format": "date"} in schema["low"]["anyOf"]


@pytest.fixture(scope="module")
def address(site: Flask) -> Iterator[str]:
    """Where the application answers a real browser."""
    server = make_server("127.0.0.1", 0, site, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


@pytest.mark.slow
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_real_browser_saves_a_day_of_its_calendar_and_shows_it_again(script, address, chromium):
    window = chromium.new_context(base_url=address, java_script_enabled=script)
    page = window.new_page()
    page.goto("/en/")
    page.locator("button[name=edition][value=full]").click()
    page.goto(PAGE)
    page.locator("#i-contract_end-1").fill("2027-03-31")
    if script:
        page.locator("#i-contract_end-1").blur()
        page.locator("[data-saved]", has_text="Saved").wait_for()
        assert page.locator("#i-contract_end-known").is_checked()
    else:
        page.get_by_role("button", name="Continue").click()
    page.goto(PAGE)
    assert page.locator("#i-contract_end-1").input_value() == "2027-03-31"
    if script:
        page.locator("label[for=i-contract_end-unknown]").click()
        assert page.locator("#i-contract_end-1").input_value() == ""
    window.close()
