"""Points of a candidate on each criterion: 0 to 100 on fixed scales, with the range that unknown facts leave."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.assessment.model.cost import Span
from advisor.assessment.model.selection import MarkItem
from advisor.knowledge.currency import amount
from advisor.knowledge.product_facts import value_label
from advisor.knowledge.schema.selecting import JoinFit, TradeFit
from advisor.phrases import phrases
from advisor.rounding import round_estimate
from advisor.selection.candidates import Candidate
from advisor.text import Text

phrase = phrases("selection")


def reference_cost(candidates: Sequence[Candidate]) -> float | None:
    """What the firm can spend over the years; where it does not say, what the dearest candidate costs."""
    if not candidates:
        return None
    buyer = candidates[0].buyer
    money, yearly = buyer.first_year_money, buyer.number("running_budget")
    if money and yearly is not None:
        return money + (buyer.project.cost.years - 1) * yearly
    return max((candidate.estimate.paid[1] for candidate in candidates if candidate.estimate.paid), default=None)


def mark_items(candidate: Candidate, reference: float | None) -> tuple[MarkItem, ...]:
    """The points on every criterion, in the order the criteria are listed; none on cost where it is not known."""
    points_by_criterion = {
        "functions": _functions(candidate),
        "trade": _trade(candidate),
        "way": _way(candidate),
        "integration": _integration(candidate),
        "support": _support(candidate),
    }
    if candidate.estimate.paid and reference:
        points_by_criterion["cost"] = _cost(candidate, candidate.estimate.paid, reference)
    return tuple(
        MarkItem(
            criterion=name,
            points=round(points_by_criterion[name][0][1], 6),
            low=round(points_by_criterion[name][0][0], 6),
            high=round(points_by_criterion[name][0][2], 6),
            shown=points_by_criterion[name][1],
        )
        for name in candidate.scheme.criteria
        if name in points_by_criterion
    )


PointsShown = tuple[Span, Text]


def _functions(candidate: Candidate) -> PointsShown:
    wanted, scheme, known = candidate.buyer.wanted, candidate.scheme, candidate.supports
    weight = sum(item.weight for item in wanted)
    if not weight:
        return (100.0, 100.0, 100.0), phrase("mark.no_functions")
    sure = sum(item.weight * scheme.support[known[item.function]] for item in wanted if item.function in known)
    open_weight = sum(item.weight for item in wanted if item.function not in known)
    values = [(sure + open_weight * reading) / weight for reading in (0.0, scheme.unknown_support, 100.0)]
    shown = phrase("mark.functions", known=len(known), all=len(wanted))
    return (values[0], values[1], values[2]), shown


def _trade(candidate: Candidate) -> PointsShown:
    trades, points, industry = candidate.product.facts.industries.known, candidate.scheme.trade, candidate.buyer.industry
    if trades is None or (trades and industry is None):
        return (points["other"], points["general"], points["own"]), phrase("mark.unknown")
    focused = 0 < len(trades) <= candidate.scheme.focus
    fit: TradeFit = "own" if industry in trades else "other" if focused else "general"
    value = points[fit]
    return (value, value, value), phrase(f"mark.trade_{fit}")


def _way(candidate: Candidate) -> PointsShown:
    option = candidate.option
    if option is None or candidate.way is None:
        return (0.0, candidate.scheme.start, 100.0), phrase("mark.unknown")
    return (option.low, option.points, option.high), value_label("way", candidate.way)


def _integration(candidate: Candidate) -> PointsShown:
    points, facts, buyer = candidate.scheme.join, candidate.product.facts, candidate.buyer
    if candidate.same_suite == "yes":
        return (points["same_suite"],) * 3, phrase("mark.same_suite", suite=value_label("suite", buyer.suite or ""))
    high = points["same_suite"] if candidate.same_suite is None else points["open"]
    if facts.open_interfaces.known is None:
        return (points["closed"], (points["open"] + points["closed"]) / 2, high), phrase("mark.unknown")
    kind: JoinFit = "open" if facts.open_interfaces.known == "yes" else "closed"
    value = points[kind]
    return (value, value, max(value, high)), phrase(f"mark.{kind}")


def _support(candidate: Candidate) -> PointsShown:
    points, known = candidate.scheme.help, candidate.product.facts.support_in_china.known
    if known is None:
        return (points["no"], points["unknown"], points["yes"]), phrase("mark.unknown")
    return (points[known],) * 3, phrase(f"mark.support_{known}")


def _cost(candidate: Candidate, paid: Span, reference: float) -> PointsShown:
    cost = candidate.buyer.project.cost
    high, base, low = (100 * max(0.0, 1 - reading / (2 * reference)) for reading in paid)
    ends = (amount(round_estimate(paid[end] / cost.rates[cost.currency]), cost.currency) for end in (0, 2))
    return (low, base, high), phrase("span", **dict(zip(("low", "high"), ends, strict=True)))
