"""Documents for Word (DOCX) by python-docx."""

from advisor.reporting.word.document import WordDocument
from advisor.reporting.word.renderer import render_docx

__all__ = ["WordDocument", "render_docx"]
