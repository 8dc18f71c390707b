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
from advisor.portfolio.entry import Entry
from advisor.portfolio.figures import VERDICTS, Figures
from advisor.portfolio.rows import Facet, Row, Rows
from advisor.portfolio.words import Words
from advisor.reporting.html import template_environment
from advisor.reporting.tones import VERDICT_TONES
from advisor.text import Lang, say
from advisor.version import __version__

PER_PAGE = 2_000
"""Firms on a page."""
POLICY = "default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"
"""What a browser may load for a page: its own style and script, and nothing else."""
COLUMNS = {
    "name": "text", "verdict": "number", "need": "number", "ability": "number", "model": "text", "industry": "text",
    "size": "number", "hurdles": "number", "risks": "number", "step": "text",
}  # fmt: skip
"""Columns of the table and what they are sorted as."""


class Link(NamedTuple):
    """Where to and under what words; ``here`` for the page one is on."""

    href: str
    label: str
    here: bool = False
    lang: Lang = "zh"


@dataclass(frozen=True)
class Page:
    """The firms of one page, its number and how many pages there are."""

    number: int
    of: int
    rows: tuple[Row, ...]


def page_name(lang: Lang, first: Lang, number: int = 1) -> str:
    """The file name of a page: ``index.html`` is where to begin, in the first language."""
    return f"index{'' if lang == first else f'.{lang}'}{'' if number == 1 else f'-{number}'}.html"


def index_pages(
    entries: Sequence[Entry],
    figures: Figures,
    knowledge: Knowledge,
    lang: Lang,
    langs: Sequence[Lang],
    files: Mapping[str, str],
) -> Iterator[tuple[str, bytes]]:
    """The pages of the index in ``lang`` by file name. ``files`` are those about the group: path by what it is called."""
    words = Words(knowledge, lang)
    parts = [entries[start : start + PER_PAGE] for start in range(0, len(entries), PER_PAGE)] or [()]
    for number, part in enumerate(parts, 1):
        rows = Rows(words, part)
        page = Page(number, len(parts), tuple(rows))
        others = [
            Link(page_name(one, langs[0], number), say("portfolio", "index.language", one), lang=one)
            for one in langs
            if one != lang
        ]
        pages = [Link(page_name(lang, langs[0], n), str(n), n == number) for n in range(1, len(parts) + 1)]
        made = _render(words, figures, page, rows.facets, others, pages, files)
        yield page_name(lang, langs[0], number), made.encode("utf-8", "replace")


def _render(
    words: Words, figures: Figures, page: Page, facets: Sequence[Facet], others: list[Link], pages: list[Link],
    files: Mapping[str, str],
) -> str:  # fmt: skip
    css, script = _asset("index.css"), _asset("index.js")
    template = template_environment().get_template("portfolio/index.html")
    return template.render(
        t=words,
        lang=words.lang,
        policy=POLICY.format(style=_digest(css), script=_digest(script)),
        css=css,
        script=script,
        page=page,
        pages=pages,
        facets=[facet for facet in facets if facet.options],
        languages=others,
        files=[Link(href, label) for label, href in files.items()],
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


def _digest(content: str) -> str:
    """What lets this content, and no other, take effect on a page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
