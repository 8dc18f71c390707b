"""How the figures of the report were worked out."""

from __future__ import annotations

from advisor.portfolio.figures import PortfolioFigures
from advisor.portfolio.wording import PortfolioWording
from advisor.reporting.document import Bullets, Chapter, Line


def chapter(words: PortfolioWording, figures: PortfolioFigures) -> Chapter:
    """Counts, quartiles, small groups, cut-offs, and what none of it says."""
    cutoffs = words.knowledge.verdict
    limits = {
        "need": f"{cutoffs.need_too_low:g}",
        "low": f"{cutoffs.ability_too_low:g}",
        "enough": f"{cutoffs.ability_enough:g}",
    }
    lines = (
        words("method.counts", firms=words.firms(figures.firms)),
        words("method.quartiles"),
        words("method.few"),
        words("method.cutoffs", **limits),
        words("method.sample"),
    )
    return Chapter("method", words("method.title"), (Bullets(tuple(Line(line) for line in lines)),))
