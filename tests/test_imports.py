"""What may import what: the contracts of pyproject.toml hold, and a breach planted in a copy of the package is seen."""

from __future__ import annotations

import shutil
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package beside its contracts, to plant imports in."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    sources = shutil.ignore_patterns("__pycache__", "*.yaml")
    return Path(shutil.copytree(ROOT / "advisor", tmp_path / "advisor", ignore=sources))


def check_contracts(package: Path) -> subprocess.CompletedProcess[str]:
    """Run ``lint-imports`` over a copy of the package."""
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([program, "--no-cache"], cwd=package.parent, capture_output=True, text=True, timeout=60)


def test_no_module_imports_itself_by_way_of_others():
    """Imports inside functions and for type checking count; a package and a module inside it are two modules."""
    graph = grimp.build_graph("advisor", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_an_untouched_copy_keeps_every_contract(package: Path):
    done = check_contracts(package)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("planted", ["import experta", "def later() -> None:\n    from experta.matchers import ReteMatcher"])
@pytest.mark.parametrize("module", ["assessment/verdict.py", "inference/column_engine.py", "brand_new.py"])
def test_experta_imported_by_any_other_module_is_seen(package: Path, module: str, planted: str):
    with (package / module).open("a", encoding="utf-8") as file:
        file.write(f"\n\n{planted}\n")
    done = check_contracts(package)
    assert done.returncode != 0
    assert "Only one module imports experta BROKEN" in done.stdout


@pytest.mark.parametrize("planted", ["def later() -> None:\n    import {}", "if TYPE_CHECKING:\n    import {}"])
def test_a_circle_is_seen_even_where_one_import_hides(package: Path, planted: str):
    with (package / "knowledge" / "schema" / "base.py").open("a", encoding="utf-8") as file:
        file.write(f"\n\n{planted.format('advisor.knowledge.schema.findings')}\n")
    done = check_contracts(package)
    assert done.returncode != 0
    assert "No circles, neither between modules nor between packages BROKEN" in done.stdout
