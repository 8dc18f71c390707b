"""The pages of the documentation, and what in them can be run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from advisor.cli.main import advisor

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "README.zh.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "reports" / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
RUN_WORDS = {"docs": "reference", "web": "serve"}
"""What ``./run WORD`` stands for, where it is not the command of that name."""
SHELL_ONLY = ("test", "bench", "mutants")
"""Words of ``./run`` that are no commands of ``advisor``."""
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


def name_of(page: Path) -> str:
    """A page as test ids and messages call it."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return [text for kind, text in _BLOCK.findall(page.read_text("utf-8")) if kind == language]


def shell_lines(page: Path) -> Iterator[list[str]]:
    """Every command of the shell blocks as words, without comments; what ``&&`` joins apart."""
    for block in blocks(page, "sh"):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            while words:
                end = words.index("&&") if "&&" in words else len(words)
                yield words[:end]
                words = words[end + 1 :]


def runs_of_commands() -> list[Path]:
    """The pages with commands, one for each run of them: a translation with the commands of another page is run with it."""
    pages = {tuple(map(tuple, shell_lines(page))): page for page in reversed(PAGES)}
    return [page for page in PAGES if any(shell_lines(page)) and page in pages.values()]


def headings(page: Path) -> list[int]:
    """How deep each heading of a page is, in their order."""
    return [len(marks) for marks in re.findall(r"^(#+) ", re.sub(_BLOCK, "", page.read_text("utf-8")), re.MULTILINE)]


def arguments(words: list[str]) -> list[str] | None:
    """What the ``advisor`` command is given by a command of the docs; None where it is another program's."""
    if words[:3] == [".venv/bin/python", "-m", "advisor"]:
        return words[3:]
    if words[0] == "advisor":
        return words[1:]
    if words[0] == "./run" and words[1:2] and words[1] not in SHELL_ONLY:
        return [RUN_WORDS.get(words[1], words[1]), *words[2:]]
    return None


@dataclass(frozen=True)
class Mention:
    """A command named in running text: its words up to the first that is no plain word, and the options beside them."""

    text: str
    words: list[str]
    options: list[str]


def mentions(text: str) -> Iterator[Mention]:
    """The ``advisor …`` and ``./run …`` commands between backticks, as ``advisor cost FIRM [--years 3]``."""
    for code in _CODE.findall(re.sub(_BLOCK, "", text)):
        begin = re.match(r"(?:\./run|(?:\.venv/bin/python -m )?advisor) (.+)", code)
        if begin is None:
            continue
        plain = re.sub(r"\[[^]]*\]", "", begin[1])
        words = re.sub(r"(?:^| )--[a-z-]+ \S+", "", f" {plain}").split()
        count = next((place for place, word in enumerate(words) if not re.fullmatch(r"[a-z][a-z-]*", word)), len(words))
        yield Mention(code, words[:count], re.findall(r"--[a-z][a-z-]*", code))


def command_chain(words: list[str]) -> list[click.Command] | None:
    """The chain of commands that some words name, the group first; None where there is no such command."""
    chain: list[click.Command] = [advisor]
    for word in [RUN_WORDS.get(words[0], words[0]), *words[1:]] if words else []:
        group = chain[-1]
        if not isinstance(group, click.Group):
            break
        command = group.get_command(click.Context(group), word)
        if command is None:
            return None
        chain.append(command)
    return chain


def options_of(command: click.Command) -> set[str]:
    """The long options of a command."""
    options = [option for option in command.params if isinstance(option, click.Option)]
    return {name for option in options for name in (*option.opts, *option.secondary_opts) if name.startswith("--")}


def every_command(group: click.Group = advisor, above: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Each command that can be typed, with its words."""
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from every_command(command, (*above, name))
        else:
            yield " ".join((*above, name)), command


def faults(text: str) -> list[str]:
    """The commands and options named in a text that do not exist."""
    wrong = []
    for mention in mentions(text):
        if mention.words and mention.words[0] in SHELL_ONLY:
            continue
        chain = command_chain(mention.words)
        if chain is None:
            wrong.append(f"`{mention.text}`: no such command")
            continue
        known = {"--help"}.union(*map(options_of, chain))
        if isinstance(last := chain[-1], click.Group):
            known |= {option for _, command in every_command(last) for option in options_of(command)}
        wrong += [f"`{mention.text}`: no option {name}" for name in mention.options if name not in known]
    return wrong
