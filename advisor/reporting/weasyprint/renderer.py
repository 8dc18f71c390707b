"""A document as a tagged PDF by WeasyPrint.

The renderer reaches no network and no file but the project's own stylesheet; anything else a document might refer to is
refused, but for the logo that a page carries inside. What does not change from one document to the next is set up once for a
process (:func:`warm_up`). Documents are rendered one after another: a second thread waits, since Python would finish
two no sooner at once.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import os
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from advisor.errors import RenderError
from advisor.reporting.document import Document
from advisor.reporting.html import render_html, stylesheet
from advisor.reporting.look import PLAIN_THEME, Theme

if TYPE_CHECKING:
    from advisor.reporting.weasyprint.engine import WeasyPrintEngine

_render_lock = threading.Lock()


def render_pdf(document: Document, theme: Theme = PLAIN_THEME, data: bytes = b"") -> bytes:
    """The document as a tagged PDF in the colours of ``theme``; ``data`` is attached to it, where there is any."""
    css = stylesheet(document.brief, theme)
    if theme.templates:  # they may want a stylesheet in another place, or none
        return html_to_pdf(render_html(document, theme, css), document.version.encode(), "", theme, data)
    return html_to_pdf(render_html(document, theme, ""), document.version.encode(), css, theme, data)


def html_to_pdf(page: str, identifier: bytes, css: str = "", theme: Theme = PLAIN_THEME, data: bytes = b"") -> bytes:
    """A page of HTML as a tagged PDF; ``identifier`` is what the file is known by, ``css`` a stylesheet not in it."""
    with _render_lock, _garbage_collection_paused():
        return _engine(css).render(page, identifier, theme, data)


def warm_up() -> None:
    """Set up what all documents share and tell the collector that it stays: once, before a process forks."""
    with _render_lock:
        _engine(stylesheet())
    gc.collect()
    gc.freeze()


@functools.lru_cache(maxsize=8)
def _engine(css: str) -> WeasyPrintEngine:
    """WeasyPrint with one stylesheet, set up once."""
    try:
        from advisor.reporting.weasyprint.engine import WeasyPrintEngine
    except (ImportError, OSError) as error:
        raise RenderError("no_libraries", detail=str(error).splitlines()[0]) from None
    atexit.register(_engine.cache_clear)  # fonts that outlive Python's own end crash it
    return WeasyPrintEngine(css)


@contextlib.contextmanager
def _garbage_collection_paused() -> Iterator[None]:
    """The page is one large tree of live objects: collecting while it grows costs a quarter of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _replace_lock_after_fork() -> None:
    """A thread that holds the lock in the parent process does not exist in a forked one."""
    global _render_lock
    _render_lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_replace_lock_after_fork)
