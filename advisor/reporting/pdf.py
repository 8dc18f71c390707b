"""A document as a tagged PDF by WeasyPrint.

The renderer reaches no network and no file but the project's own stylesheet; anything else a document might refer to is
refused. What does not change from one document to the next (fonts, the stylesheet in its parts) is set up once for a process:
see :func:`warm_up`. Documents are drawn one after another: a second thread waits, for Python would draw them no sooner side
by side.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import os
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from advisor.errors import RenderError
from advisor.reporting.document import Document
from advisor.reporting.html import render_html, stylesheet

_drawing = threading.Lock()


@dataclass(frozen=True)
class _Press:
    """What every document of a process is drawn with."""

    fonts: Any
    sheet: Any
    fetcher: Any


def render_pdf(document: Document) -> bytes:
    """The document as a tagged PDF."""
    press, page = _press(), render_html(document, css="")
    with _drawing, _without_collecting():
        pdf: bytes = _tree(page, press.fetcher).write_pdf(
            font_config=press.fonts,
            stylesheets=[press.sheet],
            pdf_variant="pdf/ua-1",
            pdf_identifier=document.version.encode(),
            finisher=_settle,
        )
    return pdf


def warm_up() -> None:
    """Set up what documents share, and tell the collector that it is here to stay: once, before a process divides itself."""
    _press()
    gc.collect()
    gc.freeze()


@functools.cache
def _press() -> _Press:
    try:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        raise RenderError("no_libraries", detail=str(error).splitlines()[0]) from None

    class Refuse(URLFetcher):  # type: ignore[misc]
        """Lets nothing through: the page brings its drawings inside, and its stylesheet is given with it."""

        def __init__(self) -> None:
            super().__init__(timeout=1, allow_redirects=False)

        def fetch(self, url: str, headers: Any = None) -> Any:
            raise ValueError(f"refused: {url}")

    atexit.register(_press.cache_clear)  # fonts that outlive Python's own end crash it
    fonts, fetcher = FontConfiguration(), Refuse()
    return _Press(fonts, CSS(string=stylesheet(), font_config=fonts, url_fetcher=fetcher), fetcher)


def _tree(page: str, fetcher: Any) -> Any:
    """The page for WeasyPrint: read as XML in a twentieth of the time, or as HTML where it is not that."""
    from cssselect2 import ElementWrapper
    from weasyprint import HTML

    class Tree(HTML):  # type: ignore[misc]
        """A page that has been read."""

        def __init__(self, root: ElementTree.Element) -> None:
            self.base_url, self.url_fetcher, self.media_type = None, fetcher, "print"
            self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = root

    try:
        return Tree(defusedxml.ElementTree.fromstring(page))
    except (
        ElementTree.ParseError,
        DefusedXmlException,
    ):  # a character XML knows no way to write, or somebody's own template
        return HTML(string=page, url_fetcher=fetcher)


def _settle(_: Any, pdf: Any) -> None:
    """Have every object of the PDF written out once: for its identifier they would all be written and packed again."""
    import pydyf

    class Settled(pydyf.Object):  # type: ignore[misc]
        """An object that is bytes already."""

        data = b""
        compressible = False

    def settled(item: Any) -> Any:
        if isinstance(item, pydyf.Stream) and item.compress:
            body = b"\n".join(part if isinstance(part, bytes) else pydyf._to_bytes(part) for part in item.stream)
            item.stream, item.compress = [zlib.compress(body)], False
            item.extra = {**item.extra, "Filter": "/FlateDecode"}
        done = Settled()
        done.number, done.generation, done.data, done.compressible = (
            item.number,
            item.generation,
            item.data,
            item.compressible,
        )
        return done

    pdf.objects[1:] = [settled(item) for item in pdf.objects[1:]]


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """The page is one large tree of live objects: collecting while it grows costs a sixth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _new_lock() -> None:
    global _drawing
    _drawing = threading.Lock()


os.register_at_fork(after_in_child=_new_lock)  # who held it in the parent does not exist here
