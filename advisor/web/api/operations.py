"""The decorator of every operation: it validates the request and registers what OpenAPI describes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Blueprint, Response, request
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

from advisor.errors import AnswersError, InputError
from advisor.web.api import API_PREFIX
from advisor.web.api.problems import answer_mistakes, problem_response, validation_mistakes
from advisor.web.i18n import preferred_lang
from advisor.web.limits import QUERY, limiter

blueprint = Blueprint("api", __name__, url_prefix=API_PREFIX)
View = Callable[..., Any]
JSON = "application/json"


@dataclass(frozen=True)
class Operation:
    """An operation as OpenAPI describes it."""

    method: str
    path: str
    summary: str
    body: type[BaseModel] | None
    response: Any
    status: int
    secured: bool
    query: tuple[tuple[str, str], ...]
    errors: tuple[int, ...]
    media: tuple[str, ...]


OPERATIONS: list[Operation] = []


class ApiError(Exception):
    """A request that gets problem details as its response."""

    def __init__(self, status: int, title: str, detail: str = "") -> None:
        self.status, self.title, self.detail = status, title, detail
        super().__init__(title)


def operation(
    method: str,
    path: str,
    summary: str,
    response: Any = None,
    *,
    body: type[BaseModel] | None = None,
    status: int = 200,
    secured: bool = False,
    query: tuple[tuple[str, str], ...] = (),
    errors: tuple[int, ...] = (),
    media: tuple[str, ...] = (JSON,),
    limit: str = QUERY,
) -> Callable[[View], View]:
    """Register a view for ``method path``. It gets the validated body first and returns a model or a response."""

    def register(view: View) -> View:
        OPERATIONS.append(Operation(method, path, summary, body, response, status, secured, query, errors, media))

        @wraps(view)  # rates are counted by a view's name: under one name all operations would share the strictest
        def respond(**path_values: str) -> Response:
            try:
                result = view(_body(body), **path_values) if body else view(**path_values)
            except ValidationError as error:
                mistakes = validation_mistakes(error.errors(include_url=False, include_input=False, include_context=False))
                return problem_response(422, "The request is not of the right shape.", errors=mistakes)
            except AnswersError as error:
                mistakes = answer_mistakes(error.problems, preferred_lang())
                return problem_response(422, "Some answers cannot be read.", errors=mistakes)
            except InputError as error:
                return problem_response(410 if error.key == "case_gone" else 422, error.message(preferred_lang()))
            except ApiError as error:
                return problem_response(error.status, error.title, error.detail)
            return result if isinstance(result, Response) else _response(result, response, status)

        flask_path = path.replace("{", "<").replace("}", ">")
        blueprint.add_url_rule(flask_path, view.__name__, limiter.limit(limit)(respond), methods=[method])
        return view

    return register


def _body(model: type[BaseModel]) -> BaseModel:
    """The validated body of the request. A field given twice is an error, not the last of two."""
    if request.mimetype != JSON:
        raise ApiError(415, "Send JSON (Content-Type: application/json).")
    content = request.get_data(cache=False)
    try:
        json.loads(content, object_pairs_hook=_unique_fields, parse_constant=_reject_constant)
        return model.model_validate(from_json(content))
    except ValidationError:
        raise
    except (ValueError, RecursionError) as error:
        raise ApiError(400, "The body is not JSON.", str(error).splitlines()[0][:200]) from None


def _unique_fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a field is given twice")
    return fields


def _reject_constant(word: str) -> float:
    raise ValueError(f"{word} is no JSON")


def _response(result: Any, model: Any, status: int) -> Response:
    if result is None:
        return Response(status=status)
    content = to_json(TypeAdapter(model).dump_python(result, mode="json"))
    return Response(content, status=status, content_type=JSON)
