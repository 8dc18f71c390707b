"""A batch from its input to its folder of results: read, hand out, write down what failed, and see the whole."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from advisor.batch.events import Watcher
from advisor.batch.executors import RECYCLE, TIMEOUT, Cluster, Here, Processes
from advisor.batch.journal import FILE, Journal
from advisor.batch.keys import Kinds
from advisor.batch.marking import mark
from advisor.batch.rows import Firms, Row
from advisor.batch.running import Result, Run, parts_folder, tasks_of
from advisor.batch.work import Order, Task
from advisor.errors import InputError
from advisor.files import write_file
from advisor.insight.knowledge_choice import KnowledgeChoice
from advisor.knowledge import Knowledge
from advisor.portfolio.entry import Entry
from advisor.portfolio.reading import ENTRIES, entry_lines
from advisor.reporting.formats import check_look
from advisor.reporting.look import PLAIN, EditionName, Look
from advisor.text import Lang, say


@dataclass(frozen=True)
class Request:
    """What is asked of a batch: where results go, in which languages, formats, editions and look, and who works on it.

    ``jobs`` processes of this machine (0: this one alone), or the ``scheduler`` of a cluster; its workers put documents into
    the folder themselves where it is ``shared``. ``day`` None: that of the run before, else ``today``.
    """

    folder: Path
    langs: tuple[Lang, ...]
    forms: tuple[str, ...]
    today: datetime.date
    day: datetime.date | None = None
    editions: tuple[EditionName, ...] = ("full",)
    look: Look = PLAIN
    jobs: int = 1
    resume: bool = False
    only_errors: bool = False
    scheduler: str = ""
    shared: bool = False
    trusted: bool = False
    timeout: float = TIMEOUT
    lang: Lang = "en"


@dataclass(frozen=True)
class Batch:
    """How a batch went: the run, what is written besides reports, and reports of earlier runs that no row asks for."""

    result: Result
    entries: tuple[Entry, ...]
    written: tuple[Path, ...]
    strangers: tuple[str, ...]


def run_batch(firms: Firms, request: Request, choice: KnowledgeChoice, knowledge: Knowledge, watcher: Watcher) -> Batch:
    """Make the reports of all firms that can be read, and a list of those that cannot.

    Raises :class:`~advisor.errors.InputError` where the folder holds a run and ``resume`` is not asked for, where another
    run is at work in it, or where a cluster cannot be used.
    """
    folder = request.folder
    _check(request)
    with Journal(folder) as journal, parts_folder(folder) as parts:
        day = request.day or journal.day or request.today
        journal.day = day
        marked = mark(firms, folder, request.lang)  # at once: the user may go on with the file while the run takes hours
        target = str(folder.resolve()) if not request.scheduler or request.shared else None
        order = Order(choice, knowledge.version, day, request.look, target, parts)
        before = journal.failures()
        rows = [row for row in firms.good if row.name in before or not request.only_errors]
        kinds = Kinds(request.editions, request.langs, request.forms)
        tasks, kept = tasks_of(rows, order, knowledge, kinds, journal, folder)
        result = _worked(request, order, journal, tasks, kept, watcher)
        unread = {row.name: (row.number, row.problems[0].message(request.lang)) for row in firms.bad}
        journal.forget_failures(but=[*result.failed, *unread])
        journal.failed(unread)
        failed = {**unread, **result.failed}
        entries = _entries([row for row in firms.good if row.name not in result.failed], journal)
        written = [*marked, *_failures(result, folder, request.lang)]
        written.append(write_file(folder / ENTRIES, entry_lines(entries)))
        names = {row.name for row in firms.rows}
        strangers = tuple(path for path, one in journal.documents().items() if one.firm not in names)
    return Batch(replace(result, failed=failed), entries, tuple(written), strangers)


def _check(request: Request) -> None:
    """Whether the run can begin at all."""
    if "pdf" in request.forms:
        check_look(request.look)
    begun = (request.folder / FILE).exists()
    if begun and not (request.resume or request.only_errors):
        raise InputError("batch_exists", path=request.folder)
    if request.only_errors and not begun:
        raise InputError("no_earlier_batch", path=request.folder)


def _worked(
    request: Request, order: Order, journal: Journal, tasks: Sequence[Task], kept: Sequence[str], watcher: Watcher
) -> Result:
    executor, jobs = _executor(request, len(tasks))
    stopped = True
    try:
        with watcher:
            result = Run(order, journal, request.folder, request.lang).through(tasks, kept, executor, jobs, watcher)
        stopped = False
    finally:
        executor.shutdown(wait=True, cancel_futures=stopped)
    return result


def _executor(request: Request, tasks: int) -> tuple[Here | Processes | Cluster, int]:
    if request.scheduler:
        cluster = Cluster(request.scheduler, request.trusted)
        return cluster, cluster.cores
    if request.jobs == 0 or not tasks:
        return Here(), 1
    jobs = min(request.jobs, tasks)
    drawn_by = {"docx": "docx", "pdf": request.look.engine}
    preloaded = [name for form, name in drawn_by.items() if form in request.forms]
    return Processes(jobs, request.timeout, RECYCLE[request.look.engine], preloaded), jobs


def _entries(rows: Sequence[Row], journal: Journal) -> tuple[Entry, ...]:
    """The entries of all firms done, in the order of the input, with the documents that stand in the folder."""
    stored, documents = journal.entries(), journal.documents()
    files: dict[str, dict[str, str]] = {}
    for path, one in documents.items():
        files.setdefault(one.firm, {})[path.removeprefix(f"{one.firm}.")] = path
    found = []
    for row in rows:
        if row.name in stored:
            entry = _read(stored[row.name][1], journal)
            found.append(entry.model_copy(update={"row": row.number, "files": files.get(row.name, {})}))
    return tuple(found)


def _read(entry: str, journal: Journal) -> Entry:
    try:
        return Entry.model_validate_json(entry)
    except ValidationError as error:
        detail = f"entry: {error.error_count()}"
        raise InputError("bad_journal", path=journal.path, detail=detail) from None


def _failures(result: Result, folder: Path, lang: Lang) -> list[Path]:
    """A list of firms that were read and still have no report; none left over from an earlier run."""
    path = folder / "failures.txt"
    if not result.failed:
        path.unlink(missing_ok=True)
        return []
    lines = [say("batch", "failed", lang, firm=f, row=r, reason=why) for f, (r, why) in sorted(result.failed.items())]
    return [write_file(path, "\n".join(lines) + "\n")]


def cores() -> int:
    """How many processes this machine can use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
