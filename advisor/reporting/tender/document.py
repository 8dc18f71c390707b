"""The title, subtitle and footer of documents for vendors."""

from __future__ import annotations

from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.word import WordDocument


def new_document(words: ReportWording, name: str) -> WordDocument:
    """The document of that name with its title, the firm it is for, and its footer."""
    firm = words.assessment.firm
    named = words.of(firm.name) if firm.name else words("cover.no_name")
    subtitle = words(f"tender.{name}.subtitle", firm=named)
    return WordDocument(words.lang, words(f"tender.{name}.title"), subtitle, words("tender.footer"))
