"""A document as a tagged PDF by Typst: the same report as WeasyPrint's in a fraction of the time, for large batches.

Typst is a program inside the process (package ``typst``, an extra). It reads its templates and fonts and nothing else, and
takes the document as data: text is never read as markup.
"""

from __future__ import annotations

import functools
import json
from typing import Any

from advisor.errors import InputError, RenderError
from advisor.knowledge.load import data_folder
from advisor.reporting.document import Document
from advisor.reporting.look import Theme
from advisor.reporting.typst_data import document_data

_NO_GLYPH = "could not be displayed"


def render_typst(document: Document, theme: Theme) -> bytes:
    """The document as a tagged PDF. The same document and theme give the same bytes.

    Raises :class:`~advisor.errors.RenderError` where Typst is missing or gives up, and
    :class:`~advisor.errors.InputError` for a theme with templates of its own, which are HTML.
    """
    if theme.templates is not None:
        raise InputError("typst_templates", path=theme.templates)
    data = json.dumps(document_data(document, theme), ensure_ascii=False, separators=(",", ":"))
    return _compile(data, ["ua-1"])


def _compile(data: str, standards: list[str]) -> bytes:
    compiler = _compiler()
    from typst import TypstError

    try:
        pdf: bytes = compiler.compile(format="pdf", sys_inputs={"document": data}, pdf_standards=standards)
    except TypstError as error:
        if standards and _NO_GLYPH in error.message:
            return _compile(data, [])
        raise RenderError("typst_failed", detail=error.message) from None
    return pdf


@functools.cache
def _compiler() -> Any:
    """Templates and fonts, found once for the life of the process."""
    try:
        import typst
    except ImportError:
        raise RenderError("no_typst") from None
    folder = data_folder("templates") / "report" / "typst"
    fonts = typst.Fonts(include_embedded_fonts=False)
    return typst.Compiler(folder / "report.typ", root=folder, font_paths=fonts, ignore_system_fonts=True)
