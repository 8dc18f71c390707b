"""Run mutation tests and print what they show: `./run mutants [SUBJECT | MODULE …]`; all subjects by default.

Prints every mutant that survives without a reason as it goes, then a table for ``docs/quality.md``. Ends with 1 where fewer
than nine in ten are killed of those that are not equivalent.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from mutants.forked import ModuleResult, run_module
from mutants.mutations import Mutant

HERE = Path(__file__).parent
LEAST_KILLED = 0.9
ANY = "any"
Guards = Mapping[str, Mapping[str, Sequence[str]]]


class Equivalents:
    """The mutants that no test can tell from the original, with the reason; ``equivalents.yaml`` lists them."""

    def __init__(self, path: Path) -> None:
        self._entries = [
            (entry.get("module", ANY), re.compile(entry["before"]), re.compile(entry["after"]), entry["why"])
            for entry in yaml.safe_load(path.read_text("utf-8"))
        ]

    def reason(self, module: str, mutant: Mutant) -> tuple[str, str] | None:
        """For which module, or any, it is said that a mutant is equivalent, and why; None where it is not."""
        for path, before, after, why in self._entries:
            if path in (ANY, module) and before.search(mutant.before) and after.search(mutant.after):
                return path, why
        return None


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
        if outcome == "survived" and not equivalents.reason(result.path, mutant):
            print(f"{result.path}:{mutant.line} survives as\n    {mutant.after}\n  of\n    {mutant.before}", flush=True)


def _summary(results: Sequence[ModuleResult], subjects: Mapping[str, str], equivalents: Equivalents) -> int:
    """Print both tables of ``docs/quality.md``; gives the exit code."""
    print("\n| subject | module | mutants | killed | survived | equivalent | killed of those not equivalent |")
    print("|---|---|---|---|---|---|---|")
    total, reasons = Counter[str](), Counter[tuple[str, str]]()
    for result in results:
        counts = Counter(mutants=len(result.outcomes))
        for mutant, outcome in result.outcomes:
            reason = equivalents.reason(result.path, mutant) if outcome == "survived" else None
            counts["equivalent" if reason else outcome] += 1
            reasons.update([reason] if reason else [])
        print(f"| {subjects[result.path]} | `{result.path}` | {_figures(counts)} |")
        total += counts
    print(f"| all | | {_figures(total)} |\n\n| module | mutants | why no test can tell |\n|---|---|---|")
    for (module, why), number in reasons.items():
        print(f"| `{module}` | {number} | {why} |")
    return 0 if _share(total) >= LEAST_KILLED and not any(result.failure for result in results) else 1


def _figures(counts: Counter[str]) -> str:
    numbers = (counts[name] for name in ("mutants", "killed", "survived", "equivalent"))
    return f"{' | '.join(map(str, numbers))} | {_share(counts):.1%}"


def _share(counts: Counter[str]) -> float:
    """The share killed of the mutants that are not equivalent."""
    return counts["killed"] / max(1, counts["killed"] + counts["survived"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
