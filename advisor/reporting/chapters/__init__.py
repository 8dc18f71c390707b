"""From an assessment and a language to a :class:`~advisor.reporting.document.Document`, chapter by chapter."""

from __future__ import annotations

from advisor.assessment.model import Assessment
from advisor.reporting.chapters import (
    appendix,
    business,
    choosing,
    cost,
    hurdles,
    insight,
    plan,
    practice,
    risks,
    scores,
    summary,
)
from advisor.reporting.chapters.words import VERDICT_TONES, Words
from advisor.reporting.document import Document
from advisor.text import Lang

CHAPTERS = (
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
)


def build_document(assessment: Assessment, lang: Lang) -> Document:
    """The report of ``assessment`` in ``lang``; chapters with nothing to say are left out."""
    words = Words(assessment, lang)
    chapters = [chapter for make in CHAPTERS if (chapter := make(words))]
    firm = assessment.firm
    name = words.of(firm.name) if firm.name else words("cover.no_name")
    version = words("cover.version", program=assessment.program_version, knowledge=assessment.knowledge_version)
    return Document(
        lang=lang,
        title=words("cover.title"),
        firm=name,
        about=words.of(firm.about) if firm.about else "",
        date=words.long_date(assessment.assessed_on),
        verdict=words.verdict_title(assessment.verdict.name),
        sentence=assessment.verdict.sentence[lang],
        tone=VERDICT_TONES[assessment.verdict.name],
        footer=words("cover.footer"),
        contents_title=words("cover.contents"),
        page_word=words("cover.page"),
        chapters=tuple(chapters),
        sources_title=words("sources.title"),
        sources_note=words.join_sentences(
            words("sources.intro"), *([words("sources.papers_only")] if assessment.papers_only else [])
        ),
        sources=appendix.sources(words),
        version=version,
    )
