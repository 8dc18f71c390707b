"""Structured logs: one line of JSON a request, without answers, tokens, names or queries in it."""

from __future__ import annotations

import contextlib
import logging
import sys
import time

import structlog
from flask import Flask, Response, g, request


def configure() -> None:
    """Have the server's log written to standard error as JSON."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: _StderrLogger(),
        cache_logger_on_first_use=False,
    )


class _StderrLogger:
    """Writes lines to standard error. A closed standard error must not fail a request."""

    def msg(self, line: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            print(line, file=sys.stderr, flush=True)

    debug = info = warning = error = critical = exception = msg


def init_app(app: Flask) -> None:
    """Log every request by its route, never by its URL, which may hold a token."""
    log = structlog.get_logger()

    @app.before_request
    def start_timer() -> None:
        g.started_at = time.perf_counter()

    @app.after_request
    def log_request(response: Response) -> Response:
        milliseconds = 1000 * (time.perf_counter() - g.get("started_at", time.perf_counter()))
        route = request.url_rule.rule if request.url_rule else "-"
        if not route.startswith(("/static", "/healthz")):
            log.info(
                "request",
                id=g.get("request_id", ""),
                method=request.method,
                route=route,
                status=response.status_code,
                ms=round(milliseconds, 1),
            )
        return response
