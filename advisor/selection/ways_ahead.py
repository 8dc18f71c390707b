"""Why ways of running a system with more points than the one planned are not planned, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from advisor.assessment.model import Assessment
from advisor.assessment.model.project import WayCostItem
from advisor.assessment.model.selection import OptionItem
from advisor.knowledge.currency import HOME, amount
from advisor.knowledge.schema.products import Deployment
from advisor.phrases import joined, phrases, sentences
from advisor.rounding import round_estimate
from advisor.text import Text

phrase = phrases("selection")

SHORT = ("short", "beyond")
"""The states of a budget that does not reach the base estimate."""
REASONS = 2
"""So many reasons for a way are told with it."""


def costs_of(assessment: Assessment) -> dict[str, WayCostItem]:
    """What each way costs, by its name."""
    return {item.way: item for item in assessment.project.ways} if assessment.project else {}


def why_better(assessment: Assessment, planned: OptionItem, cheaper: OptionItem) -> Text:
    """Why a way is planned in place of one that costs less: its points, and what speaks for it most."""
    reasons = [reason.text for reason in planned.reasons if reason.points > 0][:REASONS]
    figures = {"points": f"{planned.points:.0f}", "less": f"{cheaper.points:.0f}"}
    costs = costs_of(assessment)
    is_open = planned.id not in costs or any(budget.state == "unknown" for budget in costs[planned.id].budgets)
    return sentences(
        [phrase("way.better_open" if is_open else "way.better", way=planned.title, other=cheaper.title, **figures), *reasons]
    )


def why_not_planned(
    assessment: Assessment, planned: OptionItem, ahead: Sequence[OptionItem], left: Sequence[Deployment], lead: float
) -> Text:
    """Why ways with more points are not planned: those with the same reason together, the most points first. By ``lead``
    points a way has to be ahead of the one that money is held against."""
    costs = costs_of(assessment)
    reasons: dict[tuple[str, str], list[OptionItem]] = {}
    for way in sorted(ahead, key=lambda way: -way.points):
        key, apart = _reason(assessment, costs, planned, way, lead) if way.id in left else ("not_offered", False)
        reasons.setdefault((key, way.id if apart else ""), []).append(way)
    ways = joined([phrase("way.points", way=way.title, points=f"{way.points:.0f}") for way in chain(*reasons.values())])
    ahead_of = phrase("way.more_points", ways=ways, way=planned.title, points=f"{planned.points:.0f}")
    return sentences([ahead_of, *(_told(assessment, costs, key, planned, ways) for (key, _), ways in reasons.items())])


def why_not_the_best(
    assessment: Assessment, planned: OptionItem, best: OptionItem, left: Sequence[Deployment], lead: float
) -> Text:
    """Why the way with most points is not planned, in one sentence."""
    costs = costs_of(assessment)
    key = _reason(assessment, costs, planned, best, lead)[0] if best.id in left else "not_offered"
    points = {"points": f"{best.points:.0f}", "less": f"{planned.points:.0f}"}
    values = {"best": best.title, "way": planned.title, **_cost(assessment, costs, key, best)}
    return phrase(f"way.but.{key}", **points, **values)


def _reason(
    assessment: Assessment, costs: Mapping[str, WayCostItem], planned: OptionItem, way: OptionItem, lead: float
) -> tuple[str, bool]:
    """What keeps a way from being planned that products are run as: money known to be short, money not known, too little of
    a lead over the way that money is held against, or else what it asks of people. And whether that is to be told of each
    way apart."""
    short = {budget.kind: budget.state in SHORT for budget in costs[planned.id].budgets} if planned.id in costs else {}
    budgets = costs[way.id].budgets if way.id in costs else ()
    for budget in budgets:
        if budget.state in SHORT and budget.needed:
            return f"behind_{budget.kind}{'_too' if short.get(budget.kind) else ''}", True
    if any(budget.state == "unknown" for budget in budgets):
        return "behind_open", False
    gate = assessment.project is not None and assessment.project.held_against in (None, planned.id)
    return ("behind_close" if gate and way.points - planned.points < lead else "behind_people"), False


def _told(
    assessment: Assessment, costs: Mapping[str, WayCostItem], key: str, planned: OptionItem, ways: Sequence[OptionItem]
) -> Text:
    """One reason with the ways it holds for, and what the first of them costs or waits for."""
    values: dict[str, Text] = {"bests": joined([way.title for way in ways]), "way": planned.title}
    budgets = costs[ways[0].id].budgets if ways[0].id in costs else ()
    values |= _cost(assessment, costs, key, ways[0])
    codes = [*(code for budget in budgets for code in budget.open), *(assessment.project.open if assessment.project else ())]
    if key == "behind_open" and codes:
        values["codes"] = joined([Text(zh=code, en=code) for code in dict.fromkeys(codes)])
    return phrase(f"way.{key if key != 'behind_open' or codes else 'behind_close'}", **values)


def _cost(assessment: Assessment, costs: Mapping[str, WayCostItem], key: str, way: OptionItem) -> dict[str, Text]:
    """The sum of the year for which money is short, as a phrase names it; nothing where it is not."""
    currency = assessment.project.currency if assessment.project else HOME
    for budget in costs[way.id].budgets if way.id in costs else ():
        if budget.needed and f"behind_{budget.kind}" in key:
            return {"cost": amount(round_estimate(budget.needed[1]), currency)}
    return {}
