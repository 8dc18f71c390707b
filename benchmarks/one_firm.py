"""How long one firm takes, step by step: ``./run bench`` in seconds of processor time, medians of several runs.

Cold start is a whole process; the rest is warm, in one process. Figures are for comparing versions on one machine.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from advisor.assessment import assess
from advisor.insight.full_assessment import assess_fully
from advisor.interview import read_answers
from advisor.knowledge import data_folder, load_knowledge
from advisor.reporting import render
from advisor.reporting.look import Look
from benchmarks.timing import median

FIRM = data_folder("questionnaires") / "samples" / "machine_tool_maker.yaml"


def cold(*words: str) -> float:
    """Wall seconds of a whole ``advisor`` process with its cache filled."""
    command = [sys.executable, "-m", "advisor", *words]
    subprocess.run(command, capture_output=True, check=True)
    start = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as cache:
        os.environ["ADVISOR_CACHE"] = cache
        start = time.process_time()
        knowledge = load_knowledge()
        first = time.process_time() - start
        answers = read_answers(FIRM, knowledge)
        assessment = assess(answers, knowledge)
        pages = Path(cache) / "out"
        rows = {
            f"load {len(knowledge.rules)} rules from YAML": first,
            f"load {len(knowledge.rules)} rules from the cache": median(load_knowledge, 9),
            "read a sheet of answers": median(lambda: read_answers(FIRM, knowledge), 9),
            "assess it by experta, with trace": median(lambda: assess(answers, knowledge), 9),
            "assess it by columns, with trace": median(lambda: assess(answers, knowledge, engine="columns"), 9),
            "by columns, examined, a system chosen": median(lambda: assess_fully(answers, knowledge, None), 9),
            "render HTML": median(lambda: render(assessment, "html", "zh", Look("evidence")), 9),
            "render PDF, Chinese": median(lambda: render(assessment, "pdf", "zh", Look("evidence")), 3),
            "render PDF, English": median(lambda: render(assessment, "pdf", "en", Look("evidence")), 3),
            "advisor assess, cold process (wall)": cold("assess", str(FIRM)),
            "advisor report, cold process (wall)": cold("report", str(FIRM), "--out", str(pages)),
        }
    for name, seconds in rows.items():
        print(f"{name:<40} {seconds * 1000:9.1f} ms")


if __name__ == "__main__":
    main()
