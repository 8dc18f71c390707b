"""What the README and the docs say is true."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from advisor.cli.main import advisor
from advisor.insight.weighing import parse_weights
from advisor.interview.reading import parse_answers
from advisor.reporting import FORMATS
from advisor.selection import read_settings
from advisor.text import LANGS, say
from advisor.yaml_source import parse

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def commands() -> set[str]:
    """Every command and sub-command as it is typed."""
    found = set()
    context = click.Context(advisor)
    for name in advisor.list_commands(context):
        command = advisor.get_command(context, name)
        found.add(name)
        if isinstance(command, click.Group):
            found |= {f"{name} {inner}" for inner in command.list_commands(context)}
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_command_named_exists(page: Path):
    known = commands() | {"demo", "test", "bench", "docs", "web"}
    for typed in re.findall(r"(?:\./run|`advisor) ((?:--\w+ \S+ )?[a-z-]+(?: [a-z-]+)?)", page.read_text("utf-8")):
        words = re.sub(r"^--\w+ \S+ ", "", typed).split()
        assert " ".join(words) in known or words[0] in known, typed


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_link_leads_somewhere(page: Path):
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_every_command_is_in_the_command_line_page():
    text = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    for name in commands() - {"questionnaire", "rules", "weights"}:
        assert all(word in text for word in name.split()), name


def test_every_format_of_the_report_is_named_where_one_is_chosen():
    page = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    assert f"[--format {','.join(FORMATS)}]" in page
    for lang in LANGS:
        assert all(re.search(rf"\b{name}\b", say("cli", "help.format", lang), re.A) for name in FORMATS)


def test_the_answers_in_the_readme_can_be_read(knowledge):
    text = (ROOT / "README.md").read_text("utf-8")
    sheet = next(block for block in re.findall(r"```yaml\n(.*?)```", text, re.S) if "answers:" in block)
    assert len(parse_answers(sheet.encode(), "readme.yaml", knowledge).given) == 5


def test_the_rule_the_readme_shows_exists(knowledge):
    for rule in re.findall(r"rules show (\w+)", (ROOT / "README.md").read_text("utf-8")):
        assert rule in knowledge.rules_by_id


def test_the_conditions_in_the_guide_are_conditions(knowledge):
    from advisor.knowledge.read_premises import compile_premise

    text = (ROOT / "docs" / "write-a-rule.md").read_text("utf-8")
    table = text.split("## Conditions")[1].split("## Conclusions")[0]
    wrong = []
    for code in re.findall(r"`([a-z_]+: [^`…]+)`", table):
        compile_premise(parse(code, "guide"), knowledge.facts, lambda *what, **_: wrong.append(what))
    assert not wrong


SHIPPED = (
    "advisor",
    "rules",
    "questionnaires",
    "templates",
    "docs",
    "tests",
    "benchmarks",
    "run",
    "README.md",
    "pyproject.toml",
)


def test_nothing_names_a_machine_or_a_registry():
    for name in (*SHIPPED, "requirements.txt", "requirements-test.txt"):
        top = ROOT / name
        for path in top.rglob("*") if top.is_dir() else [top]:
            if path.is_file() and path.suffix not in (".png", ".pyc"):
                text = path.read_text("utf-8")
                assert not re.search(r"/wor" r"k/|https?://[^ ]*/(simple|packages)/", text), path


def test_the_settings_and_weights_the_docs_show_can_be_read(knowledge, tmp_path):
    text = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    settings, weights = re.findall(r"```yaml\n(.*?)```", text, re.S)
    assert len(parse_weights(weights.encode(), "weights.yaml", knowledge).judged) == 1
    (tmp_path / "firm.selection.yaml").write_text(settings, "utf-8")
    read = read_settings(tmp_path / "firm.selection.yaml", knowledge)
    assert read.years == 3 and read.figures["discount"] == (0.08, 0.08, 0.08)


def test_every_row_of_the_security_page_names_tests_that_are_there():
    page = (ROOT / "docs" / "security.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| threat")]
    assert len(rows) > 15
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", row.rsplit("|", 2)[1])
        assert named, f"no test named: {row[:60]}"
        for file, name in named:
            assert f"\ndef {name}(" in (ROOT / file).read_text("utf-8"), f"{file}::{name}"
