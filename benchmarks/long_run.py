"""A long batch watched from outside: its pace, and the memory of every process it takes.

Run with ``./run bench long_run [FIRMS] [ENGINE] [EDITION]``, by default 500 firms' two pages by WeasyPrint.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from advisor.interview import read_answers
from advisor.knowledge import data_folder, load_knowledge
from benchmarks.batch import table

MARKS = 10


def main() -> None:
    import psutil

    given = sys.argv[1:]
    count, engine, edition = int(given[0]) if given else 500, *(given[1:] + ["weasyprint", "owner"][len(given[1:]) :])[:2]
    knowledge = load_knowledge()
    firms = [read_answers(p, knowledge) for p in sorted((data_folder("questionnaires") / "samples").glob("*.yaml"))]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "firms.csv"
        table(source, firms, knowledge, count)
        words = ["batch", str(source), "--out", f"{folder}/out", "--lang", "zh", "--no-portfolio", "--json"]
        command = [sys.executable, "-m", "advisor", *words, "--engine", engine, "--edition", edition]
        began = time.perf_counter()
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        watched = psutil.Process(run.pid)
        assert run.stdout is not None
        print(f"{count} firms, {edition} edition, {engine}: megabytes of the run itself, and of its processes")
        for line in run.stdout:
            told = json.loads(line)
            done = told["progress"]["done"]
            if told["kind"] == "done" and done % max(1, count // MARKS) == 0:
                processes = sorted(child.memory_info().rss / 1e6 for child in watched.children(recursive=True))
                sizes = ", ".join(f"{size:.0f}" for size in processes if size > 50)
                print(f"  after {done:>5}: {watched.memory_info().rss / 1e6:.0f}; {sizes}", flush=True)
        taken = time.perf_counter() - began
        print(f"exit code {run.wait()}, {taken:.1f} s by the clock, {count / taken:.2f} firms/s")


if __name__ == "__main__":
    main()
