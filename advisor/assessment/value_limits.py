"""What a lever may be worth at most: a part of the time of those who do the work, a part of the revenue; and whether the
answers give more work than there are people for it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from advisor.assessment.firm_project import PricedProject
from advisor.assessment.model.project import QuantityItem, Range
from advisor.assessment.project_items import quantity_item
from advisor.knowledge.currency import amount
from advisor.knowledge.margins import bounds_of
from advisor.knowledge.schema.value import Lever, ValueFactor, ValueLimits
from advisor.phrases import phrases
from advisor.rounding import round_estimate
from advisor.text import Text

phrase = phrases("project")

NOTHING, ONE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)


class Worth(NamedTuple):
    """What a lever comes to in RMB, and what it was held down to, where it was."""

    span: Range
    bound: Text | None


def people_of(lever: Lever, project: PricedProject) -> QuantityItem | None:
    """Those who do the work that a lever saves: the first of its quantities that is known and not nobody; None where it
    names none, or all are open."""
    items = [quantity_item(project, name) for name in lever.people]
    known = [item for item in items if item.range is not None]
    return next((item for item in known if item.range and item.range[1] > 0), known[0] if known else None)


def too_much_work(lever: Lever, spans: Sequence[Range], people: QuantityItem | None, project: PricedProject) -> float | None:
    """How many full-time people the answers would keep busy at the least, where that is more than there are for the work."""
    work = _all_work(lever, spans, project)
    if work is None or people is None or people.range is None:
        return None
    return work[0] if work[0] > people.range[2] else None


def _all_work(lever: Lever, spans: Sequence[Range], project: PricedProject) -> Range | None:
    """All the work that a part is saved of, in full-time people; None where the factors do not tell it."""
    if not any(factor.saved for factor in lever.factors):
        return None
    parts = [(f, span) for f, span in zip(lever.factors, spans, strict=True) if not (f.saved or is_money(f, project))]
    return product([factor for factor, _ in parts], [span for _, span in parts])


def worth(
    lever: Lever, spans: Sequence[Range], people: QuantityItem | None, project: PricedProject, most: ValueLimits | None
) -> Worth:
    """What a lever comes to, held down to what its people and the revenue leave room for."""
    bound: Text | None = None
    span = product(lever.factors, spans)
    work = _all_work(lever, spans, project)
    if work and people and people.range:
        low, base, high = (
            end * min(1.0, there / needed) if needed else end
            for end, there, needed in zip(span, people.range, work, strict=True)
        )
        span = (low, base, high)
        if work[1] > people.range[1]:
            bound = phrase("value.bound.people", people=f"{people.range[1]:,.0f}")
    if most and people and people.range:
        money = [(f, own) for f, own in zip(lever.factors, spans, strict=True) if is_money(f, project)]
        time = _times(people.range, most.time)
        limit = _times(time, product([factor for factor, _ in money], [own for _, own in money]))
        span, held = _at_most(span, limit)
        if held:
            bound = phrase("value.bound.time", share=f"{most.time[1]:.0%}", people=f"{people.range[1]:,.0f}")
    revenue = bounds_of(project.facts, most.revenue_from) if most else None
    if most and revenue and 0 < revenue.high < math.inf:
        middle = (revenue.low + revenue.high) / 2
        span, held = _at_most(span, _times((revenue.low, middle, revenue.high), most.revenue))
        if held:
            rate, currency = project.cost.rates[project.cost.currency], project.cost.currency
            told = amount(round_estimate(middle / rate), currency)
            bound = phrase("value.bound.revenue", share=f"{100 * most.revenue[1]:.1f}%", revenue=told)
    return Worth(span, bound)


def product(factors: Sequence[ValueFactor], spans: Sequence[Range]) -> Range:
    """The factors multiplied, low with low; nothing where it would divide by nothing."""
    result: Range = ONE
    for factor, (least, middle, most) in zip(factors, spans, strict=True):
        if factor.divide and not least:
            return NOTHING
        turned = (1 / most, 1 / middle, 1 / least) if factor.divide else (least, middle, most)
        result = _times(result, turned)
    return result


def is_money(factor: ValueFactor, project: PricedProject) -> bool:
    """Whether a factor is the price of what is saved, as the cost of a post."""
    return factor.figure is not None and project.cost.figures[factor.figure].money


def _times(one: Range, other: Range) -> Range:
    return one[0] * other[0], one[1] * other[1], one[2] * other[2]


def _at_most(span: Range, limit: Range) -> tuple[Range, bool]:
    """A span within a limit at every end, and whether its base was held down."""
    low, base, high = (min(one, other) for one, other in zip(span, limit, strict=True))
    return (low, base, high), base < span[1]
