"""All files of a portfolio: entries in; index pages, workbooks and the report on the group out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from advisor.errors import InputError
from advisor.files import write_file
from advisor.knowledge.model import Knowledge
from advisor.portfolio.document import build_portfolio
from advisor.portfolio.entry import Entry
from advisor.portfolio.figures import figures_of
from advisor.portfolio.page import index_pages
from advisor.portfolio.words import Words
from advisor.portfolio.workbook import to_workbook
from advisor.reporting.document import Document
from advisor.reporting.formats import document_to_pdf
from advisor.reporting.html import render_html
from advisor.reporting.look import PLAIN, Look
from advisor.text import Lang

REPORT, WORKBOOK = "portfolio", "index"


def write_portfolio(
    entries: Sequence[Entry],
    knowledge: Knowledge,
    out: Path,
    langs: Sequence[Lang],
    failed: int = 0,
    look: Look = PLAIN,
    forms: Sequence[str] = ("pdf",),
) -> list[Path]:
    """Write the portfolio of some firms into a folder and return the files, the page to begin with first.

    ``failed`` are firms that could not be read; ``forms``, of :data:`FORMS`, what the report on the group is wanted in.
    Raises :class:`~advisor.errors.RenderError` where a PDF cannot be made on this machine.
    """
    if strange := [form for form in forms if form not in FORMS]:
        raise InputError("bad_format", name=strange[0], allowed=", ".join(FORMS))
    figures = figures_of(entries, failed)
    written: list[Path] = []
    for lang in langs:
        words = Words(knowledge, lang)
        workbook = f"{WORKBOOK}{'' if lang == langs[0] else f'.{lang}'}.xlsx"
        files = {words("index.report", form=form.upper()): f"{REPORT}.{lang}.{form}" for form in forms}
        files[words("index.workbook")] = workbook
        for name, page in index_pages(entries, figures, knowledge, lang, langs, files):
            written.append(write_file(out / name, page))
        written.append(write_file(out / workbook, to_workbook(entries, figures, knowledge, lang)))
        document = build_portfolio(entries, figures, knowledge, lang)
        written += [write_file(out / f"{REPORT}.{lang}.{form}", FORMS[form](document, look)) for form in forms]
    return written


def _docx(document: Document, look: Look) -> bytes:
    from advisor.reporting.word import render_docx

    return render_docx(document, look.theme)


def _html(document: Document, look: Look) -> bytes:
    return render_html(document, look.theme).encode("utf-8")


FORMS: dict[str, Callable[[Document, Look], bytes]] = {"pdf": document_to_pdf, "docx": _docx, "html": _html}
"""What draws the report on the group, by format."""
