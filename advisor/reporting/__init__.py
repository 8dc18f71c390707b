"""Assessments in; reports out: a :class:`Document` of blocks in one language, then HTML or PDF."""

from advisor.reporting.chapters import build_document
from advisor.reporting.rendering import FORMATS, render

__all__ = ["FORMATS", "build_document", "render"]
