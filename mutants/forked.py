"""Runs the tests that guard a module against each of its mutants, each in a process forked when all else is imported.

A new interpreter for every mutant, as mutation tools start one, spends seconds on importing what never changes. Here a
process imports the libraries and the modules that do not depend on the mutated one, and forks: the child imports the mutant
and what depends on it, and runs pytest. Nothing is written over the work tree.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import pickle
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType
from typing import Literal

import grimp
import hypothesis
import pytest

from mutants.mutations import Mutant, mutants_of

ROOT = Path(__file__).parents[1]
Outcome = Literal["killed", "survived"]
OPTIONS = (
    "-x", "-q", "-o", "addopts=", "-m", "not slow", "--strict-markers", "-p", "no:cacheprovider", "-p", "no:doctest",
    "-W", "ignore::pytest.PytestAssertRewriteWarning",
)  # fmt: skip
MEMORY = 6_000_000_000
"""Bytes a mutant may take that has lost its bounds."""


@dataclass(frozen=True)
class ModuleResult:
    """What became of every mutant of a module, and why there is no result where its tests fail as it is."""

    path: str
    outcomes: tuple[tuple[Mutant, Outcome], ...] = ()
    seconds: float = 0.0
    failure: str = ""


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads a mutant in place of the file."""

    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self._mutated_source = source

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._mutated_source, self.path, "exec", dont_inherit=True)


class _Finder(importlib.abc.MetaPathFinder):
    """Finds a mutant before the file."""

    def __init__(self, name: str, path: str, source: str) -> None:
        self._name, self._path, self._loader = name, path, _Loader(name, path, source)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._name:
            return None
        return importlib.util.spec_from_file_location(fullname, self._path, loader=self._loader)


def run_module(task: tuple[str, Sequence[str]]) -> ModuleResult:
    """Every mutant of a module, given by its path, against its tests. To be called once in a process."""
    path, tests = task
    started = time.monotonic()
    name = path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    original = (ROOT / path).read_text("utf-8")
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    hypothesis.settings.register_profile(
        "mutants",
        phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),  # none to make examples smaller: that kills no more
        verbosity=hypothesis.Verbosity.quiet,
        database=None,
        derandomize=True,
    )
    hypothesis.settings.load_profile("mutants")
    with tempfile.TemporaryDirectory(prefix="advisor-mutants-") as folder:
        os.environ["ADVISOR_CACHE"] = str(Path(folder, "knowledge"))
        sys.dont_write_bytecode = False  # what never changes is compiled once
        sys.pycache_prefix = str(Path(folder, "bytecode"))
        for _ in range(2):  # the second time with everything imported that stays
            child = _Child(Path(folder), name, path, original, tests)
            passed, seconds, log = child.wait(600)
            if not passed:
                return ModuleResult(path, failure=log)
            _import_what_stays(child.imported, name)
        gc.freeze()
        outcomes: list[tuple[Mutant, Outcome]] = []
        for mutant in mutants_of(ROOT / path):
            passed, _, _ = _Child(Path(folder), name, path, mutant.source, tests).wait(5 + 5 * seconds)
            outcomes.append((mutant, "survived" if passed else "killed"))
        passed, _, log = _Child(Path(folder), name, path, original, tests).wait(600)  # nothing but the mutants killed
    return ModuleResult(path, tuple(outcomes), time.monotonic() - started, "" if passed else log)


def _import_what_stays(modules: Sequence[str], mutated: str) -> None:
    """Import what the tests need, and forget the mutated module with all that depends on it.

    Whole packages are forgotten, for modules enter themselves in one another's tables (of routes, of limits) when imported.
    """
    for module in modules:
        with contextlib.suppress(Exception):
            importlib.import_module(module)
    graph = grimp.build_graph("advisor", cache_dir=None)
    packages = {_package(name) for name in (mutated, *graph.find_downstream_modules(mutated))}
    for name in [name for name in sys.modules if _package(name) in packages]:
        del sys.modules[name]
        parent, _, attribute = name.rpartition(".")
        if parent in sys.modules:
            vars(sys.modules[parent]).pop(attribute, None)


def _package(module: str) -> str:
    return ".".join(module.split(".")[:2])


class _Child:
    """A forked process that runs tests on one version of a module. ``imported`` are the modules it had at its end."""

    def __init__(self, folder: Path, name: str, path: str, source: str, tests: Sequence[str]) -> None:
        self._place = Path(tempfile.mkdtemp(dir=folder))
        self._log, self._modules = self._place / "log", self._place / "modules"
        self._pid = os.fork()
        if not self._pid:
            code = 1
            try:
                code = self._run(_Finder(name, str(ROOT / path), source), tests)
            finally:
                os._exit(code)

    def _run(self, finder: _Finder, tests: Sequence[str]) -> int:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        with self._log.open("wb") as log, open(os.devnull, "rb") as nothing:
            os.dup2(nothing.fileno(), 0)
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
        tempfile.tempdir = os.environ["TMPDIR"] = str(self._place)
        sys.meta_path.insert(0, finder)
        os.chdir(ROOT)
        code = pytest.main([*OPTIONS, *tests])
        stays = [name for name in sys.modules if name.partition(".")[0] not in ("tests", "mutants", "__main__")]
        self._modules.write_bytes(pickle.dumps(stays))
        sys.stdout.flush()
        return int(code)

    def wait(self, seconds: float) -> tuple[bool, float, str]:
        """Whether all tests passed within some seconds of processor time, how many it took, and what pytest printed."""
        end = time.monotonic() + 10 * seconds
        while (ended := os.wait4(self._pid, os.WNOHANG))[0] == 0:
            if time.monotonic() > end or _processor_time(self._pid) > seconds:
                os.killpg(self._pid, signal.SIGKILL)
            time.sleep(0.01)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._pid, signal.SIGKILL)  # whatever it started
        log = self._log.read_text("utf-8", "replace") if self._log.exists() else ""
        self.imported: list[str] = pickle.loads(self._modules.read_bytes()) if self._modules.exists() else []
        shutil.rmtree(self._place, ignore_errors=True)
        return ended[1] == 0, ended[2].ru_utime + ended[2].ru_stime, log


def _processor_time(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
