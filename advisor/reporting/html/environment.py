"""The Jinja2 environment of the project's own templates."""

from __future__ import annotations

import functools
from pathlib import Path

import jinja2

from advisor.knowledge.load import data_folder
from advisor.reporting.chart_geometry import geometry
from advisor.reporting.source_marks import source_mark


@functools.cache
def template_folder() -> Path:
    """Where the templates are: beside the package in a checkout, inside it once installed."""
    return data_folder("templates")


@functools.cache
def template_environment() -> jinja2.Environment:
    """Jinja2 with the project's templates; everything is escaped and a missing value is an error."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(template_folder()),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    add_block_globals(environment)
    return environment


def add_block_globals(environment: jinja2.Environment) -> None:
    """Give an environment what the macros of blocks need; pages that lead elsewhere put their own in its place."""
    environment.globals.update(
        geometry=geometry,
        source_mark=source_mark,
        cite_href=lambda source: f"#c-{source}",
        why_href=lambda finding: "",
        data_table=lambda chart: None,
        unknown_block=_unknown_block,
    )
    environment.tests["kind"] = lambda block, name: type(block).__name__ == name


def _unknown_block(block: object) -> str:
    """Fail where a template has no macro for a kind of block: a report with a hole in it looks complete."""
    raise TypeError(f"no drawing for {type(block).__name__}")
