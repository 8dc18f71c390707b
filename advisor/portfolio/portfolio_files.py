"""All files of a portfolio: entries in; index pages, workbooks and the report on the group out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from advisor.errors import InputError
from advisor.files import write_file
from advisor.knowledge.model import Knowledge
from advisor.portfolio.entry import PortfolioEntry
from advisor.portfolio.figures import compute_figures
from advisor.portfolio.group_report import build_group_report
from advisor.portfolio.index_page import index_pages
from advisor.portfolio.index_workbook import render_index_workbook
from advisor.portfolio.wording import PortfolioWording
from advisor.reporting.document import Document
from advisor.reporting.formats import document_to_pdf
from advisor.reporting.html import render_html
from advisor.reporting.look import PLAIN, Look
from advisor.text import Lang

REPORT, WORKBOOK = "portfolio", "index"


def write_portfolio(
    entries: Sequence[PortfolioEntry],
    knowledge: Knowledge,
    out: Path,
    langs: Sequence[Lang],
    failed: int = 0,
    look: Look = PLAIN,
    formats: Sequence[str] = ("pdf",),
) -> list[Path]:
    """Write the portfolio of some firms into a folder and return the files, the page to begin with first.

    ``failed`` counts firms that could not be read; ``formats``, of :data:`REPORT_FORMATS`, are those of the group report.
    Raises :class:`~advisor.errors.RenderError` where a PDF cannot be made on this machine.
    """
    if unknown := [form for form in formats if form not in REPORT_FORMATS]:
        raise InputError("bad_format", name=unknown[0], allowed=", ".join(REPORT_FORMATS))
    figures = compute_figures(entries, failed)
    written: list[Path] = []
    for lang in langs:
        words = PortfolioWording(knowledge, lang)
        workbook = f"{WORKBOOK}{'' if lang == langs[0] else f'.{lang}'}.xlsx"
        files = {words("index.report", form=form.upper()): f"{REPORT}.{lang}.{form}" for form in formats}
        files[words("index.workbook")] = workbook
        for name, page in index_pages(entries, figures, knowledge, lang, langs, files):
            written.append(write_file(out / name, page))
        written.append(write_file(out / workbook, render_index_workbook(entries, figures, knowledge, lang)))
        document = build_group_report(entries, figures, knowledge, lang)
        written += [write_file(out / f"{REPORT}.{lang}.{form}", REPORT_FORMATS[form](document, look)) for form in formats]
    return written


def _docx(document: Document, look: Look) -> bytes:
    from advisor.reporting.word import render_docx

    return render_docx(document, look.theme)


def _html(document: Document, look: Look) -> bytes:
    return render_html(document, look.theme).encode("utf-8")


REPORT_FORMATS: dict[str, Callable[[Document, Look], bytes]] = {"pdf": document_to_pdf, "docx": _docx, "html": _html}
"""The renderer of the group report by format."""
