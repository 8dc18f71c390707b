"""Assessments in; reports out: a :class:`~advisor.reporting.document.Document` in one language, then HTML, PDF or Word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from advisor.reporting.formats import FORMATS, render
    from advisor.reporting.report import build_document

__all__ = ["FORMATS", "build_document", "render"]

_HOMES = {"FORMATS": "formats", "build_document": "report", "render": "formats"}


def __getattr__(name: str) -> Any:
    """Chapters and renderers, imported when first used: a command that renders nothing starts without them."""
    if name not in _HOMES:
        raise AttributeError(f"module 'advisor.reporting' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"advisor.reporting.{_HOMES[name]}"), name)
