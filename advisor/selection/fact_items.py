"""The facts of a product as they are shown: each with source, date and confidence, and a mark where it is past its date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from advisor.assessment.model.selection import FactItem, SupportItem
from advisor.knowledge.answer_types.shared.numerals import digits
from advisor.knowledge.currency import unit
from advisor.knowledge.model import Knowledge
from advisor.knowledge.product_facts import label, value_label
from advisor.knowledge.schema import Product
from advisor.knowledge.schema.products import Datum, Deployment, PriceDatum, PriceLine
from advisor.phrases import joined, phrases
from advisor.text import Text

phrase = phrases("selection")


@lru_cache(maxsize=1000)
def fact_items(knowledge: Knowledge, name: str, way: Deployment | None, day: date | None) -> tuple[FactItem, ...]:
    """Every fact of a product, unknown ones included, and the price of the way it would be run in.

    ``day`` is the day facts are held against. The same for every firm, and so worked out once.
    """
    product = knowledge.products[name]
    items = [
        _shown(product, fact, label(fact), getattr(product.facts, fact), day) for fact in type(product.facts).model_fields
    ]
    if way is not None:
        price = product.prices.get(way) or PriceDatum(value="unknown")
        items.append(_shown(product, "price", phrase("price_of", way=value_label("way", way)), price, day))
    return tuple(items)


def _shown(product: Product, name: str, title: Text, datum: Datum[Any], day: date | None) -> FactItem:
    evidence = product.evidence.get(datum.by or "")
    return FactItem(
        fact=name,
        label=title,
        value=None if datum.known is None else value_in_words(name, datum.known),
        citation=evidence.citation if evidence else None,
        checked=evidence.checked if evidence else None,
        expires=evidence.expires if evidence else None,
        confidence=evidence.confidence if evidence else None,
        stale=bool(evidence and day and evidence.expires < day),
        note=datum.note,
    )


def value_in_words(fact: str, value: Any) -> Text:
    """A value of a fact as a reader sees it."""
    if fact == "price":
        return price_in_words(value)
    if isinstance(value, tuple):
        return joined([value_label(fact, item) for item in value]) if value else phrase(f"none.{fact}")
    return Text(zh=str(value), en=str(value)) if isinstance(value, int) else value_label(fact, value)


def price_in_words(lines: Sequence[PriceLine]) -> Text:
    """A price list in words: each line with its edition, unit and what is the least that is sold."""
    if all(line.ends[1] == 0 for line in lines):
        return phrase("price.free")
    return joined([_line_in_words(line) for line in lines])


def _line_in_words(line: PriceLine) -> Text:
    span = "–".join(dict.fromkeys(digits(end) for end in line.ends))
    words = phrase(f"price.{line.unit}", span=span, currency=unit(line.currency))
    if line.edition:
        words = phrase("price.edition", edition=line.edition, price=words)
    limits = [phrase("price.up_to", users=line.up_to)] if line.up_to else []
    limits += [phrase("price.from_users", users=line.minimum.users)] if line.minimum.users > 1 else []
    limits += [phrase("price.months", months=line.minimum.months)] if line.minimum.months > 1 else []
    return phrase("price.limited", price=words, limits=joined(limits)) if limits else words


@lru_cache(maxsize=1000)
def support_items(knowledge: Knowledge, name: str, day: date | None) -> Mapping[str, SupportItem]:
    """How a product does each function there is, with the evidence behind it; the same for every firm."""
    product = knowledge.products[name]
    functions = [finding.id for finding in knowledge.findings.values() if finding.kind == "function"]
    return {function: _support(product, function, day) for function in functions}


def _support(product: Product, function: str, day: date | None) -> SupportItem:
    support = product.support(function)
    if support is None:
        return SupportItem(function=function, support=None, confidence=None, stale=False)
    level, evidence = support[0], product.evidence[support[1]]
    stale = day is not None and evidence.expires < day
    return SupportItem(function=function, support=level, confidence=evidence.confidence, stale=stale)
