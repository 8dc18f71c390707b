"""``advisor portfolio``: from a file of entries to files, and every line that is none told by its number."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

from advisor.cli.exits import EXIT_INPUT
from advisor.cli.main import advisor
from advisor.errors import ProblemsError
from advisor.portfolio import entries_file
from advisor.portfolio.entries_file import dump_entries, read_entries
from advisor.portfolio.entry import PortfolioEntry
from tests.portfolio.conftest import make_entry


@pytest.fixture
def folder(crowd: list[PortfolioEntry], tmp_path: Path) -> Path:
    (tmp_path / "entries.jsonl").write_text(dump_entries(crowd[:12]), "utf-8")
    return tmp_path


def test_entries_come_back_as_they_were_written(folder: Path, crowd: list[PortfolioEntry]):
    assert read_entries(folder) == read_entries(folder / "entries.jsonl") == crowd[:12]


def test_every_bad_line_is_told_by_its_number(tmp_path: Path):
    good = make_entry(1).model_dump_json()
    lines = [good, "", "{}", good, "[" * 100_000, good.replace("firm_1", "firm_2").replace('"project"', '"other"')]
    file = tmp_path / "x.jsonl"
    file.write_text("\n".join(lines), "utf-8")
    with pytest.raises(ProblemsError) as caught:
        read_entries(file)
    assert [(p.code, p.place.line) for p in caught.value.problems] == [("P100", 3), ("P101", 4), ("P100", 5), ("P100", 6)]
    assert "model" in caught.value.problems[-1].message("en")


def test_entries_changed_by_hand_are_told_or_counted_but_never_break_the_portfolio(tmp_path: Path):
    file = tmp_path / "entries.jsonl"
    good = make_entry(1).model_dump_json()
    file.write_text(good.replace('"row":2', f'"row":{10**400}'), "utf-8")
    with pytest.raises(ProblemsError, match=r"P100 .*row"):
        read_entries(file)
    file.write_text("\n".join(make_entry(number, path="found", steps=()).model_dump_json() for number in range(5)), "utf-8")
    result = CliRunner().invoke(advisor, ["--lang", "en", "portfolio", str(file), "--format", "html"])
    assert result.exit_code == 0, result.exception


def test_a_line_without_end_is_one_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(entries_file, "MAX_LINE_BYTES", 4000)
    file = tmp_path / "x.jsonl"
    file.write_text("x" * 30_000 + "\n" + make_entry(1).model_dump_json(), "utf-8")
    with pytest.raises(ProblemsError) as caught:
        read_entries(file)
    assert [(p.code, p.place.line) for p in caught.value.problems] == [("P100", 1)]


def test_the_command_writes_beside_the_entries(folder: Path):
    result = CliRunner().invoke(advisor, ["--lang", "en", "portfolio", str(folder), "--format", "html", "--failed", "1"])
    assert result.exit_code == 0, result.output
    assert [Path(line).name for line in result.output.splitlines()] == ["index.html", "index.xlsx", "portfolio.en.html"]
    assert "Rows that could not be read" in (folder / "index.html").read_text("utf-8")


@pytest.mark.parametrize("extra", [["--format", "odt"], ["--lang", "fr"]])
def test_strange_options_are_refused_and_nothing_is_written(folder: Path, extra: list[str]):
    result = CliRunner().invoke(advisor, ["portfolio", str(folder), *extra])
    assert result.exit_code == EXIT_INPUT
    assert [path.name for path in folder.iterdir()] == ["entries.jsonl"]


def test_a_file_that_is_not_there_is_said(tmp_path: Path):
    result = CliRunner().invoke(advisor, ["--lang", "en", "portfolio", str(tmp_path / "none.jsonl")])
    assert result.exit_code == EXIT_INPUT
    assert "There is no file" in result.output


@pytest.mark.slow
def test_a_batch_ends_with_an_index_whose_links_lead_to_its_reports(tmp_path: Path):
    table = tmp_path / "firms.csv"
    table.write_text("No.,Firm,employees,industry\n1,甲厂,50,software\n2,index,500,bank\n3,bad,lots,bank\n", "utf-8")
    words = ["--lang", "zh", "batch", str(table), "--out", str(tmp_path / "out"), "--format", "json", "--jobs", "0"]
    result = CliRunner().invoke(advisor, words)
    assert result.exit_code == 1, result.output
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    links = [unquote(href) for href in re.findall(r'href="([^"#]+)"', page)]
    assert links == ["index.xlsx", "1-甲厂.assessment.json", "2-index.assessment.json"]
    assert all((tmp_path / "out" / link).is_file() for link in links)
    assert "另有1行无法读取为企业" in page
    again = CliRunner().invoke(advisor, [*words, "--resume", "--no-portfolio"])
    assert "index.html" not in again.output
