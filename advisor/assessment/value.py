"""What a system may be worth a year, from the firm's own figures: each lever low, base and high, with its formula.

It is worked out when all else is, from answers alone, and nothing that decides reads it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from advisor.assessment.firm_project import PricedProject
from advisor.assessment.model import Assessment
from advisor.assessment.model.project import QuantityItem, Range
from advisor.assessment.model.value import (
    DoubtedLeverItem,
    FactorOrigin,
    LeverItem,
    MissingLeverItem,
    ValueFactorItem,
    ValueItem,
)
from advisor.assessment.project_items import quantity_item
from advisor.assessment.value_limits import ONE, people_of, too_much_work, worth
from advisor.inference.facts import Facts
from advisor.knowledge.schema.value import SHARE, Lever, ValueFactor
from advisor.phrases import phrases
from advisor.rounding import round_estimate
from advisor.text import Text

phrase = phrases("project")

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
    levers, missing, doubted = list[LeverItem](), list[MissingLeverItem](), list[DoubtedLeverItem]()
    for name, lever in scheme.levers.items():
        if not _holds(lever, project.facts):
            continue
        if codes := tuple(dict.fromkeys(_lacking(lever, project))):
            missing.append(MissingLeverItem(id=name, title=lever.title, codes=codes))
            continue
        items = [_factor(factor, project, told) for factor in lever.factors]
        spans, people = [item.range for item in items], people_of(lever, project)
        if too_much := too_much_work(lever, spans, people, project):
            doubted.append(_doubted(name, lever, project, people, too_much))
            continue
        found = worth(lever, spans, people, project, scheme.most)
        if found.span[2] > 0:
            low, base, high = (round(end / rate, 2) for end in found.span)
            shown = tuple(_in_currency(item, rate) for item in items)
            levers.append(_lever(name, lever, shown, (low, base, high), cost, found.bound))
    total = _sum([item.range for item in levers])
    value = ValueItem(
        currency=project.cost.currency,
        levers=tuple(sorted(levers, key=lambda item: -item.range[1])),
        missing=tuple(missing),
        doubted=tuple(doubted),
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
    if lever.unless and all(str(facts.value(fact)) in answers for fact, answers in lever.unless.items()):
        return False
    return all(facts.applies(fact) for fact in lever.asked if fact not in lever.unless)


def _lacking(lever: Lever, project: PricedProject) -> Iterator[str]:
    """The codes of the questions without which a lever is not counted."""
    for fact in lever.asked:
        numeric = project.knowledge.facts[fact].type.numeric
        known = _answered(fact, project.facts) if numeric else project.facts.value(fact)
        if known is None and not (fact in lever.unless and _settled_without(fact, lever, project.facts)):
            yield project.knowledge.questions[fact].code
    for factor in lever.factors:
        if factor.quantity:
            item = quantity_item(project, factor.quantity)
            if item.range is None:
                yield from item.codes
    people = [quantity_item(project, name) for name in lever.people]
    if people and all(item.range is None for item in people):
        yield from people[-1].codes


def _settled_without(fact: str, lever: Lever, facts: Facts) -> bool:
    """Whether a missing answer cannot make a lever one that does not hold, since another says that it does."""
    others = {name: answers for name, answers in lever.unless.items() if name != fact}
    return any(facts.value(name) is not None and str(facts.value(name)) not in answers for name, answers in others.items())


def _doubted(
    name: str, lever: Lever, project: PricedProject, people: QuantityItem | None, needed: float
) -> DoubtedLeverItem:
    """A lever whose answers give more work than there are people for it."""
    assert people and people.range
    answers = [factor.answer for factor in lever.factors if factor.answer]
    codes = [project.knowledge.questions[fact].code for fact in answers]
    text = phrase(
        "value.too_much", title=lever.title, needed=f"{round_estimate(needed):,.0f}", people=f"{people.range[2]:,.0f}"
    )
    return DoubtedLeverItem(id=name, title=lever.title, codes=tuple(dict.fromkeys((*codes, *people.codes))), text=text)


def _lever(
    name: str,
    lever: Lever,
    factors: tuple[ValueFactorItem, ...],
    span: Range,
    cost: float | None,
    bound: Text | None,
) -> LeverItem:
    return LeverItem(
        id=name,
        title=lever.title,
        formula=lever.formula,
        factors=factors,
        range=span,
        break_even=_share(cost, span),
        sources=tuple(lever.sources),
        bound=bound,
    )


def _in_currency(item: ValueFactorItem, rate: float) -> ValueFactorItem:
    """A factor that is money in the currency of the project."""
    if not item.money or rate == 1:
        return item
    low, base, high = (end / rate for end in item.range)
    return item.model_copy(update={"range": (low, base, high)})


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
        by = figure.by_label if origin == "assumed" else None
        return ValueFactorItem(
            label=figure.label,
            unit=figure.unit,
            range=figure.span,
            percent=share,
            origin=origin,
            money=figure.money,
            by=by,
        )
    assert factor.assume and factor.label and factor.unit
    percent, whole = factor.unit["en"] == SHARE, _is_whole(factor, project.facts)
    return ValueFactorItem(
        label=factor.label,
        unit=factor.unit,
        range=ONE if whole else factor.assume,
        percent=percent,
        origin="worked_out" if whole else "assumed",
    )


def _is_whole(factor: ValueFactor, facts: Facts) -> bool:
    """Whether a part of a whole is all of it here: every answer ticked is among those named."""
    if not factor.whole_if:
        return False
    ticked = {fact: facts.value(fact) for fact in factor.whole_if}
    return all(isinstance(value, frozenset) and value <= set(factor.whole_if[fact]) for fact, value in ticked.items())


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
