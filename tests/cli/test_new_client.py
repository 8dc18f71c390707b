"""``advisor new``: the folder that work for a client begins with."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from advisor.cli.main import advisor
from advisor.reporting.theme import read_theme
from tests.conftest import ROOT

SMALL = ["--rules", str(ROOT / "tests/small/rules"), "--questionnaires", str(ROOT / "tests/small/questionnaires")]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)

    def invoke(*words: str) -> Result:
        return CliRunner().invoke(advisor, [*SMALL, *words])

    return invoke


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("client", "folder"),
    [
        ("上海某某精密/机床有限公司", "上海某某精密-机床有限公司"),
        ('../Smith & Sons: "CRM" <2026>', "Smith-Sons-CRM-2026"),
        ("con", "con_"),
    ],
)
def test_a_client_of_any_name_gets_a_folder_whose_readme_can_be_followed(client: str, folder: str, lang: str, run):
    made = run("new", client, "--lang", lang, "--out", "my clients")
    assert made.exit_code == 0, made.output
    place = Path("my clients") / folder
    files = {"README.md", "answers.selection.yaml", "answers.xlsx", "notes.md", "theme.yaml"}
    assert {path.name for path in place.iterdir()} == files
    assert read_theme(place / "theme.yaml").name is not None
    readme = (place / "README.md").read_text("utf-8")
    assert readme.startswith(f"# {client}\n")
    commands = [shlex.split(line) for line in readme.splitlines() if line.startswith("advisor ")]
    assert [words[1] for words in commands] == ["questionnaire", "assess", "report"]
    for _, *words in commands:
        done = run(*words, *(["--format", "html"] if words[0] == "report" else []))
        assert done.exit_code == 0, done.output
    assert client.replace("<", "&lt;").split("&")[0] in next((place / "reports").glob("answers.*.html")).read_text("utf-8")


def test_every_line_of_the_settings_can_be_used(run, knowledge):
    from advisor.selection import read_settings

    assert run("new", "North", "--format", "yaml", "--lang", "en").exit_code == 0
    path = Path("North/answers.selection.yaml")
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(line.removeprefix("# ") for line in lines[1:]), "utf-8")
    assert read_settings(path, knowledge).years == 3


def test_a_folder_that_is_there_is_left_as_it_is(run):
    assert run("new", "North", "--format", "yaml").exit_code == 0
    Path("North/notes.md").write_text("mine", "utf-8")
    again = run("new", "North")
    assert again.exit_code == 3 and "--out" in again.output
    assert Path("North/notes.md").read_text("utf-8") == "mine"
    assert not Path("North/answers.xlsx").exists()


@pytest.mark.parametrize("client", ["…", "  ", "../.."])
def test_a_name_that_could_name_no_folder_is_refused(client: str, run, tmp_path: Path):
    assert run("new", client).exit_code == 3
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_where_not_all_can_be_written(run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    import os

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    told = run("new", "North", "--lang", "en")
    assert told.exit_code == 3 and "No space left on device" in told.output
    assert list(tmp_path.iterdir()) == []


def test_the_readme_of_a_client_names_editions_as_they_are_called_today(tmp_path):
    for lang in ("zh", "en"):
        made = CliRunner().invoke(advisor, ["--lang", lang, "new", f"Client {lang}", "--out", str(tmp_path)])
        assert made.exit_code == 0, made.output
        text = (tmp_path / f"Client-{lang}" / "README.md").read_text("utf-8")
        assert "--edition summary,client,evidence " in text
