"""Metrics count requests by route, and never show an address."""

from __future__ import annotations

from pathlib import Path

from advisor.web import metrics
from tests.web.conftest import Visitor


def test_metrics_count_requests_by_route_and_never_by_address(tmp_path: Path):
    from prometheus_client import generate_latest

    from advisor.web.app import create_app
    from advisor.web.services import get_services
    from advisor.web.settings import WebSettings

    app = create_app(WebSettings(database=str(tmp_path / "cases.db"), rate_limits=False))
    registry = metrics.init_app(app, get_services(app))
    visitor = Visitor(app).begin()
    visitor.get("/en/questions/trade_and_size")
    visitor.get("/no/such/secret-address")
    output = generate_latest(registry).decode()
    get_services(app).close()
    assert 'advisor_requests_total{method="GET",route="/<any(zh,en):lang>/questions/<topic>",status="200"} 1.0' in output
    assert "advisor_cases 1.0" in output
    assert "advisor_knowledge_refused 0.0" in output
    assert "secret-address" not in output
