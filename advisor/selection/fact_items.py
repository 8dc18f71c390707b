"""The facts of a product as they are shown: each with source, date and confidence, and a mark where it is past its date."""

from __future__ import annotations

from datetime import date
from typing import Any

from advisor.assessment.model.selection import FactItem
from advisor.knowledge.currency import unit
from advisor.knowledge.product_facts import label, value_label
from advisor.knowledge.schema import Product
from advisor.knowledge.schema.products import Datum, Deployment, Price
from advisor.phrases import joined, phrases
from advisor.text import Text

phrase = phrases("selection")


def facts_shown(product: Product, way: Deployment | None, day: date | None) -> tuple[FactItem, ...]:
    """Every fact of a product, unknown ones included, and the price of the way it would be run in."""
    items = [
        _shown(product, name, label(name), getattr(product.facts, name), day) for name in type(product.facts).model_fields
    ]
    if way is not None:
        price: Datum[Price] = product.prices.get(way) or Datum(value="unknown")
        items.append(_shown(product, "price", phrase("price_of", way=value_label("way", way)), price, day))
    return tuple(items)


def _shown(product: Product, name: str, title: Text, datum: Datum[Any], day: date | None) -> FactItem:
    evidence = product.evidence.get(datum.by or "")
    return FactItem(
        fact=name,
        label=title,
        value=None if datum.known is None else in_words(name, datum.known),
        citation=evidence.citation if evidence else None,
        checked=evidence.checked if evidence else None,
        expires=evidence.expires if evidence else None,
        confidence=evidence.confidence if evidence else None,
        stale=bool(evidence and day and evidence.expires < day),
        note=datum.note,
    )


def in_words(fact: str, value: Any) -> Text:
    """A value of a fact as a reader sees it."""
    if isinstance(value, Price):
        if value.high == 0:
            return phrase("price.free")
        span = f"{value.low:g}" if value.low == value.high else f"{value.low:g}–{value.high:g}"
        return phrase(f"price.{value.per}", span=span, currency=unit(value.currency))
    if isinstance(value, tuple):
        return joined([value_label(fact, one) for one in value]) if value else phrase(f"none.{fact}")
    return Text(zh=str(value), en=str(value)) if isinstance(value, int) else value_label(fact, value)
