"""Who may open what: requests of our own pages, the browser at work, links to continue and links to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from advisor.store.cases import BROWSER_LIFETIME
from advisor.web.app import create_app
from advisor.web.security import is_same_origin
from advisor.web.services import Services, get_services
from advisor.web.session import NavLinks, nav_links
from advisor.web.settings import WebSettings
from tests.store.conftest import Clock
from tests.web.conftest import Visitor, case_of

LOST = "/en/?lost=1"


@pytest.fixture
def at_work(visitor: Visitor) -> Visitor:
    """A browser with a case and an answer in it."""
    visitor.begin()
    visitor.post("/en/questions/trade_and_size", {"industry": "banking"})
    return visitor


def made_link(visitor: Visitor, **fields: str) -> str:
    """The address of the link that a page shows after it was made."""
    page = visitor.post("/en/links", fields).get_data(as_text=True)
    return re.findall(r'value="http://localhost(/en/(?:return|look)/[\w-]{32})"', page)[0]


def cookie_of(visitor: Visitor, name: str = "case") -> str:
    cookie = visitor.client.get_cookie(name)
    return cookie.value if cookie else ""


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, False),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://elsewhere.example"}, True),
        ({"Origin": "http://localhost", "Cookie": "case=x"}, True),
        ({"Origin": "http://localhost.evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Cookie": "case=x"}, False),
        ({}, True),
    ],
)
def test_a_request_is_ours_by_what_the_browser_says_or_brings_no_cookie(app: Flask, headers: dict[str, str], ours: bool):
    with app.test_request_context("/en/tasks", method="POST", headers=headers):
        assert is_same_origin() is ours


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_forged_request_is_refused_whatever_its_method_and_reading_is_not(app: Flask, method: str):
    client = app.test_client()
    forged = {"Sec-Fetch-Site": "cross-site"}
    assert client.open("/en/start", method=method, headers=forged).status_code == 403
    assert [client.open("/en/", method=safe, headers=forged).status_code for safe in ("GET", "HEAD", "OPTIONS")] == [200] * 3


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application that visitors reach by HTTPS."""
    application = create_app(WebSettings(database=str(tmp_path_factory.mktemp("https") / "cases.db"), https=True))
    yield application
    get_services(application).close()


def test_behind_https_browsers_are_told_to_come_by_nothing_else(app: Flask, encrypted: Flask):
    headers = encrypted.test_client().get("/healthz", base_url="https://localhost").headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in app.test_client().get("/healthz").headers


def test_cookies_are_set_and_deleted_with_the_same_guards(visitor: Visitor, encrypted: Flask):
    guards = "HttpOnly; Path=/; SameSite=Lax"
    visitor.begin()
    assert visitor.post("/en/leave").headers["Set-Cookie"].endswith(f"Max-Age=0; {guards}")
    client = Visitor(encrypted).client
    secure = [
        client.post(f"/en/{path}", data={"edition": "quick"}, base_url="https://localhost").headers["Set-Cookie"]
        for path in ("start", "leave")
    ]
    assert re.fullmatch(rf"__Host-case=[\w-]{{32}}; Secure; {guards}", secure[0])
    assert secure[1].endswith(f"Max-Age=0; Secure; {guards}")


def test_every_answer_has_a_number_of_its_own(app: Flask):
    numbers = [app.test_client().get("/healthz").headers["X-Request-Id"] for _ in range(2)]
    assert numbers[0] != numbers[1]
    assert all(re.fullmatch("[0-9a-f]{16}", number) for number in numbers)


def test_a_link_to_the_result_ends_after_thirty_days_and_one_to_go_on_with_the_case(at_work: Visitor, services: Services):
    case = case_of(services, at_work)
    before = services.store.now()
    share, back = made_link(at_work, purpose="share"), made_link(at_work, purpose="return")
    assert share.startswith("/en/look/")
    assert back.startswith("/en/return/")
    links = {link.purpose: link.expires_at for link in services.store.links(case.id)}
    assert before + timedelta(days=30) <= links["share"] <= services.store.now() + timedelta(days=30)
    assert links["return"] == case_of(services, at_work).expires_at
    assert "30 days" in at_work.read("/en/links")


def test_what_is_asked_for_under_another_name_is_a_link_to_go_on(at_work: Visitor):
    assert made_link(at_work, purpose="browser").startswith("/en/return/")
    assert made_link(at_work).startswith("/en/return/")


def test_the_language_switch_shows_the_same_link_again_and_makes_none(at_work: Visitor, services: Services):
    case = case_of(services, at_work)
    for purpose in ("share", "return"):
        address = made_link(at_work, purpose=purpose)
        count = len(services.store.links(case.id))
        assert made_link(at_work, purpose=purpose, made=address.rpartition("/")[2]) == address
        assert len(services.store.links(case.id)) == count


def test_a_token_that_is_not_of_this_case_or_purpose_is_never_shown_as_its_link(
    at_work: Visitor, other: Visitor, services: Services
):
    other.begin()
    strangers = services.store.create_link(case_of(services, other).id, "return")
    share = made_link(at_work, purpose="share").rpartition("/")[2]
    for made in (strangers, share, "x"):
        assert made_link(at_work, purpose="return", made=made) != f"/en/return/{made}"


def test_a_link_withdrawn_by_a_browser_that_began_the_case_leaves_it_at_work(
    app: Flask, at_work: Visitor, services: Services
):
    address, cookie = made_link(at_work, purpose="return"), cookie_of(at_work)
    guest = Visitor(app)
    guest.get(address)
    [link] = services.store.links(case_of(services, at_work).id)
    response = at_work.post("/en/links/withdraw", {"name": link.name})
    assert response.location == "/en/links"
    assert "Set-Cookie" not in response.headers
    assert cookie_of(at_work) == cookie
    assert (at_work.get("/en/tasks").status_code, guest.get("/en/tasks").location) == (200, LOST)


def test_who_came_by_one_link_and_withdraws_another_keeps_the_first(app: Flask, at_work: Visitor, services: Services):
    mine, others = made_link(at_work, purpose="return"), made_link(at_work, purpose="return")
    guest = Visitor(app)
    guest.get(mine)
    cookie = cookie_of(guest)
    names = [link.name for link in services.store.links(case_of(services, at_work).id)]
    opened = services.store.open(others.rpartition("/")[2], "return")
    assert opened is not None
    assert opened.name in names
    assert "Set-Cookie" not in guest.post("/en/links/withdraw", {"name": opened.name}).headers
    assert cookie_of(guest) == cookie
    assert services.store.open(mine.rpartition("/")[2], "return") is not None


def test_a_token_of_no_link_leads_to_the_start(at_work: Visitor):
    assert at_work.get("/en/return/none").location == LOST
    assert at_work.get("/en/look/none").location == LOST
    assert at_work.get(f"/en/look/{made_link(at_work, purpose='return').rpartition('/')[2]}").location == LOST


def test_leaving_ends_a_browsers_access_and_spares_the_link_it_came_by(app: Flask, at_work: Visitor, services: Services):
    address, token = made_link(at_work, purpose="return"), cookie_of(at_work)
    guest = Visitor(app)
    guest.get(address)
    assert guest.post("/en/leave").location == "/en/"
    assert cookie_of(guest) == ""
    assert services.store.open(address.rpartition("/")[2], "return") is not None, "the link stays good"
    at_work.post("/en/leave")
    assert services.store.open(token, "browser") is None


def test_a_name_alone_is_worth_asking_before_a_case_is_replaced(visitor: Visitor):
    visitor.begin()
    visitor.post("/en/tasks", {"firm": "Some Firm"})
    assert visitor.post("/en/start", {"edition": "full"}).status_code == 200
    assert visitor.post("/en/start", {"edition": "full", "instead": "yes"}).status_code == 302


def test_a_browsers_week_begins_again_once_a_day_and_only_by_a_change(visitor: Visitor, services: Services, monkeypatch):
    clock = Clock()
    monkeypatch.setattr(services.store, "now", clock)
    visitor.begin()

    def left() -> timedelta:
        access = services.store.open(cookie_of(visitor), "browser")
        assert access is not None
        return access.expires_at - clock()

    clock.pass_(days=1)
    visitor.post("/en/tasks")
    assert left() == timedelta(days=6), "not yet more than a day"
    clock.pass_(seconds=1)
    visitor.get("/en/tasks")
    assert left() == timedelta(days=6, seconds=-1), "reading is no change"
    visitor.post("/en/tasks")
    assert left() == BROWSER_LIFETIME


def test_the_menu_shows_what_this_browser_may_open(app: Flask, at_work: Visitor, services: Services):
    share = made_link(at_work, purpose="share").rpartition("/")[2]
    for cookies, links in (
        ("", NavLinks(case=False, shared=False)),
        (f"case={cookie_of(at_work)}", NavLinks(case=True, shared=False)),
        (f"view={share}", NavLinks(case=False, shared=True)),
        (f"case={share}", NavLinks(case=False, shared=False)),
        (f"case={cookie_of(at_work)}; view={share}", NavLinks(case=True, shared=True)),
    ):
        with app.test_request_context("/en/", headers={"Cookie": cookies}):
            assert nav_links() == links


def test_where_the_database_does_not_answer_the_menu_is_empty(app: Flask, at_work: Visitor, services: Services, monkeypatch):
    def fail(*_: object) -> None:
        raise OperationalError("select", {}, Exception("gone"))

    monkeypatch.setattr(services.store, "open", fail)
    with app.test_request_context("/en/", headers={"Cookie": f"case={cookie_of(at_work)}"}):
        assert nav_links() == NavLinks(case=False, shared=False)


def test_within_a_request_a_token_is_looked_up_once(app: Flask, at_work: Visitor, services: Services, monkeypatch):
    share, lookups, real = made_link(at_work, purpose="share").rpartition("/")[2], [], services.store.open
    monkeypatch.setattr(services.store, "open", lambda *arguments: lookups.append(arguments) or real(*arguments))
    with app.test_request_context("/en/", headers={"Cookie": f"case={cookie_of(at_work)}; view={share}"}):
        assert nav_links() == nav_links() == NavLinks(case=True, shared=True)
    assert lookups == [(cookie_of(at_work), "browser", "return"), (share, "share")]
