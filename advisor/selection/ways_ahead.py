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
    assessment: Assessment, planned: OptionItem, ahead: Sequence[OptionItem], left: Sequence[Deployment]
) -> Text:
    """Why ways with more points are not planned: those with the same reason together, the most points first."""
    costs = costs_of(assessment)
    reasons: dict[tuple[str, str], list[OptionItem]] = {}
    for way in sorted(ahead, key=lambda way: -way.points):
        key, apart = _reason(costs, planned.id, way.id) if way.id in left else ("not_offered", False)
        reasons.setdefault((key, way.id if apart else ""), []).append(way)
    ways = joined([phrase("way.points", way=way.title, points=f"{way.points:.0f}") for way in chain(*reasons.values())])
    ahead_of = phrase("way.more_points", ways=ways, way=planned.title, points=f"{planned.points:.0f}")
    return sentences([ahead_of, *(_told(assessment, costs, key, planned, ways) for (key, _), ways in reasons.items())])


def _reason(costs: Mapping[str, WayCostItem], planned: str, way: str) -> tuple[str, bool]:
    """What keeps a way from being planned that products are run as: money known to be short, money not known, or else that
    it is not far enough ahead or asks more of people. And whether that is to be told of each way apart."""
    short = {budget.kind: budget.state in SHORT for budget in costs[planned].budgets} if planned in costs else {}
    budgets = costs[way].budgets if way in costs else ()
    for budget in budgets:
        if budget.state in SHORT and budget.needed:
            return f"behind_{budget.kind}{'_too' if short.get(budget.kind) else ''}", True
    return ("behind_open" if any(budget.state == "unknown" for budget in budgets) else "behind_close"), False


def _told(
    assessment: Assessment, costs: Mapping[str, WayCostItem], key: str, planned: OptionItem, ways: Sequence[OptionItem]
) -> Text:
    """One reason with the ways it holds for, and what the first of them costs or waits for."""
    values = {"bests": joined([way.title for way in ways]), "way": planned.title}
    budgets = costs[ways[0].id].budgets if ways[0].id in costs else ()
    currency = assessment.project.currency if assessment.project else HOME
    for budget in budgets:
        if budget.needed and f"behind_{budget.kind}" in key:
            values["cost"] = amount(round_estimate(budget.needed[1]), currency)
    codes = [*(code for budget in budgets for code in budget.open), *(assessment.project.open if assessment.project else ())]
    if key == "behind_open" and codes:
        values["codes"] = joined([Text(zh=code, en=code) for code in dict.fromkeys(codes)])
    return phrase(f"way.{key if key != 'behind_open' or codes else 'behind_close'}", **values)
