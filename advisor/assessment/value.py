"""What a system may be worth a year, from the firm's own figures: each lever low, base and high, with its formula.

It is worked out when all else is, from answers alone, and nothing that decides reads it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from advisor.assessment.firm_project import PricedProject
from advisor.assessment.model import Assessment
from advisor.assessment.model.project import Range
from advisor.assessment.model.value import FactorOrigin, LeverItem, MissingLeverItem, ValueFactorItem, ValueItem
from advisor.assessment.project_items import quantity_item
from advisor.inference.facts import Facts
from advisor.knowledge.schema.value import SHARE, Lever, ValueFactor
from advisor.text import Text

WHOLE = 100.0
"""A percentage is of so many."""


def with_value(assessment: Assessment, project: PricedProject) -> Assessment:
    """The assessment with what a system may be worth; unchanged where the knowledge says nothing of it."""
    scheme = project.knowledge.value
    if scheme is None:
        return assessment
    rate = project.cost.rates[project.cost.currency]
    way, years = assessment.costed(), project.cost.years
    cost = way.total[1] / years if way and way.total else None
    told = {item.question: item.says for item in assessment.answers if item.says}
    levers, missing = list[LeverItem](), list[MissingLeverItem]()
    for name, lever in scheme.levers.items():
        if not _holds(lever, project.facts):
            continue
        if codes := tuple(_lacking(lever, project)):
            missing.append(MissingLeverItem(id=name, title=lever.title, codes=codes))
        elif (item := _lever(name, lever, project, told, rate)).range[2] > 0:
            levers.append(item.model_copy(update={"break_even": _share(cost, item.range)}))
    total = _sum([item.range for item in levers])
    value = ValueItem(
        currency=project.cost.currency,
        levers=tuple(sorted(levers, key=lambda item: -item.range[1])),
        missing=tuple(missing),
        total=total,
        cost=cost,
        break_even=_share(cost, total),
        note=scheme.note,
    )
    return assessment.model_copy(update={"value": value})


def value_sources(project: PricedProject) -> set[str]:
    """The works that levers cite."""
    scheme = project.knowledge.value
    return {source for lever in scheme.levers.values() for source in lever.sources} if scheme else set()


def _holds(lever: Lever, facts: Facts) -> bool:
    """Whether a lever is one for this firm: none of its answers says that it is not, and every question applies."""
    for fact, answers in lever.only.items():
        if (value := facts.value(fact)) is not None and str(value) not in answers:
            return False
    asked = [*lever.only, *lever.needs, *(factor.answer for factor in lever.factors if factor.answer)]
    return all(facts.applies(fact) for fact in asked)


def _lacking(lever: Lever, project: PricedProject) -> Iterator[str]:
    """The codes of the questions without which a lever is not counted."""
    answers = [*lever.only, *lever.needs, *(factor.answer for factor in lever.factors if factor.answer)]
    for fact in dict.fromkeys(answers):
        numeric = project.knowledge.facts[fact].type.numeric
        known = _answered(fact, project.facts) if numeric else project.facts.value(fact)
        if known is None:
            yield project.knowledge.questions[fact].code
    for factor in lever.factors:
        if factor.quantity:
            item = quantity_item(project, factor.quantity)
            if item.range is None:
                yield from item.codes


def _lever(name: str, lever: Lever, project: PricedProject, told: Mapping[str, Text], rate: float) -> LeverItem:
    """A lever that lacks nothing; worth nothing where it would divide by nothing."""
    items, span = [], (1.0, 1.0, 1.0)
    for factor in lever.factors:
        item = _factor(factor, project, told)
        items.append(item)
        least, middle, most = item.range
        if factor.divide and not least:
            span = (0.0, 0.0, 0.0)
        elif factor.divide:
            span = (span[0] / most, span[1] / middle, span[2] / least)
        else:
            span = (span[0] * least, span[1] * middle, span[2] * most)
    low, base, high = (round(end / rate, 2) for end in span)
    return LeverItem(
        id=name,
        title=lever.title,
        formula=lever.formula,
        factors=tuple(items),
        range=(low, base, high),
        break_even=None,
        sources=tuple(lever.sources),
    )


def _factor(factor: ValueFactor, project: PricedProject, told: Mapping[str, Text]) -> ValueFactorItem:
    """A factor as it is for this firm."""
    if factor.answer:
        question, span = project.knowledge.questions[factor.answer], _answered(factor.answer, project.facts)
        assert span is not None
        if percent := project.knowledge.facts[factor.answer].type.per_hundred:
            span = (span[0] / WHOLE, span[1] / WHOLE, span[2] / WHOLE)
        if factor.rest:
            span = (1 - span[2], 1 - span[1], 1 - span[0])
        label = told.get(factor.answer, question.text)
        return ValueFactorItem(label=label, unit=question.unit, range=span, percent=percent, origin="answered")
    if factor.quantity:
        quantity = quantity_item(project, factor.quantity)
        assert quantity.range is not None
        origin: FactorOrigin = "answered" if quantity.origin == "answered" else "worked_out"
        origin = "set" if quantity.origin == "set" else origin
        return ValueFactorItem(label=quantity.label, unit=quantity.unit, range=quantity.range, percent=False, origin=origin)
    if factor.figure:
        figure = project.cost.figures[factor.figure]
        origin, share = "set" if figure.set_by_firm else "assumed", figure.most == 1
        return ValueFactorItem(label=figure.label, unit=figure.unit, range=figure.span, percent=share, origin=origin)
    assert factor.assume and factor.label and factor.unit
    percent = factor.unit["en"] == SHARE
    return ValueFactorItem(label=factor.label, unit=factor.unit, range=factor.assume, percent=percent, origin="assumed")


def _answered(fact: str, facts: Facts) -> Range | None:
    """What the firm answered as a number, or the bounds it gave; None where it is not known, or known from one side only."""
    value, margin = facts.value(fact), facts.margin(fact)
    if isinstance(value, int | float):
        return float(value), float(value), float(value)
    if margin is None or math.isinf(margin.high):
        return None
    return margin.low, (margin.low + margin.high) / 2, margin.high


def _share(cost: float | None, span: Range | None) -> float | None:
    """What part of a base reading the cost of a year comes to."""
    return None if cost is None or span is None or span[1] <= 0 else round(cost / span[1], 3)


def _sum(spans: list[Range]) -> Range | None:
    if not spans:
        return None
    low, base, high = (round(sum(span[end] for span in spans), 2) for end in range(3))
    return low, base, high
