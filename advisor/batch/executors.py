"""Executors as in concurrent.futures: in this process, in local processes, or on a cluster.

Local processes come from pebble: a worker that is killed or hangs costs its own firm at most, while the standard library's
pool breaks whole, and its recycling deadlocks on Python 3.11. A cluster is Dask's (``pip install '.[cluster]'``).
"""

from __future__ import annotations

import contextlib
import ipaddress
import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from typing import Any
from urllib.parse import urlsplit

from pebble import ProcessPool

from advisor.errors import InputError
from advisor.reporting.look import EngineName

RECYCLE_AFTER: dict[EngineName, int] = {"weasyprint": 60, "typst": 500}
"""Firms after which a process is replaced, by PDF engine: layout never releases all its memory."""
TIMEOUT = 120.0
"""Seconds after which a firm's documents are given up."""
MEMORY_LIMIT = 3_000_000_000
"""Bytes of address space a process may take."""
TASKS_PER_WORKER = 3
"""Tasks submitted per worker at a time: enough that none waits, few enough that memory stays constant."""
RETRIES = 2
"""How often a cluster repeats a task whose worker died."""
PRELOADED = ("advisor.batch.worker", "advisor.insight.path", "advisor.reporting.report")
"""Modules that processes making reports import before the first firm; renderers are added according to the formats."""


class InlineExecutor(Executor):
    """Runs each task at once in this process: for few firms, and for debugging."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """A future that holds the result of ``fn`` already."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class ProcessExecutor(Executor):
    """Processes of this machine, with modules preloaded, replaced after some tasks (0: never)."""

    def __init__(self, jobs: int, timeout: float = TIMEOUT, recycle: int = 60, preloaded: Sequence[str] = PRELOADED) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(preloaded))
        self._timeout = timeout
        self._pool: Any = ProcessPool(jobs, max_tasks=recycle, initializer=_initialize_worker, context=context)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run ``fn`` in the next free process, with a time limit."""
        future: Future[Any] = self._pool.submit(fn, self._timeout, *args, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Finish running tasks, or with ``cancel_futures`` stop at once."""
        if cancel_futures:
            self._pool.stop()
        else:
            self._pool.close()
        if wait:
            self._pool.join()


def _initialize_worker() -> None:
    """Set up a new process: a memory limit, one thread for the typesetter, and Ctrl+C left to its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.setdefault("RAYON_NUM_THREADS", "1")  # one process per core already
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))


class ClusterExecutor(Executor):
    """The workers of a Dask scheduler; a task whose worker died is repeated on another."""

    def __init__(self, address: str, trusted: bool = False) -> None:
        _check_address(address, trusted)
        try:
            import distributed
        except ImportError:
            raise InputError("no_cluster_extra") from None
        connect: Any = distributed.Client
        try:
            self._client = connect(address, timeout=10, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise InputError("no_scheduler", address=address, detail=error) from None
        self._executor = self._client.get_executor(pure=False, retries=RETRIES)
        self.cores = sum(self._client.nthreads().values())
        if not self.cores:
            self._client.close()
            raise InputError("no_workers", address=address)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run ``fn`` on a worker of the cluster."""
        future: Future[Any] = self._executor.submit(fn, *args, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Disconnect from the cluster."""
        self._executor.shutdown(wait=wait and not cancel_futures)
        self._client.close()


def _check_address(address: str, trusted: bool) -> None:
    """Refuse a remote scheduler without TLS that is not declared trusted: a scheduler runs whatever it is sent."""
    parts = urlsplit(address)
    if parts.scheme not in ("tcp", "tls") or not parts.hostname:
        raise InputError("bad_scheduler", address=address)
    local = parts.hostname == "localhost"
    with contextlib.suppress(ValueError):
        local = local or ipaddress.ip_address(parts.hostname).is_loopback
    if parts.scheme == "tcp" and not local and not trusted:
        raise InputError("open_scheduler", address=address)


def count_cores() -> int:
    """How many processes this machine can use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
