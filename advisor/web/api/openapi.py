"""The description of the API: OpenAPI 3.1 from the operations and their models."""

from __future__ import annotations

import json
import re
from functools import cache
from http import HTTPStatus
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema

from advisor.version import __version__
from advisor.web.api import API_PREFIX
from advisor.web.api.operations import JSON, OPERATIONS, Operation
from advisor.web.api.problems import CONTENT_TYPE, Details

REF = "#/components/schemas/{model}"


@cache
def describe() -> str:
    """The description as JSON."""
    components: dict[str, Any] = {}
    _, definitions = models_json_schema([(Details, "serialization")], ref_template=REF)
    components.update(definitions.get("$defs", {}))
    paths: dict[str, Any] = {}
    for operation in OPERATIONS:
        methods = paths.setdefault(f"{API_PREFIX}{operation.path}", {})
        methods[operation.method.lower()] = _describe_operation(operation, components)
    return json.dumps(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "CRM Advisor",
                "version": __version__,
                "description": "Should a firm bring in CRM, which kind, and what must come first?",
                "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            },
            "servers": [{"url": "/"}],
            "paths": paths,
            "components": {"schemas": components, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        },
        ensure_ascii=False,
    )


def _describe_operation(operation: Operation, components: dict[str, Any]) -> dict[str, Any]:
    name = re.sub(r"\W+", "_", f"{operation.method.lower()}{operation.path}").strip("_")
    description: dict[str, Any] = {
        "operationId": name,
        "summary": operation.summary,
        "responses": _responses(operation, components),
    }
    parameters = [
        {"name": part, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for part in re.findall(r"{(\w+)}", operation.path)
    ]
    parameters += [
        {"name": key, "in": "query", "required": False, "description": text, "schema": {"type": "string"}}
        for key, text in operation.query
    ]
    if parameters:
        description["parameters"] = parameters
    if operation.body:
        description["requestBody"] = {
            "required": True,
            "content": {JSON: {"schema": _schema(operation.body, "validation", components)}},
        }
    if operation.secured:
        description["security"] = [{"token": []}]
    return description


def _responses(operation: Operation, components: dict[str, Any]) -> dict[str, Any]:
    success: dict[str, Any] = {"description": operation.summary}
    if operation.response is not None:
        success["content"] = {JSON: {"schema": _schema(operation.response, "serialization", components)}}
    elif operation.status == HTTPStatus.OK:
        success["content"] = {media.partition(";")[0]: {} for media in operation.media}
    codes = {429, *operation.errors}
    if operation.body:
        codes |= {400, 413, 415, 422}
    if operation.secured:
        codes.add(401)
    problem = {"schema": {"$ref": REF.format(model=Details.__name__)}}
    errors = {
        str(code): {"description": HTTPStatus(code).phrase, "content": {CONTENT_TYPE: problem}} for code in sorted(codes)
    }
    return {str(operation.status): success, **errors}


def _schema(model: Any, mode: Any, components: dict[str, Any]) -> dict[str, Any]:
    if model is dict:
        return {"type": "object"}
    schema = _without_clashes(TypeAdapter(model).json_schema(ref_template=REF, mode=mode), model.__name__, components)
    components.update(schema.pop("$defs", {}))
    resolved = schema if "$ref" not in schema else components[schema["$ref"].rpartition("/")[2]]
    name = resolved["title"]  # the published name; a class may have a more specific one
    components[name] = resolved
    return {"$ref": REF.format(model=name)}


def _without_clashes(schema: dict[str, Any], owner: str, components: dict[str, Any]) -> dict[str, Any]:
    """A schema whose parts are called otherwise than other parts known already: classes of two modules may share a name."""
    for name in [name for name, part in schema.get("$defs", {}).items() if components.get(name, part) != part]:
        unique = f"{owner}{name}"
        schema["$defs"][unique] = schema["$defs"].pop(name)
        schema = json.loads(json.dumps(schema).replace(f'"{REF.format(model=name)}"', f'"{REF.format(model=unique)}"'))
    return schema
