"""The schema editors use says the same as the program."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from advisor.knowledge.json_schema import schemas
from advisor.yaml_source import parse_bytes

ROOT = Path(__file__).parents[2]


def plain(node):
    """Marked containers as plain ones; keys as JSON has them."""
    if isinstance(node, dict):
        return {str(k): plain(v) for k, v in node.items()}
    return [plain(v) for v in node] if isinstance(node, list) else node


@pytest.mark.parametrize("name", ["rules.json", "questionnaires.json"])
def test_the_committed_schema_is_the_generated_one(knowledge, name):
    committed = json.loads((ROOT / "docs" / "schema" / name).read_text("utf-8"))
    assert committed == json.loads(json.dumps(schemas(knowledge)[name])), "run: ./run rules schema"


@pytest.mark.slow
def test_all_knowledge_passes_its_schema(knowledge):
    found = schemas(knowledge)
    for folder, name in (("rules", "rules.json"), ("questionnaires", "questionnaires.json")):
        validator = jsonschema.Draft202012Validator(found[name])
        for path in (ROOT / folder).rglob("*.yaml"):
            if "samples" not in path.parts:
                errors = list(validator.iter_errors(plain(parse_bytes(path.read_bytes(), path.name))))
                assert not errors, f"{path.name}: {errors[0].message}"


@pytest.mark.parametrize(
    "when",
    [
        {"wihs": 4},
        {"wish": 9},
        {"wish": {"at_least": 9}},
        {"trade": "baker"},
        {"trade": {"at_least": 1}},
        {"found": "nothing"},
        {},
    ],
)
def test_the_schema_refuses_what_the_program_refuses(small, when):
    rule = {
        "id": "x",
        "when": when,
        "then": {"need": "files"},
        "sources": ["P1-01"],
        "basis": "stated",
        "text": {"zh": "文", "en": "t"},
    }
    validator = jsonschema.Draft202012Validator(schemas(small)["rules.json"])
    assert list(validator.iter_errors({"rules": [rule]}))
    assert not list(
        validator.iter_errors({"rules": [{**rule, "when": {"wish": {"at_least": 4}, "any": [{"trade": "shop"}]}}]})
    )


def test_the_small_knowledge_passes_too(small):
    raw = plain(parse_bytes((ROOT / "tests/small/rules/all.yaml").read_bytes(), "all.yaml"))
    assert not list(jsonschema.Draft202012Validator(schemas(small)["rules.json"]).iter_errors(raw))
