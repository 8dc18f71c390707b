"""From figures to the report on a group: a :class:`~advisor.reporting.document.Document` that names no firm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.assessment.base import Citation
from advisor.assessment.citations import cited_works
from advisor.knowledge.model import Knowledge
from advisor.portfolio.chapters import (
    benchmark,
    common_steps,
    findings,
    group_comparison,
    method,
    need_and_ability,
    overview,
)
from advisor.portfolio.entry import PortfolioEntry
from advisor.portfolio.figures import VERDICTS, PortfolioFigures
from advisor.portfolio.wording import PortfolioWording
from advisor.reporting.document import Chapter, Document, SourceEntry, sources_cited
from advisor.text import Lang, say
from advisor.version import __version__


def build_group_report(
    entries: Sequence[PortfolioEntry], figures: PortfolioFigures, knowledge: Knowledge, lang: Lang
) -> Document:
    """The report on a group of firms in ``lang``; ``figures`` are those of ``entries``."""
    words = PortfolioWording(knowledge, lang)
    all_chapters = (
        overview.chapter(words, figures),
        need_and_ability.chapter(words, entries),
        findings.hurdles_chapter(words, figures),
        findings.risks_chapter(words, figures),
        common_steps.chapter(words, figures),
        group_comparison.chapter(words, figures, entries),
        benchmark.chapter(words, figures),
        method.chapter(words, figures),
    )
    chapters = tuple(chapter for chapter in all_chapters if chapter)
    return Document(
        lang=lang,
        title=words("report.title"),
        firm=words("report.name", firms=words.firms(figures.firms)),
        about=words("report.about"),
        date="",
        verdict=_feasible_badge(words, figures),
        sentence=_verdicts_sentence(words, figures),
        tone="plain",
        footer=say("report", "cover.footer", lang, title=words("report.title")),
        contents_title=words("report.contents"),
        page_word=words("report.page"),
        chapters=chapters,
        sources_title=words("report.sources"),
        sources_note=words("report.sources_note"),
        sources=tuple(_sources(words, chapters)),
        version=say("report", "cover.version", lang, program=__version__, knowledge=knowledge.version),
    )


def _feasible_badge(words: PortfolioWording, figures: PortfolioFigures) -> str:
    if not figures.firms:
        return words("report.nobody")
    return words("report.badge", k=f"{figures.verdicts['feasible']:,}", n=f"{figures.firms:,}")


def _verdicts_sentence(words: PortfolioWording, figures: PortfolioFigures) -> str:
    counts = (
        words("report.said", name=words.verdict(name), k=f"{figures.verdicts[name]:,}")
        for name in VERDICTS
        if figures.verdicts[name]
    )
    return words("report.spread", verdicts=words.join(counts)) if figures.firms else ""


def _sources(words: PortfolioWording, chapters: Sequence[Chapter]) -> Iterator[SourceEntry]:
    """The papers and works cited, each with its claims."""
    groups: dict[str, list[Citation]] = {}
    for citation in cited_works(words.knowledge, set(sources_cited(chapters))).values():
        groups.setdefault(citation.source, []).append(citation)
    for source, citations in sorted(groups.items(), key=lambda group: (group[0] not in words.knowledge.sources, group[0])):
        source_paper = words.knowledge.sources.get(source)
        detail = "sources.paper" if source_paper else "sources.work"
        number = {"number": source[1:]} if source_paper else {}
        yield SourceEntry(
            title=citations[0].source_title[words.lang],
            detail=say("report", detail, words.lang, **number),
            about=source_paper.provenance[words.lang] if source_paper else "",
            claims=tuple(_claim(words, citation) for citation in citations),
            work=source_paper is None,
        )


def _claim(words: PortfolioWording, citation: Citation) -> tuple[str, str, str]:
    dated = say("report", "sources.dated", words.lang) if citation.dated else ""
    where = "" if citation.external else citation.where[words.lang]
    return citation.id, where, citation.text[words.lang] + dated
