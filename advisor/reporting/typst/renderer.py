"""A document as a tagged PDF by Typst: the same report as WeasyPrint's in a fraction of the time, for large batches.

Typst is a program inside the process (package ``typst``, an extra). It reads its templates and fonts and nothing else, and
takes the document as data: text is never read as markup.
"""

from __future__ import annotations

import functools
import json
import os
import threading
from typing import Any

from advisor.errors import InputError, RenderError
from advisor.knowledge.load import data_folder
from advisor.reporting.attachment import ATTACHMENT_DESCRIPTION, ATTACHMENT_NAME
from advisor.reporting.document import Document
from advisor.reporting.look import Theme
from advisor.reporting.typst.document_data import document_data
from advisor.rounding import plain_number

_SUSPECTS = b"/Marked true/Suspects false"
"""Says what holds anyway, and poppler warns of it."""
_NO_GLYPH = "could not be displayed"
_EMPTY_PAGES = 11
"""How many documents after one Typst lets go of what it worked out for it, in the hope of meeting it again."""
_REPORTS_KEPT = 3
"""Reports share next to nothing, and each leaves some 80 MB behind: after so many of them the memory is cleared."""


def render_typst(document: Document, theme: Theme, data: bytes = b"") -> bytes:
    """The document as a tagged PDF; ``data`` is attached to it as a file, where there is any.

    The same document, theme and data give the same bytes. Raises :class:`~advisor.errors.RenderError` where Typst is
    missing or gives up, and :class:`~advisor.errors.InputError` for a theme with templates of its own, which are HTML.
    """
    if theme.templates:
        raise InputError("typst_templates")
    content = json.dumps(document_data(document, theme), ensure_ascii=False, separators=(",", ":"))
    return typesetter().pdf(
        {
            "document": content,
            "data": data.decode("utf-8"),
            "data_name": ATTACHMENT_NAME,
            "data_about": ATTACHMENT_DESCRIPTION,
        }
    )


class Typesetter:
    """Typst with the report's templates and the machine's fonts, made once for the life of a process.

    A process may be forked off one that has a typesetter, but not off one that has used it: Typst's threads stay behind.
    """

    def __init__(self) -> None:
        try:
            import typst
        except ImportError:
            raise RenderError("no_typst") from None
        folder = data_folder("templates") / "report" / "typst"
        fonts = typst.Fonts(include_embedded_fonts=False)
        self._error = typst.TypstError
        self._report: Any = typst.Compiler(folder / "report.typ", root=folder, font_paths=fonts, ignore_system_fonts=True)
        self._drawing: Any = typst.Compiler(folder / "drawing.typ", root=folder, font_paths=fonts, ignore_system_fonts=True)
        self._blank: Any = typst.Compiler(root=folder, font_paths=fonts, ignore_system_fonts=True)
        self._lock = threading.Lock()
        self._process, self._compiled = 0, 0

    def pdf(self, inputs: dict[str, str]) -> bytes:
        """The report made of ``inputs`` as PDF/UA-1.

        Where no font has one of its characters it is a tagged PDF all the same, with an empty box for that character;
        the standard forbids such boxes.
        """
        with self._lock:
            if self._process not in (0, os.getpid()):
                raise RenderError("typst_forked")
            self._process = os.getpid()
            try:
                return self._compile(inputs, ["ua-1"])
            except self._error as error:
                if _NO_GLYPH not in error.message:
                    raise RenderError("typst_failed", detail=error.message) from None
                return self._compile(inputs, [])
            finally:
                self._clear_cache()

    def png(self, svg: str, width: float, dots: float) -> bytes:
        """A drawing as a picture ``width`` millimetres wide, with so many dots an inch."""
        with self._lock:
            if self._process not in (0, os.getpid()):
                raise RenderError("typst_forked")
            self._process = os.getpid()
            try:
                inputs = {"drawing": svg, "width": plain_number(width)}
                picture: bytes = self._drawing.compile(format="png", ppi=dots, sys_inputs=inputs)
                return picture
            except self._error as error:
                raise RenderError("typst_failed", detail=error.message) from None
            finally:
                self._clear_cache()

    def _compile(self, inputs: dict[str, str], standards: list[str]) -> bytes:
        pdf: bytes = self._report.compile(format="pdf", sys_inputs=inputs, pdf_standards=standards)
        return pdf.replace(_SUSPECTS, b"/Marked true".ljust(len(_SUSPECTS)))

    def _clear_cache(self) -> None:
        """Have Typst let go of what it keeps, by setting empty pages."""
        self._compiled += 1
        if self._compiled % _REPORTS_KEPT == 0:
            for _ in range(_EMPTY_PAGES):
                self._blank.compile(b" ", format="svg")


@functools.cache
def typesetter() -> Typesetter:
    """The typesetter of this process."""
    return Typesetter()
