"""Run mutation tests and print what they show: `./run mutants [SUBJECT | MODULE …]`; all subjects by default.

Prints every mutant that survives without a reason as it goes, then a table for ``docs/quality.md``. Ends with 1 where fewer
than nine in ten are killed, or a mutant called equivalent is killed after all.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import yaml

from mutants.forked import ModuleResult, run_module
from mutants.mutations import Mutant

HERE = Path(__file__).parent
LEAST_KILLED = 0.9
Guards = Mapping[str, Mapping[str, Sequence[str]]]


class Equivalents:
    """The mutants that no test can tell from the original, with the reason; ``equivalents.yaml`` lists them."""

    def __init__(self, path: Path) -> None:
        self._entries = [
            (entry.get("module", ""), re.compile(entry["before"]), re.compile(entry["after"]), entry["why"])
            for entry in yaml.safe_load(path.read_text("utf-8"))
        ]
        self.unused = {why for *_, why in self._entries}

    def reason(self, module: str, mutant: Mutant) -> str:
        """Why a mutant is equivalent; empty where it is none."""
        for path, before, after, why in self._entries:
            if path in ("", module) and before.search(mutant.before) and after.search(mutant.after):
                self.unused.discard(why)
                return str(why)
        return ""


def main(chosen: Sequence[str]) -> int:
    """Run the modules of the subjects and paths chosen."""
    guards: Guards = yaml.safe_load((HERE / "guards.yaml").read_text("utf-8"))
    subjects = {path: subject for subject, modules in guards.items() for path in modules}
    tests = {path: lines for modules in guards.values() for path, lines in modules.items()}
    paths = [path for path in tests if not chosen or path in chosen or subjects[path] in chosen]
    if not paths:
        print(f"no such subject or module; subjects are: {', '.join(guards)}", file=sys.stderr)
        return 2
    equivalents = Equivalents(HERE / "equivalents.yaml")
    results: list[ModuleResult] = []
    with multiprocessing.get_context("spawn").Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        for result in pool.imap_unordered(run_module, [(path, tests[path]) for path in paths], chunksize=1):
            _tell(result, equivalents)
            results.append(result)
    return _summary(sorted(results, key=lambda result: paths.index(result.path)), subjects, equivalents)


def _tell(result: ModuleResult, equivalents: Equivalents) -> None:
    """Print what a module's tests let through."""
    print(f"== {result.path}: {len(result.outcomes)} mutants, {result.seconds:.0f} s", flush=True)
    if result.failure:
        print(f"its tests fail as it is:\n{result.failure[-4000:]}", flush=True)
    for mutant, outcome in result.outcomes:
        reason = equivalents.reason(result.path, mutant)
        if (outcome == "survived") != bool(reason):
            what = "is killed, though called equivalent" if reason else "survives"
            print(f"{result.path}:{mutant.line} {what}\n    {mutant.before}\n    {mutant.after}", flush=True)


def _summary(results: Iterable[ModuleResult], subjects: Mapping[str, str], equivalents: Equivalents) -> int:
    """Print the table; gives the exit code."""
    print("\n| subject | module | mutants | killed | survived | equivalent | share killed |\n|---|---|---|---|---|---|---|")
    good, counts = True, [0, 0, 0, 0]
    for result in results:
        called = [bool(equivalents.reason(result.path, mutant)) for mutant, _ in result.outcomes]
        killed = sum(outcome == "killed" for _, outcome in result.outcomes)
        survived = sum(o == "survived" and not same for (_, o), same in zip(result.outcomes, called, strict=True))
        wrongly = sum(o == "killed" and same for (_, o), same in zip(result.outcomes, called, strict=True))
        line = [len(result.outcomes), killed, survived, sum(called)]
        counts = [total + number for total, number in zip(counts, line, strict=True)]
        good = good and not result.failure and not wrongly
        print(f"| {subjects[result.path]} | `{result.path}` | {' | '.join(map(str, line))} | {_share(killed, survived)} |")
    print(f"| all | | {' | '.join(map(str, counts))} | {_share(counts[1], counts[2])} |")
    return 0 if good and counts[1] >= LEAST_KILLED * (counts[1] + counts[2]) else 1


def _share(killed: int, survived: int) -> str:
    return f"{killed / (killed + survived):.0%}" if killed + survived else "–"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
