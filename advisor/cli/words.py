"""The words of the command line itself, usage, help and mistakes in typing, in the language of whoever types.

Click has its words looked up by ``gettext``; here they come from ``advisor/texts/click.yaml`` as all texts do. Helps of
commands and options are those of ``advisor/texts/cli.yaml``: read in one language when a module is loaded, they are put
into that of the command that runs.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import re
import sys
from collections.abc import Iterator, Sequence
from typing import IO, Any

import click

from advisor.cli.wrapping import PROSE_WIDTH, cells, wrapped
from advisor.languages import LANGS, Lang, locale_language

LANGUAGE = "advisor.language"
"""Where a context, with all below it, keeps the language of its words."""


def language(context: click.Context | None = None) -> Lang:
    """The language of a context, by default of the one that runs; of the locale where none was named."""
    known = context or click.get_current_context(silent=True)
    spoken: Lang | None = known.meta.get(LANGUAGE) if known else None
    return spoken or locale_language()


def named_language(words: Sequence[str]) -> Lang | None:
    """The language that ``--lang`` names among the words of a command line; the last where several do.

    >>> named_language(["assess", "--lang", "zh"]), named_language(["--lang=en"]), named_language(["--lang", "zh,en"])
    ('zh', 'en', None)
    """
    end = words.index("--") if "--" in words else len(words)
    joined = "\n".join(words[:end])
    named = [lang for lang in re.findall(r"^--lang[=\n](.*)$", joined, re.MULTILINE) if lang in LANGS]
    return named[-1] if named else None


@functools.cache
def _known() -> dict[str, dict[Lang, str]]:
    """Each text of the command line, in whichever language it stands, with itself in both."""
    from advisor.text import catalogue

    texts = [text for key, text in catalogue("cli").items() if key.startswith("help.")] + [*catalogue("click").values()]
    return {text[lang]: {"zh": text.zh, "en": text.en} for text in texts for lang in LANGS}


def in_language(text: str, lang: Lang) -> str:
    """A text of the command line in a language, whichever it stands in; any other as it is."""
    return _known().get(text, {}).get(lang, text)


def translated(message: str) -> str:
    """A message of click in the language of the command that runs."""
    lang = language()
    return message if lang == "en" else in_language(message, lang)


def translated_plural(one: str, several: str, count: int) -> str:
    """The same for a message that depends on a number."""
    return translated(one if count == 1 else several)


def translate_click() -> None:
    """Have click look up its words here."""
    for name, module in list(sys.modules.items()):
        if name.startswith("click."):
            for theirs, ours in (("_", translated), ("ngettext", translated_plural)):
                if hasattr(module, theirs):
                    setattr(module, theirs, ours)


class WordsFormatter(click.HelpFormatter):
    """Help and usage in lines that count a Chinese character as the two columns it takes."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line of usage; what follows its first line is indented."""
        lead = translated("Usage:")
        lead = f"{lead}{prog} " if lead.endswith("：") else f"{lead} {prog} "
        self._write_lines(wrapped(args, self.width, lead, " " * min(cells(lead), self.width // 2)))

    def write_heading(self, heading: str) -> None:
        """The head of a section."""
        colon = ":" if heading.isascii() else "："
        self.write(f"{'':>{self.current_indent}}{heading}{colon}\n")

    def write_text(self, text: str) -> None:
        """A paragraph."""
        for paragraph in re.split(r"\n\s*\n", text):
            self._write_lines(wrapped(" ".join(paragraph.split()), self.width, " " * self.current_indent))

    def write_dl(self, rows: object, col_max: int = 30, col_spacing: int = 2) -> None:
        """Names with what they mean beside them, below a name too long for its column."""
        pairs = [(str(name), str(meaning)) for name, meaning in rows]  # type: ignore[attr-defined]
        column = min(max((cells(name) for name, _ in pairs), default=0), col_max) + col_spacing
        indent = " " * (self.current_indent + column)
        for name, meaning in pairs:
            head = " " * self.current_indent + name
            if cells(name) > column - col_spacing:
                choices = name.replace("|", "| ")  # a break may come after each
                lines = (
                    wrapped(choices, self.width, " " * self.current_indent, indent) if cells(head) > self.width else [head]
                )
                self._write_lines([line.replace("| ", "|") for line in lines] + wrapped(meaning, self.width, indent))
            else:
                self._write_lines(wrapped(meaning, self.width, head + " " * (column - cells(name)), indent))

    def _write_lines(self, lines: list[str]) -> None:
        self.write("".join(f"{line}\n" for line in lines))


class WordsContext(click.Context):
    """The context of a command whose help is written by :class:`WordsFormatter`."""

    formatter_class = WordsFormatter


class LanguageOption(click.Option):
    """``--lang`` after a command: the language of messages, as before it."""

    def __init__(self) -> None:
        super().__init__(["--lang"], type=click.Choice(LANGS), expose_value=False, callback=_speak, help="--lang")


def _speak(context: click.Context, option: click.Parameter, lang: Lang | None) -> None:
    if lang:
        context.meta[LANGUAGE] = lang
        if dataclasses.is_dataclass(context.obj) and not isinstance(context.obj, type):
            context.obj = dataclasses.replace(context.obj, lang=lang)


class Mistake(click.UsageError):
    """A command line that was not understood, told in the language it was typed in."""

    def __init__(self, error: click.UsageError) -> None:
        context = error.ctx
        with context.scope(cleanup=False) if context else contextlib.nullcontext():
            super().__init__(_as_sentences(error.format_message(), language(context)), context)
            self.lines = self._lines()

    def _lines(self) -> list[str]:
        lines = list[str]()
        if self.ctx:
            help_name = max(self.ctx.help_option_names, key=len)
            command = self.ctx.command_path
            lines += [
                self.ctx.get_usage(),
                translated("Try '{command} {option}' for help.").format(command=command, option=help_name),
                "",
            ]
        return [*lines, *wrapped(translated("Error: {message}").format(message=self.message), PROSE_WIDTH)]

    def show(self, file: IO[Any] | None = None) -> None:
        """Print how the command is used, where its help is, and what was wrong."""
        click.echo("\n".join(self.lines), file=file, err=file is None)


def _as_sentences(message: str, lang: Lang) -> str:
    """A message put together by click, with the signs and spaces of a language."""
    if lang == "en":
        return message
    from advisor.text import catalogue

    for key, text in catalogue("click").items():
        if key.startswith("number_type."):
            message = re.sub(f"有效的{text.en}(?=。)", f"有效的{text.zh}", message)
    message = re.sub(r"'([^']*)'", r"“\1”", message).replace("”, “", "”、“")
    message = re.sub(r"(?<=[一-鿿]) (?=“)", "", message)
    return re.sub(r"\.$", "。", re.sub(r"(?<=[。？]) ", "", message))


@contextlib.contextmanager
def mistakes_in_words() -> Iterator[None]:
    """Have what is wrong with a command line told as a :class:`Mistake`."""
    try:
        yield
    except (Mistake, click.exceptions.NoArgsIsHelpError):
        raise
    except click.UsageError as error:
        raise Mistake(error) from None


def put_into_words(command: click.Command, context: click.Context) -> None:
    """Give a command, and those below it, helps and usage in the language of a context, and ``--lang`` where it has none."""
    from advisor.text import catalogue, say

    lang = language(context)
    command.context_class = WordsContext
    if not any("--lang" in option.opts for option in command.params):
        command.params.append(LanguageOption())
    command.help = command.short_help = in_language(command.help, lang) if command.help else None
    command.options_metavar = say("click", "options_metavar", lang)
    metavars = {text.en: text for key, text in catalogue("click").items() if key.startswith("metavar.")}
    ours = {text.zh for text in metavars.values()}
    for option in command.get_params(context):
        if isinstance(option, click.Option):
            text = say("cli", "help.lang", lang) if isinstance(option, LanguageOption) else option.help
            option.help = in_language(text, lang) if text else text
            if (option.metavar is None or option.metavar in ours) and not option.is_flag:
                kind = metavars.get(option.type.name.upper())
                option.metavar = kind.zh if kind and lang == "zh" else None
    if isinstance(command, click.Group):
        command.subcommand_metavar = say("click", "subcommand_metavar", lang)
        for below in command.commands.values():
            put_into_words(below, context)
