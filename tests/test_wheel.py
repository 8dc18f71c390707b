"""The installed package works far from its source: knowledge, questionnaires and templates are inside."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_what_the_program_reads(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()
    for part in (
        "rules/vocabulary/need.yaml",
        "questionnaires/editions/quick.yaml",
        "questionnaires/samples/",
        "templates/report/",
        "docs/glossary.yaml",
        "docs/readiness_models.yaml",
        "tests/panel/",
    ):
        assert any(name.startswith(f"advisor/data/{part}") for name in names), part
    assert "advisor/py.typed" in names  # type checkers of those who import it read our types
    assert not any(name.startswith("tests/") for name in names)


def test_the_command_runs_from_another_folder_with_nothing_but_the_wheel(wheel: Path, tmp_path: Path):
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    environment |= {"PYTHONPATH": str(site), "ADVISOR_CACHE": str(tmp_path / "cache"), "LANG": "C.UTF-8"}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "advisor", *words]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    asked = "import advisor; print(advisor.__file__)"
    where = subprocess.run(
        [sys.executable, "-c", asked], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert where.stdout.startswith(str(site))
    checked = run("rules", "check")
    assert checked.returncode == 0, checked.stderr
    shown = run("demo", "--out", str(tmp_path / "demo"))
    assert shown.returncode == 0, shown.stderr
    assert sorted(p.name for p in (tmp_path / "demo").iterdir()) == [
        "machine_tool_maker.en.pdf",
        "machine_tool_maker.slides.en.pptx",
        "machine_tool_maker.slides.zh.pptx",
        "machine_tool_maker.zh.pdf",
    ]
