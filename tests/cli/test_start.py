"""How little is loaded before it is needed, and that nothing is missing from the help for it."""

from __future__ import annotations

import os
import subprocess
import sys

import click
import pytest

from advisor.cli.main import COMMANDS, OPTIONS, advisor, command_help
from advisor.text import LANGS, catalogue
from tests.conftest import ROOT, SAMPLES


def loaded_by(*arguments: str) -> set[str]:
    """The modules a fresh process has loaded when the command ends."""
    code = (
        "import sys\nfrom advisor.cli.main import advisor\nadvisor(standalone_mode=False)\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, *arguments]
    process = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, cwd=ROOT)
    assert process.returncode == 0, process.stderr
    return set(process.stderr.split())


def test_the_version_is_told_without_reading_a_text():
    loaded = loaded_by("--version")
    assert loaded.isdisjoint({"pydantic", "yaml", "advisor.text", "advisor.errors"})


def test_help_lists_all_commands_and_loads_none_of_them():
    loaded = loaded_by("--help")
    assert {name for name in loaded if name.startswith("advisor.cli.")} == {
        "advisor.cli.exits",
        "advisor.cli.main",
        "advisor.cli.settings",
        "advisor.cli.words",
        "advisor.cli.wrapping",
    }


def test_a_verdict_is_printed_without_chapters_renderers_and_masked_arrays():
    loaded = loaded_by("assess", str(SAMPLES / "machine_tool_maker.yaml"))
    unused = {"advisor.reporting.chapters", "jinja2", "weasyprint", "openpyxl", "flask", "sqlalchemy", "numpy.ma"}
    assert loaded.isdisjoint(unused)


@pytest.mark.parametrize("lang", LANGS)
def test_help_speaks_the_language_of_the_locale_in_full(lang: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8" if lang == "zh" else "C.UTF-8")
    context = click.Context(advisor, info_name="advisor", terminal_width=200)
    page = advisor.get_help(context)
    for key in (*OPTIONS.values(), *(name.replace("-", "_") for name in COMMANDS), "advisor"):
        assert "".join(catalogue("cli")[f"help.{key}"][lang].split()) in "".join(page.split())
    assert all(f" {name} " in page for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_where_the_table_says_and_helps_as_it_says(name: str):
    command = advisor.get_command(click.Context(advisor), name)
    assert command is not None
    assert command.name == name
    assert command.help == command_help(name)
