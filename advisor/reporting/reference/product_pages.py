"""Pages of the reference site on products, and on what is to be looked at again."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.knowledge.due import DueEntry, dates_of, due_entries
from advisor.knowledge.product_facts import label as fact_label
from advisor.knowledge.product_facts import value_label
from advisor.knowledge.schema import Product
from advisor.knowledge.schema.products import LEVELS, Evidence
from advisor.reporting.reference.entries import Reference, ReferenceEntry, ReferenceLink
from advisor.selection.fact_items import fact_items
from advisor.text import Text, join, say


def product_entries(reference: Reference) -> Iterator[ReferenceEntry]:
    """Every product with its facts, prices, functions, traps and the evidence behind them."""
    for product in reference.knowledge.products.values():
        entry = ReferenceEntry(product.id, reference.of(product.name), "", reference.of(product.maker))
        entry.details = [
            (reference.word("about"), reference.of(product.about)),
            *_facts(reference, product),
            *_functions(reference, product),
            *((reference.word("watch"), reference.of(text)) for text in product.watch),
            *((reference.word("evidence"), _evidence(reference, e)) for e in product.evidence.values()),
        ]
        named = [n for group in product.functions for level in LEVELS for n in getattr(group, level)]
        entry.links = [(reference.word("functions"), reference.to_findings(named))]
        yield entry


def _facts(reference: Reference, product: Product) -> Iterator[tuple[str, str]]:
    """The facts that are known, and the price of each way it can be run in."""
    ways = (None, *product.prices)
    shown = {fact.label.en: fact for way in ways for fact in fact_items(reference.knowledge, product.id, way, None)}
    for fact in shown.values():
        if fact.value:
            note = f" ({reference.of(fact.note)})" if fact.note else ""
            yield reference.of(fact.label), f"{reference.of(fact.value)}{note}"
    if unknown := [reference.of(fact.label) for fact in shown.values() if not fact.value]:
        yield reference.word("not_known"), join(unknown, reference.lang)


def _functions(reference: Reference, product: Product) -> Iterator[tuple[str, str]]:
    titles = reference.knowledge.titles
    for level in LEVELS:
        names = [name for group in product.functions for name in getattr(group, level)]
        if names:
            listed = join([reference.of(titles[name]) for name in names], reference.lang)
            yield reference.word("functions"), say("report", f"products.support.{level}", reference.lang, names=listed)


def _evidence(reference: Reference, evidence: Evidence) -> str:
    looked_at, expires = dates_of(evidence)
    level = reference.word(f"level.{evidence.confidence}")
    dates = f"{looked_at or '–'} – {expires}" if expires else reference.word("due.never")
    return f"{evidence.citation} ({reference.word('confidence', level=level)}; {dates})"


def due_page_entries(reference: Reference) -> Iterator[ReferenceEntry]:
    """Everything with a date to be looked at again, by month; what was never looked up; claims of their time."""
    for item in due_entries(reference.knowledge):
        kind = reference.word(f"due.kind.{item.kind}")
        entry = ReferenceEntry(item.id.replace("/", "."), reference.of(item.title), _month(reference, item), kind)
        dates = f"{item.looked_at or '–'} – {item.expires}" if item.expires else ""
        entry.details = [(reference.word("expires"), dates)]
        entry.links = [(reference.word("stands_for"), _itself(reference, item))]
        for depends, names in item.depends.items():
            label = reference.word(f"due.depends.{depends}")
            if links := _to(reference, depends, names):
                entry.links.append((label, links))
            elif depends != "products":
                said = [reference.of(_named(depends, name)) for name in names]
                entry.details.append((label, join(said, reference.lang)))
        yield entry


def _named(kind: str, name: str) -> Text:
    """What has no page of its own, in words where it has any."""
    match kind:
        case "facts":
            return fact_label(name)
        case "prices":
            return value_label("way", name)
    return Text(zh=name, en=name)


def _month(reference: Reference, item: DueEntry) -> str:
    if item.expires:
        return reference.word("due.month", month=f"{item.expires:%Y-%m}")
    return reference.word("due.dated" if item.kind == "claim" else "due.never")


def _itself(reference: Reference, item: DueEntry) -> list[ReferenceLink]:
    product = item.id.partition("/")[0]
    if product in reference.knowledge.products:
        return reference.to_products([product])
    return reference.to_sources([item.id])


def _to(reference: Reference, kind: str, names: tuple[str, ...]) -> list[ReferenceLink]:
    """Links to what depends on something, where it has a page."""
    match kind:
        case "rules":
            return reference.to_rules(names)
        case "questions":
            return reference.to_questions(names)
        case "scores":
            return reference.to_scores(list(names))
        case "tasks" | "functions":
            return reference.to_findings(list(names))
    return []
