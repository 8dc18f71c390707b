"""Errors a program can act on: RFC 9457 problem details, with a list of all errors and their fields."""

from __future__ import annotations

import json
from collections.abc import Iterable

from flask import Response, g
from pydantic import BaseModel, ConfigDict
from pydantic_core import ErrorDetails

from advisor.errors import Problem
from advisor.text import Lang

CONTENT_TYPE = "application/problem+json"


class Mistake(BaseModel):
    """One mistake: a stable code, the field it is in, what is wrong and what to do."""

    model_config = ConfigDict(extra="forbid")

    code: str
    field: str
    message: str


class Details(BaseModel):
    """What went wrong with a request. ``request`` is the number under which the server's log knows it."""

    model_config = ConfigDict(extra="forbid")

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    request: str = ""
    errors: list[Mistake] = []


def problem_response(status: int, title: str, detail: str = "", errors: Iterable[Mistake] = ()) -> Response:
    """A response with problem details."""
    body = Details(title=title, status=status, detail=detail, request=g.get("request_id", ""), errors=list(errors))
    return Response(json.dumps(body.model_dump(), ensure_ascii=False), status=status, content_type=CONTENT_TYPE)


def answer_mistakes(problems: Iterable[Problem], lang: Lang) -> list[Mistake]:
    """Mistakes in answers, each with the question it is about."""
    return [
        Mistake(
            code=problem.code,
            field=str(problem.values.get("name") or problem.values.get("code") or ""),
            message=f"{problem.message(lang)} {problem.hint(lang)}",
        )
        for problem in problems
    ]


def validation_mistakes(details: Iterable[ErrorDetails]) -> list[Mistake]:
    """Fields of a request that fail validation; their values are not sent back."""
    return [
        Mistake(code=detail["type"], field=".".join(str(part) for part in detail["loc"]), message=detail["msg"])
        for detail in details
    ]
