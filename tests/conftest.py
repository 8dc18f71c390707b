"""What tests share: the product's knowledge, a tiny knowledge of its own, and the seven firms."""

from __future__ import annotations

import functools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

os.environ.setdefault("ADVISOR_CACHE", tempfile.mkdtemp(prefix="advisor-test-cache-"))
os.environ["LANG"] = "C.UTF-8"
os.environ.pop("LC_ALL", None)

from advisor.assessment import Assessment
from advisor.insight.full_assessment import assess_fully
from advisor.interview import Answers, read_answers
from advisor.interview.answer_files import parse_answers
from advisor.knowledge import Knowledge, load_knowledge

ROOT = Path(__file__).parents[1]
SMALL = ROOT / "tests" / "small"
SAMPLES = ROOT / "questionnaires" / "samples"


def pytest_configure() -> None:
    """Take away the settings of the shell: ./run sets the name of the command, and an operator may have set more."""
    for setting in [name for name in os.environ if name.startswith("ADVISOR_") and name != "ADVISOR_CACHE"]:
        del os.environ[setting]


def pytest_unconfigure() -> None:
    """Leave no cache folder behind."""
    if "advisor-test-cache-" in os.environ["ADVISOR_CACHE"]:
        shutil.rmtree(os.environ["ADVISOR_CACHE"], ignore_errors=True)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The product's own knowledge."""
    return load_knowledge()


@pytest.fixture(scope="session")
def small() -> Knowledge:
    """A tiny knowledge with one of everything."""
    return load_knowledge(SMALL / "rules", SMALL / "questionnaires")


@pytest.fixture
def answers(small: Knowledge):
    """Read answers to the tiny questionnaire from YAML text."""

    def read(text: str) -> Answers:
        return parse_answers(text.encode(), "firm.yaml", small)

    return read


@pytest.fixture(scope="session")
def further_firms(knowledge: Knowledge) -> dict[str, Answers]:
    """Twenty further firms by file name."""
    return {path.stem: read_answers(path, knowledge) for path in sorted((ROOT / "tests" / "firms").glob("*.yaml"))}


@pytest.fixture(scope="session")
def firms(knowledge: Knowledge) -> dict[str, Answers]:
    """The seven sample firms by file name."""
    return {path.stem: read_answers(path, knowledge) for path in sorted(SAMPLES.glob("*.yaml"))}


@pytest.fixture(scope="session")
def assessed_firm(
    knowledge: Knowledge, firms: dict[str, Answers], further_firms: dict[str, Answers]
) -> Callable[[str], Assessment]:
    """The full assessment of a sample or a further firm by its file name, made once for all tests of a process."""
    return functools.cache(lambda name: assess_fully({**further_firms, **firms}[name], knowledge, None))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser, started once for all tests of a process: a second one beside it would be refused."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        yield browser
        browser.close()
