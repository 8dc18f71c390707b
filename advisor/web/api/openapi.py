"""The API described by itself: OpenAPI 3.1 from the operations and the models they use."""

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
from advisor.web.api.problems import TYPE, Details

REF = "#/components/schemas/{model}"


@cache
def describe() -> str:
    """The description as JSON."""
    components: dict[str, Any] = {}
    _, top = models_json_schema([(Details, "serialization")], ref_template=REF)
    components.update(top.get("$defs", {}))
    paths: dict[str, Any] = {}
    for found in OPERATIONS:
        paths.setdefault(f"{API_PREFIX}{found.path}", {})[found.method.lower()] = _operation(found, components)
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


def _operation(found: Operation, components: dict[str, Any]) -> dict[str, Any]:
    name = re.sub(r"\W+", "_", f"{found.method.lower()}{found.path}").strip("_")
    said: dict[str, Any] = {"operationId": name, "summary": found.summary, "responses": _responses(found, components)}
    parameters = [
        {"name": part, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for part in re.findall(r"{(\w+)}", found.path)
    ]
    parameters += [
        {"name": key, "in": "query", "required": False, "description": about, "schema": {"type": "string"}}
        for key, about in found.query
    ]
    if parameters:
        said["parameters"] = parameters
    if found.body:
        said["requestBody"] = {
            "required": True,
            "content": {JSON: {"schema": _schema(found.body, "validation", components)}},
        }
    if found.secured:
        said["security"] = [{"token": []}]
    return said


def _responses(found: Operation, components: dict[str, Any]) -> dict[str, Any]:
    right: dict[str, Any] = {"description": found.summary}
    if found.answer is not None:
        right["content"] = {JSON: {"schema": _schema(found.answer, "serialization", components)}}
    elif found.status == HTTPStatus.OK:
        right["content"] = {media.partition(";")[0]: {} for media in found.media}
    codes = {429, *found.errors}
    if found.body:
        codes |= {400, 413, 415, 422}
    if found.secured:
        codes.add(401)
    wrong = {"schema": {"$ref": REF.format(model=Details.__name__)}}
    errors = {str(code): {"description": HTTPStatus(code).phrase, "content": {TYPE: wrong}} for code in sorted(codes)}
    return {str(found.status): right, **errors}


def _schema(shape: Any, mode: Any, components: dict[str, Any]) -> dict[str, Any]:
    if shape is dict:
        return {"type": "object"}
    schema = TypeAdapter(shape).json_schema(ref_template=REF, mode=mode)
    components.update(schema.pop("$defs", {}))
    name = shape.__name__
    components[name] = schema if "$ref" not in schema else components[schema["$ref"].rpartition("/")[2]]
    return {"$ref": REF.format(model=name)}
