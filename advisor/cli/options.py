"""The options of a command as a frozen dataclass whose fields are declared with :func:`option`."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from advisor.cli.settings import help_text
from advisor.errors import InputError
from advisor.reporting.editions import (
    ATTACH,
    DEFAULT_EDITION,
    EDITION_NAMES,
    EVIDENCE,
    OLD_NAMES,
    Attach,
    EditionName,
    Evidence,
    current_name,
)
from advisor.reporting.look import ENGINE_NAMES, EngineName, Look, Theme
from advisor.text import LANGS, Lang, say

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")
CLICK_METADATA = "click"


def option(*flags: str, **settings: Any) -> Any:
    """A field that an option fills; flags and settings are those of :func:`click.option`."""
    return dataclasses.field(metadata={CLICK_METADATA: (click.option, flags, settings)})


def argument(**settings: Any) -> Any:
    """A field that an argument fills; settings are those of :func:`click.argument`."""
    return dataclasses.field(metadata={CLICK_METADATA: (click.argument, (), settings)})


def with_options(options: type[T]) -> Callable[[Callable[[T], None]], Callable[..., None]]:
    """Declare the fields of ``options`` as click options, and call the command with one instance."""

    def decorate(command: Callable[[T], None]) -> Callable[..., None]:
        @functools.wraps(command)
        def run(**values: Any) -> None:
            command(options(**values))

        wrapped: Callable[..., None] = run
        for field in reversed(dataclasses.fields(options)):
            declare, flags, settings = field.metadata[CLICK_METADATA]
            wrapped = declare(*flags, field.name, **settings)(wrapped)
        return wrapped

    return decorate


@dataclass(frozen=True)
class LookOptions:
    """Options on the look and the date of reports."""

    langs: str = option("--lang", default="", help=help_text("report_lang"))
    editions: str = option("--edition", default=DEFAULT_EDITION, show_default=True, help=help_text("report_edition"))
    theme: Path | None = option("--theme", type=click.Path(path_type=Path), default=None, help=help_text("theme"))
    engine: EngineName = option(
        "--engine", type=click.Choice(ENGINE_NAMES), default="weasyprint", show_default=True, help=help_text("engine")
    )
    attach: Attach | None = option("--attach", type=click.Choice(ATTACH), default=None, help=help_text("attach"))
    evidence: Evidence = option(
        "--evidence", type=click.Choice(EVIDENCE), default="none", show_default=True, help=help_text("evidence")
    )
    date: str | None = option("--date", default=None, help=help_text("date"))

    def look(self) -> Look:
        """All but the edition. Raises :class:`~advisor.errors.ProblemsError` for a theme that cannot be used."""
        from advisor.reporting.theme import read_theme

        theme = read_theme(self.theme) if self.theme else Theme()
        return Look(theme=theme, engine=self.engine, attach=self.attach, evidence=self.evidence)

    def chosen_editions(self, lang: Lang) -> tuple[EditionName, ...]:
        """The editions asked for, each once; what one is called now is said in ``lang`` where its old name was used.

        Raises :class:`~advisor.errors.InputError` for one there is not."""
        asked = [word.strip() for word in self.editions.split(",")]
        for old in dict.fromkeys(word for word in asked if word in OLD_NAMES):
            click.echo(say("cli", "edition_renamed", lang, old=old, new=current_name(old)), err=True)
        names = parse_choices(",".join(map(current_name, asked)), EDITION_NAMES)
        return tuple(name for name in EDITION_NAMES if name in names)


def table_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options ``--encoding`` and ``--mapping`` for a command that reads a firm's file; they go into its settings."""

    def keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
        if value:
            context.obj = dataclasses.replace(context.obj, **{str(parameter.name): value})

    mapping = click.option(
        "--mapping", type=click.Path(path_type=Path), expose_value=False, callback=keep, help=help_text("batch_mapping")
    )
    return mapping(click.option("--encoding", expose_value=False, callback=keep, help=help_text("batch_encoding"))(command))


def parse_languages(text: str) -> list[Lang]:
    """The languages an option names, each once. Raises :class:`~advisor.errors.InputError` for another."""
    return [lang for word in parse_choices(text, LANGS) for lang in LANGS if lang == word]


def parse_choices(text: str, allowed: tuple[str, ...]) -> list[str]:
    """The words an option names, each once. Raises :class:`~advisor.errors.InputError` for one that is not allowed."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    if not words:
        raise InputError("no_choice", allowed=", ".join(allowed))
    for word in words:
        if word not in allowed:
            raise InputError("bad_format", name=word, allowed=", ".join(allowed))
    return list(dict.fromkeys(words))


def parse_date(date: str | None) -> datetime.date | None:
    """The day an option names. Raises :class:`~advisor.errors.InputError` for anything else."""
    if date is None:
        return None
    try:
        return datetime.date.fromisoformat(date)
    except ValueError:
        raise InputError("bad_date", value=date) from None


def command_line(context: click.Context, **changes: object) -> str:
    """The command that is running, as it was called with all that was given, some of it changed; quoted for a shell."""
    words = list[str]()
    for level in _levels(context):
        values = level.params | (changes if level is context else {})
        typed = [
            parameter
            for parameter in level.command.params
            if level.get_parameter_source(parameter.name or "") is ParameterSource.COMMANDLINE or parameter.name in changes
        ]
        typed.sort(key=lambda parameter: isinstance(parameter, click.Option))  # arguments first
        default = level.parent is not None and getattr(level.parent.command, "default_command", "") == level.info_name
        words += [
            *([] if default else [level.info_name or ""]),
            *(word for parameter in typed for word in _as_typed(parameter, values)),
        ]
    return shlex.join(words)


def _levels(context: click.Context) -> list[click.Context]:
    """A command's context with those of the groups it stands in, outermost first."""
    return [*(_levels(context.parent) if context.parent else ()), context]


def _as_typed(parameter: click.Parameter, values: Mapping[str, object]) -> list[str]:
    """An option or an argument with its value as it is typed."""
    value = values[parameter.name or ""]
    items = [str(item) for item in value] if isinstance(value, tuple) else [str(value)]
    if not isinstance(parameter, click.Option):
        return items
    if parameter.is_flag:
        return [parameter.opts[0]] if value else parameter.secondary_opts[:1]
    return [word for item in items for word in (parameter.opts[0], item)]
