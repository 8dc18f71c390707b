"""Firms a second scored out of a large CSV, by one process and by several in turn; what they write is compared.

Run with ``./run bench scores [--rows N] [--rounds N] [--jobs N]``. Of one process the processor time is measured, which the
load of the machine changes little; of several the time by the clock, start included, for which the machine must be quiet.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from advisor.batch.executors import count_cores
from advisor.batch.score_table import score_table
from advisor.insight.knowledge_choice import BUILT_IN
from advisor.interview import read_answers
from advisor.knowledge import Knowledge, data_folder, load_knowledge
from benchmarks.batch import table


def run(source: Path, out: Path, knowledge: Knowledge, jobs: int) -> tuple[float, float, bytes]:
    """Seconds by the clock, seconds of this process's processor time, and the table of scores."""
    began, began_cpu = time.perf_counter(), time.process_time()
    result = score_table(source, out, knowledge, "en", choice=BUILT_IN, jobs=jobs)
    return time.perf_counter() - began, time.process_time() - began_cpu, result.path.read_bytes()


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--rows", type=int, default=100_000)
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--jobs", type=int, default=count_cores())
    asked = words.parse_args()
    knowledge = load_knowledge()
    firms = [read_answers(p, knowledge) for p in sorted((data_folder("questionnaires") / "samples").glob("*.yaml"))]
    measures = (
        "one process, processor time",
        "one process, by the clock",
        f"{asked.jobs} processes, by the clock",
        f"{asked.jobs} processes, processor time of the one that reads and writes",
    )
    seconds: dict[str, list[float]] = {name: [] for name in measures}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "firms.csv"
        table(source, firms, knowledge, asked.rows)
        for _ in range(asked.rounds):
            clock, processor, scores = run(source, Path(folder), knowledge, 1)
            clock_of_many, processor_of_main, scores_of_many = run(source, Path(folder), knowledge, asked.jobs)
            assert scores_of_many == scores
            for name, taken in zip(measures, (processor, clock, clock_of_many, processor_of_main), strict=True):
                seconds[name].append(taken)
    print(f"scores of {asked.rows:,} firms, {asked.rounds} rounds: firms/s, the best round and the median one")
    for name, taken in seconds.items():
        best, median = asked.rows / min(taken), asked.rows / statistics.median(taken)
        print(f"  {name:<64}{best:10,.0f} {median:10,.0f}   {1e6 / best:5.0f} us a firm")


if __name__ == "__main__":
    main()
