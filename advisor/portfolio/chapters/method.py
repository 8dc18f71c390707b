"""How the figures of the report were worked out."""

from __future__ import annotations

from advisor.portfolio.figures import PortfolioFigures
from advisor.portfolio.wording import PortfolioWording
from advisor.reporting.document import Bullets, Chapter, Line
from advisor.rounding import plain_number


def chapter(words: PortfolioWording, figures: PortfolioFigures) -> Chapter:
    """Counts, quartiles, small groups, cut-offs, and what none of it says."""
    cutoffs = words.knowledge.verdict
    limits = {
        "need": plain_number(cutoffs.need_too_low),
        "low": plain_number(cutoffs.ability_too_low),
        "enough": plain_number(cutoffs.ability_enough),
    }
    lines = (
        words("method.counts", firms=words.firms(figures.firms)),
        words("method.quartiles"),
        words("method.few"),
        words("method.cutoffs", **limits),
        words("method.sample"),
    )
    return Chapter("method", words("method.title"), (Bullets(tuple(Line(line) for line in lines)),))
