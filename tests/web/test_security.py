"""Every route, held to the same rules: headers, forged requests, other people's cases, hostile answers."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator

import pytest
import structlog
from flask import Flask
from openpyxl import load_workbook

from advisor.interview import Answers
from advisor.web.app import create_app
from advisor.web.logs import configure
from advisor.web.security import HEADERS
from advisor.web.services import Services, get_services
from advisor.web.settings import WebSettings
from tests.web.conftest import ManualPool, Visitor, case_of

VALUES = {
    "lang": "en",
    "topic": "trade_and_size",
    "token": "no-such-token",
    "name": "risks",
    "job": "no-such-job",
    "form": "csv",
    "site": "en",
    "page": "papers",
    "digest": "000000000000",
}
OPEN = {
    "/", "/healthz", "/readyz", "/en/", "/en/privacy", "/en/sheet", "/en/sheet/empty.csv",
    "/knowledge/en/papers.html", "/knowledge/reference.css", "/knowledge/search.js",
}  # fmt: skip
"""What anyone may read without a case. A new route that is neither here nor asks for a case fails the tests."""
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}${7*7}{0.__class__}%(x)s",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "javascript:alert(1)",
    "</title></textarea><svg onload=alert(1)>",
    "%0d%0aSet-Cookie: x=1",
]


def addresses(app: Flask, method: str) -> list[str]:
    found = []
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()) and not rule.rule.startswith("/api/"):  # tests/web/test_api.py
            path = re.sub(r"<(?:[^:<>]*:)?(\w+)>", lambda m: VALUES[m[1]], re.sub(r"any\([^)]*\):", "", rule.rule))
            found.append(path)
    return sorted(found)


def state(services: Services) -> str:
    digest = hashlib.sha256()
    with services.store.database.engine.connect() as connection:
        for table in ("case", "answer", "access"):
            digest.update(repr(connection.exec_driver_sql(f'select * from "{table}" order by 1, 2').fetchall()).encode())
    return digest.hexdigest()


def test_the_matrix_sees_every_route(app: Flask):
    assert len(addresses(app, "GET")) > 30
    assert len(addresses(app, "POST")) > 12


def test_every_answer_carries_the_headers(app: Flask, visitor: Visitor, firms: dict[str, Answers], fill):
    visitor.begin()
    fill(visitor, firms["machine_tool_maker"])
    for path in addresses(app, "GET"):
        response = visitor.get(path)
        for name, value in HEADERS.items():
            assert response.headers[name] == value, (path, name)
        public = path.startswith(("/static", "/knowledge"))
        assert public or response.headers["Cache-Control"] == "no-store", path
        assert response.status_code < 500, path


def test_the_policy_allows_no_inline_code_and_the_pages_have_none(app: Flask, visitor: Visitor, firms, fill):
    assert "unsafe" not in HEADERS["Content-Security-Policy"]
    visitor.begin()
    fill(visitor, firms["machine_tool_maker"])
    for path in addresses(app, "GET"):
        response = visitor.get(path)
        if response.mimetype == "text/html":
            body = response.get_data(as_text=True)
            assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", body), path


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {},
    ],
)
def test_nothing_is_changed_by_a_request_that_is_not_our_own(app: Flask, visitor: Visitor, services: Services, headers):
    visitor.begin()
    del visitor.client.environ_base["HTTP_SEC_FETCH_SITE"]
    before = state(services)
    for path in addresses(app, "POST"):
        assert visitor.post(path, {"x": "1"}, headers=headers).status_code == 403, path
    assert state(services) == before


def test_browsers_are_not_told_to_hide_our_own_origin_from_us():
    """With no-referrer a browser sends ``Origin: null`` with our own forms; one without fetch metadata would be refused."""
    assert HEADERS["Referrer-Policy"] == "same-origin"


def test_our_own_origin_is_enough_for_a_browser_without_fetch_metadata(visitor: Visitor):
    visitor.begin()
    del visitor.client.environ_base["HTTP_SEC_FETCH_SITE"]
    assert visitor.post("/en/links", {"purpose": "share"}, headers={"Origin": "http://localhost"}).status_code == 200


def test_reading_changes_nothing(app: Flask, visitor: Visitor, services: Services, firms, fill):
    visitor.begin()
    fill(visitor, firms["seed_company"] if "seed_company" in firms else firms["machine_tool_maker"])
    visitor.get("/en/result/")
    before = state(services)
    for path in addresses(app, "GET"):
        if path != "/en/settled":
            visitor.get(path)
    assert state(services) == before


def test_without_a_case_nothing_but_the_open_pages_is_shown(app: Flask, visitor: Visitor):
    for path in addresses(app, "GET"):
        response = visitor.get(path)
        if path in OPEN:
            assert response.status_code in (200, 302), path
        elif path.startswith("/static"):
            assert response.status_code == 404
        else:
            assert response.status_code == 302, path
            assert response.location == "/en/?lost=1", path


def test_without_a_case_nothing_can_be_posted_but_a_beginning(app: Flask, visitor: Visitor, services: Services):
    before = state(services)
    for path in addresses(app, "POST"):
        if path not in ("/en/start", "/en/leave", "/en/sheet"):  # the sheet: tests/web/test_sheets.py
            response = visitor.post(path, {"purpose": "return"})
            assert response.location == "/en/?lost=1", path
    assert state(services) == before


def test_no_route_shows_or_changes_anothers_case(
    app: Flask, visitor: Visitor, other: Visitor, services: Services, firms, fill, manual_pool: ManualPool
):
    visitor.begin()
    case = fill(visitor, firms["machine_tool_maker"])
    visitor.post("/en/tasks", {"firm": "Secret Machine Tools"})
    report = visitor.post("/en/result/report", {"form": "docx", "lang": "en"}).location.rpartition("/")[2]
    manual_pool.futures[0].set_result(b"Secret Machine Tools")
    assert visitor.get(f"/en/result/report/{report}/file").get_data() == b"Secret Machine Tools"
    visitor.get(f"/en/look/{services.store.create_link(case, 'share')}")
    assert visitor.get(f"/en/shared/report/{report}/file").status_code == 200
    other.begin()
    other.get(f"/en/look/{services.store.create_link(case_of(services, other).id, 'share')}")
    kept = services.store.answers(case, services.knowledge)
    for path in (path.replace(VALUES["job"], report) for path in addresses(app, "GET")):
        assert "Secret Machine Tools" not in other.get(path).get_data(as_text=True), path
        if "/report/" in path:
            assert other.get(path).status_code == 404, path
    for path in addresses(app, "POST"):
        if path not in ("/en/delete", "/en/leave", "/en/start"):
            other.post(path, {"industry": "banking", "purpose": "return", "firm": "x", "name": "x"})
    assert services.store.answers(case, services.knowledge) == kept
    other.post("/en/delete")
    assert services.store.answers(case, services.knowledge) == kept


def test_a_share_link_reads_the_result_and_nothing_else(
    app: Flask, visitor: Visitor, other: Visitor, services: Services, firms, fill
):
    visitor.begin()
    case = fill(visitor, firms["machine_tool_maker"])
    token = services.store.create_link(case, "share")
    assert other.get(f"/en/look/{token}").location == "/en/shared/"
    shared = other.read("/en/shared/")
    assert "shared with you" in shared and "Your result" not in shared
    assert other.get("/en/shared/chapters/risks").status_code == 200
    before = state(services)
    for path in addresses(app, "GET"):
        if not path.startswith("/en/shared") and path not in OPEN and not path.startswith("/static"):
            assert other.get(path).location == "/en/?lost=1", path
    assert other.post("/en/shared/renew").status_code == 404
    assert state(services) == before
    assert other.get(f"/en/return/{token}").location == "/en/?lost=1", "a share link is no return link"


def test_a_return_link_leads_back_and_its_token_leaves_the_address_at_once(visitor: Visitor, other: Visitor):
    visitor.begin()
    page = visitor.post("/en/links", {"purpose": "return"}).get_data(as_text=True)
    address = re.findall(r'value="http://localhost(/en/return/[\w-]{32})"', page)[0]
    response = other.get(address)
    assert response.location == "/en/tasks?opened=1"
    assert other.get("/en/tasks").status_code == 200
    assert address not in visitor.get("/en/links").get_data(as_text=True), "a link is shown once"
    name = re.findall(r'name="name" value="(\w+)"', visitor.get("/en/links").get_data(as_text=True))[0]
    visitor.post("/en/links/withdraw", {"name": name})
    assert other.get("/en/tasks").location == "/en/?lost=1"


def test_after_leaving_the_old_cookie_opens_nothing(visitor: Visitor, app: Flask):
    visitor.begin()
    cookie = visitor.client.get_cookie("case")
    assert cookie is not None
    visitor.post("/en/leave")
    thief = Visitor(app)
    thief.client.set_cookie("case", cookie.value)
    assert thief.get("/en/tasks").location == "/en/?lost=1"


def test_deleting_asks_first_and_then_leaves_nothing(visitor: Visitor, services: Services, firms, fill):
    visitor.begin()
    case = fill(visitor, firms["machine_tool_maker"])
    token = services.store.create_link(case, "share")
    assert "cannot be brought back" in visitor.read("/en/delete")
    assert services.store.answers(case, services.knowledge).given
    assert visitor.post("/en/delete").location == "/en/?deleted=1"
    assert services.store.answers(case, services.knowledge).given == {}
    assert services.store.open(token, "share") is None


def test_cookies_are_read_by_no_script_and_sent_to_no_other_site(app: Flask, tmp_path):
    response = Visitor(app).post("/en/start", {"edition": "quick"})
    cookie = response.headers["Set-Cookie"]
    assert re.match(r"case=[\w-]{32}; HttpOnly; Path=/; SameSite=Lax$", cookie), cookie
    secure = create_app(WebSettings(database=str(tmp_path / "s.db"), https=True, rate_limits=False))
    response = Visitor(secure).post("/en/start", {"edition": "quick"}, base_url="https://localhost")
    assert re.match(r"__Host-case=[\w-]{32}; Secure; HttpOnly; Path=/; SameSite=Lax$", response.headers["Set-Cookie"])
    assert "max-age" in response.headers["Strict-Transport-Security"]
    get_services(secure).close()


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1@evil.example", ""])
def test_another_host_is_refused(visitor: Visitor, host: str):
    response = visitor.get("/en/", headers={"Host": host})
    assert response.status_code == 400
    assert "evil" not in response.get_data(as_text=True)


@pytest.mark.parametrize("path", ["//evil.example/", "/en//evil.example", "/\\evil.example", "/en/?next=//evil.example"])
def test_no_address_leads_away_from_the_site(visitor: Visitor, path: str):
    response = visitor.get(path)
    assert "evil" not in (response.location or "")


def test_too_much_is_refused_and_changes_nothing(visitor: Visitor, services: Services):
    visitor.begin("full")
    before = state(services)
    assert visitor.post("/en/questions/other_lines", {"other_business_lines": "x" * 1_200_000}).status_code == 413
    many = {f"field{n}": "x" for n in range(2500)}
    response = visitor.client.post("/en/tasks", data=many, content_type="multipart/form-data")
    assert response.status_code == 413
    assert state(services) == before


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_answers_are_shown_as_they_were_typed(visitor: Visitor, payload: str):
    visitor.begin("full")
    visitor.post("/en/tasks", {"firm": payload})
    lines = {"other_business_lines": payload, "other_business_lines.status": "known"}
    visitor.post("/en/questions/other_lines", lines)
    from html import escape

    for path in ("/en/check", "/en/tasks", "/en/result/", "/en/result/chapters/answers", "/en/questions/other_lines"):
        body = visitor.get(path).get_data(as_text=True)
        for active in ("<script>alert", "<img src=x", "<svg onload", "49$49"):
            assert active not in body, path
        if path != "/en/result/chapters/answers":
            assert escape(payload).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in body, path


@pytest.mark.parametrize("payload", HOSTILE)
def test_no_table_taken_away_holds_a_formula(visitor: Visitor, payload: str):
    visitor.begin("full")
    visitor.post("/en/questions/other_lines", {"other_business_lines": payload, "other_business_lines.status": "known"})
    table = visitor.get("/en/result/answers.csv").get_data().decode("utf-8-sig")
    assert not re.search(r'(?m)(^|,)"?[=@+\-]', table)
    content = visitor.get("/en/result/answers.xlsx").get_data()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        assert not [name for name in sheets if re.search(rb"<f[ >/]", archive.read(name))]
    cells = [c for sheet in load_workbook(io.BytesIO(content)) for row in sheet.iter_rows(max_col=3, min_col=3) for c in row]
    assert [cell.data_type for cell in cells if cell.value == payload] == ["s"]


def test_the_sheet_taken_away_reads_back_as_the_same_answers(visitor: Visitor, services: Services, knowledge, firms, fill):
    from advisor.interview.answer_files import parse_answers

    visitor.begin("full")
    fill(visitor, firms["online_retailer"] if "online_retailer" in firms else firms["machine_tool_maker"])
    given = services.result(services.store.open(visitor.client.get_cookie("case").value, "browser").case)  # type: ignore[union-attr]
    sheet = visitor.get("/zh/result/answers.yaml").get_data()
    again = parse_answers(sheet, "a.yaml", knowledge).given
    assert len(again) == sum(item.status != "unanswered" for item in given.assessment.answers)


def test_an_error_inside_shows_a_number_and_nothing_of_what_went_on(
    app: Flask, visitor: Visitor, services: Services, monkeypatch
):
    visitor.begin()

    def fail(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(services, "answers", fail)
    response = visitor.get("/en/tasks")
    assert response.status_code == 500
    body = response.get_data(as_text=True)
    assert "secret detail" not in body
    assert "Traceback" not in body
    assert response.headers["X-Request-Id"] in body


@pytest.fixture
def server_log() -> Iterator[None]:
    """The log as a server writes it."""
    configure()
    yield
    structlog.reset_defaults()


@pytest.mark.usefixtures("server_log")
def test_the_log_of_a_whole_visit_holds_no_answer_no_name_and_no_token(visitor: Visitor, capsys):
    visitor.begin("full")
    visitor.post("/en/tasks", {"firm": "Unmistakable Ltd"})
    visitor.post(
        "/en/questions/other_lines", {"other_business_lines": "glassblowing", "other_business_lines.status": "known"}
    )
    page = visitor.post("/en/links", {"purpose": "return"}).get_data(as_text=True)
    token = re.findall(r"/return/([\w-]{32})", page)[0]
    visitor.get(f"/en/return/{token}")
    visitor.get("/en/result/?q=glassblowing")
    log = capsys.readouterr().err
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert len(lines) >= 6
    for secret in ("Unmistakable", "glassblowing", token):
        assert secret not in log


def test_asking_too_often_is_refused_with_a_time_to_wait(tmp_path):
    limited = create_app(WebSettings(database=str(tmp_path / "l.db")))
    visitor = Visitor(limited)
    codes = [visitor.post("/en/start", {"edition": "quick"}).status_code for _ in range(32)]
    assert codes[:30] == [302] * 30
    assert codes[30:] == [429, 429]
    response = visitor.post("/en/start", headers={"X-Forwarded-For": "10.1.2.3"})
    assert response.status_code == 429, "an address that anyone can make up opens no new account"
    assert int(response.headers["Retry-After"]) > 0
    get_services(limited).close()
