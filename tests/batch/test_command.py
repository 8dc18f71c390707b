"""The command as users call it: exit codes, what is written and what is not, and what is said at the end."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from advisor.cli.main import advisor
from advisor.portfolio.entries_file import read_entries
from tests.batch.conftest import GOOD, HEADS, write_csv
from tests.conftest import SMALL

BAD = ["坏", "shopp", "many", "2", "2", "5 / 3", "30万", "no", "none"]


@pytest.fixture
def command(tmp_path):
    """``advisor batch`` over the tiny knowledge, into a folder ``out``."""

    def run(source, *options, lang="en"):
        knowledge = ["--rules", str(SMALL / "rules"), "--questionnaires", str(SMALL / "questionnaires")]
        words = ["--lang", lang, *knowledge, "batch", str(source), "--out", str(tmp_path / "out"), "--jobs", "0", *options]
        return CliRunner().invoke(advisor, words)

    return run


def test_scores_of_which_some_are_missing_end_as_other_batches_do(command, tmp_path):
    assert command(write_csv(tmp_path / "f.csv", [HEADS, BAD]), "--format", "scores").exit_code == 1
    assert command(write_csv(tmp_path / "f.csv", [HEADS, *GOOD]), "--format", "scores").exit_code == 0


def test_a_check_writes_no_scores(command, tmp_path):
    result = command(write_csv(tmp_path / "f.csv", [HEADS, BAD]), "--format", "scores,json", "--check")
    assert result.exit_code == 1
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["f.to-correct.xlsx", "problems.csv"]


def test_answers_that_do_not_go_together_are_marked_and_counted_and_stop_no_firm(command, tmp_path):
    odd = ["Odd", "shop", "600", "2", "2", "5 / 3", "90", "no", "none"]
    result = command(write_csv(tmp_path / "f.csv", [HEADS, *GOOD, odd]), "--format", "json")
    assert result.exit_code == 0, result.output
    sheet = load_workbook(tmp_path / "out" / "f.to-correct.xlsx").active
    assert sheet["G5"].value == "90" and "A budget of RMB 90 for 600 people" in sheet["G5"].comment.text
    assert "A budget of RMB 90 for 600 people" in sheet["J5"].value
    entries = read_entries(tmp_path / "out")
    assert [entry.remarks for entry in entries] == [0, 0, 0, 1]
    assert "answers to clarify: 1" in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_nobody_is_sent_to_a_copy_that_is_none(command, tmp_path):
    output = command(write_csv(tmp_path / "index.csv", [HEADS, *GOOD]), "--format", "json").output
    assert "index.xlsx" in output
    assert "Correct the marked cells" not in output


def test_results_do_not_go_among_the_sheets_they_are_made_from(command, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.yaml").write_text("A1: shop\n", "utf-8")
    for option in ("--resume", "--check"):
        refused = command(tmp_path / "out", "--format", "json", option)
        assert (refused.exit_code, "Name another with --out" in refused.output) == (3, True)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.yaml"]


@pytest.mark.parametrize("name", ["index.xlsx", "problems.csv", "scores.csv", "entries.jsonl", "index.zh.csv"])
def test_an_input_called_as_a_file_of_the_batch_is_not_written_over(command, tmp_path, name):
    (tmp_path / "out").mkdir()
    path = write_csv(tmp_path / "out" / name, [HEADS, *GOOD])
    before = path.read_bytes()
    refused = command(path, "--format", "scores,json")
    assert (refused.exit_code, "Rename it" in refused.output) == (3, True)
    assert path.read_bytes() == before


def test_only_errors_of_no_earlier_run_is_told_and_begins_none(command, tmp_path):
    source = write_csv(tmp_path / "f.csv", [HEADS, *GOOD])
    refused = command(source, "--format", "json", "--only-errors", lang="zh")
    assert (refused.exit_code, "请先不加--only-errors" in refused.output) == (3, True)
    assert command(source, "--format", "json").exit_code == 0


def test_the_command_named_next_is_the_one_that_was_typed(command, tmp_path):
    source = write_csv(tmp_path / "f.csv", [[*HEADS, "Phone"], [*BAD, "1"]])
    said = command(source, "--format", "json").output
    assert "Correct the marked cells" in said and " batch run " not in said
    assert f" batch {tmp_path / 'out' / 'f.to-correct.xlsx'} " in said
    proposed = command(source, "--propose").output
    assert (
        f" batch {source} --out {tmp_path / 'out'} " in proposed and "--mapping" in proposed and "--propose" not in proposed
    )


def test_where_columns_are_not_understood_a_check_names_what_proposes_and_what_corrects(command, tmp_path):
    said = command(write_csv(tmp_path / "f.csv", [[*HEADS, "Phone"], [*BAD, "1"]]), "--check").output
    assert "--propose" in said and "--resume" in said and "--check" not in said
    assert "--propose" not in command(write_csv(tmp_path / "g.csv", [HEADS, *GOOD]), "--check").output


def test_what_may_be_answered_is_listed_once_a_question(command, tmp_path):
    said = command(write_csv(tmp_path / "f.csv", [HEADS, BAD, BAD, BAD]), "--check", lang="zh").output
    assert said.count("builder: ") == 1 and said.count("可选：同上") == 2
