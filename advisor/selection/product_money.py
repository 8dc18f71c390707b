"""The firm's money against what the products to look at first cost by their own prices.

Budgets are read against the reference price of a way of running a system. A product may cost twice as much.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from advisor.assessment.budgets import BUDGETS, money_bounds
from advisor.assessment.firm_project import PricedProject
from advisor.assessment.model.project import WayCostItem
from advisor.assessment.model.selection import CandidateItem, OutcomeItem, ProductMoneyItem
from advisor.knowledge.currency import amount, estimate
from advisor.phrases import joined, phrases, sentences
from advisor.rounding import round_difference, round_estimate
from advisor.text import Text

phrase = phrases("selection")

DEARER = 1.5
"""A product that takes so many times the reference price in the first year is told beside it."""


def product_money(
    project: PricedProject, items: Sequence[CandidateItem], outcome: OutcomeItem, way: WayCostItem | None
) -> ProductMoneyItem | None:
    """Which of the products to look at first the money reaches for, by their own prices, and which it does not; None where
    none of them has a price."""
    found = {item.product: item for item in items if item.first_year and item.later_year}
    first = [found[name] for name in outcome.products if name in found]
    if way is None or not first:
        return None
    gaps = {item.product: list(_gaps(project, item)) for item in first}
    dearer = [item for item in first if _is_dearer(item, way)]
    covered = [item for item in first if not gaps[item.product] and _is_known(project)]
    short = [item for item in first if gaps[item.product]]
    told = [item for item in dearer if item not in covered and item not in short]
    lines = []
    if covered:
        alone = "_alone" if any(budget.kind == "initial" and budget.beside for budget in way.budgets) else ""
        lines.append(phrase(f"product_money.covered{alone}", products=joined([_sums(project, item) for item in covered])))
    for item in short:
        lines.append(phrase("product_money.short", product=_sums(project, item), gaps=joined(gaps[item.product])))
    if told:
        lines.append(phrase("product_money.dearer", products=joined([_sums(project, item) for item in told])))
    return ProductMoneyItem(
        text=sentences(lines) if lines else None,
        short=tuple(item.product for item in short),
        dearer=tuple(item.product for item in dearer),
    )


def _is_dearer(item: CandidateItem, way: WayCostItem) -> bool:
    return bool(item.first_year and way.first_year and item.first_year[1] >= DEARER * way.first_year[1])


def _is_known(project: PricedProject) -> bool:
    """Whether the money is known well enough for it to be said that it reaches."""
    return money_bounds(project, BUDGETS)[0] > 0


def _gaps(project: PricedProject, item: CandidateItem) -> Iterator[Text]:
    """What is missing of the first year and of each later year, the rest of the plan aside."""
    assert item.first_year and item.later_year
    rate, currency = project.cost.rates[project.cost.currency], project.cost.currency
    needs = {"first": item.first_year[1], "later": item.later_year[1]}
    for (year, needed), names in zip(needs.items(), (BUDGETS, BUDGETS[1:]), strict=True):
        most = money_bounds(project, names)[1]
        there = most if rate == 1 or math.isinf(most) else round_estimate(most / rate)
        if needed > there:
            gap = round_difference(round_estimate(needed) - there)
            if gap > 0:
                yield phrase(f"product_money.gap.{year}", gap=amount(gap, currency))


def _sums(project: PricedProject, item: CandidateItem) -> Text:
    assert item.first_year and item.later_year
    currency = project.cost.currency
    first, later = estimate(item.first_year[1], currency), estimate(item.later_year[1], currency)
    return phrase("product_money.sums", name=item.name, first=first, later=later)
