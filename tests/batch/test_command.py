"""The command as users call it: exit codes, what is written and what is not, and what is said at the end."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from advisor.cli.main import advisor
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
    done = command(write_csv(tmp_path / "f.csv", [HEADS, BAD]), "--format", "scores,json", "--check")
    assert done.exit_code == 1
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["f.to-correct.xlsx", "problems.csv"]


def test_nobody_is_sent_to_a_copy_that_is_none(command, tmp_path):
    said = command(write_csv(tmp_path / "index.csv", [HEADS, *GOOD]), "--format", "json").output
    assert "index.xlsx" in said
    assert "Correct the marked cells" not in said
