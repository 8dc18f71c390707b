"""The vocabulary in which a product is described to a filter: each fact of the catalogue, and how it would be run here.

A filter tests a candidate, that is a product run in one way: ``way`` is that way, ``way_ruled_out`` whether something about
the firm forbids it. ``same_suite`` says whether it belongs to the suite the firm runs, ``suits_buyers`` whether it looks
after such customers, ``suits_trade`` whether it is offered to the firm's trade, ``suits_body`` whether to such
organisations, ``one_product`` whether it is one and not a kind of them, ``china_alone`` whether mainland China is the only
place where anybody is known to set it up, ``way_vouched`` whether this way is on record, ``ends_soon`` whether the end
of its support is announced and near. ``musts_missing`` and ``musts_to_build`` count functions the firm must have,
``over_budget`` is by how many percent the lowest first-year cost exceeds the initial budget, ``seats_to_spare`` how many
seats must be paid for that are not needed, in percent of those that are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import get_args

from advisor.knowledge.answer_types import CHOICE, MULTI, NUMBER, AnswerType
from advisor.knowledge.answer_types.yes_no import YES_NO
from advisor.knowledge.facts import Fact
from advisor.knowledge.schema import Product
from advisor.knowledge.schema.products import (
    Backing,
    CommercialUse,
    Connector,
    Customers,
    Deployment,
    Kind,
    Licence,
    Made,
    Size,
)
from advisor.text import Text, catalogue

_CLOSED: Mapping[str, tuple[AnswerType, tuple[str, ...]]] = {
    "deployments": (MULTI, get_args(Deployment)),
    "licence": (CHOICE, get_args(Licence)),
    "commercial_use": (CHOICE, get_args(CommercialUse)),
    "made_for": (CHOICE, get_args(Made)),
    "customers": (MULTI, get_args(Customers)),
    "sizes": (MULTI, get_args(Size)),
    "data_in_china": (CHOICE, ("yes", "no")),
    "data_in_eu": (CHOICE, ("yes", "no")),
    "extensible": (CHOICE, ("yes", "no")),
    "open_interfaces": (CHOICE, ("yes", "no")),
    "support_in_china": (CHOICE, ("yes", "no")),
    "lightweight": (CHOICE, ("yes", "no")),
    "needs_suite": (CHOICE, ("yes", "no")),
    "same_suite": (CHOICE, ("yes", "no")),
    "way": (CHOICE, get_args(Deployment)),
    "way_ruled_out": (CHOICE, ("yes", "no")),
    "way_vouched": (CHOICE, ("yes", "no")),
    "speaks_languages": (CHOICE, ("yes", "no")),
    "suits_size": (CHOICE, ("yes", "no")),
    "suits_buyers": (CHOICE, ("yes", "no")),
    "suits_trade": (CHOICE, ("yes", "no")),
    "suits_body": (CHOICE, ("yes", "no")),
    "ends_soon": (CHOICE, ("yes", "no")),
    "one_product": (CHOICE, ("yes", "no")),
    "china_alone": (CHOICE, ("yes", "no")),
    "kinds": (MULTI, get_args(Kind)),
    "connectors": (MULTI, get_args(Connector)),
    "xinchuang": (CHOICE, ("yes", "no")),
    "offline": (CHOICE, ("yes", "no")),
    "self_export": (CHOICE, ("yes", "no")),
    "backing": (CHOICE, get_args(Backing)),
}
_OPEN = ("industries", "languages", "suite", "data_regions", "partners")
_NUMBERS = ("minimum_seats", "musts_missing", "musts_to_build", "over_budget", "seats_to_spare")


def label(name: str) -> Text:
    """A fact of a product as it is called."""
    return catalogue("selection")[f"fact.{name}"]


def value_label(fact: str, value: str) -> Text:
    """A value of a fact in words; a value without words of its own stands for itself."""
    if value in YES_NO:
        return YES_NO[value]
    return catalogue("selection").get(f"value.{fact}.{value}") or Text(zh=value, en=value)


def product_facts(products: Iterable[Product]) -> dict[str, Fact]:
    """Every fact a filter may test, with the values it can take; open lists take those the catalogue has."""
    found: dict[str, Fact] = {}
    for name, (kind, values) in _CLOSED.items():
        found[name] = Fact(name, kind, label(name), {value: value_label(name, value) for value in values})
    seen: dict[str, set[str]] = {"industries": set(), "languages": {"zh", "en"}, "suite": {"none"}}
    seen |= {"data_regions": {"cn", "eu"}, "partners": {"cn"}}
    for product in products:
        seen["industries"].update(product.facts.industries.known or ())
        seen["languages"].update(product.facts.languages.known or ())
        seen["data_regions"].update(product.facts.data_regions.known or ())
        seen["partners"].update(product.facts.partners.known or ())
        if suite := product.facts.suite.known:
            seen["suite"].add(suite)
    for name in _OPEN:
        words = {value: value_label(name, value) for value in sorted(seen[name])}
        found[name] = Fact(name, CHOICE if name == "suite" else MULTI, label(name), words)
    for name in _NUMBERS:
        found[name] = Fact(name, NUMBER, label(name), {}, 0.0)
    return found
