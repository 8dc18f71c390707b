"""The table of mutation tests names modules and tests that are there. ``./run mutants`` runs them."""

from __future__ import annotations

import ast
import re

import pytest
import yaml

from tests.conftest import ROOT

GUARDS = yaml.safe_load((ROOT / "mutants" / "guards.yaml").read_text("utf-8"))
EQUIVALENTS = yaml.safe_load((ROOT / "mutants" / "equivalents.yaml").read_text("utf-8"))
TESTS = {path: tests for modules in GUARDS.values() for path, tests in modules.items()}


def test_every_matter_that_must_be_guarded_is():
    assert list(GUARDS) == ["verdict", "scores", "bounds", "limits", "access", "currency", "cost"]


@pytest.mark.parametrize("module", TESTS)
def test_a_module_is_guarded_by_tests_that_are_there(module: str):
    assert (ROOT / module).is_file()
    for test in TESTS[module]:
        file, _, name = test.partition("::")
        tree = ast.parse((ROOT / file).read_text("utf-8"))
        assert not name or name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, test


@pytest.mark.parametrize("entry", EQUIVALENTS, ids=lambda entry: entry["before"])
def test_a_mutant_called_equivalent_is_one_of_a_line_that_is_there(entry: dict[str, str]):
    modules = [entry["module"]] if "module" in entry else list(TESTS)
    lines = [" ".join(line.split()) for module in modules for line in (ROOT / module).read_text("utf-8").splitlines()]
    assert any(re.search(entry["before"], line) for line in lines)
    assert entry["why"].endswith(".")
    assert f"| {entry['why']} |" in (ROOT / "docs" / "quality.md").read_text("utf-8")
