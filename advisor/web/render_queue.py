"""Reports rendered in separate processes: a long PDF blocks no other request, and a job that hangs is cancelled."""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Literal

import structlog
from pebble import ProcessPool

from advisor.assessment import Assessment
from advisor.errors import InputError
from advisor.reporting.editions import DEFAULT_EDITION, EditionName
from advisor.text import Lang

log = structlog.get_logger()
TIMEOUT = 90.0
"""Seconds after which a job is cancelled."""
MEMORY_LIMIT = 3_000_000_000
"""Bytes of address space a render process may take."""
MAX_TASKS_PER_PROCESS = 40
"""Reports after which a render process is replaced: layout never frees all its memory."""
MAX_PENDING = 24
"""How many reports may wait or be rendered at a time."""
MAX_JOBS = 32
"""How many jobs are kept, finished ones included."""
INITIAL_SECONDS = {"pdf": 12.0, "docx": 5.0, "pptx": 4.0, "html": 4.0}
"""Seconds a report is expected to take before the first of its form was timed; the first also starts a process."""
JobState = Literal["waiting", "drawing", "ready", "failed"]


@dataclass
class RenderJob:
    """A report to be rendered. ``owner`` is the id of the case it belongs to, empty without one."""

    id: str
    owner: str
    form: str
    lang: Lang
    edition: EditionName
    future: Future[bytes]
    submitted_at: float = field(default_factory=time.monotonic)

    @property
    def state(self) -> JobState:
        """How far the job is."""
        if self.future.done():
            return "failed" if self.future.cancelled() or self.future.exception() else "ready"
        return "drawing" if self.future.running() else "waiting"

    @property
    def elapsed(self) -> float:
        """Seconds since it was submitted."""
        return time.monotonic() - self.submitted_at


class RenderQueue:
    """Renders reports in a process pool, keeps the latest, and discards those of a case that is deleted."""

    def __init__(self, workers: int = 1) -> None:
        self._workers = workers
        self._pool: ProcessPool | None = None
        self._jobs: OrderedDict[str, RenderJob] = OrderedDict()  # no LRU cache: a job that is not done is never dropped
        self._id_by_key: dict[str, str] = {}
        self._lock = threading.Lock()
        self._render_seconds = dict(INITIAL_SECONDS)
        self._idle_since = 0.0
        self._closed = False

    def jobs_ahead(self, job: RenderJob) -> int:
        """How many reports are rendered before this one."""
        with self._lock:
            return sum(other.submitted_at < job.submitted_at and not other.future.done() for other in self._jobs.values())

    def expected_seconds(self, job: RenderJob) -> float:
        """Seconds from submission until the report is probably ready, by the time reports of its form took lately."""
        return self._render_seconds[job.form] * (1 + self.jobs_ahead(job) // self._workers)

    def pending_count(self) -> int:
        """How many reports wait or are being rendered."""
        with self._lock:
            return self._count_pending()

    def submit(
        self, assessment: Assessment, form: str, lang: Lang, owner: str = "", edition: EditionName = DEFAULT_EDITION
    ) -> RenderJob:
        """Queue a report; an equal one that waits or is ready is returned instead.

        Raises :class:`~advisor.errors.InputError` where too many are pending.
        """
        content = assessment.to_json()
        key = hashlib.sha256("\0".join((owner, form, lang, edition, content)).encode()).hexdigest()
        with self._lock:
            existing = self._jobs.get(self._id_by_key.get(key, ""))
            if existing and existing.state != "failed":
                self._jobs.move_to_end(existing.id)
                return existing
            if self._count_pending() >= MAX_PENDING:
                raise InputError("too_many_reports")
            future: Future[bytes] = self._process_pool().submit(_render, TIMEOUT, content, form, lang, edition)
            job = RenderJob(secrets.token_urlsafe(18), owner, form, lang, edition, future)
            future.add_done_callback(self._on_done(job))
            self._jobs[job.id] = job
            self._id_by_key[key] = job.id
            self._drop_oldest()
        return job

    def find(self, job_id: str, owner: str = "") -> RenderJob | None:
        """A job by its id; None where there is none of this owner."""
        with self._lock:
            job = self._jobs.get(job_id)
        return job if job is not None and secrets.compare_digest(job.owner, owner) else None

    def discard(self, owner: str) -> None:
        """Cancel and drop all jobs of an owner."""
        with self._lock:
            for job in [job for job in self._jobs.values() if job.owner == owner]:
                job.future.cancel()
                del self._jobs[job.id]
            self._id_by_key = {key: job_id for key, job_id in self._id_by_key.items() if job_id in self._jobs}

    def close(self) -> None:
        """Stop the processes; pending jobs are cancelled."""
        self._closed = True
        with self._lock:
            for job in self._jobs.values():
                job.future.cancel()
            if self._pool is not None:
                self._pool.stop()  # type: ignore[no-untyped-call]
                self._pool.join()
                self._pool = None

    def _count_pending(self) -> int:
        return sum(not job.future.done() for job in self._jobs.values())

    def _process_pool(self) -> ProcessPool:
        """The process pool, started when first needed."""
        if self._pool is None:
            self._pool = ProcessPool(
                self._workers,
                max_tasks=MAX_TASKS_PER_PROCESS,
                initializer=_init_process,
                context=multiprocessing.get_context("spawn"),
            )
        return self._pool

    def _on_done(self, job: RenderJob) -> Callable[[Future[bytes]], None]:
        def record(future: Future[bytes]) -> None:
            if future.cancelled() or self._closed:
                return
            # a job that waited for others started only when the last of them was done
            started, self._idle_since = max(job.submitted_at, self._idle_since), time.monotonic()
            if error := future.exception():
                log.error("report_failed", form=job.form, lang=job.lang, error=type(error).__name__)
            else:
                seconds = 0.5 * self._render_seconds[job.form] + 0.5 * (self._idle_since - started)
                self._render_seconds[job.form] = round(seconds, 2)

        return record

    def _drop_oldest(self) -> None:
        done = [job for job in self._jobs.values() if job.future.done()]
        for job in done[: max(0, len(self._jobs) - MAX_JOBS)]:
            del self._jobs[job.id]
        self._id_by_key = {key: job_id for key, job_id in self._id_by_key.items() if job_id in self._jobs}


def _init_process() -> None:
    """In a new render process: limit its memory, and do the slow imports before the first report waits for them."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    with contextlib.suppress(Exception):
        import weasyprint  # noqa: F401


def _render(content: str, form: str, lang: Lang, edition: EditionName) -> bytes:
    from advisor.reporting import render
    from advisor.reporting.look import Look

    return render(Assessment.from_json(content), form, lang, Look(edition))
