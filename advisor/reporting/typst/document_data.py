"""A document as plain data for Typst's templates; its blocks are in :mod:`advisor.reporting.typst.block_data`."""

from __future__ import annotations

import io

from advisor.reporting.document import Chapter, Document, SourceEntry
from advisor.reporting.html import template_environment
from advisor.reporting.html.renderer import logo_data_uri
from advisor.reporting.look import Theme, page_footer
from advisor.reporting.source_marks import source_mark
from advisor.reporting.typst.block_data import BODY, HEADING, Data, block_data
from advisor.reporting.typst.line_breaks import LineBox, clean

COVER = tuple(LineBox(149, size) for size in (30, 22, 16, 11))
MAX_COVER_LINES = 4
"""Lines that a name may fill on the cover before it is set smaller."""
VERDICT = LineBox(129, 19)
TITLE = LineBox(155, 17)
CLAIM = LineBox(153, 8.4)
"""Lines of the cover, titles of chapters and lines of the bibliography; width in millimetres, type in points."""


def document_data(document: Document, theme: Theme) -> Data:
    """All that the templates draw."""
    name = theme.name_in(document.lang)
    # a brief document is printed without sources: nothing for a citation to lead to
    claims = [] if document.brief else [claim for entry in document.sources for claim, _, _ in entry.claims]
    firm, about = document.firm, document.about
    if document.brief:
        firm, about = _shortened(firm, 70), _shortened(about, 110)
    cover = next((box for box in COVER if box.count_lines(firm) <= MAX_COVER_LINES), COVER[-1])
    return {
        "lang": document.lang,
        "brief": document.brief,
        "region": "cn" if document.lang == "zh" else "gb",
        "accent": theme.accent,
        "author": clean(name) or "CRM Advisor",
        "name": clean(f"{document.title} – {document.firm}"),
        "brand": BODY.break_words(name),
        "logo": _logo(theme),
        "title": LineBox(149, 13).break_words(document.title),
        "firm": {"size": cover.size, "name": cover.break_words(firm)},
        "running": clean(_shortened(document.firm, 48)),
        "about": BODY.break_words(about),
        "verdict": VERDICT.break_words(document.verdict),
        "sentence": BODY.break_words(document.sentence),
        "tone": document.tone,
        "compact": document.compact,
        "date": clean(document.date),
        "version": BODY.break_words(document.version),
        "footer": BODY.break_words(page_footer(document.footer, name)),
        "contents_title": TITLE.break_words(document.contents_title),
        "anchors": {claim: source_mark(claim) for claim in claims},
        "runs": _chapter_groups(document.chapters),
        "sources": {
            "title": TITLE.break_words(document.sources_title),
            "note": BODY.break_words(document.sources_note),
            "entries": [_source(entry) for entry in document.sources],
        },
    }


def _logo(theme: Theme) -> str:
    """The logo as SVG; a picture of another kind inside one, since Typst takes nothing but text."""
    if theme.logo is None:
        return ""
    if theme.logo_type == "image/svg+xml":
        return theme.logo.decode("utf-8", "replace")
    from PIL import Image

    width, height = Image.open(io.BytesIO(theme.logo)).size
    frame = template_environment().get_template("report/logo.svg")
    return frame.render(address=logo_data_uri(theme), width=width, height=height)


def _shortened(text: str, length: int) -> str:
    """A text that has one line of a page to itself, cut as the HTML template cuts it."""
    environment = template_environment()
    shortened: str = environment.filters["truncate"](environment, text, length)
    return shortened


def _chapter_groups(chapters: tuple[Chapter, ...]) -> list[list[Data]]:
    """Chapters by the run of pages they share: one that starts on a page of its own opens a new run."""
    runs: list[list[Data]] = []
    for chapter in chapters:
        data = {"title": TITLE.break_words(chapter.title), "blocks": [block_data(block) for block in chapter.blocks]}
        if chapter.page or not runs:
            runs.append([])
        runs[-1].append(data)
    return runs


def _source(entry: SourceEntry) -> Data:
    claims = [[name, CLAIM.break_words(where), CLAIM.break_words(claim)] for name, where, claim in entry.claims]
    return {
        "title": BODY.break_words(entry.title),
        "detail": HEADING.break_words(entry.detail),
        "about": BODY.break_words(entry.about),
        "claims": claims,
        "work": entry.work,
        "named_alone": entry.named_alone,
    }
