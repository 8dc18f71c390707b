"""A document as one HTML page by Jinja2: the page shown in a browser, and what WeasyPrint lays out on paper.

Templates only lay out: nothing about a firm is decided in them. The page is well-formed XML as well as HTML, so that what
goes on paper need not pass through a parser for everything that was ever called HTML.
"""

from __future__ import annotations

import base64
import functools

from advisor.errors import InputError
from advisor.reporting.document import Document
from advisor.reporting.html.environment import add_block_globals, template_environment, template_folder
from advisor.reporting.html.sandbox import render_template, sandboxed_environment
from advisor.reporting.look import PLAIN_THEME, Theme, page_footer

CONTENT_SECURITY_POLICY = (
    """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"/>"""
)
"""What a page on screen may fetch: nothing but what it carries inside."""


def render_html(document: Document, theme: Theme = PLAIN_THEME, css: str | None = None) -> str:
    """The document as one HTML page with stylesheet and logo inside; with ``css`` empty, without any stylesheet."""
    author = theme.name_in(document.lang)
    values = {
        "document": document,
        "css": stylesheet(document.brief, theme, narrow=True) if css is None else css,
        "author": author,
        "footer": page_footer(document.footer, author),
        "logo": logo_data_uri(theme),
    }
    if theme.templates:
        return _render_with_custom_templates(theme, values)
    return template_environment().get_template("report/report.html").render(values)


def _render_with_custom_templates(theme: Theme, values: dict[str, object]) -> str:
    """A page by a client's templates, with our own word on what it may fetch put first."""
    environment = sandboxed_environment(theme.templates, template_folder())
    add_block_globals(environment)
    page = render_template(environment, "report.html", **values)
    head, tag, rest = page.partition("<head>")
    if not tag:
        raise InputError("bad_template", where="report.html", detail="<head>")
    return f"{head}{tag}\n{CONTENT_SECURITY_POLICY}{rest}"


@functools.lru_cache(maxsize=16)
def stylesheet(brief: bool = False, theme: Theme = PLAIN_THEME, narrow: bool = False) -> str:
    """Our stylesheets in the theme's colour, with what the short edition adds and, where it may be shown on a ``narrow``
    screen, what that takes; last the stylesheet of the theme."""
    folder = template_folder() / "report"
    names = [
        "page_margins.css",
        "report.css",
        *(["page_margins_owner.css", "owner.css"] if brief else []),
        *(["narrow.css"] if brief and narrow else []),
    ]
    sheets = [(folder / name).read_text("utf-8") for name in names]
    custom_css = dict(theme.templates).get("report.css", "")
    return "\n".join(sheets).replace(Theme.accent, theme.accent) + custom_css


def logo_data_uri(theme: Theme) -> str:
    """The theme's logo as an address that carries it inside; empty where it has none."""
    if not theme.logo:
        return ""
    return f"data:{theme.logo_type};base64,{base64.b64encode(theme.logo).decode()}"
