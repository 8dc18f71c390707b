"""Errors as pages a visitor can act on, each with the number of its request and nothing of what went on inside."""

from __future__ import annotations

import structlog
from flask import Flask, Response, g, render_template, request
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException

from advisor.errors import InputError
from advisor.web.api import API_ROOT, problems
from advisor.web.words import has, lang, t

Answer = Response | tuple[str, int, dict[str, str]]


def attach(app: Flask) -> None:
    """Show errors as pages."""
    log = structlog.get_logger()

    @app.errorhandler(HTTPException)
    def known(error: HTTPException) -> Answer:
        code = error.code or 500
        if request.path.startswith(API_ROOT):
            return problems.answer(code, error.name)
        headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
        return page(str(code) if has(f"error.{code}.title") else "400", code, "", headers)

    @app.errorhandler(InputError)
    def refused(error: InputError) -> Answer:
        return page("400", 410 if error.key == "case_gone" else 400, error.message(lang()), {})

    @app.errorhandler(Exception)
    def unknown(error: Exception) -> Answer:
        log.exception("failed", id=g.get("request_id", ""), error=type(error).__name__) if app.debug else log.error(
            "failed", id=g.get("request_id", ""), error=type(error).__name__, at=_where(error)
        )
        return (
            problems.answer(500, "Something went wrong.") if request.path.startswith(API_ROOT) else page("500", 500, "", {})
        )


def page(key: str, code: int, said: str, headers: dict[str, str]) -> Answer:
    """The page of an error; a bare line where the request did not even get as far as an address of ours."""
    if not request_ctx.url_adapter:
        return f"{code} {t(f'error.{key}.title')}", code, {**headers, "Content-Type": "text/plain; charset=utf-8"}
    body = render_template(
        "web/error.html",
        title=t(f"error.{key}.title"),
        text=said or t(f"error.{key}.text"),
        request_id=g.get("request_id", ""),
    )
    return body, code, headers


def _where(error: BaseException) -> str:
    """The innermost place of our own code; a traceback would show values."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        if "advisor" in code.co_filename:
            place = f"{code.co_filename.rpartition('advisor/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
