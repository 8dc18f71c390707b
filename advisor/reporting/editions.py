"""The editions of a report, the one list of them: for whom each is, in which formats it comes, and how it is laid out.

Command line, batch, web and API read names and formats here; nothing else is imported, so that they start at once. Which
chapters an edition has is in :mod:`advisor.reporting.edition_chapters`.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

EditionName = Literal["summary", "client", "slides", "it", "evidence", "study"]
EDITION_NAMES: tuple[EditionName, ...] = get_args(EditionName)
"""Every edition that is offered. One more wants a line in :data:`EDITIONS`, its chapters in
:data:`advisor.reporting.edition_chapters.CHAPTERS`, its title in ``texts/report.yaml`` and a word in the help of
``--edition``; the tests name what is missing."""
Attach = Literal["full", "assessment", "none"]
ATTACH: tuple[Attach, ...] = get_args(Attach)
"""What travels inside a PDF: the assessment with every answer and note; the same without what was noted for the house alone;
or nothing but its pages."""
Evidence = Literal["inside", "beside", "none"]
EVIDENCE: tuple[Evidence, ...] = get_args(Evidence)
"""Where the grounds go: behind the pages of the same file, into a file beside it, or nowhere."""
DEFAULT_EDITION: EditionName = "client"
OLD_NAMES: dict[str, EditionName] = {"owner": "summary", "full": "evidence"}
"""What editions were called before, which goes on working (decision 31)."""
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "html": "text/html; charset=utf-8",
}
"""What the formats of an edition are called where files are sent."""


@dataclass(frozen=True)
class ReportEdition:
    """How an edition is made. ``forms``: its formats, the one it is meant for first. ``brief``: no cover, contents or
    sources; ``all_sources``: the list of sources has everything the assessment rests on, and not only what these chapters
    cite. ``numbered``: sources are numbered notes in the order they are first cited, as no code stands on a client's page.
    ``compact``: cover and contents share a page.
    ``internal``: made for the house, so that notes kept for it alone may be told. ``attach``: what its PDF carries unless
    something else is asked for; ``annex``: whether the evidence may stand behind its pages."""

    forms: tuple[str, ...] = ("pdf", "docx", "html", "pptx")
    brief: bool = False
    all_sources: bool = False
    numbered: bool = False
    compact: bool = False
    internal: bool = False
    attach: Attach = "none"
    annex: bool = False


EDITIONS: dict[EditionName, ReportEdition] = {
    "summary": ReportEdition(brief=True),
    "client": ReportEdition(numbered=True, compact=True, annex=True),
    "slides": ReportEdition(("pptx",), numbered=True, compact=True),
    "it": ReportEdition(attach="assessment"),
    "evidence": ReportEdition(all_sources=True, internal=True, attach="full"),
    "study": ReportEdition(("docx", "pdf", "html"), numbered=True, annex=True),
}


def current_name(name: str) -> str:
    """What an edition is called today; any other word comes back as it is.

    >>> current_name("owner"), current_name("client"), current_name("board")
    ('summary', 'client', 'board')
    """
    return OLD_NAMES.get(name, name)


def current_name_warned(name: str) -> str:
    """The same; a caller from Python is warned where the name is an old one."""
    if name in OLD_NAMES:
        warnings.warn(f"the edition {name!r} is called {OLD_NAMES[name]!r} now", DeprecationWarning, stacklevel=4)
    return current_name(name)


def with_evidence(editions: Iterable[EditionName], evidence: Evidence) -> tuple[EditionName, ...]:
    """The editions to make where the grounds go somewhere: beside, or for those that have no room behind their pages.

    >>> with_evidence(["client"], "beside"), with_evidence(["client"], "inside"), with_evidence(["slides"], "inside")
    (('client', 'evidence'), ('client',), ('slides', 'evidence'))
    """
    asked = tuple(editions)
    apart = evidence == "beside" or (evidence == "inside" and not all(EDITIONS[name].annex for name in asked))
    return tuple(dict.fromkeys((*asked, "evidence"))) if apart else asked


def forms_for(edition: EditionName, asked: Iterable[str]) -> tuple[str, ...]:
    """The formats an edition is written in where some are asked for: those of them it has, else the one it is meant for.
    JSON is the assessment itself, whatever the edition.

    >>> forms_for("client", ["pdf", "docx"]), forms_for("slides", ["pdf"])
    (('pdf', 'docx'), ('pptx',))
    """
    forms, wanted = EDITIONS[edition].forms, tuple(asked)
    had = tuple(form for form in wanted if form in (*forms, "json"))
    return had if (had and set(had) - {"json"}) or set(wanted) == {"json"} else (*forms[:1], *had)
