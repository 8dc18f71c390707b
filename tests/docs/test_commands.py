"""Every command printed in the docs is run as it stands, over the files it names; what is not run has a reason."""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import click
import pytest

from advisor.reporting import weasyprint, word
from advisor.reporting.document import Document
from advisor.reporting.typst import render_typst
from advisor.reporting.word import render_docx
from tests.docs.desk import Desk
from tests.docs.pages import PAGES, ROOT, arguments, command_chain, faults, mentions, name_of, runs_of_commands, shell_lines

STARTED_ELSEWHERE = {
    "serve": "runs until it is stopped; tests/web/test_server.py starts it",
    "--scheduler": "needs a cluster; tests/batch/test_cluster_executor.py starts one",
    "gallery": "draws sixteen reports by WeasyPrint; reports/gallery holds what it wrote",
}
"""Commands of ours that are only parsed, by a word in them, with the reason."""
OTHER_PROGRAMS = {
    "./run test": "this is what runs this test",
    "./run mutants": "takes twenty minutes; tests/test_guards.py holds what it reads to the code",
    "curl": "tests/web/test_api_docs.py runs it against a server",
    "pip": "installs; the extras it names are looked up here",
    "dask": "a program of the extra `cluster`; tests/batch/test_cluster_executor.py starts both",
    "docker": "the image is documented and not built by our checks, as the page says",
    "git": "acts on a checkout",
    ".venv/bin/": "a tool of .ci/run",
}
"""Commands of other programs, by how they begin, with the reason why they are not run here."""
PLACEHOLDER = re.compile(r"\b[A-Z]{2,}\b|…|\[|\||\.\.\.|/srv/")
MOVED = {"/srv/crm/cases.db": "cases.db", "postgresql://advisor@db/crm": "restored.db"}
"""Databases of the examples, and the files that stand for them here."""


def first_chapter(draw: Callable[..., bytes]) -> Callable[..., bytes]:
    """A renderer that draws no more than the first chapter."""

    def draw_some(document: Document, *rest: object) -> bytes:
        return draw(replace(document, chapters=document.chapters[:1]), *rest)

    return draw_some


@pytest.fixture
def desk(tmp_path: Path, knowledge, firms, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The folder, entered. Only the first chapter is drawn, PDFs by Typst: drawing has tests of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(weasyprint, "render_pdf", first_chapter(render_typst))
    monkeypatch.setattr(word, "render_docx", first_chapter(render_docx))
    return Desk(tmp_path, knowledge, firms)


def parse(words: Sequence[str]) -> None:
    """Read a command line to its end without running it. Raises :class:`click.UsageError` where it is not understood."""
    chain = command_chain([word for word in words[:1] if not word.startswith("-")])
    assert chain, words
    context: click.Context | None = None
    rest = list(words)
    for command in chain:
        context = command.make_context(command.name, rest, parent=context)
        rest = [*context._protected_args, *context.args][1:] if isinstance(command, click.Group) else []


def type_or_parse(desk: Desk, words: list[str]) -> None:
    """Run a command of ours, or only parse one that is started elsewhere."""
    if STARTED_ELSEWHERE.keys() & set(words):
        parse(words)
    else:
        desk.type(*(MOVED.get(word, word) for word in words))


@pytest.mark.slow
@pytest.mark.parametrize("page", runs_of_commands(), ids=name_of)
def test_the_commands_of_a_page_run_one_after_another_as_they_stand(page: Path, desk: Desk):
    for words in shell_lines(page):
        ours = arguments(words)
        if ours is not None:
            type_or_parse(desk, ours)
        else:
            assert any(" ".join(words).startswith(begin) for begin in OTHER_PROGRAMS), f"nothing runs: {' '.join(words)}"


@pytest.mark.slow
def test_a_command_in_running_text_that_names_no_placeholder_runs(desk: Desk):
    for text in dict.fromkeys(mention.text for page in PAGES for mention in mentions(page.read_text("utf-8"))):
        ours = arguments(text.split())
        if ours and not PLACEHOLDER.search(text) and is_whole(ours):
            type_or_parse(desk, ours)


def is_whole(words: list[str]) -> bool:
    """Whether words are a whole command rather than the name of one that wants more."""
    try:
        parse(words)
    except click.UsageError:
        return False
    return True


def test_a_command_that_does_not_exist_is_told_and_so_is_an_option():
    assert faults("Run `advisor asess FIRM`.") == ["`advisor asess FIRM`: no such command"]
    assert faults("Run `./run rules chek`.") == ["`./run rules chek`: no such command"]
    assert faults("Run `advisor assess FIRM [--saved FILE]`.") == ["`advisor assess FIRM [--saved FILE]`: no option --saved"]
    assert not faults("Run `advisor --lang zh assess FIRM [--save FILE]`, `./run docs` or `advisor batch FIRMS --out DIR`.")


def test_a_command_of_the_shell_blocks_that_does_not_exist_fails(desk: Desk):
    for words in (["asess", "client.yaml"], ["assess", "client.yaml", "--saved", "x"], ["assess", "nobody.yaml"]):
        with pytest.raises(AssertionError, match="exit code"):
            type_or_parse(desk, words)
    with pytest.raises((click.UsageError, AssertionError)):
        type_or_parse(desk, ["serve", "--prot", "9000"])


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_and_option_named_exists(page: Path):
    assert faults(page.read_text("utf-8")) == []


def test_what_is_not_run_is_still_named_somewhere():
    lines = [" ".join(words) for page in PAGES for words in shell_lines(page)]
    assert [begin for begin in OTHER_PROGRAMS if not any(line.startswith(begin) for line in lines)] == []
    assert all(
        (ROOT / path).exists() for reason in STARTED_ELSEWHERE.values() for path in re.findall(r"tests/\S+\.py", reason)
    )


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_programs_files_and_modules_named_beside_python_exist(page: Path):
    text = page.read_text("utf-8")
    for path in re.findall(r"\.venv/bin/[\w-]+", text):
        assert os.access(ROOT / path, os.X_OK) or f"pip install {Path(path).name}" in text, path
    for module in re.findall(r"-m\s+(benchmarks\.\w+)", text):
        assert importlib.util.find_spec(module), module
    for benchmark in re.findall(r"\./run bench ([a-z_]+)", text):
        assert importlib.util.find_spec(f"benchmarks.{benchmark}"), benchmark
    for path, test in re.findall(r"(tests/[\w/]+\.py)(?:::(\w+))?", text):
        assert f"def {test}" in (ROOT / path).read_text("utf-8"), f"{path}::{test}"
