"""A run: tasks handed out a few at a time, each outcome written to the journal as it comes in, nothing done twice."""

from __future__ import annotations

import json
import re
import shutil
import uuid
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pebble import ProcessExpired

from advisor.batch.events import Clock, Event, Kind, Watcher
from advisor.batch.journal import Journal, Written
from advisor.batch.keys import Kinds, firm_key, wanted_of
from advisor.batch.rows import OURS, Row
from advisor.batch.work import PARTS, Order, Outcome, Task, Wanted, as_sheet, put, work
from advisor.errors import InputError
from advisor.knowledge import Knowledge
from advisor.text import Lang, Text, catalogue, say

WINDOW = 3
"""Tasks handed out for each worker at a time: enough that none waits, few enough that memory stays flat."""
_LEFT = re.compile(rf"\.({'|'.join(sorted(OURS))})\..*[a-z0-9_]{{8}}|\..*\.xlsx\.[a-z0-9_]{{8}}")
"""What :func:`~advisor.files.write_file` leaves beside one of the batch's own files or a marked copy when it is killed."""
DEATHS = 2
"""Workers that may die over a firm before it is given up."""


@dataclass(frozen=True)
class Result:
    """How a run went: firms done now and before, and those that failed with their row and reason."""

    done: tuple[str, ...]
    kept: tuple[str, ...]
    failed: dict[str, tuple[int, str]]


@contextmanager
def parts_folder(folder: Path) -> Iterator[str]:
    """A folder for what is not finished, this run's own; what earlier runs left unfinished is thrown away."""
    whole = folder / PARTS
    shutil.rmtree(whole, ignore_errors=True)
    for path in folder.iterdir():
        if _LEFT.fullmatch(path.name):
            path.unlink(missing_ok=True)
    name = uuid.uuid4().hex
    (whole / name).mkdir(parents=True)
    try:
        yield name
    finally:
        shutil.rmtree(whole, ignore_errors=True)


def tasks_of(
    rows: Sequence[Row],
    order: Order,
    knowledge: Knowledge,
    kinds: Kinds,
    journal: Journal,
    folder: Path,
) -> tuple[list[Task], list[str]]:
    """What is still to be done, and the firms of which everything stands in its place already."""
    documents, entries = journal.documents(), journal.entries()
    tasks, kept = [], []
    for row in rows:
        assert row.answers is not None
        sheet = as_sheet(row.answers, knowledge)
        key = firm_key(sheet, order, row.scenarios, row.settings)
        wanted = wanted_of(row.name, key, kinds, order.look)
        missing = tuple(one for one in wanted if not _stands(one, documents, folder))
        if missing or entries.get(row.name, ("",))[0] != key:
            said = json.dumps(sheet, ensure_ascii=False)
            tasks.append(Task(row.name, row.number, key, said, missing, row.scenarios, row.settings))
        else:
            kept.append(row.name)
    return tasks, kept


def _stands(wanted: Wanted, documents: Mapping[str, Written], folder: Path) -> bool:
    """Whether a document made from the same stands in its place, whole."""
    written = documents.get(wanted.path)
    if written is None or written.key != wanted.key or not written.firm:
        return False
    path = folder / wanted.path
    return path.is_file() and path.stat().st_size == written.size


class Run:
    """One run over some tasks."""

    def __init__(self, order: Order, journal: Journal, folder: Path, lang: Lang) -> None:
        self.order, self.journal, self.folder, self.lang = order, journal, folder, lang
        self.done: list[str] = []
        self.failed: dict[str, tuple[int, str]] = {}

    def through(self, tasks: Sequence[Task], kept: Sequence[str], executor: Executor, jobs: int, watcher: Watcher) -> Result:
        """Do all tasks and tell the watcher. On Ctrl+C what was begun is given up and the journal is as it should be."""
        clock = Clock(len(tasks) + len(kept), len(kept))
        waiting, deaths = deque(tasks), dict[str, int]()
        running: dict[Future[Outcome], Task] = {}
        self._tell(watcher, clock, "begun")
        while waiting or running:
            while waiting and len(running) < WINDOW * jobs:
                task = waiting.popleft()
                running[executor.submit(work, self.order, task)] = task
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                task = running.pop(future)
                if isinstance(error := _failure(future), ProcessExpired) and deaths.get(task.firm, 0) + 1 < DEATHS:
                    deaths[task.firm] = deaths.get(task.firm, 0) + 1
                    waiting.append(task)
                elif error is not None:
                    self._fail(task, _why(error)[self.lang], watcher, clock)
                else:
                    self._take(task, future.result(), watcher, clock)
        self._tell(watcher, clock, "ended")
        done = set(self.done)
        return Result(tuple(task.firm for task in tasks if task.firm in done), tuple(kept), self.failed)

    def _take(self, task: Task, outcome: Outcome, watcher: Watcher, clock: Clock) -> None:
        if outcome.reason is not None:
            self._fail(task, outcome.reason[self.lang], watcher, clock)
            return
        try:
            for path, content in outcome.contents.items():
                put(self.folder, self.order.parts, path, content)
        except InputError as error:
            self._fail(task, error.message(self.lang), watcher, clock)
            return
        self.journal.done(task.firm, task.key, outcome.entry, outcome.written)
        self.done.append(task.firm)
        self._tell(watcher, clock, "done", task)

    def _fail(self, task: Task, reason: str, watcher: Watcher, clock: Clock) -> None:
        self.failed[task.firm] = (task.row, reason)
        self.journal.failed({task.firm: (task.row, reason)})
        self._tell(watcher, clock, "failed", task, reason)

    def _tell(self, watcher: Watcher, clock: Clock, kind: Kind, task: Task | None = None, reason: str = "") -> None:
        now = clock.progress(len(self.done), len(self.failed))
        firm, row = (task.firm, task.row) if task else ("", 0)
        watcher.tell(Event(kind, firm, row, reason, now))


def _failure(future: Future[Outcome]) -> BaseException | None:
    try:
        return future.exception()
    except CancelledError as error:
        return error


def _why(error: BaseException) -> Text:
    """Why a task has no outcome, in words: its worker died, took too long, or met what nobody foresaw."""
    if isinstance(error, ProcessExpired) or type(error).__name__ == "KilledWorker":
        return catalogue("batch")["worker_died"]
    if isinstance(error, TimeoutError):
        return catalogue("batch")["too_long"]
    detail = f"{type(error).__name__}: {error}"[:300]
    return Text(zh=say("batch", "unforeseen", "zh", detail=detail), en=say("batch", "unforeseen", "en", detail=detail))
