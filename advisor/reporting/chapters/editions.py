"""The editions of a report: for whom it is, and which chapters it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from advisor.reporting.chapters import (
    appendix,
    business,
    choosing,
    cost,
    hurdles,
    insight,
    owner,
    plan,
    practice,
    risks,
    scores,
    summary,
    technology,
)
from advisor.reporting.chapters.words import Words
from advisor.reporting.document import Chapter
from advisor.reporting.look import EditionName

Make = Callable[[Words], Chapter | None]


@dataclass(frozen=True)
class Edition:
    """The chapters of an edition in order. ``brief``: no cover, contents or sources; ``all_sources``: the list of sources
    has everything the assessment rests on, and not only what these chapters cite."""

    chapters: tuple[Make, ...]
    brief: bool = False
    all_sources: bool = False


FULL = Edition(
    (
        summary.chapter,
        business.model_chapter,
        scores.need_chapter,
        scores.ability_chapter,
        hurdles.hurdles_chapter,
        insight.path_chapter,
        insight.scenarios_chapter,
        hurdles.ideas_chapter,
        risks.chapter,
        business.functions_chapter,
        choosing.options_chapter,
        choosing.products_chapter,
        cost.chapter,
        practice.chapter,
        plan.chapter,
        practice.law_chapter,
        insight.sensitivity_chapter,
        appendix.unknown_chapter,
        practice.disagreements_chapter,
        insight.proof_chapter,
        appendix.rules_chapter,
        appendix.answers_chapter,
    ),
    all_sources=True,
)
"""For whoever has to defend every line."""

OWNER = Edition((owner.verdict_page, owner.action_page), brief=True)
"""For whoever decides: two pages, the verdict and what to do about it."""

IT = Edition(
    (
        summary.chapter,
        technology.estate_chapter,
        business.functions_chapter,
        choosing.options_chapter,
        choosing.products_chapter,
        cost.chapter,
        technology.risks_chapter,
        technology.plan_chapter,
        practice.law_chapter,
    )
)
"""For whoever has to choose, join up and run the system."""

EDITIONS: dict[EditionName, Edition] = {"owner": OWNER, "full": FULL, "it": IT}
