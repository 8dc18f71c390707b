"""One decorator for every operation: it reads and checks the request, and writes down what OpenAPI says of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

from advisor.errors import AnswersError, InputError
from advisor.web.api import API_PREFIX, problems
from advisor.web.limits import ASK, limiter
from advisor.web.words import preferred

blueprint = Blueprint("api", __name__, url_prefix=API_PREFIX)
View = Callable[..., Any]
JSON = "application/json"


@dataclass(frozen=True)
class Operation:
    """What the description of the API says of one operation."""

    method: str
    path: str
    summary: str
    body: type[BaseModel] | None
    answer: Any
    status: int
    secured: bool
    query: tuple[tuple[str, str], ...]
    errors: tuple[int, ...]
    media: tuple[str, ...]


OPERATIONS: list[Operation] = []


class Refused(Exception):  # noqa: N818 (an answer, not a fault)
    """A request that is answered with a problem."""

    def __init__(self, status: int, title: str, detail: str = "") -> None:
        self.status, self.title, self.detail = status, title, detail
        super().__init__(title)


def operation(
    method: str,
    path: str,
    summary: str,
    answer: Any = None,
    *,
    body: type[BaseModel] | None = None,
    status: int = 200,
    secured: bool = False,
    query: tuple[tuple[str, str], ...] = (),
    errors: tuple[int, ...] = (),
    media: tuple[str, ...] = (JSON,),
    limit: str = ASK,
) -> Callable[[View], View]:
    """Have a function answer ``method path``. It gets the checked body first and may return a model or a response."""

    def register(view: View) -> View:
        OPERATIONS.append(Operation(method, path, summary, body, answer, status, secured, query, errors, media))

        def run(**parts: str) -> Response:
            try:
                found = view(_body(body), **parts) if body else view(**parts)
            except ValidationError as error:
                mistakes = problems.of_shape(error.errors(include_url=False, include_input=False, include_context=False))
                return problems.answer(422, "The request is not of the right shape.", errors=mistakes)
            except AnswersError as error:
                return problems.answer(
                    422, "Some answers cannot be read.", errors=problems.of_problems(error.problems, preferred())
                )
            except InputError as error:
                return problems.answer(410 if error.key == "case_gone" else 422, error.message(preferred()))
            except Refused as refused:
                return problems.answer(refused.status, refused.title, refused.detail)
            return found if isinstance(found, Response) else _response(found, answer, status)

        flask_path = path.replace("{", "<").replace("}", ">")
        blueprint.add_url_rule(flask_path, view.__name__, limiter.limit(limit)(run), methods=[method])
        return view

    return register


def _body(shape: type[BaseModel]) -> BaseModel:
    """The request's body, of the shape asked for. A field given twice is a mistake, not the last of two."""
    if request.mimetype != JSON:
        raise Refused(415, "Send JSON (Content-Type: application/json).")
    content = request.get_data(cache=False)
    try:
        json.loads(content, object_pairs_hook=_once, parse_constant=_no_constant)
        return shape.model_validate(from_json(content))
    except ValidationError:
        raise
    except (ValueError, RecursionError) as error:
        raise Refused(400, "The body is not JSON.", str(error).splitlines()[0][:200]) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field is given twice")
    return found


def _no_constant(word: str) -> float:
    raise ValueError(f"{word} is no JSON")


def _response(found: Any, shape: Any, status: int) -> Response:
    if found is None:
        return Response(status=status)
    content = to_json(TypeAdapter(shape).dump_python(found, mode="json"))
    return Response(content, status=status, content_type=JSON)
