"""Tasks handed to an executor a few at a time; each result is written to the journal as it arrives."""

from __future__ import annotations

import re
import shutil
import uuid
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pebble import ProcessExpired

from advisor.batch.executors import TASKS_PER_WORKER
from advisor.batch.file_names import OUTPUT_NAMES
from advisor.batch.journal import Journal
from advisor.batch.progress import BatchEvent, EventKind, ProgressClock, ProgressReporter
from advisor.batch.tasks import BatchTask, RunContext, TaskResult
from advisor.batch.worker import TEMPORARY_FOLDER, place_document, run_task
from advisor.errors import InputError
from advisor.text import Lang, Text, catalogue, say

_LEFTOVER = re.compile(rf"\.({'|'.join(sorted(OUTPUT_NAMES))})\..*[a-z0-9_]{{8}}|\..*\.xlsx\.[a-z0-9_]{{8}}")
"""What :func:`~advisor.files.write_file` leaves beside one of the batch's own files or a marked copy when it is killed."""
MAX_DEATHS = 2
"""Workers that may die over a firm before it is given up."""


@dataclass(frozen=True)
class RunResult:
    """How a run went: firms done now and before, and those that failed with their row and reason."""

    done: tuple[str, ...]
    kept: tuple[str, ...]
    failed: dict[str, tuple[int, str]]


@contextmanager
def temporary_folder(folder: Path) -> Iterator[str]:
    """A folder for this run's unfinished files, named by what is yielded; those that earlier runs left are deleted."""
    unfinished = folder / TEMPORARY_FOLDER
    shutil.rmtree(unfinished, ignore_errors=True)
    for path in folder.iterdir():
        if _LEFTOVER.fullmatch(path.name):
            path.unlink(missing_ok=True)
    name = uuid.uuid4().hex
    (unfinished / name).mkdir(parents=True)
    try:
        yield name
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


class Dispatcher:
    """Runs tasks on an executor and records their results."""

    def __init__(self, context: RunContext, journal: Journal, folder: Path, lang: Lang) -> None:
        self.context, self.journal, self.folder, self.lang = context, journal, folder, lang
        self.done: list[str] = []
        self.failed: dict[str, tuple[int, str]] = {}

    def run(
        self, tasks: Sequence[BatchTask], kept: Sequence[str], executor: Executor, jobs: int, reporter: ProgressReporter
    ) -> RunResult:
        """Run all tasks and report progress. On Ctrl+C running tasks are cancelled and the journal stays consistent."""
        clock = ProgressClock(len(tasks) + len(kept), len(kept))
        waiting, deaths = deque(tasks), dict[str, int]()
        running: dict[Future[TaskResult], BatchTask] = {}
        self._report(reporter, clock, "begun")
        while waiting or running:
            while waiting and len(running) < TASKS_PER_WORKER * jobs:
                task = waiting.popleft()
                running[executor.submit(run_task, self.context, task)] = task
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                task = running.pop(future)
                if isinstance(error := _error_of(future), ProcessExpired) and deaths.get(task.firm, 0) + 1 < MAX_DEATHS:
                    deaths[task.firm] = deaths.get(task.firm, 0) + 1
                    waiting.append(task)
                elif error is not None:
                    self._fail(task, _reason(error)[self.lang], reporter, clock)
                else:
                    self._accept(task, future.result(), reporter, clock)
        self._report(reporter, clock, "ended")
        done = set(self.done)
        return RunResult(tuple(task.firm for task in tasks if task.firm in done), tuple(kept), self.failed)

    def _accept(self, task: BatchTask, result: TaskResult, reporter: ProgressReporter, clock: ProgressClock) -> None:
        if result.reason is not None:
            self._fail(task, result.reason[self.lang], reporter, clock)
            return
        try:
            for path, content in result.contents.items():
                place_document(self.folder, self.context.temporary, path, content)
        except InputError as error:
            self._fail(task, error.message(self.lang), reporter, clock)
            return
        self.journal.record_done(task.firm, task.key, result.entry, result.written)
        self.done.append(task.firm)
        self._report(reporter, clock, "done", task)

    def _fail(self, task: BatchTask, reason: str, reporter: ProgressReporter, clock: ProgressClock) -> None:
        self.failed[task.firm] = (task.row, reason)
        self.journal.record_failures({task.firm: (task.row, reason)})
        self._report(reporter, clock, "failed", task, reason)

    def _report(
        self,
        reporter: ProgressReporter,
        clock: ProgressClock,
        kind: EventKind,
        task: BatchTask | None = None,
        reason: str = "",
    ) -> None:
        progress = clock.progress(len(self.done), len(self.failed))
        firm, row = (task.firm, task.row) if task else ("", 0)
        reporter.report(BatchEvent(kind, firm, row, reason, progress))


def _error_of(future: Future[TaskResult]) -> BaseException | None:
    try:
        return future.exception()
    except CancelledError as error:
        return error


def _reason(error: BaseException) -> Text:
    """Why a task has no result, for the user: its worker died, took too long, or met an unexpected error."""
    if isinstance(error, ProcessExpired) or type(error).__name__ == "KilledWorker":
        return catalogue("batch")["worker_died"]
    if isinstance(error, TimeoutError):
        return catalogue("batch")["too_long"]
    detail = f"{type(error).__name__}: {error}"[:300]
    return Text(zh=say("batch", "unforeseen", "zh", detail=detail), en=say("batch", "unforeseen", "en", detail=detail))
