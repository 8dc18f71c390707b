"""What the options before a command say, and help texts in the language of the command that runs."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.words import language

if TYPE_CHECKING:
    from advisor.errors import Problem
    from advisor.insight.knowledge_choice import KnowledgeChoice
    from advisor.interview import Answers
    from advisor.knowledge import Knowledge
    from advisor.text import Lang


@dataclass(frozen=True)
class Settings:
    """What the options before the command say."""

    lang: Lang
    rules: Path | None
    questionnaires: Path | None
    papers_only: bool = False
    weights: str | None = None
    catalogue: Path | None = None
    encoding: str = ""
    mapping: Path | None = None

    def say(self, key: str, /, **values: object) -> str:
        """A text of the command line's catalogue."""
        from advisor.text import say

        return say("cli", key, self.lang, **values)

    def say_command(self, key: str, /, **values: object) -> str:
        """A text that names a command to run next: called as the user called this one, values quoted for a shell."""
        command = click.get_current_context().find_root().info_name
        return self.say(key, command=command, **{name: shlex.quote(str(value)) for name, value in values.items()})

    def show_notes(self, notes: Iterable[Problem]) -> None:
        """Print notes on what was carried over from earlier versions, to standard error."""
        for note in notes:
            click.echo(note.line(self.lang), err=True)

    def read_answers(self, path: Path, knowledge: Knowledge) -> Answers:
        """The answers in a file, which is read as ``--encoding`` and ``--mapping`` say where the command takes them."""
        from advisor.interview import read_answers
        from advisor.interview.table_options import TableOptions, read_mapping

        mapping = read_mapping(self.mapping, knowledge) if self.mapping else None
        return read_answers(path, knowledge, TableOptions("", self.encoding, mapping))

    @property
    def choice(self) -> KnowledgeChoice:
        """Which knowledge the options name."""
        from advisor.insight.knowledge_choice import KnowledgeChoice

        return KnowledgeChoice(self.rules, self.questionnaires, self.papers_only, self.weights, self.catalogue)

    def knowledge(self) -> Knowledge:
        """The knowledge the options name, by default the product's own."""
        return self.choice.knowledge()


def help_text(key: str) -> str:
    """A help text in the language of the command that runs."""
    from advisor.text import say

    return say("cli", f"help.{key}", language())
