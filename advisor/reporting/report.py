"""From an assessment and a language to a :class:`~advisor.reporting.document.Document`, chapter by chapter."""

from __future__ import annotations

from dataclasses import replace

from advisor.assessment.model import Assessment
from advisor.reporting.chapters.sources import source_entries
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Chapter, Document, Line, Paragraph, SourceEntry, sources_cited
from advisor.reporting.edition_chapters import CHAPTERS
from advisor.reporting.editions import DEFAULT_EDITION, EDITIONS, EditionName, ReportEdition
from advisor.reporting.notes import without_codes
from advisor.text import Lang


def build_document(
    assessment: Assessment, lang: Lang, edition: EditionName = DEFAULT_EDITION, *, annex: bool = False
) -> Document:
    """The report of ``assessment`` in ``lang``; chapters with nothing to say are left out. With ``annex`` the evidence
    follows behind them, and the notes of all pages are numbered as one."""
    words, chosen = ReportWording(assessment, lang), EDITIONS[edition]
    chapters = _chapters(words, edition)
    if annex:
        chapters, chosen = (*chapters, *_annex(words)), replace(chosen, all_sources=True)
    firm = assessment.firm
    document = Document(
        lang=lang,
        title=words(f"cover.{edition}.title"),
        firm=words.of(firm.name) if firm.name else words("cover.no_name"),
        about=words.of(firm.about) if firm.about else "",
        date=words.long_date(assessment.assessed_on),
        verdict=words.result_heading(),
        sentence=assessment.verdict.sentence[lang],
        tone=words.verdict_tone(),
        footer=words("cover.footer", title=words(f"cover.{edition}.title")),
        contents_title=words("cover.contents"),
        page_word=words("cover.page"),
        chapters=chapters,
        sources_title=words("sources.title"),
        sources_note=words.join_sentences(
            words(("sources.notes" if annex else "sources.places") if chosen.numbered else "sources.intro"),
            *([words("sources.papers_only")] if assessment.papers_only else []),
        ),
        sources=_sources(words, chosen, chapters),
        version=words(
            "cover.made" if chosen.numbered and not annex else "cover.version",
            program=assessment.program_version,
            knowledge=assessment.knowledge_version,
        ),
        brief=chosen.brief,
        pictures_only=chosen.numbered or chosen.brief,
        compact=chosen.compact and not annex,
    )
    if not chosen.numbered:
        return document
    return without_codes(document, {code: words.question(code) for code in words.questions}, whole=annex)


def _chapters(words: ReportWording, edition: EditionName) -> tuple[Chapter, ...]:
    return tuple(chapter for make in CHAPTERS[edition] if (chapter := make(words)))


def _annex(words: ReportWording) -> tuple[Chapter, ...]:
    """The chapters of the evidence behind those of another edition, under names of their own."""
    opening = Chapter("annex", words("cover.evidence.annex"), (Paragraph(Line(words("cover.evidence.about"))),), page=True)
    return (opening, *(replace(chapter, id=f"annex-{chapter.id}") for chapter in _chapters(words, "evidence")))


def _sources(words: ReportWording, edition: ReportEdition, chapters: tuple[Chapter, ...]) -> tuple[SourceEntry, ...]:
    """The works behind an edition: all of them, those its own chapters cite, or none where it has no list of sources."""
    if edition.brief:
        return ()
    return source_entries(words, None if edition.all_sources else set(sources_cited(chapters)))
