"""The facts of a product as they are shown: each with source, date and confidence, and a mark where it is past its date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from advisor.assessment.model.selection import CandidateItem, FactItem, SupportItem
from advisor.knowledge.answer_types.shared.numerals import digits
from advisor.knowledge.currency import unit
from advisor.knowledge.model import Knowledge
from advisor.knowledge.product_facts import label, value_label
from advisor.knowledge.schema import Product
from advisor.knowledge.schema.products import Datum, Deployment, PriceDatum, PriceLine
from advisor.phrases import joined, phrases, quoted
from advisor.text import Text

phrase = phrases("selection")


@lru_cache(maxsize=1000)
def fact_items(knowledge: Knowledge, name: str, way: Deployment | None, day: date | None) -> tuple[FactItem, ...]:
    """Every fact of a product, unknown ones included, and the price of the way it would be run in.

    ``day`` is the day facts are held against. The same for every firm, and so worked out once.
    """
    product = knowledge.products[name]
    items = [_shown(product, fact, label(fact), datum, day) for fact, datum in product.facts.told.items()]
    for group, data in (("ai", product.ai), ("contracts", product.contracts), ("limits", product.limits)):
        for name, datum in data.items():
            title = phrase(f"fact.{group}", name=value_label(group, name))
            items.append(_shown(product, f"{group}.{name}", title, datum, day))
    if way is not None:
        price = product.prices.get(way) or PriceDatum(value="unknown")
        items.append(_shown(product, "price", phrase("price_of", way=value_label("way", way)), price, day))
    return tuple(items)


def _shown(product: Product, name: str, title: Text, datum: Datum[Any], day: date | None) -> FactItem:
    evidence = product.evidence.get(datum.by or "")
    return FactItem(
        fact=name,
        label=title,
        value=None if datum.known is None else value_in_words(name, datum.known, product),
        citation=evidence.citation if evidence else None,
        page=evidence.page if evidence else None,
        checked=evidence.read if evidence else None,
        expires=evidence.expires if evidence else None,
        confidence=evidence.confidence if evidence else None,
        stale=bool(evidence and evidence.expires and day and evidence.expires < day),
        note=datum.note,
    )


def value_in_words(fact: str, value: Any, product: Product) -> Text:
    """A value of a fact as a reader sees it."""
    if fact == "price":
        return price_in_words(value, product)
    if isinstance(value, tuple):
        return joined([value_label(fact, item) for item in value]) if value else phrase(f"none.{fact}")
    if isinstance(value, int | date):
        return Text(zh=str(value), en=str(value))
    return value_label(fact.partition(".")[0] + "_how" if "." in fact else fact, value)


def price_in_words(lines: Sequence[PriceLine], product: Product) -> Text:
    """A price list in words: each line with its edition, unit and what is the least that is sold."""
    if all(line.ends[1] == 0 for line in lines):
        return phrase("price.free")
    return joined([_line_in_words(line, product) for line in lines])


def _line_in_words(line: PriceLine, product: Product) -> Text:
    span = "–".join(dict.fromkeys(digits(end) for end in line.ends))
    words = phrase(f"price.{line.unit}", span=span, currency=unit(line.currency))
    for edition in (line.edition, product.editions[line.of].name if line.of else None):
        words = phrase("price.edition", edition=edition, price=words) if edition else words
    limits = [phrase("price.up_to", users=line.up_to)] if line.up_to else []
    limits += [phrase("price.up_to_contacts", contacts=digits(line.up_to_contacts))] if line.up_to_contacts else []
    limits += [phrase("price.from_users", users=line.minimum.users)] if line.minimum.users > 1 else []
    limits += [phrase("price.months", months=line.minimum.months)] if line.minimum.months > 1 else []
    return phrase("price.limited", price=words, limits=joined(limits)) if limits else words


@lru_cache(maxsize=1000)
def support_items(knowledge: Knowledge, name: str, edition: str | None, day: date | None) -> Mapping[str, SupportItem]:
    """How a product, or an edition of it, does each function there is, with the evidence behind it; the same for every
    firm."""
    product = knowledge.products[name]
    functions = [finding.id for finding in knowledge.findings.values() if finding.kind == "function"]
    return {function: _support(product, function, edition, day) for function in functions}


def _support(product: Product, function: str, edition: str | None, day: date | None) -> SupportItem:
    support = product.support(function, edition)
    if support is None:
        return SupportItem(function=function, support=None, confidence=None, stale=False)
    level, evidence = support[0], product.evidence[support[1]]
    stale = bool(day and evidence.expires and evidence.expires < day)
    return SupportItem(function=function, support=level, confidence=evidence.confidence, stale=stale)


def waived_mark(item: CandidateItem) -> Text | None:
    """What would exclude a product, had the firm not switched it off; None where nothing would."""
    return phrase("waived", filters=joined([quoted(remark.title) for remark in item.waived])) if item.waived else None
