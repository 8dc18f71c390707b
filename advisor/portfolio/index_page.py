"""The index of a portfolio as pages that open from disk: every firm with links to its reports, to be filtered and sorted.

A page brings its style and its script inside and refers to nothing else; a policy in its head lets no other script run. It
is whole without script. Many firms are dealt out over several pages: no browser likes a table of a hundred thousand rows.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from advisor.knowledge.load import data_folder
from advisor.knowledge.model import Knowledge
from advisor.portfolio.entry import PortfolioEntry
from advisor.portfolio.figures import VERDICTS, PortfolioFigures
from advisor.portfolio.index_rows import Facet, IndexRow, IndexRows
from advisor.portfolio.wording import PortfolioWording
from advisor.reporting.html import template_environment
from advisor.reporting.tones import VERDICT_TONES
from advisor.text import Lang, say
from advisor.version import __version__

FIRMS_PER_PAGE = 2_000
"""Firms on a page."""
CONTENT_SECURITY_POLICY = "default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"
"""What a browser may load for a page: its own style and script."""
COLUMNS = {
    "name": "text", "verdict": "number", "need": "number", "ability": "number", "model": "text", "industry": "text",
    "size": "number", "hurdles": "number", "risks": "number", "step": "text",
}  # fmt: skip
"""Columns of the table and what they are sorted as."""


class PageLink(NamedTuple):
    """A link and its label; ``here`` for the current page."""

    href: str
    label: str
    here: bool = False
    lang: Lang = "zh"


@dataclass(frozen=True)
class IndexPage:
    """The firms of one page, its number and how many pages there are."""

    number: int
    of: int
    rows: tuple[IndexRow, ...]


def page_name(lang: Lang, first: Lang, number: int = 1) -> str:
    """The file name of a page: ``index.html`` is where to begin, in the first language."""
    return f"index{'' if lang == first else f'.{lang}'}{'' if number == 1 else f'-{number}'}.html"


def index_pages(
    entries: Sequence[PortfolioEntry],
    figures: PortfolioFigures,
    knowledge: Knowledge,
    lang: Lang,
    langs: Sequence[Lang],
    files: Mapping[str, str],
) -> Iterator[tuple[str, bytes]]:
    """The pages of the index in ``lang`` by file name. ``files`` are those about the group: path by what it is called."""
    words = PortfolioWording(knowledge, lang)
    chunks = [entries[start : start + FIRMS_PER_PAGE] for start in range(0, len(entries), FIRMS_PER_PAGE)] or [()]
    for number, chunk in enumerate(chunks, 1):
        rows = IndexRows(words, chunk)
        page = IndexPage(number, len(chunks), tuple(rows))
        language_links = [
            PageLink(
                page_name(other_lang, langs[0], number), say("portfolio", "index.language", other_lang), lang=other_lang
            )
            for other_lang in langs
            if other_lang != lang
        ]
        page_links = [PageLink(page_name(lang, langs[0], n), str(n), n == number) for n in range(1, len(chunks) + 1)]
        html = _render(words, figures, page, rows.facets, language_links, page_links, files)
        yield page_name(lang, langs[0], number), html.encode("utf-8", "replace")


def _render(
    words: PortfolioWording,
    figures: PortfolioFigures,
    page: IndexPage,
    facets: Sequence[Facet],
    language_links: list[PageLink],
    page_links: list[PageLink],
    files: Mapping[str, str],
) -> str:
    css, script = _asset("index.css"), _asset("index.js")
    template = template_environment().get_template("portfolio/index.html")
    return template.render(
        t=words,
        lang=words.lang,
        policy=CONTENT_SECURITY_POLICY.format(style=_csp_hash(css), script=_csp_hash(script)),
        css=css,
        script=script,
        page=page,
        pages=page_links,
        facets=[facet for facet in facets if facet.options],
        languages=language_links,
        files=[PageLink(href, label) for label, href in files.items()],
        firms=words.firms(figures.firms),
        failed=figures.failed,
        verdicts=[
            {"label": words.verdict_title(name), "count": f"{figures.verdicts[name]:,}", "tone": VERDICT_TONES[name]}
            for name in VERDICTS
            if figures.verdicts[name]
        ],
        columns=[{"label": words(f"column.{name}"), "kind": kind} for name, kind in COLUMNS.items()],
        version=say("report", "cover.version", words.lang, program=__version__, knowledge=words.knowledge.version),
    )


@functools.cache
def _asset(name: str) -> str:
    path: Path = data_folder("templates") / "portfolio" / name
    return path.read_text("utf-8")


def _csp_hash(content: str) -> str:
    """The hash by which a content security policy allows exactly this content."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
