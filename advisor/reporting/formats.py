"""The formats of a report: an assessment in a language becomes bytes in one of them."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable

from advisor.assessment.for_client import for_client
from advisor.assessment.model import Assessment
from advisor.errors import InputError, RenderError, expect_choice, expect_type
from advisor.reporting.document import Document
from advisor.reporting.editions import ATTACH, EDITION_NAMES, EVIDENCE
from advisor.reporting.font_cover import with_named_signs
from advisor.reporting.html import render_html
from advisor.reporting.look import ENGINE_NAMES, PLAIN, Look
from advisor.reporting.report import build_document
from advisor.text import LANGS, Lang


def render(assessment: Assessment, form: str, lang: Lang, look: Look = PLAIN) -> bytes:
    """The report of ``assessment`` in ``lang`` as ``pdf``, ``docx``, ``pptx``, ``html`` or ``json``.

    Raises :class:`~advisor.errors.InputError` for another format, language or look,
    :class:`~advisor.errors.RenderError` where PDF cannot be made on this machine. The same assessment
    and look give the same bytes. What a PDF carries besides its pages is for ``look.attach`` to say; one for clients carries
    nothing unless asked.
    """
    expect_type("assessment", assessment, Assessment)
    expect_choice(form, FORMATS)
    expect_choice(lang, LANGS)
    expect_type("look", look, Look)
    expect_choice(look.edition, EDITION_NAMES)
    expect_choice(look.engine, ENGINE_NAMES)
    expect_choice(look.attached, ATTACH)
    expect_choice(look.evidence, EVIDENCE)
    return FORMATS[form](assessment, lang, look)


def _pdf(assessment: Assessment, lang: Lang, look: Look) -> bytes:
    return document_to_pdf(_document(assessment, lang, look), look, _attachment(assessment, look))


def _document(assessment: Assessment, lang: Lang, look: Look) -> Document:
    return build_document(assessment, lang, look.edition, annex=look.annexed)


def _attachment(assessment: Assessment, look: Look) -> bytes:
    """What travels inside a PDF: the assessment whole, as a client may have it, or nothing."""
    if look.attached == "none":
        return b""
    carried = assessment if look.attached == "full" else for_client(assessment)
    return carried.to_json().encode("utf-8")


def document_to_pdf(document: Document, look: Look = PLAIN, data: bytes = b"") -> bytes:
    """A document as PDF by the engine of a look, in its theme; ``data`` is attached to it, where there is any. Signs that no
    font has are named in words."""
    document, _ = with_named_signs(document, document.lang)
    if look.engine == "typst":
        from advisor.reporting.typst import render_typst

        return render_typst(document, look.theme, data)
    from advisor.reporting.weasyprint import render_pdf

    return render_pdf(document, look.theme, data)


def check_look(look: Look) -> None:
    """Check that a look can be rendered on this machine, before hundreds of reports are tried.

    Raises :class:`~advisor.errors.RenderError` where its engine is missing, :class:`~advisor.errors.InputError` where engine
    and theme do not go together.
    """
    if look.engine == "typst":
        if importlib.util.find_spec("typst") is None:
            raise RenderError("no_typst")
        if look.theme.templates:
            raise InputError("typst_templates")


def _docx(assessment: Assessment, lang: Lang, look: Look) -> bytes:
    from advisor.reporting.word import render_docx

    return render_docx(_document(assessment, lang, look), look.theme)


def _pptx(assessment: Assessment, lang: Lang, look: Look) -> bytes:
    from advisor.reporting.slides import render_pptx

    return render_pptx(_document(assessment, lang, look), look.theme)


def _html(assessment: Assessment, lang: Lang, look: Look) -> bytes:
    return render_html(_document(assessment, lang, look), look.theme).encode("utf-8")


def _json(assessment: Assessment, lang: Lang, look: Look) -> bytes:
    return assessment.to_json().encode("utf-8")


FORMATS: dict[str, Callable[[Assessment, Lang, Look], bytes]] = {
    "pdf": _pdf,
    "docx": _docx,
    "pptx": _pptx,
    "html": _html,
    "json": _json,
}
