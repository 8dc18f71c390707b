"""Assessments in; reports out: a :class:`Document` of blocks in one language, then HTML or PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from advisor.reporting.chapters import build_document
    from advisor.reporting.rendering import FORMATS, render

__all__ = ["FORMATS", "build_document", "render"]

_HOMES = {"FORMATS": "rendering", "build_document": "chapters", "render": "rendering"}


def __getattr__(name: str) -> Any:
    """Chapters and renderers, imported when first used: a command that draws nothing starts without them."""
    if name not in _HOMES:
        raise AttributeError(f"module 'advisor.reporting' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"advisor.reporting.{_HOMES[name]}"), name)
