"""Visitors: browsers that keep cookies and say where their requests come from, on an application of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from advisor.interview import Answers
from advisor.knowledge import Knowledge
from advisor.store import Case
from advisor.web.app import create_app
from advisor.web.fields import field_value
from advisor.web.services import Services, get_services
from advisor.web.settings import WebSettings


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application with a database of its own and no rate limits."""
    application = create_app(WebSettings(database=str(tmp_path_factory.mktemp("web") / "cases.db"), rate_limits=False))
    application.debug = False
    yield application
    get_services(application).close()


@pytest.fixture
def services(app: Flask) -> Services:
    return get_services(app)


class Visitor:
    """A browser."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()
        self.client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        self.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "zh-CN"

    def get(self, path: str, **options: object) -> TestResponse:
        return self.client.get(path, **options)  # type: ignore[arg-type]

    def post(self, path: str, data: dict[str, object] | None = None, **options: object) -> TestResponse:
        return self.client.post(path, data=data or {}, **options)  # type: ignore[arg-type]

    def read(self, path: str) -> str:
        """The text of a page that is there."""
        response = self.client.get(path, follow_redirects=True)
        assert response.status_code == 200, (path, response.status_code)
        return text_of(response)

    def begin(self, edition: str = "quick", lang: str = "en", **more: str) -> Visitor:
        response = self.post(f"/{lang}/start", {"edition": edition, **more})
        assert response.status_code == 302
        return self


def text_of(response: TestResponse) -> str:
    """What a page says, without its markup."""
    body = re.sub(r"(?s)<(style|script)[^>]*>.*?</\1>", " ", response.get_data(as_text=True))
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app)


@pytest.fixture
def other(app: Flask) -> Visitor:
    return Visitor(app)


def case_of(services: Services, visitor: Visitor) -> Case:
    """The case a visitor works on."""
    cookie = visitor.client.get_cookie("case")
    assert cookie is not None
    access = services.store.open(cookie.value, "browser", "return")
    assert access is not None
    return access.case


class ManualPool:
    """Takes jobs as the real process pool does; the test sets their results."""

    def __init__(self) -> None:
        self.futures: list[Future[bytes]] = []

    def submit(self, *_: object) -> Future[bytes]:
        self.futures.append(Future())
        return self.futures[-1]


@pytest.fixture
def manual_pool(services: Services, monkeypatch: pytest.MonkeyPatch) -> ManualPool:
    """The application with a pool whose results the test sets."""
    pool = ManualPool()
    monkeypatch.setattr(services.render_queue, "_process_pool", lambda: pool)
    return pool


def as_posted(knowledge: Knowledge, answers: Answers) -> dict[str, object]:
    """A firm's answers as the fields of forms send them."""
    fields: dict[str, object] = {}
    for name, answer in answers.given.items():
        question = knowledge.questions[name]
        value = field_value(question, answer)
        if question.answer_type.typed:
            fields[name] = value.text
            fields[f"{name}.status"] = value.status
        else:
            fields[name] = list(value.values)
    return fields


@pytest.fixture
def fill(services: Services, knowledge: Knowledge) -> Callable[[Visitor, Answers], str]:
    """Put a firm's answers into the case a visitor has begun; gives the id of the case."""

    def run(visitor: Visitor, answers: Answers) -> str:
        cookie = visitor.client.get_cookie("case")
        assert cookie is not None
        access = services.store.open(cookie.value, "browser", "return")
        assert access is not None
        services.store.save_answers(access.case.id, answers.given, knowledge)
        return access.case.id

    return run
