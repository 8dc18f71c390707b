"""A document as a tagged PDF by WeasyPrint.

The renderer reaches no network and no file but the project's own stylesheet; anything else a document might refer to is
refused, but for the logo of the theme, which the page carries inside.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

from advisor.errors import RenderError
from advisor.reporting.attaching import attach
from advisor.reporting.document import Document
from advisor.reporting.font_packing import pack_fonts
from advisor.reporting.html import logo_address, render_html
from advisor.reporting.look import PLAIN_THEME, Theme


def render_pdf(document: Document, theme: Theme = PLAIN_THEME, data: bytes = b"") -> bytes:
    """The document as a tagged PDF in the colours of ``theme``; ``data`` is attached to it, where there is any."""
    return pdf_of(render_html(document, theme), document.version.encode(), theme, data)


def pdf_of(html: str, identifier: bytes, theme: Theme = PLAIN_THEME, data: bytes = b"") -> bytes:
    """A page that brings its stylesheet inside as a tagged PDF; ``identifier`` is what the file is known by."""
    try:
        from weasyprint import HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except (ImportError, OSError) as error:
        raise RenderError("no_libraries", detail=str(error).splitlines()[0]) from None

    class Refuse(URLFetcher):  # type: ignore[misc]
        """Lets nothing through: the page brings its stylesheet and drawings inside."""

        def __init__(self) -> None:
            super().__init__(timeout=1, allow_redirects=False)

        def fetch(self, url: str, headers: Any = None) -> Any:
            if theme.logo and url == logo:
                return URLFetcherResponse(url, theme.logo, {"Content-Type": theme.logo_type})
            raise ValueError(f"refused: {url[:100]}")

    logo = logo_address(theme)
    page = HTML(string=html, url_fetcher=Refuse())
    collecting = gc.isenabled()
    gc.disable()  # the page is one large tree of live objects: collecting while it grows costs a sixth of the time
    try:
        pdf: bytes = page.write_pdf(
            font_config=FontConfiguration(),
            pdf_variant="pdf/ua-1",
            pdf_identifier=identifier,
            finisher=_finisher(data),
        )
    finally:
        if collecting:
            gc.enable()
    return pdf


def _finisher(data: bytes) -> Callable[[Any, Any], None]:
    """What is done to a PDF before it is written."""

    def finish(_: Any, pdf: Any) -> None:
        pack_fonts(pdf)
        if data:
            attach(pdf, data)

    return finish
