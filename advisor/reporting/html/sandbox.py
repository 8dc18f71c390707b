"""Templates of a client, run where they can do nothing but lay out.

Jinja2's sandbox keeps them from the insides of Python objects and from changing any. Beyond that they get none of the
ways to make a page of a word: no multiplying of text, no padding to a width, no functions but those of our own blocks.
"""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from advisor.errors import InputError

FOLDER = "report"
ALLOWED_FILTERS = (
    *(
        "abs",
        "capitalize",
        "count",
        "d",
        "default",
        "e",
        "escape",
        "first",
        "float",
        "int",
        "join",
        "last",
        "length",
        "list",
    ),
    *("lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "round", "safe", "select", "selectattr"),
    *("sort", "string", "sum", "title", "trim", "truncate", "unique", "upper"),
)
"""The filters a template may use."""
MAX_CHARACTERS = 30_000_000
"""Characters a page may come to."""


class TemplateSandbox(ImmutableSandboxedEnvironment):
    """Where a client's templates run."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Reckon with numbers only: text is not to be multiplied or filled in."""
        if operator == "**" or not all(isinstance(value, int | float) for value in (left, right)):
            raise SecurityError(f"{operator} is for numbers only")
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> None:
        """No text is filled in to a width: ``format`` is out of reach like all methods of text."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Methods of text are out of reach; filters do what is needed."""
        return not isinstance(obj, str | bytes) and super().is_safe_attribute(obj, attr, value)


def sandboxed_environment(custom_templates: tuple[tuple[str, str], ...], folder: Path) -> jinja2.Environment:
    """An environment in which ``custom_templates`` (content by file name) take the place of those in ``folder``."""
    texts = dict(custom_templates)

    def load(name: str) -> tuple[str, str, None] | None:
        return (texts[name], name, None) if name in texts else None

    default_loader = jinja2.FileSystemLoader(folder / FOLDER)
    environment = TemplateSandbox(
        loader=jinja2.PrefixLoader({FOLDER: jinja2.ChoiceLoader([jinja2.FunctionLoader(load), default_loader])}),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters = {name: environment.filters[name] for name in ALLOWED_FILTERS}
    environment.globals = {"range": environment.globals["range"]}
    return environment


def render_template(environment: jinja2.Environment, name: str, **values: object) -> str:
    """What a template gives.

    Raises :class:`~advisor.errors.InputError` where a template asks for what it must not or cannot have, with the line.
    """
    pieces, length = [], 0
    try:
        for piece in environment.get_template(f"{FOLDER}/{name}").generate(**values):
            length += len(piece)
            if length > MAX_CHARACTERS:
                raise SecurityError(f"a page of more than {MAX_CHARACTERS} characters")
            pieces.append(piece)
    except Exception as error:  # whatever a template does wrong, it is the template that has to be mended
        raise InputError(
            "bad_template", where=_template_line(error), detail=f"{type(error).__name__}: {error}"[:300]
        ) from None
    return "".join(pieces)


def _template_line(error: Exception) -> str:
    """The template and line where an error arose."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "–"
