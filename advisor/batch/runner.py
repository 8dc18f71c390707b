"""A batch run from its input to its folder of results."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from advisor.batch.dispatch import Dispatcher, RunResult, temporary_folder
from advisor.batch.executors import PRELOADED, RECYCLE_AFTER, TIMEOUT, ClusterExecutor, InlineExecutor, ProcessExecutor
from advisor.batch.firms import BatchInput
from advisor.batch.journal import JOURNAL_FILE, Journal
from advisor.batch.planning import DocumentKinds, plan_tasks
from advisor.batch.problem_files import write_problem_files
from advisor.batch.progress import ProgressReporter
from advisor.batch.result_files import finished_entries, write_failures
from advisor.batch.tasks import BatchTask, RunContext
from advisor.errors import InputError
from advisor.files import write_file
from advisor.insight.knowledge_choice import KnowledgeChoice
from advisor.knowledge import Knowledge
from advisor.portfolio.entries_file import ENTRIES_FILE, dump_entries
from advisor.portfolio.entry import PortfolioEntry
from advisor.reporting.editions import DEFAULT_EDITION, EditionName, with_evidence
from advisor.reporting.formats import check_look
from advisor.reporting.look import PLAIN, Look
from advisor.text import Lang


@dataclass(frozen=True)
class BatchSettings:
    """The settings of a batch: where results go, in which languages, formats, editions and look, and on which machines.

    ``jobs`` is the number of processes on this machine (0: none but this one); ``scheduler`` the address of a cluster, whose
    workers write into the folder themselves where it is ``shared``. ``day`` defaults to that of the
    earlier run, else ``today``.
    """

    folder: Path
    langs: tuple[Lang, ...]
    formats: tuple[str, ...]
    today: datetime.date
    day: datetime.date | None = None
    editions: tuple[EditionName, ...] = (DEFAULT_EDITION,)
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
class BatchResult:
    """The result of a batch: the run, the files written besides reports, and reports that belong to no row."""

    run: RunResult
    entries: tuple[PortfolioEntry, ...]
    written: tuple[Path, ...]
    orphans: tuple[str, ...]


def run_batch(
    batch_input: BatchInput,
    settings: BatchSettings,
    choice: KnowledgeChoice,
    knowledge: Knowledge,
    reporter: ProgressReporter,
) -> BatchResult:
    """Make the reports of all firms that can be read, and a list of those that cannot.

    Raises :class:`~advisor.errors.InputError` where the folder holds a run and ``resume`` is not asked for, where another
    run is at work in it, or where a cluster cannot be used.
    """
    folder = settings.folder
    _check_settings(settings)
    with Journal(folder) as journal, temporary_folder(folder) as temporary:
        day = settings.day or journal.day or settings.today
        journal.day = day
        # before the run, which may take hours: meanwhile the user can correct the file
        problem_files = write_problem_files(batch_input, knowledge, folder, settings.lang)
        target = str(folder.resolve()) if not settings.scheduler or settings.shared else None
        context = RunContext(choice, knowledge.version, day, settings.look, target, temporary)
        earlier_failures = journal.failures()
        rows = [row for row in batch_input.readable if row.name in earlier_failures or not settings.only_errors]
        kinds = DocumentKinds(with_evidence(settings.editions, settings.look.evidence), settings.langs, settings.formats)
        tasks, kept = plan_tasks(rows, context, knowledge, kinds, journal, folder)
        run = _run_tasks(settings, context, journal, tasks, kept, reporter)
        unreadable = {row.name: (row.number, row.problems[0].message(settings.lang)) for row in batch_input.unreadable}
        journal.forget_failures(except_for=[*run.failed, *unreadable])
        journal.record_failures(unreadable)
        failed = {**unreadable, **run.failed}
        entries = finished_entries([row for row in batch_input.readable if row.name not in run.failed], journal)
        written = [*problem_files, *write_failures(run, folder, settings.lang)]
        written.append(write_file(folder / ENTRIES_FILE, dump_entries(entries)))
        names = {row.name for row in batch_input.rows}
        orphans = tuple(path for path, record in journal.documents().items() if record.firm not in names)
    return BatchResult(replace(run, failed=failed), entries, tuple(written), orphans)


def _check_settings(settings: BatchSettings) -> None:
    """Raise an error where the run cannot start."""
    if "pdf" in settings.formats:
        check_look(settings.look)
    started = (settings.folder / JOURNAL_FILE).exists()
    if started and not (settings.resume or settings.only_errors):
        raise InputError("batch_exists", path=settings.folder)
    if settings.only_errors and not started:
        raise InputError("no_earlier_batch", path=settings.folder)


def _run_tasks(
    settings: BatchSettings,
    context: RunContext,
    journal: Journal,
    tasks: Sequence[BatchTask],
    kept: Sequence[str],
    reporter: ProgressReporter,
) -> RunResult:
    executor, jobs = _executor_of(settings, len(tasks))
    stopped = True
    try:
        with reporter:
            run = Dispatcher(context, journal, settings.folder, settings.lang).run(tasks, kept, executor, jobs, reporter)
        stopped = False
    finally:
        executor.shutdown(wait=True, cancel_futures=stopped)
    return run


def _executor_of(settings: BatchSettings, tasks: int) -> tuple[InlineExecutor | ProcessExecutor | ClusterExecutor, int]:
    if settings.scheduler:
        cluster = ClusterExecutor(settings.scheduler, settings.trusted)
        return cluster, cluster.cores
    if settings.jobs == 0 or not tasks:
        return InlineExecutor(), 1
    jobs = min(settings.jobs, tasks)
    renderers = {"docx": "docx", "pdf": settings.look.engine}
    preloaded = [*PRELOADED, *(name for form, name in renderers.items() if form in settings.formats)]
    return ProcessExecutor(jobs, settings.timeout, RECYCLE_AFTER[settings.look.engine], preloaded), jobs
