"""The reference site: everything in the knowledge on an anchor of its own, linked both ways.

Enters: a :class:`~advisor.knowledge.model.Knowledge`. Leaves: HTML pages by file name, one set for each language. It is
what a consultant opens when a client asks "where does that come from?". One page searches all others: its index is in the
page itself, so that it works from a disk and asks nothing of anybody.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from advisor.knowledge.model import Knowledge
from advisor.reporting.html import template_environment
from advisor.reporting.reference.entries import Reference, ReferenceEntry
from advisor.reporting.reference.product_pages import due_page_entries, product_entries
from advisor.reporting.reference.question_pages import question_entries, score_entries
from advisor.reporting.reference.rule_pages import finding_entries, rule_entries
from advisor.reporting.reference.source_pages import disagreement_entries, paper_entries, work_entries
from advisor.reporting.reference.task_pages import check_entries, task_entries
from advisor.reporting.reference.word_pages import glossary_entries, model_entries, panel_entries
from advisor.text import LANGS, Lang, catalogue, say

ENTRIES: dict[str, Callable[[Reference], Iterator[ReferenceEntry]]] = {
    "rules": rule_entries,
    "questions": question_entries,
    "checks": check_entries,
    "scores": score_entries,
    "findings": finding_entries,
    "tasks": task_entries,
    "products": product_entries,
    "papers": paper_entries,
    "works": work_entries,
    "disagreements": disagreement_entries,
    "models": model_entries,
    "glossary": glossary_entries,
    "panel": panel_entries,
    "due": due_page_entries,
}
"""The pages of the site that list something, and what each lists."""
PAGES = tuple(ENTRIES)
ALL_PAGES = ("index", "search", *PAGES)
"""Every page of one language."""
MAX_INDEXED = 600
"""So many characters of an entry's details can be searched for, beside its title and its id; few have more."""


def build_site(knowledge: Knowledge) -> dict[str, str]:
    """Every page of the site by its path, ``zh/rules.html`` and so on, and the one at its root, ``index.html``."""
    pages = {f"{lang}/{page}.html": build_page(knowledge, lang, page) for lang in LANGS for page in ALL_PAGES}
    return {"index.html": _root(knowledge), **pages}


def build_page(knowledge: Knowledge, lang: Lang, page: str, ways: Sequence[tuple[str, str]] = ()) -> str:
    """One page of the site: one of :data:`ALL_PAGES`.

    ``ways`` lead out of it, to whatever the site is part of: addresses with their labels, the first one home.
    """
    reference = Reference(knowledge, lang)
    words = _page_names(lang)
    shared = {
        "lang": lang,
        "pages": words,
        "page": page,
        "title": say("reference", "title", lang),
        "short": say("reference", "short", lang),
        "search": {name: say("reference", f"search.{name}", lang) for name in ("label", "button", "none", "more")},
        "ways": ways,
        "other": "en" if lang == "zh" else "zh",
        "version": say("reference", "version", lang, version=knowledge.version),
        "intro": _intro(page, lang),
        "groups": {},
    }
    template = template_environment().get_template("reference/page.html")
    if page in ENTRIES:
        return template.render(**{**shared, "groups": _grouped(list(ENTRIES[page](reference)))})
    listed = {name: list(entries(reference)) for name, entries in ENTRIES.items()}
    if page == "search":
        return template.render(index=_index(listed), **shared)
    return template.render(counts=[(name, words[name], len(entries)) for name, entries in listed.items()], **shared)


def _page_names(lang: Lang) -> dict[str, str]:
    return {name: say("reference", f"page.{name}", lang) for name in ALL_PAGES}


def _intro(page: str, lang: Lang) -> str:
    """What a page is, where its name does not say it all."""
    key = f"intro.{page}"
    return say("reference", key, lang) if key in catalogue("reference") else ""


def _root(knowledge: Knowledge) -> str:
    """The page at the root: both languages with all their pages."""
    sites = [
        {
            "lang": lang,
            "title": say("reference", "title", lang),
            "intro": _intro("index", lang),
            "pages": _page_names(lang),
            "version": say("reference", "version", lang, version=knowledge.version),
        }
        for lang in LANGS
    ]
    return template_environment().get_template("reference/root.html").render(sites=sites)


def _index(listed: dict[str, list[ReferenceEntry]]) -> str:
    """What can be found, as JSON: of each entry its page, anchor, title, and the beginning of what it says."""
    rows = []
    for page, entries in listed.items():
        for entry in entries:
            said = " ".join(text for _, text in entry.details if text)
            rows.append([page, entry.anchor, entry.title, said[:MAX_INDEXED]])
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _grouped(entries: list[ReferenceEntry]) -> dict[str, list[ReferenceEntry]]:
    """Entries under their groups, in the order in which each group first comes up."""
    groups: dict[str, list[ReferenceEntry]] = {}
    for entry in entries:
        groups.setdefault(entry.group, []).append(entry)
    return groups
