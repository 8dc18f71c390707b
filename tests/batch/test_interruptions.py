"""Batches that are interrupted in every way: killed whole, their workers killed, hanging, filling the memory."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from advisor.batch import dispatch
from advisor.batch.executors import ProcessExecutor
from advisor.batch.progress import ProgressClock
from advisor.batch.tasks import BatchTask, TaskResult
from tests.batch.conftest import GOOD, HEADS, write_csv
from tests.conftest import ROOT, SMALL

pytestmark = pytest.mark.slow
KILLS = 20
FIRMS = 40


def command(source: Path, out: Path, *words: str) -> list[str]:
    rules = ["--rules", str(SMALL / "rules"), "--questionnaires", str(SMALL / "questionnaires"), "--lang", "en"]
    batch = ["batch", str(source), "--out", str(out), "--format", "json,html", "--lang", "zh,en", "--jobs", "2"]
    return [sys.executable, "-m", "advisor", *rules, *batch, "--date", "2026-11-25", *words]


def file_hashes(folder: Path) -> dict[str, str]:
    """Every file of a folder with the hash of its content; the journal alone may differ."""
    paths = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("batch.sqlite"))
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def run(words: list[str]) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(words, capture_output=True, text=True, env=environment, timeout=300)


def wait_for_files(process: subprocess.Popen[bytes], out: Path, wanted: int, seconds: float) -> bool:
    """Wait until a batch has written more than ``wanted`` results, or for so many seconds where it had them before.

    False where it ended.
    """
    began, had = time.monotonic(), len(list(out.glob("*.json")))
    while process.poll() is None:
        if had < wanted < len(list(out.glob("*.json"))) or (had >= wanted and time.monotonic() - began > seconds):
            return True
        time.sleep(0.005)
    return False


def test_killed_at_twenty_random_moments_and_resumed_it_ends_with_the_same_files(tmp_path):
    rows = [[f"厂{number}", *GOOD[number % 3][1:2], str(number + 1), *GOOD[number % 3][3:]] for number in range(FIRMS)]
    source = write_csv(tmp_path / "firms.csv", [HEADS, *rows])
    began = time.monotonic()
    assert run(command(source, tmp_path / "straight")).returncode == 0
    usual = time.monotonic() - began
    straight = file_hashes(tmp_path / "straight")
    assert len(straight) >= 3 * FIRMS + 1

    draw, out, kills, stages = random.Random(20261125), tmp_path / "killed", 0, set[int]()
    while kills < KILLS:
        process = subprocess.Popen(
            command(source, out, "--resume"),
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        # By files written where that can be seen, however fast the machine; before the first of them, by time.
        early, had = draw.uniform(0.2, 0.9) * usual, len(list(out.glob("*.json")))
        wanted = draw.randint(0, FIRMS) if not had else min(FIRMS, had + draw.randint(0, 8))  # further on a few at a time
        if wait_for_files(process, out, wanted, early):
            os.kill(process.pid, signal.SIGKILL)  # it alone: its workers are left to themselves, as a crash leaves them
            process.wait()
            kills += 1
            stages.add(len(list(out.glob("*.json"))))
        else:
            assert file_hashes(out) == straight  # done before the blow fell: begin anew
            shutil.rmtree(out)
    assert len(stages) > 3, "every blow fell at the same stage"
    assert run(command(source, out, "--resume")).returncode == 0
    assert file_hashes(out) == straight
    assert not list(out.rglob("*.parts*"))


def run_dangerous_task(order: object, task: BatchTask) -> TaskResult:
    """What the test's workers do in place of a report: what the firm's name says."""
    if task.firm == "killer":
        os.kill(os.getpid(), signal.SIGKILL)
    if task.firm == "once" and not (marker := Path(task.key)).exists():
        marker.write_text("died")
        os.kill(os.getpid(), signal.SIGKILL)
    if task.firm == "sleeper":
        time.sleep(60)
    if task.firm == "glutton":
        bytearray(64_000_000_000)
    return TaskResult(task.firm, entry="{}")


class FakeJournal:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, object]] = []

    def record_done(self, firm, key, entry, documents) -> None:
        self.told.append(("done", firm))

    def record_failures(self, firms) -> None:
        self.told.append(("failed", *firms))


class SilentReporter:
    def report(self, event) -> None:
        pass


def test_a_worker_that_dies_hangs_or_fills_the_memory_costs_its_own_firm_only(tmp_path, monkeypatch):
    monkeypatch.setattr(dispatch, "run_task", run_dangerous_task)
    marker = tmp_path / "marker"
    names = ["a", "killer", "b", "sleeper", "c", "glutton", "d", "once", "e"]
    tasks = [BatchTask(name, number, str(marker), "{}", ()) for number, name in enumerate(names, 1)]
    journal = FakeJournal()
    executor = ProcessExecutor(2, timeout=4)
    try:
        result = dispatch.Dispatcher(None, journal, tmp_path, "en").run(tasks, [], executor, 2, SilentReporter())
    finally:
        executor.shutdown()
    assert set(result.done) == {"a", "b", "c", "d", "e", "once"}
    reasons = {firm: reason for firm, (_, reason) in result.failed.items()}
    assert set(reasons) == {"killer", "sleeper", "glutton"}
    assert "died" in reasons["killer"]
    assert "longer than allowed" in reasons["sleeper"]
    assert "MemoryError" in reasons["glutton"]


def test_workers_are_replaced_after_some_firms_and_none_is_lost(tmp_path):
    executor = ProcessExecutor(2, recycle=3)
    try:
        ids = [future.result(timeout=60) for future in [executor.submit(os.getpid) for _ in range(20)]]
    finally:
        executor.shutdown()
    assert len(ids) == 20
    assert len(set(ids)) >= 6


def test_ctrl_c_leaves_nothing_half_done_and_no_process_behind(tmp_path):
    rows = [[f"f{n}", *GOOD[n % 3][1:]] for n in range(200)]
    source = write_csv(tmp_path / "firms.csv", [HEADS, *rows])
    process = subprocess.Popen(
        command(source, tmp_path / "out", "--json"),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line)["kind"] == "done":
            break
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130, stderr
    assert "Nothing was left half-written" in stderr
    assert "Traceback" not in stderr
    assert not (tmp_path / "out" / ".parts").exists()


def test_the_time_left_is_worked_out_from_what_this_run_did():
    clock = ProgressClock(total=10, kept=4)
    now = clock.progress(done=3, failed=0)
    assert now.rate is not None
    assert now.left == pytest.approx(3 / now.rate)
