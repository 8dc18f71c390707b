"""WeasyPrint, set up once for a process and used for every document.

Importing this module loads WeasyPrint and its system libraries; the package does so at the first PDF.
"""

from __future__ import annotations

import zlib
from typing import Any
from xml.etree import ElementTree

import defusedxml.ElementTree
import pydyf
from cssselect2 import ElementWrapper  # type: ignore[import-untyped]
from defusedxml.common import DefusedXmlException
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from advisor.reporting.attachment import attach
from advisor.reporting.html.renderer import logo_data_uri
from advisor.reporting.look import PLAIN_THEME, Theme
from advisor.reporting.weasyprint.fonts import compress_fonts


class LogoOnlyFetcher(URLFetcher):  # type: ignore[misc]
    """Lets nothing through: a page brings its drawings inside, and its stylesheet is given with it. Only a theme's logo is
    handed out, at the very address that carries it inside."""

    def __init__(self, theme: Theme = PLAIN_THEME) -> None:
        super().__init__(timeout=1, allow_redirects=False)
        self._theme, self._logo = theme, logo_data_uri(theme)

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Refuse all but the logo."""
        if self._logo and url == self._logo:
            return URLFetcherResponse(url, self._theme.logo, {"Content-Type": self._theme.logo_type})
        raise ValueError(f"refused: {url[:100]}")


class WeasyPrintEngine:
    """Fonts, and the stylesheet in its parts. Not for two threads at once: Pango's fonts are not."""

    def __init__(self, css: str) -> None:
        self._font_configuration = FontConfiguration()
        self._stylesheet = CSS(string=css, font_config=self._font_configuration, url_fetcher=LogoOnlyFetcher())

    def render(self, page: str, identifier: bytes, theme: Theme = PLAIN_THEME, data: bytes = b"") -> bytes:
        """A page of HTML without a stylesheet as a tagged PDF, with ``data`` attached where there is any."""
        pdf: bytes = self._parse(page, LogoOnlyFetcher(theme)).write_pdf(
            font_config=self._font_configuration,
            stylesheets=[self._stylesheet],
            pdf_variant="pdf/ua-1",
            pdf_identifier=identifier,
            finisher=lambda _, pdf_file: _finish(pdf_file, data),
        )
        return pdf

    def _parse(self, page: str, fetcher: LogoOnlyFetcher) -> HTML:
        """Ours are XML, read in a twentieth of the time; others are not, nor is one with a character XML cannot hold."""
        try:
            return _ParsedPage(defusedxml.ElementTree.fromstring(page), fetcher)
        except (ElementTree.ParseError, DefusedXmlException):
            return HTML(string=page, url_fetcher=fetcher)


class _ParsedPage(HTML):  # type: ignore[misc]
    """A page that has been read already."""

    def __init__(self, root: ElementTree.Element, fetcher: LogoOnlyFetcher) -> None:
        self.base_url, self.url_fetcher, self.media_type = None, fetcher, "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root


class _SerializedObject(pydyf.Object):  # type: ignore[misc]
    """An object of a PDF that has been written out."""

    data, compressible = b"", False

    def __init__(self, item: Any) -> None:
        super().__init__()
        if isinstance(item, pydyf.Stream) and item.compress:
            packed = zlib.compress(b"\n".join(map(pydyf._to_bytes, item.stream)))  # the highest level takes twice the time
            item = _with_number_of(item, pydyf.Stream([packed], {**item.extra, "Filter": "/FlateDecode"}))
        self.number, self.generation, self.data, self.compressible = (
            item.number,
            item.generation,
            item.data,
            item.compressible,
        )


def _with_number_of(item: Any, like: Any) -> Any:
    like.number, like.generation = item.number, item.generation
    return like


def _finish(pdf: Any, data: bytes) -> None:
    """What is done to a PDF before it is written."""
    compress_fonts(pdf)
    if data:
        attach(pdf, data)
    _serialize_objects(pdf)


def _serialize_objects(pdf: Any) -> None:
    """Write every object out once: for the identifier of the file they would all be written and packed a second time."""
    pdf.objects[1:] = [_SerializedObject(item) for item in pdf.objects[1:]]
