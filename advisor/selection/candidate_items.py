"""Pairs of product and way as they are shown: of each product the one that suits best, with its points and its price."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from advisor.assessment.model.cost import Span
from advisor.assessment.model.selection import CandidateItem, PairItem
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema.products import Deployment
from advisor.knowledge.schema.selecting import Span as Sum
from advisor.selection.candidates import Candidate
from advisor.selection.criteria import mark_items, reference_cost
from advisor.selection.fact_items import fact_items, price_in_words, support_items
from advisor.selection.filters import best_pair


def candidate_items(
    pairs: Sequence[list[Candidate]], way: Deployment | None, knowledge: Knowledge, day: date | None
) -> list[CandidateItem]:
    """Of every product the pair that suits best where the project is planned for a ``way``; those that survive with their
    points."""
    best = [best_pair(ways, way) for ways in pairs]
    reference = reference_cost([candidate for candidate in best if candidate.status != "excluded"])
    return [
        _item(candidate, [other for other in ways if other is not candidate], reference, knowledge, day)
        for candidate, ways in zip(best, pairs, strict=True)
    ]


def _item(
    candidate: Candidate, others: Sequence[Candidate], reference: float | None, knowledge: Knowledge, day: date | None
) -> CandidateItem:
    product, price = candidate.product, candidate.estimate
    supports = support_items(knowledge, product.id, candidate.edition, day)
    return CandidateItem(
        product=product.id,
        name=product.name,
        maker=product.maker,
        about=product.about,
        status=candidate.status,
        way=candidate.way,
        edition=product.editions[candidate.edition].name if candidate.edition else None,
        excluded=tuple(candidate.excluded),
        asks=tuple(candidate.asks),
        depends=tuple(candidate.depends),
        waived=tuple(candidate.waived),
        marks=() if candidate.status == "excluded" else mark_items(candidate, reference),
        functions=tuple(supports[item.function] for item in candidate.buyer.wanted),
        facts=fact_items(knowledge, product.id, candidate.way, day),
        watch=product.watch,
        suite=candidate.same_suite == "yes",
        lightweight=product.facts.lightweight.known == "yes",
        price=price.price,
        price_shown=price_in_words(price.lines, product) if price.lines else None,
        price_date=price.looked_up,
        user_year=_converted(price.user_year, candidate),
        first_year=_converted(price.first_year, candidate),
        later_year=_converted(price.later_year, candidate),
        cost=_converted(price.paid, candidate),
        other_ways=tuple(
            PairItem(
                way=other.way,
                status=other.status,
                price=other.estimate.price,
                first_year=_converted(other.estimate.first_year, other),
            )
            for other in others
            if other.way
        ),
    )


def _converted(span: Sum | None, candidate: Candidate) -> Span | None:
    """A sum in the currency of the project."""
    cost = candidate.buyer.project.cost
    rate = cost.rates[cost.currency]
    return None if span is None else (round(span[0] / rate, 2), round(span[1] / rate, 2), round(span[2] / rate, 2))
