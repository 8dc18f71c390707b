"""A document as one HTML page by Jinja2: the page shown in a browser, and what WeasyPrint lays out on paper.

Templates only lay out: nothing about a firm is decided in them. The page is well-formed XML as well as HTML, so that what
goes on paper need not pass through a parser for everything that was ever called HTML.
"""

from __future__ import annotations

import functools
from pathlib import Path

import jinja2

from advisor.knowledge.load import data_folder
from advisor.reporting.charts import geometry
from advisor.reporting.document import Document


def render_html(document: Document, css: str | None = None) -> str:
    """The document as one HTML page with its stylesheet inside; with ``css`` empty, without any."""
    inside = stylesheet() if css is None else css
    return template_environment().get_template("report/report.html").render(document=document, css=inside)


@functools.cache
def stylesheet() -> str:
    """How a report looks, on paper and on a screen."""
    return (_templates() / "report" / "report.css").read_text("utf-8")


@functools.cache
def _templates() -> Path:
    return data_folder("templates")


@functools.cache
def template_environment() -> jinja2.Environment:
    """Jinja2 with the project's templates; everything is escaped and a missing value is an error."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_templates()),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    equip(environment)
    return environment


def equip(environment: jinja2.Environment) -> None:
    """Give an environment what the macros of blocks need; pages that lead elsewhere put their own in its place."""
    environment.globals.update(
        geometry=geometry,
        cite_href=lambda source: f"#c-{source}",
        why_href=lambda finding: "",
        data_table=lambda chart: None,
    )
    environment.tests["kind"] = lambda block, name: type(block).__name__ == name
