"""Logs a program can read: one line of JSON a request, without answers, tokens, names or queries in it."""

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
        logger_factory=lambda *_: _Lines(),
        cache_logger_on_first_use=False,
    )


class _Lines:
    """Writes lines to standard error. Where nobody listens any more, no visitor shall suffer for it."""

    def msg(self, line: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            print(line, file=sys.stderr, flush=True)

    debug = info = warning = error = critical = exception = msg


def attach(app: Flask) -> None:
    """Log every request by what it was, not by what it said: the route, never the address with its tokens."""
    log = structlog.get_logger()

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def note(response: Response) -> Response:
        took = 1000 * (time.perf_counter() - g.get("began", time.perf_counter()))
        route = request.url_rule.rule if request.url_rule else "-"
        if not route.startswith(("/static", "/healthz")):
            log.info(
                "request",
                id=g.get("request_id", ""),
                method=request.method,
                route=route,
                status=response.status_code,
                ms=round(took, 1),
            )
        return response
