"""Which chapters each edition of a report has, in order."""

from __future__ import annotations

from collections.abc import Callable

from advisor.reporting.chapters.answers import answers_chapter
from advisor.reporting.chapters.approach import approach_chapter
from advisor.reporting.chapters.cost import cost_chapter
from advisor.reporting.chapters.disagreements import disagreements_chapter
from advisor.reporting.chapters.functions import functions_chapter
from advisor.reporting.chapters.hurdles import hurdles_chapter
from advisor.reporting.chapters.it_edition import it_estate_chapter, it_plan_chapter, it_risks_chapter
from advisor.reporting.chapters.law import law_chapter
from advisor.reporting.chapters.misconceptions import misconceptions_chapter
from advisor.reporting.chapters.operating_model import operating_model_chapter
from advisor.reporting.chapters.options import options_chapter
from advisor.reporting.chapters.owner_actions import action_page
from advisor.reporting.chapters.owner_verdict import verdict_page
from advisor.reporting.chapters.path import path_chapter
from advisor.reporting.chapters.plan import plan_chapter
from advisor.reporting.chapters.practices import practices_chapter
from advisor.reporting.chapters.products import products_chapter
from advisor.reporting.chapters.proof import proof_chapter
from advisor.reporting.chapters.risks import risks_chapter
from advisor.reporting.chapters.rules import rules_chapter
from advisor.reporting.chapters.scenarios import scenarios_chapter
from advisor.reporting.chapters.scores import ability_chapter, need_chapter
from advisor.reporting.chapters.sensitivity import sensitivity_chapter
from advisor.reporting.chapters.since import since_chapter
from advisor.reporting.chapters.summary import summary_chapter
from advisor.reporting.chapters.unknowns import unknowns_chapter
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.client import CLIENT_PAGES
from advisor.reporting.client.value import value_worked_out
from advisor.reporting.document import Chapter
from advisor.reporting.editions import EditionName
from advisor.reporting.study import STUDY_CHAPTERS

ChapterMaker = Callable[[ReportWording], Chapter | None]


EVIDENCE: tuple[ChapterMaker, ...] = (
    summary_chapter,
    since_chapter,
    operating_model_chapter,
    need_chapter,
    ability_chapter,
    hurdles_chapter,
    path_chapter,
    scenarios_chapter,
    misconceptions_chapter,
    risks_chapter,
    functions_chapter,
    options_chapter,
    products_chapter,
    cost_chapter,
    value_worked_out,
    practices_chapter,
    approach_chapter,
    plan_chapter,
    law_chapter,
    sensitivity_chapter,
    unknowns_chapter,
    disagreements_chapter,
    proof_chapter,
    rules_chapter,
    answers_chapter,
)
"""For whoever has to defend every line."""

SUMMARY: tuple[ChapterMaker, ...] = (verdict_page, action_page)
"""For whoever decides: two pages, the verdict and what to do about it."""

IT: tuple[ChapterMaker, ...] = (
    summary_chapter,
    since_chapter,
    it_estate_chapter,
    functions_chapter,
    options_chapter,
    products_chapter,
    cost_chapter,
    it_risks_chapter,
    it_plan_chapter,
    law_chapter,
)
"""For whoever has to choose, join up and run the system."""

CHAPTERS: dict[EditionName, tuple[ChapterMaker, ...]] = {
    "summary": SUMMARY,
    "client": CLIENT_PAGES,
    "slides": CLIENT_PAGES,
    "it": IT,
    "evidence": EVIDENCE,
    "study": STUDY_CHAPTERS,
}
