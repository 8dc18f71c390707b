"""Looking after the database from the command line: backup, restore, purge, keys, and what serve refuses."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.fernet import Fernet

from advisor.cli.main import advisor
from advisor.interview.answers import UNKNOWN
from advisor.knowledge import Knowledge
from advisor.store import Store, open_database
from advisor.store.migrate import migrate


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(advisor, ["--lang", "en", *words])
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture
def database(tmp_path: Path, knowledge: Knowledge) -> Path:
    path = tmp_path / "cases.db"
    opened = open_database(path)
    migrate(opened)
    store = Store(opened)
    case, _ = store.create("quick")
    store.save_answers(case.id, {"industry": UNKNOWN}, knowledge)
    opened.close()
    return path


def test_a_backup_goes_to_a_new_file_and_comes_back_into_an_empty_database(tmp_path: Path, database: Path):
    file = tmp_path / "backup.gz"
    assert str(file) in run("backup", str(file), "--database", str(database))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600, "what all firms answered is nobody else's to read"
    assert "there already" in run("backup", str(file), "--database", str(database), code=3)
    assert "Rows restored: 3" in run("restore", str(file), "--database", str(tmp_path / "new.db"))
    assert "already holds data" in run("restore", str(file), "--database", str(database), code=3)
    assert "no file" in run("restore", str(tmp_path / "none.gz"), "--database", str(tmp_path / "x.db"), code=3).lower()


def test_purging_says_how_many_went(database: Path):
    assert "Cases deleted: 0." in run("purge", "--database", str(database))


def test_a_new_key_is_one_that_works():
    assert Fernet(run("new-key").strip().encode())


@pytest.mark.parametrize("words", [["--papers-only"], ["--weights", "balanced"]])
def test_serve_refuses_options_it_could_not_keep(words: list[str], tmp_path: Path):
    assert "whole knowledge" in run(*words, "serve", "--database", str(tmp_path / "x.db"), code=3)


def test_serve_refuses_a_key_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ADVISOR_DATA_KEY", "short")
    assert "not a valid key" in run("serve", "--database", str(tmp_path / "x.db"), code=3)
