"""Which pages the client's edition has, in the order they are told. Pages with nothing to say are left out."""

from __future__ import annotations

from collections.abc import Callable

from advisor.reporting.chapters.scenarios import scenarios_chapter
from advisor.reporting.chapters.since import since_chapter
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.client.first import advice, alternative, preconditions, risks
from advisor.reporting.client.law import law
from advisor.reporting.client.money import money
from advisor.reporting.client.plain import brief
from advisor.reporting.client.recommendation import recommendation
from advisor.reporting.client.standing import reasons_for_need, standing
from advisor.reporting.client.system import functions, kind_and_way, shortlist
from advisor.reporting.client.value import value
from advisor.reporting.client.way import certainty, next_steps, plan
from advisor.reporting.document import Chapter

Page = Callable[[ReportWording], Chapter | None]

ENDING_IN_A_SYSTEM: tuple[Page, ...] = (functions, kind_and_way, shortlist, money)
"""Told where a system is to be chosen, now or once the conditions are met."""
CLIENT_PAGES: tuple[Page, ...] = (
    recommendation,
    standing,
    reasons_for_need,
    lambda words: value(words) if not brief(words) else None,
    alternative,
    preconditions,
    risks,
    lambda words: law(words) if brief(words) else None,
    *(lambda words, page=page: page(words) if not brief(words) else None for page in ENDING_IN_A_SYSTEM),
    plan,
    advice,
    lambda words: law(words) if not brief(words) else None,
    certainty,
    scenarios_chapter,
    since_chapter,
    next_steps,
)
