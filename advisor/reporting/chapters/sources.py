"""The bibliography."""

from __future__ import annotations

from collections.abc import Set

from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import (
    SourceEntry,
)


def source_entries(words: ReportWording, only: Set[str] | None = None) -> tuple[SourceEntry, ...]:
    """The bibliography: every paper, drawn on or not, then the works outside them, with the claims this report cites.

    ``only`` names the claims an edition cites; None stands for all, and for a reader who checks them: to that one how a work
    was looked up is told as well.
    """
    groups: dict[str, list[str]] = {}
    for name, citation in words.assessment.cited.items():
        if only is None or name in only:
            groups.setdefault(citation.source, []).append(name)
    entries = []
    for paper in words.assessment.papers:
        claims = _claims(words, groups.pop(paper.id, []))
        detail = words("sources.paper", number=paper.id[1:]) + ("" if claims else words("sources.not_drawn_on"))
        entries.append(SourceEntry(words.of(paper.title), detail, words.of(paper.origin), claims))
    for _, names in sorted(groups.items()):
        cited = words.assessment.cited[names[0]]
        read_in = words("sources.read_in", read_in=words.of(cited.read_in)) if cited.read_in and only is None else ""
        detail, claims = words("sources.work" if only is None else "sources.other"), _claims(words, names)
        entries.append(SourceEntry(words.of(cited.source_title), detail, read_in, claims, work=True))
    return tuple(entries)


def _claims(words: ReportWording, names: list[str]) -> tuple[tuple[str, str, str], ...]:
    claims = []
    for name in names:
        citation = words.assessment.cited[name]
        text = words.of(citation.text)
        if citation.dated:
            text += words("sources.dated")
        day = words.assessment.assessed_on
        if citation.expires and day and day > citation.expires:
            text += words("sources.expired", expires=citation.expires.isoformat())
        if citation.note:
            text += words("sources.note", note=words.of(citation.note))
        claims.append((name, "" if citation.external else words.of(citation.where), text))
    return tuple(claims)
