"""A real browser before a real server. Both are started once; what they need and lack is said when tests are skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from advisor.interview import Answers
from advisor.knowledge import Knowledge
from advisor.store import Store, open_database
from tests.running_server import server


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("e2e") / "cases.db"


@pytest.fixture(scope="session")
def site(database: Path) -> Iterator[str]:
    """The address of a running server."""
    with server(database, ADVISOR_RATE_LIMITS="off") as (_, port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Open a browser window; at the end, everything it loaded came from our server and nothing complained."""
    windows: list[BrowserContext] = []
    faults: list[str] = []

    def open_window(**options: object) -> Page:
        window = chromium.new_context(base_url=site, **options)  # type: ignore[arg-type]
        window.set_default_timeout(15_000)
        windows.append(window)
        page = window.new_page()
        page.on("request", lambda request: None if request.url.startswith(site) else faults.append(request.url))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield open_window
    for window in windows:
        window.close()
    assert [fault for fault in faults if "422" not in fault and "404" not in fault] == []


@pytest.fixture
def return_link(database: Path, site: str, knowledge: Knowledge, firms: dict[str, Answers]) -> Callable[..., str]:
    """The path of a link into a case that holds a firm's answers."""

    def make(firm: str, lang: str = "en", edition: str = "quick", purpose: str = "return") -> str:
        store = Store(open_database(database))
        case, _ = store.create(edition)
        store.save_answers(case.id, firms[firm].given, knowledge)
        token = store.create_link(case.id, purpose)  # type: ignore[arg-type]
        store.database.close()
        return f"/{lang}/{purpose if purpose == 'return' else 'look'}/{token}"

    return make
