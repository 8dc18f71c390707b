"""What of the knowledge is to be looked at again and by when, what was never looked up, and what depends on each.

Enters: a :class:`~advisor.knowledge.model.Knowledge`. Leaves: entries with their dates, soonest first. What a date is held
against is the caller's; nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel

from advisor.knowledge.coverage import source_uses
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Product
from advisor.text import Text

DueKind = Literal["law", "work", "price", "fact", "claim"]
DueState = Literal["past", "near", "later", "never", "dated"]
"""Past its date; its date within reach; later; never looked up; a claim of a paper that its own time has overtaken."""
_PLURAL = {"legal_check": "legal_checks", "verdict": "verdict"}


@dataclass(frozen=True)
class DueEntry:
    """One thing with a date to be looked at again, or without one. ``id`` of a product's evidence is ``product/evidence``.

    ``depends`` names what rests on it, by kind: rules, questions, scores, tasks, prices, facts, functions …; ``read_in`` how
    the text of a work was looked up.
    """

    kind: DueKind
    id: str
    title: Text
    looked_at: date | None
    expires: date | None
    depends: Mapping[str, tuple[str, ...]]
    read_in: Text | None = None

    def state(self, day: date, by: date) -> DueState:
        """How it stands on a day, for somebody who plans as far as ``by``."""
        if self.kind == "claim":
            return "dated"
        if self.expires is None:
            return "never"
        return "past" if self.expires < day else "near" if self.expires <= by else "later"


def dates_of(entry: BaseModel) -> tuple[date | None, date | None]:
    """When a work or a piece of evidence was looked at, and until when it is good; None where nobody looked."""
    looked_at = getattr(entry, "read", None) or getattr(entry, "checked", None)
    expires: date | None = getattr(entry, "expires", None)
    return (looked_at, expires) if isinstance(looked_at, date) else (None, expires)


def due_entries(knowledge: Knowledge) -> tuple[DueEntry, ...]:
    """Everything that carries a date, soonest first; then a line for each product with facts that were never looked up; then
    the claims that rules use though their time is past."""
    dated = [*_works(knowledge), *(entry for product in knowledge.products.values() for entry in _evidence(product))]
    known = sorted((e for e in dated if e.expires), key=lambda e: (e.expires or date.max, e.kind, e.id))
    return (*known, *(e for e in dated if not e.expires), *_dated_claims(knowledge))


def _works(knowledge: Knowledge) -> Iterator[DueEntry]:
    """Works outside the papers; those behind a legal check are points of law."""
    uses, money = (
        source_uses(knowledge),
        {**_cited(knowledge.cost, "cost"), **_cited(knowledge.selection, "selection"), **_cited(knowledge.value, "value")},
    )
    for name, work in knowledge.external.items():
        depends = _by_kind(uses[name])
        depends |= {"cost_and_selection": places} if (places := money.get(name)) else {}
        rules = [knowledge.rules_by_id[rule].rule for rule in depends.get("rules", ())]
        law = any(rule.kind == "legal_check" for rule in rules)
        yield DueEntry("law" if law else "work", name, work.citation, *dates_of(work), depends, work.read_in)


def _cited(entry: BaseModel | None, place: str) -> dict[str, tuple[str, ...]]:
    """Where a scheme cites each source, all the way down."""
    found: dict[str, list[str]] = {}

    def visit(node: Any, path: str) -> None:
        if isinstance(node, BaseModel):
            for source in getattr(node, "sources", ()):
                found.setdefault(source, []).append(path)
            for name in type(node).model_fields:
                visit(getattr(node, name), f"{path}.{name}")
        elif isinstance(node, Mapping):
            for key, value in node.items():
                visit(value, f"{path}.{key}")
        elif isinstance(node, list | tuple):
            for value in node:
                visit(value, f"{path}.{getattr(value, 'id', '')}".removesuffix("."))

    visit(entry, place)
    return {source: tuple(dict.fromkeys(paths)) for source, paths in found.items()}


def _evidence(product: Product) -> Iterator[DueEntry]:
    """The evidence of a product that has a date, each by itself; all that has none in one entry."""
    undated: dict[str, list[str]] = {}
    for name, evidence in product.evidence.items():
        depends = _rests_on(product, name)
        looked_at, expires = dates_of(evidence)
        if expires is not None:
            kind: DueKind = "price" if "prices" in depends else "fact"
            title = Text(**{lang: f"{product.name[lang]}: {evidence.citation}" for lang in ("zh", "en")})
            yield DueEntry(kind, f"{product.id}/{name}", title, looked_at, expires, depends)
        else:
            for key, names in depends.items():
                undated.setdefault(key, []).extend(names)
    if undated:
        yield DueEntry("fact", product.id, product.name, None, None, {k: tuple(v) for k, v in undated.items()})


def _rests_on(product: Product, evidence: str) -> dict[str, tuple[str, ...]]:
    """What of a product one piece of evidence is named for."""
    facts = [name for name in type(product.facts).model_fields if _by(getattr(product.facts, name)) == evidence]
    prices = [way for way, price in product.prices.items() if _by(price) == evidence]
    groups = [group for group in product.functions if _by(group) == evidence]
    functions = [name for g in groups for name in (*g.yes, *g.add_on, *g.custom, *g.no)]
    named: dict[str, Sequence[str]] = {"facts": facts, "prices": prices, "functions": functions}
    return {"products": (product.id,), **{kind: tuple(names) for kind, names in named.items() if names}}


def _by(entry: object) -> str | None:
    return getattr(entry, "by", None)


def _dated_claims(knowledge: Knowledge) -> Iterator[DueEntry]:
    """Claims marked as of their time on which rules rest, in the order of the papers."""
    uses = source_uses(knowledge)
    for name, claim in knowledge.claims.items():
        depends = _by_kind(use for use in uses[name] if use[0] == "rule") if claim.dated else {}
        if depends:
            yield DueEntry("claim", name, claim.text, None, None, depends)


def _by_kind(uses: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for kind, name in uses:
        found.setdefault(_PLURAL.get(kind, f"{kind}s"), []).append(name)
    return {kind: tuple(names) for kind, names in found.items()}
