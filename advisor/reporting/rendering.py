"""Drawing a report: Document → HTML by Jinja2 → PDF by WeasyPrint.

Templates only lay out. The renderer reaches no network and no file but the project's own stylesheet; anything else a
document might refer to is refused.
"""

from __future__ import annotations

import functools
import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2

from advisor.assessment.model import Assessment
from advisor.errors import InputError, RenderError
from advisor.knowledge.load import data_folder
from advisor.reporting.chapters import build_document
from advisor.reporting.charts import geometry
from advisor.reporting.document import Document
from advisor.text import Lang


def render(assessment: Assessment, form: str, lang: Lang) -> bytes:
    """The report of ``assessment`` in ``lang`` as ``pdf``, ``docx``, ``html`` or ``json``.

    Raises :class:`~advisor.errors.InputError` for another format, :class:`~advisor.errors.RenderError` where PDF cannot
    be made on this machine. The same assessment gives the same bytes.
    """
    if form not in FORMATS:
        raise InputError("bad_format", name=form, allowed=", ".join(FORMATS))
    return FORMATS[form](assessment, lang)


def render_html(document: Document) -> str:
    """The document as one HTML page with its stylesheet inside."""
    environment = template_environment()
    css = (_templates() / "report" / "report.css").read_text("utf-8")
    return environment.get_template("report/report.html").render(document=document, css=css)


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


def render_pdf(document: Document) -> bytes:
    """The document as a tagged PDF."""
    try:
        from weasyprint import HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        raise RenderError("no_libraries", detail=str(error).splitlines()[0]) from None

    class Refuse(URLFetcher):  # type: ignore[misc]
        """Lets nothing through: the page brings its stylesheet and drawings inside."""

        def __init__(self) -> None:
            super().__init__(timeout=1, allow_redirects=False)

        def fetch(self, url: str, headers: Any = None) -> Any:
            raise ValueError(f"refused: {url}")

    page = HTML(string=render_html(document), url_fetcher=Refuse())
    identifier = document.version.encode()
    collecting = gc.isenabled()
    gc.disable()  # the page is one large tree of live objects: collecting while it grows costs a sixth of the time
    try:
        pdf: bytes = page.write_pdf(font_config=FontConfiguration(), pdf_variant="pdf/ua-1", pdf_identifier=identifier)
    finally:
        if collecting:
            gc.enable()
    return pdf


def _render_docx(document: Document) -> bytes:
    from advisor.reporting.word import render_docx  # half a second of imports that other formats do not need

    return render_docx(document)


FORMATS: dict[str, Callable[[Assessment, Lang], bytes]] = {
    "pdf": lambda assessment, lang: render_pdf(build_document(assessment, lang)),
    "docx": lambda assessment, lang: _render_docx(build_document(assessment, lang)),
    "html": lambda assessment, lang: render_html(build_document(assessment, lang)).encode("utf-8"),
    "json": lambda assessment, lang: assessment.to_json().encode("utf-8"),
}
