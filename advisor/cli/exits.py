"""How a command ends: the program's errors as messages for the user, and exit codes for programs."""

from __future__ import annotations

import functools
import shutil
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import click

from advisor.cli.settings import Settings
from advisor.cli.words import language
from advisor.cli.wrapping import PROSE_WIDTH, wrapped

EXIT_DIFFERS = 1
EXIT_INPUT = 3
EXIT_MACHINE = 4
EXIT_STOPPED = 130

P = ParamSpec("P")
R = TypeVar("R")


def handle_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Turn the program's errors into messages for the user and exit codes for programs."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        from advisor.errors import AdvisorError, InputError, ProblemsError, RenderError
        from advisor.text import say

        context = click.get_current_context()
        lang = context.obj.lang if isinstance(context.obj, Settings) else language(context)
        try:
            return command(*args, **kwargs)
        except ProblemsError as error:
            for problem in error.problems:
                _tell_wrapped(problem.line(lang))
            click.echo(say("cli", "problems", lang, count=len(error.problems)), err=True)
            sys.exit(EXIT_INPUT)
        except RenderError as error:
            _tell_wrapped(error.message(lang))
            sys.exit(EXIT_MACHINE)
        except InputError as error:
            _tell_wrapped(error.message(lang))
            sys.exit(EXIT_INPUT)
        except AdvisorError as error:
            click.echo(str(error), err=True)
            sys.exit(EXIT_INPUT)
        except (KeyboardInterrupt, click.Abort):
            click.echo("\n" + say("cli", "stopped", lang), err=True)
            sys.exit(EXIT_STOPPED)
        except OSError as error:
            if error.filename is None:  # not a file: the output itself, which :func:`run` sees to
                raise
            _tell_wrapped(InputError("unwritable", path=error.filename, detail=error.strerror or str(error)).message(lang))
            sys.exit(EXIT_INPUT)

    return run


def _tell_wrapped(text: str) -> None:
    """Print a message to standard error, in lines that a terminal takes whole where it is one."""
    if sys.stderr is not None and sys.stderr.isatty():
        text = "\n".join(wrapped(text, min(shutil.get_terminal_size().columns, PROSE_WIDTH)))
    click.echo(text, err=True)
