"""What happens in a batch, as it happens, for whoever watches: a person at a terminal, a log, a program."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from typing import IO, Any, Literal, Protocol, Self

from advisor.text import Lang, say

Kind = Literal["begun", "done", "failed", "ended"]
EVERY = 10.0
"""Seconds between two lines of progress where nobody watches a bar."""


@dataclass(frozen=True)
class Progress:
    """How far a run is. ``kept`` were done by an earlier run; ``rate`` is firms a second, ``left`` seconds, where known."""

    total: int
    done: int
    kept: int
    failed: int
    rate: float | None
    left: float | None


@dataclass(frozen=True)
class Event:
    """A firm done, or failed with a reason; the beginning and the end of a run."""

    kind: Kind
    firm: str
    row: int
    reason: str
    progress: Progress


class Watcher(Protocol):
    """Whoever is told of events; used as a context."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *error: object) -> None: ...
    def tell(self, event: Event) -> None:
        """Take note of an event."""


class Clock:
    """Rate and time left, from what this run has done itself."""

    def __init__(self, total: int, kept: int) -> None:
        self._total, self._kept, self._began = total, kept, time.monotonic()

    def progress(self, done: int, failed: int) -> Progress:
        """How far the run is with so many firms done and failed by now."""
        taken = time.monotonic() - self._began
        worked = done + failed
        rate = worked / taken if worked and taken > 0 else None
        rest = self._total - self._kept - worked
        return Progress(self._total, done, self._kept, failed, rate, rest / rate if rate else None)


class Lines:
    """A line now and then, and one for each failure: for logs."""

    def __init__(self, stream: IO[str], lang: Lang) -> None:
        self._stream, self._lang, self._last = stream, lang, 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stream.flush()

    def tell(self, event: Event) -> None:
        """Print the event where it is worth a line."""
        if event.kind == "failed":
            self._print(say("batch", "failed", self._lang, firm=event.firm, row=event.row, reason=event.reason))
        due = time.monotonic() - self._last >= EVERY
        if event.kind in ("begun", "ended") or due:
            self._last = time.monotonic()
            self._print(in_words(event.progress, self._lang))

    def _print(self, line: str) -> None:
        print(line, file=self._stream, flush=True)


class JsonLines:
    """Every event as a line of JSON: for programs."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stream.flush()

    def tell(self, event: Event) -> None:
        """Print the event."""
        print(json.dumps(asdict(event), ensure_ascii=False), file=self._stream, flush=True)


class Bar:
    """A bar with done, failed, rate and time left, and a line for each failure above it: for a terminal."""

    def __init__(self, lang: Lang) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        self._lang = lang
        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[said]}"), console=Console(stderr=True)
        )
        self._task: Any = None

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.stop()

    def tell(self, event: Event) -> None:
        """Move the bar; print a failure above it."""
        if event.kind == "failed":
            line = say("batch", "failed", self._lang, firm=event.firm, row=event.row, reason=event.reason)
            self._bar.console.print(line, markup=False, highlight=False)
        now = event.progress
        if self._task is None:
            self._task = self._bar.add_task(say("batch", "bar", self._lang), total=now.total, said="")
        self._bar.update(self._task, completed=now.done + now.kept + now.failed, said=in_words(now, self._lang))


def in_words(now: Progress, lang: Lang) -> str:
    """How far a run is, in one line."""
    said = say("batch", "progress", lang, done=now.done + now.kept, total=now.total, failed=now.failed)
    if now.rate is None or now.left is None:
        return said
    rate = f"{now.rate:.1f}" if now.rate >= 1 else f"{now.rate:.2f}"
    return say("batch", "pace", lang, said=said, rate=rate, left=_span(now.left))


def _span(seconds: float) -> str:
    """A stretch of time as h:mm:ss.

    >>> _span(3725.2)
    '1:02:06'
    """
    whole = int(seconds) + (seconds > int(seconds))
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
