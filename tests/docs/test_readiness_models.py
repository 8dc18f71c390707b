"""Published models of readiness: every factor leads to questions and rules that are there, or says why it does not.

``UPDATE_GOLDEN=1 .venv/bin/python -m pytest -n 0 tests/docs/test_readiness_models.py`` writes the tables of the page anew.
"""

from __future__ import annotations

import os
from typing import Any

import pytest

from advisor import yaml_source
from advisor.knowledge import Knowledge
from advisor.knowledge.coverage import rule_links
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "readiness-models.md"
START = "<!-- tables -->\n"
MODELS: dict[str, Any] = yaml_source.parse((ROOT / "docs" / "readiness_models.yaml").read_text("utf-8"), "models")
FACTORS = [(name, factor) for name, model in MODELS.items() for factor in model["factors"]]


def tables(knowledge: Knowledge) -> str:
    """The part of the page that is written from the data."""
    lines = []
    for model in MODELS.values():
        read = "; ".join(f"<{copy['page']}> ({copy['on']})" for copy in model["read"])
        lines += [f"## {model['name']['en']}", "", model["citation"], ""]
        lines += [f"{model['missing']['en']} {model['figures']['en']}", "", f"Read: {read}", ""]
        lines += ["| factor | asked by | acted on by |", "|---|---|---|"]
        for factor in model["factors"]:
            codes = ", ".join(knowledge.questions[name].code for name in factor.get("questions", ()))
            rules = ", ".join(f"`{name}`" for name in factor.get("rules", ()))
            outside = factor.get("out_of_scope", {}).get("en")
            lines.append(f"| {factor['title']['en']} | {codes or 'out of scope'} | {rules or outside} |")
        lines.append("")
    return "\n".join(lines)


@pytest.mark.parametrize(("model", "factor"), FACTORS, ids=[f"{name}.{factor['id']}" for name, factor in FACTORS])
def test_a_factor_leads_to_questions_and_rules_or_says_why_not(model: str, factor: dict[str, Any], knowledge: Knowledge):
    if outside := factor.get("out_of_scope"):
        assert outside["zh"] and outside["en"] and not factor.get("questions") and not factor.get("rules")
        return
    assert set(factor["questions"]) <= set(knowledge.questions), factor["id"]
    assert set(factor["rules"]) <= set(knowledge.rules_by_id), factor["id"]
    assert factor["questions"] and factor["rules"]


def test_a_rule_that_reads_answers_reads_one_of_the_questions_of_its_factor(knowledge: Knowledge):
    for model, factor in FACTORS:
        for rule in factor.get("rules", ()):
            asked = set(rule_links(knowledge, rule).questions)
            assert not asked or asked & set(factor["questions"]), f"{model}.{factor['id']}: {rule}"


def test_every_model_says_what_was_read_and_what_was_not():
    for name, model in MODELS.items():
        assert model["read"] and all(copy["page"].startswith("https://") and copy["on"] for copy in model["read"]), name
        assert all(model[key]["zh"] and model[key]["en"] for key in ("name", "missing", "figures")), name
        assert len({factor["id"] for factor in model["factors"]}) == len(model["factors"]), name


def test_the_page_has_the_tables_of_the_data(knowledge: Knowledge):
    head, start, _ = PAGE.read_text("utf-8").partition(START)
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(head + start + tables(knowledge), "utf-8")
    assert PAGE.read_text("utf-8") == head + start + tables(knowledge)
