"""Metrics for Prometheus, on a separate port that only this machine reaches."""

from __future__ import annotations

import time

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

from advisor.web.services import Services

BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.3, 0.6, 1.0, 3.0)


def init_app(app: Flask, services: Services) -> CollectorRegistry:
    """Count requests by route and outcome, cases and pending reports."""
    registry = CollectorRegistry()
    duration = Histogram(
        "advisor_request_seconds", "Time to answer a request", ["route", "method"], buckets=BUCKETS, registry=registry
    )
    requests = Counter("advisor_requests", "Requests answered", ["route", "method", "status"], registry=registry)
    cases = Gauge("advisor_cases", "Cases kept", registry=registry)
    cases.set_function(services.store.count)
    rejected = Gauge("advisor_knowledge_refused", "1 where the newest rules could not be taken over", registry=registry)
    rejected.set_function(lambda: float(services.live_knowledge.load_error is not None))
    pending = Gauge("advisor_reports_waiting", "Reports waiting or being drawn", registry=registry)
    pending.set_function(services.render_queue.pending_count)

    @app.after_request
    def observe(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "-"
        duration.labels(route, request.method).observe(time.perf_counter() - g.get("started_at", time.perf_counter()))
        requests.labels(route, request.method, response.status_code).inc()
        return response

    return registry


def expose(registry: CollectorRegistry, port: int) -> None:
    """Answer at ``http://127.0.0.1:PORT/metrics``. Raises ``OSError`` where the port is taken."""
    start_http_server(port, addr="127.0.0.1", registry=registry)
