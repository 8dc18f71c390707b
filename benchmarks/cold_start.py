"""What a command costs from its start as a process to its end, the knowledge in its cache: seconds of processor time.

Run with ``./run bench cold_start``; with the folder of another check-out behind it (``git worktree add /tmp/old v0.1.0``)
that program's ``advisor assess`` takes its turn too, and all others are ratios to it, taken round by round. It runs in the
same Python, so the packages it needs must be there.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
FIRM = "questionnaires/samples/building_contractor.yaml"
COMMANDS = {
    "assess FIRM": ["-m", "advisor", "assess", FIRM],
    "assess FIRM --engine columns": ["-m", "advisor", "assess", FIRM, "--engine", "columns"],
    "--version": ["-m", "advisor", "--version"],
    "Python alone": ["-c", "pass"],
}
OLD = "assess FIRM, the other check-out"


def processor_seconds(arguments: Sequence[str], folder: Path) -> float:
    """Processor time of a process of Python with these arguments, started in a folder whose modules it takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # the modules are compiled once, in the round that is not counted
    subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    options = argparse.ArgumentParser(description="Commands as whole processes, in turn.")
    options.add_argument("old", type=Path, nargs="?", help="another check-out to compare with")
    options.add_argument("--rounds", type=int, default=9)
    chosen = options.parse_args()
    runs = {name: (arguments, HERE) for name, arguments in COMMANDS.items()}
    if chosen.old:
        runs = {OLD: (COMMANDS["assess FIRM"], chosen.old.resolve())} | runs
    rounds = [{name: processor_seconds(*run) for name, run in runs.items()} for _ in range(chosen.rounds + 1)][1:]
    for name in runs:
        line = f"{name:<34} {statistics.median(taken[name] for taken in rounds):7.3f} s"
        if chosen.old:
            line += f" {statistics.median(taken[name] / taken[OLD] for taken in rounds):8.2f} of the other"
        print(line)


if __name__ == "__main__":
    main()
