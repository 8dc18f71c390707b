"""The reference site: every rule, question, score, finding, claim and work on an anchor of its own, linked both ways.

Enters: a :class:`~advisor.knowledge.model.Knowledge`. Leaves: HTML pages by file name, one set for each language. It is
what a consultant opens when a client asks "where does that come from?".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from advisor.knowledge.model import Knowledge
from advisor.reporting.html import template_environment
from advisor.reporting.reference.entries import Reference, ReferenceEntry
from advisor.reporting.reference.question_pages import question_entries, score_entries
from advisor.reporting.reference.rule_pages import finding_entries, rule_entries
from advisor.reporting.reference.source_pages import disagreement_entries, paper_entries, work_entries
from advisor.text import LANGS, Lang, say

ENTRIES: dict[str, Callable[[Reference], Iterator[ReferenceEntry]]] = {
    "rules": rule_entries,
    "questions": question_entries,
    "scores": score_entries,
    "findings": finding_entries,
    "papers": paper_entries,
    "works": work_entries,
    "disagreements": disagreement_entries,
}
"""The pages of the site beside its index, and what each lists."""
PAGES = tuple(ENTRIES)


def build_site(knowledge: Knowledge) -> dict[str, str]:
    """Every page of the site by its path, ``zh/rules.html`` and so on."""
    return {f"{lang}/{page}.html": build_page(knowledge, lang, page) for lang in LANGS for page in ("index", *PAGES)}


def build_page(knowledge: Knowledge, lang: Lang, page: str, ways: Sequence[tuple[str, str]] = ()) -> str:
    """One page of the site: one of :data:`PAGES` or ``index``.

    ``ways`` lead out of it, to whatever the site is part of: addresses with their labels, the first one home.
    """
    reference = Reference(knowledge, lang)
    words = {name: say("reference", f"page.{name}", lang) for name in ("index", *PAGES)}
    shared = {
        "lang": lang,
        "pages": words,
        "page": page,
        "title": say("reference", "title", lang),
        "short": say("reference", "short", lang),
        "ways": ways,
        "other": "en" if lang == "zh" else "zh",
        "version": say("reference", "version", lang, version=knowledge.version),
    }
    template = template_environment().get_template("reference/page.html")
    if page != "index":
        return template.render(groups=_grouped(list(ENTRIES[page](reference))), intro="", **shared)
    counts = [(name, words[name], sum(1 for _ in ENTRIES[name](reference))) for name in PAGES]
    return template.render(groups={}, intro=say("reference", "intro", lang), counts=counts, **shared)


def _grouped(entries: list[ReferenceEntry]) -> dict[str, list[ReferenceEntry]]:
    """Entries under their groups, in the order in which each group first comes up."""
    groups: dict[str, list[ReferenceEntry]] = {}
    for entry in entries:
        groups.setdefault(entry.group, []).append(entry)
    return groups
