"""A CSV scored by several processes: the same bytes as by one, the same errors, nothing left behind."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.batch import score_blocks, score_table
from advisor.batch.csv_rows import CsvBlock, CsvFile, open_csv
from advisor.batch.row_scorer import ScoredRows
from advisor.errors import AdvisorError, InputError, ProblemsError
from tests.batch.conftest import CHOICE, GOOD, HEADS, write_csv
from tests.conftest import ROOT, SMALL

TITLE = ["Members,\nwith their answers", "as of 2026"]
BROKEN_OFF = ['Shop "Corner"\n\nHigh Street', *GOOD[0][1:]]
BAD = ["=坏\r\n", "shopp", "many", "2", "2", "5 / 3", "30万", "no", "none"]
ROWS = [TITLE, HEADS, *GOOD, [], BROKEN_OFF, BAD, ["", " "], ['5" pipes', *GOOD[1][1:]], *(GOOD * 3), BAD, BROKEN_OFF]


@pytest.fixture
def small_blocks(monkeypatch):
    """Blocks of three lines, and processes for tables of any size."""
    monkeypatch.setattr(score_blocks, "CHUNK_ROWS", 3)
    monkeypatch.setattr(score_table, "WORTH_PROCESSES", 0)


def scores(source: Path, knowledge, jobs: int) -> tuple[bytes, int, int]:
    """The table of scores and its counts by so many processes; whatever happens, nothing else is left in its folder."""
    out = source.parent / f"{source.name}-{jobs}"
    try:
        result = score_table.score_table(source, out, knowledge, "zh", choice=CHOICE, jobs=jobs)
    except AdvisorError:
        assert not list(out.iterdir())
        raise
    assert [path.name for path in out.iterdir()] == ["scores.csv"]
    return result.path.read_bytes(), result.scored, result.failed


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_several_processes_write_what_one_writes(tmp_path, small, small_blocks, encoding):
    source = write_csv(tmp_path / "f.csv", ROWS, encoding)
    assert len(list(open_csv(source).blocks(3))) > 8
    by_one = scores(source, small, 1)
    assert by_one[1:] == (15, 2)
    assert scores(source, small, 2) == by_one


def test_old_line_ends_and_stray_quotes_make_no_difference(tmp_path, small, small_blocks):
    lines = [",".join(cell.replace(",", ";") for cell in row) for row in [HEADS, *GOOD, ['5" pipes', *GOOD[1][1:]], *GOOD]]
    source = tmp_path / "f.csv"
    for line_end in ("\r", "\n", "\r\n"):
        source.write_text(line_end.join(lines), encoding="utf-8", newline="")
        assert scores(source, small, 2) == scores(source, small, 1)


@pytest.mark.parametrize(
    "last_row",
    ['"never closed,shop\n', '"closed"twice,shop\n', "," * 500 + "\n"],
    ids=["a quote never closed", "text after a quote", "too many columns"],
)
def test_an_error_in_a_late_block_is_the_same_and_leaves_nothing(tmp_path, small, small_blocks, last_row):
    source = write_csv(tmp_path / "f.csv", ROWS)
    with source.open("a", encoding="utf-8") as file:
        file.write(last_row + "a,shop\n" * 20)
    errors = []
    for jobs in (1, 2):
        with pytest.raises(ProblemsError) as error:
            scores(source, small, jobs)
        errors.append(error.value.problems)
    assert errors[0] == errors[1]
    assert str(errors[0][0].place).endswith(f":{len(ROWS) + 1}") or errors[0][0].code == "B101"


def test_knowledge_other_than_the_users_is_refused(tmp_path, small, small_blocks):
    source = write_csv(tmp_path / "f.csv", ROWS)
    other = replace(CHOICE, papers_only=True)
    with pytest.raises(InputError, match="has knowledge"):
        score_table.score_table(source, tmp_path / "out", small, "en", choice=other, jobs=2)
    assert not list((tmp_path / "out").iterdir())


def die(context: object, block: CsvBlock) -> ScoredRows:
    """What a process does in place of scoring: the second block kills it."""
    if block.first > 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return ScoredRows("", 0, 0)


@pytest.mark.slow
def test_a_process_that_dies_ends_the_run_with_an_error_and_leaves_nothing(tmp_path, small, small_blocks, monkeypatch):
    monkeypatch.setattr(score_blocks, "score_block", die)
    with pytest.raises(InputError, match="was lost"):
        scores(write_csv(tmp_path / "f.csv", ROWS), small, 2)


def running_in_group(group: int) -> list[Path]:
    """The processes of a group that have not ended."""
    running = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, its_group = path.read_text().rpartition(")")[2].split()[:3]
            running += [path] if its_group == str(group) and state != "Z" else []
    return running


@pytest.mark.slow
def test_ctrl_c_leaves_no_table_and_no_process_behind(tmp_path):
    rows = ([*row, "a long remark " * 50] for row in GOOD * 13_000)
    source = write_csv(tmp_path / "f.csv", itertools.chain([[*HEADS, "Remark"]], rows))
    assert source.stat().st_size > score_table.WORTH_PROCESSES
    rules = ["--rules", str(SMALL / "rules"), "--questionnaires", str(SMALL / "questionnaires"), "--lang", "en"]
    words = ["batch", str(source), "--out", str(tmp_path / "out"), "--format", "scores", "--jobs", "2"]
    process = subprocess.Popen(
        [sys.executable, "-m", "advisor", *rules, *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not any(path.stat().st_size > 100_000 for path in tmp_path.glob("out/.scores.csv.*")):
        assert process.poll() is None
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130, stderr
    assert "Traceback" not in stderr
    assert not list((tmp_path / "out").iterdir())
    deadline = time.monotonic() + 20
    while running_in_group(process.pid):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def rows_or_error(blocks) -> tuple[list[list[str]], object]:
    rows: list[list[str]] = []
    try:
        for block in blocks:
            rows.extend(block)
    except ProblemsError as error:
        return rows, error.problems
    return rows, None


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.sampled_from('ab,"\r\n国'), max_size=60).map("".join),
    lines_each=st.integers(1, 4),
)
def test_blocks_hold_the_rows_of_the_file_whatever_is_in_it(tmp_path, text, lines_each):
    source = tmp_path / "f.csv"
    source.write_bytes(text.encode())
    file = CsvFile(source, "utf-8-sig", ",")
    numbers = []

    def blocks():
        for block in file.blocks(lines_each):
            numbers.append((block.first, list(file.rows_of(block))))
            yield numbers[-1][1]

    whole, error = rows_or_error([file.rows()])
    split, split_error = rows_or_error(blocks())
    assert split == whole[: len(split)]
    assert split_error == error
    if error is None:
        assert split == whole
        assert "".join(block.text for block in file.blocks(lines_each)) == text
    assert [first for first, _ in numbers] == [1 + sum(len(rows) for _, rows in numbers[:n]) for n in range(len(numbers))]
