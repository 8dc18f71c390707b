"""How often, how much and how long: what is at a limit passes, what is one over does not."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import TypeAdapter, ValidationError

from advisor.web.api import models
from advisor.web.app import create_app
from advisor.web.services import get_services
from advisor.web.settings import WebSettings
from tests.web.conftest import Visitor
from tests.web.test_security import VALUES

RATES = {
    "POST /<lang>/start": (30, 60),
    "POST /<lang>/sheet": (30, 60),
    "POST /api/v1/cases": (30, 60),
    "POST /<lang>/tasks": (240, 1),
    "POST /<lang>/next": (240, 1),
    "POST /<lang>/questions/<topic>": (240, 1),
    "POST /<lang>/links": (240, 1),
    "POST /<lang>/links/withdraw": (240, 1),
    "POST /<lang>/delete": (240, 1),
    "PATCH /api/v1/cases/<case>": (240, 1),
    "POST /<lang>/result/report": (20, 1),
    "POST /<lang>/shared/report": (20, 1),
    "POST /api/v1/reports": (20, 1),
    "GET /<lang>/return/<token>": (30, 1),
    "POST /<lang>/return/<token>": (30, 1),
    "GET /<lang>/look/<token>": (30, 1),
    "GET /<lang>/sheet/empty.<form>": (120, 1),
    "POST /<lang>/result/renew": (120, 1),
    "POST /<lang>/shared/renew": (120, 1),
    "GET /<lang>/result/why-not": (120, 1),
    "GET /<lang>/result/why/<name>": (120, 1),
    "GET /<lang>/result/what-if": (120, 1),
    "POST /<lang>/result/what-if": (120, 1),
    "GET /<lang>/shared/why-not": (120, 1),
    "GET /<lang>/shared/why/<name>": (120, 1),
    "GET /<lang>/shared/what-if": (120, 1),
    "POST /<lang>/shared/what-if": (120, 1),
}
"""Requests an address may make within minutes. All other operations of the API: 120 within one."""
UNLIMITED = {"POST /<lang>/leave"}
"""What may be asked any number of times: a browser forgets its case."""


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application as a server has it that is left to its defaults."""
    application = create_app(WebSettings(database=str(tmp_path_factory.mktemp("limits") / "cases.db")))
    yield application
    get_services(application).close()


def rates(app: Flask) -> dict[str, tuple[int, int] | None]:
    """The rate that each route tells a browser with a case of its own, by method and path; None where it tells none."""
    told: dict[str, tuple[int, int] | None] = {}
    for rule in app.url_map.iter_rules():
        plain = re.sub(r"any\([^)]*\):", "", rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            name, path = f"{method} {plain}", re.sub(r"<(\w+)>", lambda part: VALUES.get(part[1], "x"), plain)
            if method != "GET" or "/api/" in path or name in RATES:
                response = browser(app).open(path, method=method, json={} if "/api/" in path else None)
                count, ends = (response.headers.get(f"X-RateLimit-{part}", 0, type=int) for part in ("Limit", "Reset"))
                told[name] = (count, round((ends - time.time()) / 60)) if count else None
    return told


def browser(app: Flask) -> FlaskClient:
    """A browser with a case of its own, begun by no request."""
    services = get_services(app)
    case, token = services.store.create("quick")
    client = Visitor(app).client
    client.set_cookie("case", token)
    client.set_cookie("view", services.store.create_link(case.id, "share"))
    return client


def test_every_route_that_costs_or_changes_something_has_its_own_rate(limited: Flask):
    for name, rate in rates(limited).items():
        expected = RATES.get(name, (120, 1) if "/api/" in name else None)
        assert rate == expected, name
        assert rate or name in UNLIMITED or name.startswith("GET "), f"{name} may be asked any number of times"


def test_reading_by_the_api_uses_up_no_beginnings_of_cases(limited: Flask):
    client = Visitor(limited).client
    assert [client.get("/api/v1/reports/none").status_code for _ in range(40)] == [404] * 40
    assert client.post("/api/v1/cases", json={"edition": "quick"}).status_code == 201


def test_where_rates_are_switched_off_nobody_is_counted(app: Flask):
    visitor = Visitor(app)
    responses = [visitor.post("/en/start", {"edition": "quick"}) for _ in range(31)]
    assert {response.status_code for response in responses} == {302}
    assert "X-RateLimit-Limit" not in responses[-1].headers


def test_a_megabyte_may_be_sent_and_not_a_byte_more(visitor: Visitor):
    visitor.begin()
    for size, status in ((1_000_000, 302), (1_000_001, 413)):
        body = "x=" + "y" * (size - 2)
        assert visitor.post("/en/tasks", body, content_type="application/x-www-form-urlencoded").status_code == status


def test_two_thousand_fields_may_be_sent_and_not_one_more(visitor: Visitor):
    visitor.begin()
    for count, status in ((2_000, 302), (2_001, 413)):
        fields = {f"f{number}": "x" for number in range(count)}
        assert visitor.client.post("/en/tasks", data=fields, content_type="multipart/form-data").status_code == status


@pytest.mark.parametrize(
    ("shape", "allowed", "refused"),
    [
        (models.Name, ["x", "x" * 120], ["", "x" * 121]),
        (models.Number, [1e15, -1e15], [1.1e15, -1.1e15]),
        (models.Value, ["x" * 2_000, ["x"] * 60, True, None], ["x" * 2_001, ["x"] * 61]),
        (models.Sheet, [{str(n): 1 for n in range(400)}], [{str(n): 1 for n in range(401)}]),
        (
            models.FirmBody,
            [{"answers": {}, "firm": "x" * 300}],
            [{"answers": {}, "firm": "x" * 301}, {"answers": {}, "x": 1}],
        ),
        (
            models.Changed,
            [{"answers": {}, "changes": {"x": 1}}, {"answers": {}, "changes": {str(n): 1 for n in range(40)}}],
            [{"answers": {}, "changes": {}}, {"answers": {}, "changes": {str(n): 1 for n in range(41)}}],
        ),
    ],
)
def test_the_api_takes_what_is_at_its_limits_and_refuses_what_is_beyond(shape, allowed: list[object], refused: list[object]):
    reader = TypeAdapter(shape)
    for body in allowed:
        reader.validate_python(body)
    for body in refused:
        with pytest.raises(ValidationError):
            reader.validate_python(body)
