"""Error pages a visitor can act on, each with the id of its request and no internals."""

from __future__ import annotations

import structlog
from flask import Flask, Response, g, render_template, request
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException

from advisor.errors import InputError
from advisor.web.api import API_ROOT, problems
from advisor.web.i18n import has_text, lang, t

ErrorResponse = Response | tuple[str, int, dict[str, str]]


def init_app(app: Flask) -> None:
    """Show errors as pages."""
    log = structlog.get_logger()

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> ErrorResponse:
        code = error.code or 500
        if request.path.startswith(API_ROOT):
            return problems.problem_response(code, error.name)
        headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
        return error_page(str(code) if has_text(f"error.{code}.title") else "400", code, "", headers)

    @app.errorhandler(InputError)
    def input_error(error: InputError) -> ErrorResponse:
        return error_page("400", 410 if error.key == "case_gone" else 400, error.message(lang()), {})

    @app.errorhandler(Exception)
    def unexpected_error(error: Exception) -> ErrorResponse:
        log.exception("failed", id=g.get("request_id", ""), error=type(error).__name__) if app.debug else log.error(
            "failed", id=g.get("request_id", ""), error=type(error).__name__, at=_where(error)
        )
        return (
            problems.problem_response(500, "Something went wrong.")
            if request.path.startswith(API_ROOT)
            else error_page("500", 500, "", {})
        )


def error_page(key: str, code: int, text: str, headers: dict[str, str]) -> ErrorResponse:
    """The page of an error; plain text where the request was rejected before its URL was matched."""
    if not request_ctx.url_adapter:
        return f"{code} {t(f'error.{key}.title')}", code, {**headers, "Content-Type": "text/plain; charset=utf-8"}
    body = render_template(
        "web/error.html",
        title=t(f"error.{key}.title"),
        text=text or t(f"error.{key}.text"),
        request_id=g.get("request_id", ""),
    )
    return body, code, headers


def _where(error: BaseException) -> str:
    """The innermost frame in our code; a whole traceback would show values."""
    traceback, place = error.__traceback__, ""
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if "advisor" in code.co_filename:
            place = f"{code.co_filename.rpartition('advisor/')[2]}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return place
