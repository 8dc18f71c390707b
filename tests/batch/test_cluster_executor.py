"""The same batch on a real cluster of separate processes: same files, and a worker that dies costs nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from advisor.batch.executors import ClusterExecutor
from advisor.batch.readers import read_firms
from advisor.batch.runner import BatchSettings, run_batch
from advisor.errors import InputError
from tests.batch.conftest import CHOICE, DAY, GOOD, HEADS, RecordingReporter, write_csv
from tests.batch.test_interruptions import file_hashes
from tests.conftest import ROOT

FIRMS = 24


class Killer(RecordingReporter):
    """Kills a worker once some firms are done."""

    def __init__(self, worker: subprocess.Popen[bytes] | None) -> None:
        super().__init__()
        self.worker = worker

    def report(self, event) -> None:
        super().report(event)
        if self.worker is not None and event.progress.done == 3:
            self.worker.kill()
            self.worker.wait()
            self.worker = None


@pytest.fixture
def cluster(tmp_path: Path):
    """A scheduler and two workers, each a process of its own, and the scheduler's address."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    scheduler_file = tmp_path / "scheduler.json"

    def start(*words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *words, "--scheduler-file", str(scheduler_file)]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet, cwd=tmp_path)

    processes = [start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-jupyter")]
    worker = ["worker", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
    processes += [start(*worker), start(*worker)]
    try:
        yield _address(scheduler_file, processes), processes[1:]
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()


def _address(scheduler_file: Path, processes: list[subprocess.Popen[bytes]]) -> str:
    import json

    from distributed import Client

    deadline = time.monotonic() + 60
    while not scheduler_file.exists():
        assert time.monotonic() < deadline and processes[0].poll() is None, "the scheduler did not start"
        time.sleep(0.1)
    address = json.loads(scheduler_file.read_text())["address"]
    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
    return address


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # dask's own threads end as they please
def test_a_cluster_gives_the_same_files_though_a_worker_is_killed_in_the_middle(cluster, tmp_path, small):
    address, workers = cluster
    rows = [[f"厂{n}", *GOOD[n % 3][1:2], str(n + 1), *GOOD[n % 3][3:]] for n in range(FIRMS)]
    firms = read_firms(write_csv(tmp_path / "firms.csv", [HEADS, *rows]), small)

    def run(folder: str, watcher: RecordingReporter, **options):
        request = BatchSettings(tmp_path / folder, ("zh", "en"), ("json", "html"), DAY, jobs=0, **options)
        return run_batch(firms, request, CHOICE, small, watcher)

    run("here", RecordingReporter())
    assert len(run("shared", RecordingReporter(), scheduler=address, shared=True).run.done) == FIRMS
    sent_back = run("sent", Killer(workers[0]), scheduler=address)
    assert len(sent_back.run.done) == FIRMS
    assert workers[0].poll() is not None
    assert workers[1].poll() is None
    assert file_hashes(tmp_path / "sent") == file_hashes(tmp_path / "shared") == file_hashes(tmp_path / "here")


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("tcp://10.1.2.3:8786", "not encrypted"),
        ("tcp://scheduler.example.org:8786", "not encrypted"),
        ("http://127.0.0.1:1", "no scheduler's address"),
        ("127.0.0.1:8786", "no scheduler's address"),
    ],
)
def test_a_scheduler_in_the_open_or_of_another_kind_is_refused_before_it_is_spoken_to(address, message):
    with pytest.raises(InputError, match=message):
        ClusterExecutor(address)
