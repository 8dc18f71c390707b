"""The ``advisor`` command: its group, the options all commands share, and what errors look like."""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from advisor.cli.exits import EXIT_INPUT, EXIT_STOPPED
from advisor.cli.settings import Settings, help_text
from advisor.cli.words import (
    LANGUAGE,
    WordsContext,
    in_language,
    language,
    mistakes_in_words,
    named_language,
    put_into_words,
    translate_click,
)
from advisor.languages import CALLED_AS, LANGS, called_as, locale_language
from advisor.version import __version__

if TYPE_CHECKING:
    from advisor.text import Lang

translate_click()

RUN_WORDS = ("web", "docs", "test", "bench", "mutants")
"""What ``./run`` knows besides the commands here."""
GC_THRESHOLDS = (100_000, 20, 20)
"""When to look for garbage. A command builds models and rules that live to its end: looking as often as Python does by
default took a fifth of its time."""


class LazyGroup(click.Group):
    """The group of all commands: one is imported when it is run, and texts are read when help is asked for."""

    context_class = WordsContext

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the options before the command; what is wrong with them is told in words."""
        with mistakes_in_words():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what is wrong with how it was typed is told in words."""
        with mistakes_in_words():
            return super().invoke(ctx)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options before the command, told in the language they name."""
        ctx.meta[LANGUAGE] = named_language(self._before_command(args)) or locale_language()
        return super().parse_args(ctx, args)

    def _before_command(self, args: list[str]) -> list[str]:
        """The words before the name of a command; all of them where there is none."""
        count = next((place for place, word in enumerate(args) if word in COMMANDS), len(args))
        return args[:count]

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named; where there is none of that name, the nearest is told."""
        name, *words = args
        if name not in COMMANDS and not ctx.resilient_parsing:
            raise click.UsageError(_no_command(name, language(ctx)), ctx)
        found, command, rest = super().resolve_command(ctx, args)
        named = named_language(words)
        if command and named:
            ctx.meta[LANGUAGE] = named
            put_into_words(command, ctx)
        return found, command, rest

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(f"advisor.cli.{module}"), name)
        put_into_words(command, ctx)
        return command

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Help as click writes it, with our texts."""
        for option in self.params:
            if isinstance(option, click.Option) and option.name in OPTIONS:
                option.help = _in_words(OPTIONS[option.name], ctx)
        self.help = _in_words("advisor", ctx)
        super().format_help(ctx, formatter)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Usage as click writes it, in our words."""
        put_into_words(self, ctx)
        super().format_usage(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with their helps, none of them imported."""
        with formatter.section(in_language("Commands", language(ctx))):
            formatter.write_dl([(name, _in_words(name.replace("-", "_"), ctx)) for name in COMMANDS])


def _in_words(key: str, context: click.Context) -> str:
    from advisor.text import say

    return say("cli", f"help.{key}", language(context))


def _no_command(name: str, lang: Lang) -> str:
    from advisor.errors import nearest
    from advisor.text import say

    words = [*COMMANDS, *(RUN_WORDS if os.environ.get(CALLED_AS) else ())]
    if near := nearest(name, words):
        return say("cli", "no_command.nearest", lang, name=name, nearest=near)
    return say("cli", "no_command.none", lang, name=name, command=called_as())


def command_help(name: str) -> str:
    """The help of a command, by the name it is called with."""
    return help_text(name.replace("-", "_"))


COMMANDS = {
    "demo": "report:demo",
    "new": "new:new",
    "assess": "assess:assess",
    "report": "report:report",
    "open": "open:open_",
    "merge": "merge:merge",
    "compare": "compare:compare",
    "batch": "batch:batch",
    "why": "why:why",
    "why-not": "why:why_not",
    "what-if": "what_if:what_if",
    "path": "path:path",
    "sensitivity": "sensitivity:sensitivity",
    "replay": "replay:replay",
    "shortlist": "shortlist:shortlist",
    "cost": "cost:cost",
    "project": "project:project",
    "rfp": "rfp:rfp",
    "catalogue": "catalogue:catalogue",
    "interview": "interview:interview",
    "questionnaire": "questionnaire:questionnaire",
    "rules": "rules:rules",
    "weights": "weights:weights",
    "serve": "serve:serve",
    "purge": "database:purge",
    "backup": "database:backup",
    "restore": "database:restore",
    "new-key": "database:new_key",
    "portfolio": "portfolio:portfolio",
    "reference": "reference:reference",
    "gallery": "gallery:gallery",
    "doctor": "doctor:doctor",
}
"""Every command in the order a user meets them: its module, and its function there."""
OPTIONS = {
    "lang": "lang",
    "rules": "rules_folder",
    "questionnaires": "questions_folder",
    "papers_only": "papers_only",
    "weights": "weights_option",
    "catalogue": "catalogue_option",
}
"""The options before the command, each with the key of its help."""


@click.group(cls=LazyGroup)
@click.version_option(__version__, prog_name="advisor")
@click.option("--lang", type=click.Choice(LANGS), default=None)
@click.option("--rules", type=click.Path(path_type=Path), default=None)
@click.option("--questionnaires", type=click.Path(path_type=Path), default=None)
@click.option("--papers-only", is_flag=True)
@click.option("--weights", default=None, metavar="NAME|FILE")
@click.option("--catalogue", type=click.Path(path_type=Path), default=None)
@click.pass_context
def advisor(
    context: click.Context,
    lang: Lang | None,
    rules: Path | None,
    questionnaires: Path | None,
    papers_only: bool,
    weights: str | None,
    catalogue: Path | None,
) -> None:
    """Entry point of every command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a character shows a sign in its place
    context.obj = Settings(lang or locale_language(), rules, questionnaires, papers_only, weights, catalogue)


def run() -> None:
    """The ``advisor`` command as a process of its own.

    Leaves without taking apart, object by object, the knowledge it read: that is a fifth of the time of a short command.
    """
    gc.set_threshold(*GC_THRESHOLDS)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # to look for some reads a file of every installed package
    ended: list[int] = []

    def leave() -> None:
        written = [_written(stream) for stream in (sys.stdout, sys.stderr)]
        if ended:
            os._exit(ended[0] if all(written) else ended[0] or EXIT_INPUT)

    atexit.register(leave)  # before all others, and so called after them
    ended.append(_exit_code())
    sys.exit(ended[0])


def _written(stream: TextIO | None) -> bool:
    """Whether all that was printed has reached its reader, or there is none any more."""
    try:
        if stream:
            stream.flush()
    except (BrokenPipeError, ValueError):  # closed: nobody reads any further
        return True
    except OSError:  # a disk that is full
        return False
    return True


def _exit_code() -> int:
    """Run the command; what no command of its own catches is told in words here, help and version included."""
    try:
        advisor.main(prog_name=called_as(), standalone_mode=False)
        return 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except SystemExit as end:
        if "PacifyFlush" in type(sys.stdout).__name__:  # click's sign that the reader closed the output, no failure
            return 0
        return end.code if isinstance(end.code, int) else 0
    except (KeyboardInterrupt, click.Abort):
        _tell("cli", "stopped")
        return EXIT_STOPPED
    except click.ClickException as error:
        with contextlib.suppress(OSError):
            error.show()
        return error.exit_code
    except BrokenPipeError:
        return 0
    except OSError as error:
        from advisor.errors import system_words

        _tell("cli", "no_output", detail=system_words(error.strerror or str(error), _language_of_line()))
        return EXIT_INPUT


def _tell(catalogue: str, key: str, **values: object) -> None:
    from advisor.text import say

    with contextlib.suppress(OSError):
        click.echo("\n" + say(catalogue, key, _language_of_line(), **values), err=True)


def _language_of_line() -> Lang:
    """The language of what is told after a command, as the whole line names it or the locale."""
    return named_language(sys.argv[1:]) or locale_language()
