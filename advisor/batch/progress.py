"""Progress of a batch, reported as it happens: to a terminal, a log or a program."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from typing import IO, Any, Literal, Protocol, Self

from advisor.text import Lang, say

EventKind = Literal["begun", "done", "failed", "ended"]
LINE_INTERVAL = 10.0
"""Seconds between two lines of progress."""


@dataclass(frozen=True)
class BatchProgress:
    """How far a run is. ``kept`` were done by an earlier run; ``rate`` is firms a second, ``left`` seconds, where known."""

    total: int
    done: int
    kept: int
    failed: int
    rate: float | None
    left: float | None


@dataclass(frozen=True)
class BatchEvent:
    """A firm finished, or failed with a reason; the start and the end of a run."""

    kind: EventKind
    firm: str
    row: int
    reason: str
    progress: BatchProgress


class ProgressReporter(Protocol):
    """Receives the events of a batch; used as a context manager."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *error: object) -> None: ...
    def report(self, event: BatchEvent) -> None:
        """Handle an event."""


class ProgressClock:
    """Rate and time left, computed from what this run has done itself."""

    def __init__(self, total: int, kept: int) -> None:
        self._total, self._kept, self._began = total, kept, time.monotonic()

    def progress(self, done: int, failed: int) -> BatchProgress:
        """How far the run is with so many firms done and failed by now."""
        elapsed = time.monotonic() - self._began
        finished = done + failed
        rate = finished / elapsed if finished and elapsed > 0 else None
        remaining = self._total - self._kept - finished
        return BatchProgress(self._total, done, self._kept, failed, rate, remaining / rate if rate else None)


class LineReporter:
    """Prints a line at intervals and one for each failure: for logs."""

    def __init__(self, stream: IO[str], lang: Lang) -> None:
        self._stream, self._lang, self._last = stream, lang, 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stream.flush()

    def report(self, event: BatchEvent) -> None:
        """Print the event where it is worth a line."""
        if event.kind == "failed":
            self._print(say("batch", "failed", self._lang, firm=event.firm, row=event.row, reason=event.reason))
        due = time.monotonic() - self._last >= LINE_INTERVAL
        if event.kind in ("begun", "ended") or due:
            self._last = time.monotonic()
            self._print(progress_line(event.progress, self._lang))

    def _print(self, line: str) -> None:
        print(line, file=self._stream, flush=True)


class JsonReporter:
    """Prints every event as a line of JSON: for programs."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stream.flush()

    def report(self, event: BatchEvent) -> None:
        """Print the event."""
        print(json.dumps(asdict(event), ensure_ascii=False), file=self._stream, flush=True)


class BarReporter:
    """A progress bar with done, failed, rate and time left, and a line for each failure above it: for a terminal."""

    def __init__(self, lang: Lang) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        self._lang = lang
        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[line]}"), console=Console(stderr=True)
        )
        self._task: Any = None

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.stop()

    def report(self, event: BatchEvent) -> None:
        """Move the bar; print a failure above it."""
        if event.kind == "failed":
            line = say("batch", "failed", self._lang, firm=event.firm, row=event.row, reason=event.reason)
            self._bar.console.print(line, markup=False, highlight=False)
        progress = event.progress
        if self._task is None:
            self._task = self._bar.add_task(say("batch", "bar", self._lang), total=progress.total, line="")
        self._bar.update(
            self._task, completed=progress.done + progress.kept + progress.failed, line=progress_line(progress, self._lang)
        )


def progress_line(progress: BatchProgress, lang: Lang) -> str:
    """How far a run is, in one line."""
    line = say("batch", "progress", lang, done=progress.done + progress.kept, total=progress.total, failed=progress.failed)
    if progress.rate is None or progress.left is None:
        return line
    rate = f"{progress.rate:.1f}" if progress.rate >= 1 else f"{progress.rate:.2f}"
    return say("batch", "pace", lang, line=line, rate=rate, left=_duration(progress.left))


def _duration(seconds: float) -> str:
    """A stretch of time as h:mm:ss.

    >>> _duration(3725.2)
    '1:02:06'
    """
    whole = int(seconds) + (seconds > int(seconds))
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
