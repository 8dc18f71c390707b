"""How the figures of the report were worked out."""

from __future__ import annotations

from advisor.portfolio.figures import Figures
from advisor.portfolio.words import Words
from advisor.reporting.document import Bullets, Chapter, Line


def chapter(words: Words, figures: Figures) -> Chapter:
    """Counts, quartiles, small groups, cut-offs, and what none of it says."""
    cut = words.knowledge.verdict
    limits = {"need": f"{cut.need_too_low:g}", "low": f"{cut.ability_too_low:g}", "enough": f"{cut.ability_enough:g}"}
    lines = (
        words("method.counts", firms=words.firms(figures.firms)),
        words("method.quartiles"),
        words("method.few"),
        words("method.cutoffs", **limits),
        words("method.sample"),
    )
    return Chapter("method", words("method.title"), (Bullets(tuple(Line(said) for said in lines)),))
