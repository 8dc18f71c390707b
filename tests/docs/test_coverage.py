"""Nothing that a user can type, import or set is missing from the docs."""

from __future__ import annotations

import ast
import inspect
import re

import click
import pytest

import advisor
from advisor.cli.words import LanguageOption
from advisor.frames import ASSESSMENT_COLUMNS, RESULT_COLUMNS
from tests.docs.pages import PAGES, ROOT, command_chain, every_command, options_of

COMMAND_LINE = (ROOT / "docs" / "command-line.md").read_text("utf-8")
LIBRARY = (ROOT / "docs" / "library.md").read_text("utf-8")
ROWS = [line for line in COMMAND_LINE.splitlines() if line.startswith("| `advisor ")]


def section(anchor: str) -> str:
    """The section of the page of commands that an anchor leads to."""
    for text in re.split(r"^## ", COMMAND_LINE, flags=re.MULTILINE):
        head = text.partition("\n")[0]
        if re.sub(r"\W+", "-", head.strip().lower()) == anchor:
            return text
    raise AssertionError(f"no section #{anchor}")


def described(name: str) -> str:
    """The row of a command with the sections it leads to."""
    group, _, last = name.removesuffix(" run").rpartition(" ")
    rows = [row for row in ROWS if f"`advisor {group} " in row and re.search(rf"[` ]{last}\b", row)] if group else []
    rows = rows or [row for row in ROWS if re.search(rf"`advisor {last}[ `]", row)]
    assert rows, f"docs/command-line.md has no row for: advisor {name}"
    return "\n".join([*rows, *(section(anchor) for anchor in re.findall(r"\(#([\w-]+)\)", rows[0]))])


@pytest.mark.parametrize(("name", "command"), list(every_command()), ids=lambda part: part if isinstance(part, str) else "")
def test_every_command_and_option_is_described(name: str, command: click.Command):
    text = described("batch" if name == "batch template" else name)
    shared = {"--lang"} if any(isinstance(option, LanguageOption) for option in command.params) else set()
    assert [option for option in sorted(options_of(command) - shared) if not re.search(rf"{option}\b(?!-)", text)] == []


def test_every_option_before_the_command_is_described():
    chain = command_chain([])
    assert chain is not None
    intro = COMMAND_LINE.partition("| command |")[0]
    assert [option for option in sorted(options_of(chain[0])) if option not in intro] == []


def test_every_public_name_is_described():
    table = LIBRARY.split("## Every public name")[1].split("## What is promised")[0]
    described_names = set(re.findall(r"`(\w+)", table))
    assert sorted(set(advisor.__all__) - described_names) == []


def test_every_column_of_the_data_frames_is_described():
    rows = LIBRARY.split("| column |")[1].split("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", "\n".join(row.split("|")[1] for row in rows.splitlines()[2:]))) == {
        *RESULT_COLUMNS,
        *ASSESSMENT_COLUMNS,
    }


def test_parameters_are_described_as_they_are():
    for call in re.findall(r"`(\w+\([^`]*\))`", LIBRARY):
        node = ast.parse(call, mode="eval").body
        assert isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        names = [ast.unparse(argument) for argument in node.args] + [keyword.arg for keyword in node.keywords]
        if node.func.id in advisor.__all__:
            parameters = inspect.signature(getattr(advisor, node.func.id)).parameters
            assert set(names) <= set(parameters), call


def test_every_variable_of_the_environment_is_described():
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "advisor").rglob("*.py"))
    docs = "\n".join(page.read_text("utf-8") for page in PAGES)
    assert sorted(set(re.findall(r"\bADVISOR_[A-Z_]+\b", code)) - set(re.findall(r"\bADVISOR_[A-Z_]+\b", docs))) == []


def test_nothing_tells_to_install_from_a_package_index():
    """The project is on none: what is installed is the source folder, or another project's package by its own name."""
    others = {"pre-commit"}
    extras = set(re.findall(r"^(\w+) = \[", (ROOT / "pyproject.toml").read_text("utf-8").partition("optional-dep")[2], re.M))
    kinds = {".md", ".yaml", ".py", ".ipynb", ".html"}
    files = [path for top in ("advisor", "docs", "templates") for path in (ROOT / top).rglob("*") if path.suffix in kinds]
    for path in [*files, ROOT / "README.md", ROOT / "README.zh.md", ROOT / "CONTRIBUTING.md"]:
        for what in re.findall(r"pip install (?:--?[\w-]+ )*'?([^\s'`)。]+)", path.read_text("utf-8")):
            extra = re.fullmatch(r"\.(?:\[([\w,]+)\])?", what)
            assert what in others or (extra and set((extra[1] or "").split(",")) - {""} <= extras), f"{path}: {what}"
