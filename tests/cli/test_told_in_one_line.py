"""What cannot be read, written or reached is told in one line of the user's language, in the order of the sheet."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from advisor.cli.main import advisor
from advisor.errors import Place, Problem, ProblemsError
from tests.conftest import ROOT

SMALL = ["--rules", str(ROOT / "tests/small/rules"), "--questionnaires", str(ROOT / "tests/small/questionnaires")]
FIRM = "firm: {name: 小店}\nA1: shop\npeople: 3\nA3: 2\nA4: 2\nA5: 5 / 3\nbudget: 30万\nsponsor: no\ntools: none\n"
WRITING = (
    "assess firm.yaml --save {}/a.json",
    "report firm.yaml --format html --out {}",
    "batch firms.csv --out {} --jobs 0 --format html",
    "batch firms.csv --out {} --jobs 0 --format scores",
    "batch template --out {}/t.xlsx",
    "questionnaire export --out {}/q.xlsx",
    "new 小店 --out {}",
    "interview {}/i.yaml",
    "rules schema --out {}",
    "purge --database {}/cases.db",
    "backup {}/cases.backup --database cases.db",
)
"""Commands that write, each into a folder."""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "firm.yaml").write_text(FIRM, "utf-8")
    (tmp_path / "firms.csv").write_text("Firm,wish,trade\nNorth,4,shop\n", "utf-8")
    (tmp_path / "file").write_text("", "utf-8")

    def told(words: str) -> list[str]:
        done = CliRunner().invoke(advisor, [*SMALL, "--lang", "zh", *words.split()], input="小店\nq\n")
        assert done.exit_code == 3, done.output
        assert isinstance(done.exception, SystemExit)
        return done.output.splitlines()

    return told


@pytest.mark.parametrize("words", WRITING)
def test_a_folder_that_takes_nothing_is_told_in_one_line(words: str, run):
    lines = run(words.format("file/within"))
    assert [line for line in lines if line.startswith("无法写入")] == lines[-1:]
    assert lines[-1].endswith("：路径中有一段不是文件夹。")


@pytest.mark.parametrize(("code", "reason"), [(28, "磁盘已满"), (30, "文件系统是只读的"), (13, "没有权限")])
def test_a_full_disk_and_a_read_only_folder_are_told_with_the_reason(code: int, reason: str, run, monkeypatch):
    def refused(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "replace", refused)
    for words in ("assess firm.yaml --save a.json", "questionnaire export --out q.xlsx", "batch template --out t.xlsx"):
        assert run(words)[-1].endswith(f"：{reason}。")


def test_a_server_that_is_not_reached_is_told_in_one_line(run):
    (line,) = run("purge --database postgresql://127.0.0.1:9/none")
    assert "127.0.0.1" in line and "Traceback" not in line


def test_mistakes_follow_the_sheets_as_they_were_read():
    places = [("二、销售", 9), ("二、销售", 3), ("一、企业", 5), ("附：财务", 2)]
    error = ProblemsError(Problem("A107", Place("firm.xlsx", line, 3, sheet), {"found": "x"}) for sheet, line in places)
    assert [(p.place.sheet, p.place.line) for p in error.problems] == [
        ("二、销售", 3),
        ("二、销售", 9),
        ("一、企业", 5),
        ("附：财务", 2),
    ]
