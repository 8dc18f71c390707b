"""Figures for Prometheus, on a port of their own that only this machine reaches."""

from __future__ import annotations

import time

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

from advisor.web.services import Services

BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.3, 0.6, 1.0, 3.0)


def attach(app: Flask, own: Services) -> CollectorRegistry:
    """Count requests by route and outcome, and say how many cases and waiting reports there are."""
    registry = CollectorRegistry()
    took = Histogram(
        "advisor_request_seconds", "Time to answer a request", ["route", "method"], buckets=BUCKETS, registry=registry
    )
    answered = Counter("advisor_requests", "Requests answered", ["route", "method", "status"], registry=registry)
    cases = Gauge("advisor_cases", "Cases kept", registry=registry)
    cases.set_function(own.store.count)
    refused = Gauge("advisor_knowledge_refused", "1 where the newest rules could not be taken over", registry=registry)
    refused.set_function(lambda: float(own.library.refused is not None))
    waiting = Gauge("advisor_reports_waiting", "Reports waiting or being drawn", registry=registry)
    waiting.set_function(own.drawing.waiting)

    @app.after_request
    def count(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "-"
        took.labels(route, request.method).observe(time.perf_counter() - g.get("began", time.perf_counter()))
        answered.labels(route, request.method, response.status_code).inc()
        return response

    return registry


def expose(registry: CollectorRegistry, port: int) -> None:
    """Answer at ``http://127.0.0.1:PORT/metrics``. Raises ``OSError`` where the port is taken."""
    start_http_server(port, addr="127.0.0.1", registry=registry)
