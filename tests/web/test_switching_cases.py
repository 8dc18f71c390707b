"""A browser works on one questionnaire at a time and is never taken to another unasked."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from advisor.web.services import Services
from tests.web.conftest import Visitor, case_of, text_of
from tests.web.test_security import state


@pytest.fixture
def busy(visitor: Visitor) -> Visitor:
    visitor.begin()
    visitor.post("/en/questions/trade_and_size", {"industry": "banking"})
    return visitor


@pytest.fixture
def strangers(other: Visitor, services: Services) -> str:
    """A return link of somebody else's."""
    other.begin()
    return f"/en/return/{services.store.create_link(case_of(services, other).id, 'return')}"


@pytest.mark.parametrize("body", [{"edition": "full"}, {"order": "telling"}])
def test_starting_again_asks_first_where_answers_would_be_out_of_reach(
    busy: Visitor, services: Services, body: dict[str, str]
):
    mine, before = case_of(services, busy).id, state(services)
    confirmation = busy.post("/en/start", body)
    assert confirmation.status_code == 200
    assert "in progress in this browser" in text_of(confirmation)
    assert "/en/links" in confirmation.get_data(as_text=True), "a way to keep the first one is offered"
    assert state(services) == before
    assert case_of(services, busy).id == mine
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', confirmation.get_data(as_text=True)))
    assert busy.post("/en/start", fields).status_code == 302
    fresh = case_of(services, busy)
    assert fresh.id != mine
    assert (fresh.edition, fresh.order) == (body.get("edition", "full"), body.get("order", "sections"))


def test_where_nothing_would_be_lost_nothing_is_asked(visitor: Visitor, services: Services, strangers: str):
    assert visitor.begin().begin("full").get("/en/tasks").status_code == 200
    assert visitor.get(strangers).location == "/en/tasks?opened=1"


def test_anothers_return_link_opens_nothing_by_itself_where_a_case_is_in_progress(
    busy: Visitor, services: Services, strangers: str
):
    mine, before = case_of(services, busy).id, state(services)
    confirmation = busy.get(strangers)
    assert confirmation.status_code == 200
    assert "belongs to another one" in text_of(confirmation)
    assert (case_of(services, busy).id, state(services)) == (mine, before)
    assert busy.post(strangers, {"instead": "yes"}).location == "/en/tasks?opened=1"
    assert case_of(services, busy).id != mine


def test_who_comes_by_a_link_is_told_who_else_may(visitor: Visitor, strangers: str):
    page = visitor.read(strangers)
    assert "Whoever has that link can see and change the answers" in page
    assert "Whoever has that link" not in visitor.read("/en/tasks")


def test_the_link_to_the_case_in_progress_leads_straight_to_it(busy: Visitor, services: Services):
    token = services.store.create_link(case_of(services, busy).id, "return")
    assert busy.get(f"/en/return/{token}").location == "/en/tasks"


def test_a_browser_that_changed_over_leaves_no_cookie_behind_that_opens_the_first_case(
    app: Flask, busy: Visitor, strangers: str
):
    cookie = busy.client.get_cookie("case")
    assert cookie is not None
    busy.post(strangers, {"instead": "yes"})
    thief = Visitor(app)
    thief.client.set_cookie("case", cookie.value)
    assert thief.get("/en/tasks").location == "/en/?lost=1"


def test_who_withdraws_the_link_they_came_in_by_stays_and_others_do_not(app: Flask, visitor: Visitor, strangers: str):
    guest = Visitor(app)
    for browser in (visitor, guest):
        browser.get(strangers)
    page = visitor.get("/en/links").get_data(as_text=True)
    assert "You came in by this one" in page
    name = re.findall(r'name="name" value="(\w+)"', page)[0]
    visitor.post("/en/links/withdraw", {"name": name})
    assert visitor.get("/en/tasks").status_code == 200
    assert guest.get("/en/tasks").location == "/en/?lost=1"
    assert visitor.get(strangers).location == "/en/?lost=1"


def test_a_browser_at_work_is_known_for_another_week(visitor: Visitor, services: Services, monkeypatch: pytest.MonkeyPatch):
    from datetime import timedelta

    visitor.begin()
    real, passed = services.store.now, timedelta()
    monkeypatch.setattr(services.store, "now", lambda: real() + passed)
    for day in range(1, 20):
        passed = timedelta(days=day)
        visitor.post("/en/questions/trade_and_size", {"employees": str(day), "employees.status": "known"})
        assert visitor.get("/en/tasks").status_code == 200, f"day {day}"
    passed += timedelta(days=8)
    assert visitor.get("/en/tasks").location == "/en/?lost=1"


def test_who_was_sent_a_result_sees_no_way_to_a_questionnaire_that_is_not_there(
    visitor: Visitor, other: Visitor, services: Services
):
    visitor.begin()
    token = services.store.create_link(case_of(services, visitor).id, "share")
    other.get(f"/en/look/{token}")
    for path in ("/en/shared/", "/en/shared/chapters/need", "/en/privacy", "/en/", "/knowledge/en/papers.html"):
        page = other.get(path).get_data(as_text=True)
        header = page[page.index("<header") : page.index("</header>")]
        assert re.findall(r'href="(/en/(?:tasks|result|shared)[^"]*)"', header) == ["/en/shared/"], path
        assert "/en/links" not in page, path
    both = visitor.get(f"/en/look/{token}") and visitor.get("/en/shared/").get_data(as_text=True)
    assert re.findall(r'href="(/en/(?:tasks|result/|shared/))"', both)[:3] == ["/en/tasks", "/en/result/", "/en/shared/"]


def test_before_a_link_to_the_result_is_made_it_is_said_that_all_answers_go_with_it(visitor: Visitor):
    visitor.begin()
    assert "all your answers, download them" in visitor.read("/en/links")
    assert "全部答案，也能下载" in visitor.read("/zh/links")
