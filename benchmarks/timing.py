"""Medians of processor time."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Mapping


def median(work: Callable[[], object], runs: int) -> float:
    """Seconds of processor time that ``work`` takes, after one run to warm up."""
    work()
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def print_medians(work: Mapping[str, Callable[[str], object]], names: Iterable[str], runs: int) -> None:
    """A line for each piece of work: its median over the names, and the slowest of them."""
    names = list(names)
    for title, asked in work.items():
        taken = {name: median(lambda n=name, ask=asked: ask(n), runs) for name in names}
        slowest = max(taken, key=lambda name: taken[name])
        middle = sorted(taken.values())[len(taken) // 2]
        print(f"{title:<38} {1000 * middle:8.1f} ms   slowest {1000 * taken[slowest]:8.1f} ms ({slowest})")
