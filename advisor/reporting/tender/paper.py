"""How the papers for vendors begin."""

from __future__ import annotations

from advisor.reporting.chapters.words import Words
from advisor.reporting.paper import Paper


def begun(words: Words, name: str) -> Paper:
    """The paper of that name with its title, the firm it is for, and its footer."""
    firm = words.assessment.firm
    named = words.of(firm.name) if firm.name else words("cover.no_name")
    subtitle = words(f"tender.{name}.subtitle", firm=named)
    return Paper(words.lang, words(f"tender.{name}.title"), subtitle, words("tender.footer"))
