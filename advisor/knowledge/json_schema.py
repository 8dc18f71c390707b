"""JSON Schemas of the YAML files, made from the models and the vocabulary, for editors that complete and check."""

from __future__ import annotations

from typing import Any

from advisor.knowledge.facts import Fact
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import COMPARISONS
from advisor.knowledge.read_premises import SET_TESTS
from advisor.knowledge.schema import QuestionsFile, RulesFile


def schemas(knowledge: Knowledge) -> dict[str, dict[str, Any]]:
    """File name to schema. ``when`` and ``ask_if`` know every fact with the values it can take."""
    found = {}
    for name, shape in (("rules.json", RulesFile), ("questionnaires.json", QuestionsFile)):
        schema = shape.model_json_schema()
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        schema["$defs"]["Premises"] = _premises(knowledge)
        for definition, field in (("Rule", "when"), ("Question", "ask_if"), ("CrossCheck", "when")):
            if definition in schema["$defs"]:
                schema["$defs"][definition]["properties"][field] = {"$ref": "#/$defs/Premises"}
        schema["$defs"]["Given"] = _given(knowledge)
        given = {"$ref": "#/$defs/Given"}
        for definition in {"Cases", "CrossCheckCases"} & set(schema["$defs"]):
            for kind in schema["$defs"][definition]["properties"].values():
                kind.clear()
                kind["anyOf"] = [given, {"type": "array", "items": given, "minItems": 1}]
        if "Rule" in schema["$defs"]:
            _allow_single_conclusion(schema["$defs"]["Rule"]["properties"])
        found[name] = schema
    return found


def _allow_single_conclusion(properties: dict[str, Any]) -> None:
    several = properties["then"]
    properties["then"] = {"anyOf": [several["items"], several]}


def _premises(knowledge: Knowledge) -> dict[str, Any]:
    part = {"$ref": "#/$defs/Premises"}
    parts = {"type": "array", "items": part, "minItems": 1}
    finding = {"enum": sorted(knowledge.findings)}
    words = {
        "all": parts,
        "any": parts,
        "not": part,
        "found": {"anyOf": [finding, {"type": "array", "items": finding}]},
    }
    facts = {name: _test(fact) for name, fact in knowledge.facts.items() if not fact.type.free}
    return {"type": "object", "properties": {**words, **facts}, "additionalProperties": False, "minProperties": 1}


def _given(knowledge: Knowledge) -> dict[str, Any]:
    """The facts of a case: values as in a file of answers, and findings taken as settled."""
    finding = {"enum": sorted(knowledge.findings)}
    findings = {"anyOf": [finding, {"type": "array", "items": finding}]}
    facts = {}
    for name, fact in knowledge.facts.items():
        value = fact.type.schema(fact)
        forms = [value, {"enum": ["unknown", "not_applicable"]}]
        facts[name] = {"anyOf": [*forms, {"type": "array", "items": value}] if fact.type.several else forms}
    return {
        "type": "object",
        "properties": {"found": findings, "not_found": findings, **facts},
        "additionalProperties": False,
    }


def _test(fact: Fact) -> dict[str, Any]:
    value = fact.type.schema(fact)
    several = {"type": "array", "items": value, "minItems": 1}
    if fact.type.several:
        count = {"type": "object", "properties": {op: {"type": "integer"} for op in COMPARISONS}}
        operators = {**{op: {"anyOf": [value, several]} for op in SET_TESTS}, "count": count}
    else:
        operators = dict.fromkeys(COMPARISONS, value) if fact.type.ordered else {}
    tests: list[dict[str, Any]] = [value, several, {"const": "unknown"}]
    if operators:
        tests.append({"type": "object", "properties": operators, "additionalProperties": False, "minProperties": 1})
    return {"anyOf": tests, "description": f"{fact.label.zh} / {fact.label.en}"}
