"""What is imported is declared, what is declared is used, and what is used against its grain is bounded."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
DISTRIBUTIONS = {
    "clips": {"clipspy"}, "zen": {"zen-engine"},  # of the benchmarks, not installed for the tests
    "cosmic_ray": {"cosmic-ray"},  # nor for them: of the mutation tests
    **{name: {canonicalize_name(d) for d in found} for name, found in packages_distributions().items()},
}  # fmt: skip
OFFERED = sorted(set(PROJECT["optional-dependencies"]) - {"test", "bench", "mutants"})
"""The extras a user can ask for."""
OURS = {"advisor", "tests", "benchmarks", "mutants", "_typeshed"}
"""Our own packages, and the one that only type checkers have."""
NOT_IMPORTED = {"psycopg"}
"""SQLAlchemy loads it by the address of the database."""
PRIVATE = {
    "reporting/slides/deck.py": "python-pptx",
    "batch/marked_workbook.py": "openpyxl",
    "portfolio/index_workbook.py": "openpyxl",
    "reporting/weasyprint/engine.py": "pydyf",
    "reporting/word/pictures.py": "python-docx",
    "reporting/word/xml_parts.py": "python-docx",
}
"""Modules that use names a library keeps to itself."""
DOCUMENTED = {"_asdict", "_exit", "_replace"}
"""Names that begin with an underscore and are promised all the same."""


def declared(*extras: str) -> dict[str, Requirement]:
    """The requirements of the project with some of its extras, by name."""
    optional = PROJECT["optional-dependencies"]
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in optional[extra])]
    return {canonicalize_name(r.name): r for r in map(Requirement, lines)}


def imports(tree: ast.AST) -> Iterator[str]:
    """The top-level packages from outside that some code imports."""
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        yield from sorted({name.partition(".")[0] for name in names} - OURS - sys.stdlib_module_names)


def undeclared(source: str, *extras: str) -> list[str]:
    """The packages that some code imports and nothing declares."""
    known = set(declared(*extras))
    return [name for name in imports(ast.parse(source)) if not DISTRIBUTIONS.get(name, set()) & known]


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize(
    ("folder", "extras"),
    [("advisor", OFFERED), ("tests", ["test"]), ("benchmarks", ["test", "bench"]), ("mutants", ["test", "mutants"])],
)
def test_what_is_imported_is_declared(folder: str, extras: list[str]):
    missing = {path.relative_to(ROOT): found for path in modules(folder) if (found := undeclared(path.read_text(), *extras))}
    assert missing == {}


def test_an_import_of_something_only_a_dependency_brings_is_seen():
    assert undeclared("import limits\nfrom tinycss2 import parse_stylesheet\nimport json, flask") == ["limits", "tinycss2"]


@pytest.mark.parametrize("extra", OFFERED)
def test_an_extra_is_imported_only_where_it_is_asked_for(extra: str):
    """At the top of a module it would keep the program from starting where the extra is not installed."""
    only_there = set(declared(extra)) - set(declared())
    for path in modules("advisor"):
        top = ast.Module(
            [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.Import | ast.ImportFrom)], []
        )
        for name in imports(top):
            assert not DISTRIBUTIONS.get(name, set()) & only_there, path


def test_what_is_declared_is_used():
    used = {
        d
        for path in modules("advisor")
        for name in imports(ast.parse(path.read_text()))
        for d in DISTRIBUTIONS.get(name, ())
    }
    assert set(declared(*OFFERED)) - used - NOT_IMPORTED == set()


def test_the_extra_for_tests_has_all_that_users_can_ask_for():
    assert set(declared(*OFFERED)) <= set(declared("test"))


def private_names(source: str) -> list[str]:
    """Names with an underscore in front that some code takes from anything but itself."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.endswith("__"):
            if node.attr in DOCUMENTED:
                continue
            mine = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            found += [] if mine else [node.attr]
    return found


def test_a_library_whose_private_names_are_used_is_bounded():
    folder = ROOT / "advisor"
    users = {path.relative_to(folder).as_posix() for path in modules("advisor") if private_names(path.read_text())}
    assert users == set(PRIVATE)
    for name in {*PRIVATE.values(), "weasyprint", "experta"}:
        operators = {bound.operator for bound in declared()[name].specifier}
        assert operators & {"<", "==", "~="}, f"{name} has no upper bound"


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-test.txt", "requirements-bench.txt", "requirements-mutants.txt"]
)
def test_the_pinned_packages_meet_what_is_declared_and_name_no_address(name: str):
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    pinned = {canonicalize_name(line.split("==")[0].split("[")[0]): line for line in text.splitlines() if "==" in line}
    for requirement in declared().values():
        line = pinned[canonicalize_name(requirement.name)]
        version = line.split("==")[1].split()[0]
        assert requirement.specifier.contains(version), f"{requirement}: {version}"
