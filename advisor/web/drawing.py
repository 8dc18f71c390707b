"""Reports drawn in processes of their own: a long PDF keeps no other visitor waiting, and one that hangs is given up."""

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
from advisor.text import Lang

log = structlog.get_logger()
TIMEOUT = 90.0
"""Seconds after which a report is given up."""
MEMORY = 3_000_000_000
"""Bytes of address space one drawing process may take."""
RECYCLE = 40
"""Reports after which a drawing process is replaced: layout never gives all its memory back."""
WAITING = 24
"""How many reports may wait or be drawn at a time."""
KEPT = 32
USUAL = {"pdf": 12.0, "docx": 5.0, "html": 4.0}
"""Seconds a report is thought to take before the first of its form was timed; the first starts a process, too."""
State = Literal["waiting", "drawing", "ready", "failed"]


@dataclass
class Job:
    """A report being made. ``owner`` is the case it belongs to, empty where there is none; ``asked_at`` in seconds."""

    id: str
    owner: str
    form: str
    lang: Lang
    future: Future[bytes]
    asked_at: float = field(default_factory=time.monotonic)

    @property
    def state(self) -> State:
        """How far it is."""
        if self.future.done():
            return "failed" if self.future.cancelled() or self.future.exception() else "ready"
        return "drawing" if self.future.running() else "waiting"

    @property
    def seconds(self) -> float:
        """How long ago it was asked for."""
        return time.monotonic() - self.asked_at


class DrawingRoom:
    """Takes reports to be drawn, keeps the latest, and forgets those of a case that is deleted."""

    def __init__(self, workers: int = 1) -> None:
        self._workers = workers
        self._pool: ProcessPool | None = None
        self._jobs: OrderedDict[str, Job] = OrderedDict()  # no LRU cache: a report that is not ready yet is never given up
        self._by_content: dict[str, str] = {}
        self._turn = threading.Lock()
        self._took = dict(USUAL)
        self._free_since = 0.0
        self._closed = False

    def ahead(self, job: Job) -> int:
        """How many reports are to be made before this one."""
        with self._turn:
            return sum(other.asked_at < job.asked_at and not other.future.done() for other in self._jobs.values())

    def usual(self, job: Job) -> float:
        """Seconds from asking for a report until it is thought to be ready, by what reports of its form lately took."""
        return self._took[job.form] * (1 + self.ahead(job) // self._workers)

    def waiting(self) -> float:
        """How many reports wait or are being drawn."""
        with self._turn:
            return float(sum(not job.future.done() for job in self._jobs.values()))

    def ask(self, assessment: Assessment, form: str, lang: Lang, owner: str = "") -> Job:
        """Have a report drawn; the one already drawn of the same is given again.

        Raises :class:`~advisor.errors.InputError` where too many wait.
        """
        content = assessment.to_json()
        key = hashlib.sha256("\0".join((owner, form, lang, content)).encode()).hexdigest()
        with self._turn:
            known = self._jobs.get(self._by_content.get(key, ""))
            if known and known.state != "failed":
                self._jobs.move_to_end(known.id)
                return known
            if sum(not job.future.done() for job in self._jobs.values()) >= WAITING:
                raise InputError("too_many_reports")
            future: Future[bytes] = self._running().submit(_draw, TIMEOUT, content, form, lang)
            job = Job(secrets.token_urlsafe(18), owner, form, lang, future)
            future.add_done_callback(self._timed(job))
            self._jobs[job.id] = job
            self._by_content[key] = job.id
            self._clear_away()
        return job

    def job(self, name: str, owner: str = "") -> Job | None:
        """A report by its name, for the one it belongs to."""
        with self._turn:
            found = self._jobs.get(name)
        return found if found is not None and secrets.compare_digest(found.owner, owner) else None

    def forget(self, owner: str) -> None:
        """Give up all reports of a case."""
        with self._turn:
            for job in [job for job in self._jobs.values() if job.owner == owner]:
                job.future.cancel()
                del self._jobs[job.id]
            self._by_content = {key: name for key, name in self._by_content.items() if name in self._jobs}

    def close(self) -> None:
        """Stop drawing; reports that wait or are being drawn are given up."""
        self._closed = True
        with self._turn:
            for job in self._jobs.values():
                job.future.cancel()
            if self._pool is not None:
                self._pool.stop()  # type: ignore[no-untyped-call]
                self._pool.join()
                self._pool = None

    def _running(self) -> ProcessPool:
        """The processes, started when first needed, each with renderer and fonts at hand."""
        if self._pool is None:
            self._pool = ProcessPool(
                self._workers, max_tasks=RECYCLE, initializer=_prepare, context=multiprocessing.get_context("spawn")
            )
        return self._pool

    def _timed(self, job: Job) -> Callable[[Future[bytes]], None]:
        def done(future: Future[bytes]) -> None:
            if future.cancelled() or self._closed:
                return
            # a report that waited for others was not at work before the last of them was ready
            began, self._free_since = max(job.asked_at, self._free_since), time.monotonic()
            if error := future.exception():
                log.error("report_failed", form=job.form, lang=job.lang, error=type(error).__name__)
            else:
                self._took[job.form] = round(0.5 * self._took[job.form] + 0.5 * (self._free_since - began), 2)

        return done

    def _clear_away(self) -> None:
        done = [job for job in self._jobs.values() if job.future.done()]
        for job in done[: max(0, len(self._jobs) - KEPT)]:
            del self._jobs[job.id]
        self._by_content = {key: name for key, name in self._by_content.items() if name in self._jobs}


def _prepare() -> None:
    """In a new drawing process: bounds on what it may take, and the slow imports before the first report waits for them."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with contextlib.suppress(Exception):
        import weasyprint  # noqa: F401


def _draw(content: str, form: str, lang: Lang) -> bytes:
    from advisor.reporting import render

    return render(Assessment.from_json(content), form, lang)
