"""One way of running a system as a cost to a firm: sums, lines, what moves them, the budgets, and the check by ratios."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from advisor.assessment.budgets import budget_items
from advisor.assessment.firm_project import PricedProject, base_of
from advisor.assessment.firm_schedule import FirmSchedule, people_freed
from advisor.assessment.model.cost import SwingAmountItem
from advisor.assessment.model.project import MoneyLineItem, Range, WayCostItem
from advisor.knowledge.currency import amount, amounts
from advisor.knowledge.schema.products import Deployment
from advisor.phrases import phrases
from advisor.project.money import WayCost
from advisor.project.one_firm import MIDDLE
from advisor.project.prices import price_level, rate_level
from advisor.project.work import OUTSIDE, OWN
from advisor.rounding import days_in_words, plain_number, round_estimate
from advisor.text import Text

phrase = phrases("project")

WORK_DAYS = 5
"""Working days a week."""


def way_cost_item(project: PricedProject, way: Deployment, schedule: FirmSchedule, beside: Range | None) -> WayCostItem:
    """What one way costs at its reference price, in the currency of the project; ``schedule`` is that of the way, and
    ``beside`` what the rest of its plan pays to others."""
    cost, rate = project.money.ways[way], project.cost.rates[project.cost.currency]
    sums = (cost.first_year, cost.later_year, cost.paid(project.cost.years))
    first, later, total = project.ranges(np.stack(sums, axis=1), rate)
    own_days = project.range(project.days(OWN, [way]))
    home = project.terms.paid_of_list * float(price_level(project.scheme, project.quantities)[0, -1])
    user_year = tuple(end * home for end in project.scheme.ways[way].licence_year)
    return WayCostItem(
        way=way,
        title=project.knowledge.findings[way].title,
        candidate=way in project.ways,
        ruled_out=way in project.ruled_out,
        first_year=first,
        later_year=later,
        total=total,
        user_year=(user_year[0] / rate, user_year[1] / rate, user_year[2] / rate),
        own_days=own_days,
        own_staff=None if own_days is None else own_staff(project, own_days, rate),
        go_live=schedule.go_live,
        work_weeks=schedule.work_weeks,
        people_note=_people_note(project, own_days, schedule),
        lines=tuple(_lines(cost, rate)),
        swings=() if first is None else tuple(_swings(project, way, rate)),
        budgets=budget_items(project, first, later, beside),
        cross_check=None if first is None else _cross_check(project, way, rate),
    )


def _people_note(project: PricedProject, own_days: Range | None, schedule: FirmSchedule) -> Text | None:
    """That the weeks are those with the people the firm can free, and how many it would take to be faster; that nobody is
    there for them. None where more people would not be faster, or something is open."""
    people, more, work = people_freed(project), schedule.with_more, schedule.work_weeks
    if own_days is None or people is None or work is None or (people and more is None):
        return None
    a_week = project.scheme.days_a_week[1]
    values = {"live": f"{work[1]:.0f}", "a_week": plain_number(a_week), "people": f"{people:.0f}"}
    if more is None:
        needed = math.ceil(own_days[1] / (a_week * work[1]))
        return phrase("people_none", days=f"{own_days[1]:.0f}", needed=needed, **values)
    key = "people_short.one" if people == 1 else "people_short.some"
    return phrase(key, needed=f"{more.people:.0f}", fewer=f"{more.weeks:.0f}", **values)


def own_day(project: PricedProject) -> Range:
    """What a day of the firm's own people costs it where it is at home, in RMB; its own figure is taken as it is."""
    post, weeks = (project.cost.figures[name] for name in ("post_year", "paid_weeks"))
    low, base, high = (end / (weeks.span[1] * WORK_DAYS) for end in post.span)
    return low, base, high


def own_staff(project: PricedProject, days: Range, rate: float) -> Range:
    """Days of the firm's own people in money. The range takes days and their price as independent."""
    price = own_day(project)
    base = days[1] * price[1] / rate
    down, up = (
        math.hypot(*(math.log(part[end] / part[1]) if part[1] and part[end] else 0.0 for part in (days, price)))
        for end in (0, 2)
    )
    return round(base * math.exp(-down), 2), round(base, 2), round(base * math.exp(up), 2)


def _lines(cost: WayCost, rate: float) -> Iterator[MoneyLineItem]:
    for line in dict.fromkeys((*cost.first, *cost.later)):
        first, later = (base_of(side[line], rate) if line in side else 0.0 for side in (cost.first, cost.later))
        if first != 0 or later != 0:
            yield MoneyLineItem(line=line, label=phrase(f"line.{line}"), first=first, later=later)


def _swings(project: PricedProject, way: Deployment, rate: float) -> Iterator[SwingAmountItem]:
    """How far each input by itself moves what is paid over the years, widest first."""
    cost = project.money.ways[way]
    inputs, paid = project.cases.inputs, cost.paid(project.cost.years)[:, MIDDLE]
    low, high = paid[1 : 1 + len(inputs)], paid[1 + len(inputs) :]
    widest = sorted(range(len(inputs)), key=lambda place: (-abs(high[place] - low[place]), inputs[place]))
    for place in widest[: project.cost.tornado]:
        if low[place] != high[place]:
            name = inputs[place]
            quantity = project.scheme.quantities.get(name)
            yield SwingAmountItem(
                input=name,
                label=quantity.label if quantity else phrase(f"input.{name}"),
                low=round_estimate(float(low[place]) / rate),
                high=round_estimate(float(high[place]) / rate),
                shown=_shown(project, way, name, (1 + place, 1 + place + len(inputs)), rate),
            )


def _shown(project: PricedProject, way: Deployment, name: str, cases: tuple[int, int], rate: float) -> Text:
    """The span of an input: an amount of money, days, or of the quantity itself."""
    cost = project.money.ways[way]
    sides = {
        "price": cost.first["licence"] + cost.first["licence_once"],
        "day_rate": None,
        "equipment": cost.first["equipment"],
    }
    sides |= {"contingency": cost.first["contingency"]}
    if name == "day_rate":
        money = project.scheme.ways[way]
        low, _, high = (end * rate_level(project.scheme, money, project.quantities)[0, -1] for end in money.day_rate)
        return amounts(round_estimate(low / rate), round_estimate(high / rate), project.cost.currency)
    if (paid := sides.get(name)) is not None:
        low, high = (round_estimate(float(paid[case, MIDDLE]) / rate) for case in cases)
        return amounts(low, high, project.cost.currency)
    in_days = name in (OWN, OUTSIDE)
    numbers = project.days(name, [way]) if in_days else project.money.quantities[name]
    least, most = (float(numbers[case, MIDDLE]) for case in cases)
    shown = days_in_words if in_days else _number
    return phrase("input_span", low=shown(least), high=shown(most))


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else plain_number(value, 3)


def _cross_check(project: PricedProject, way: Deployment, rate: float) -> Text | None:
    """Where work by days and work by a ratio of the licence are far apart, both in words."""
    cost, check = project.money.ways[way], project.cost.cross_check
    ratio = check.work_by_licence.get(way)
    licence = float((cost.first["licence"] + cost.first["licence_once"])[0, MIDDLE])
    work = float((cost.first["work"] + cost.first["management"])[0, MIDDLE])
    if ratio is None or not licence or not work:
        return None
    by_ratio = ratio * licence
    if max(by_ratio / work, work / by_ratio) <= check.apart:
        return None
    by_days, by_licence = (amount(round_estimate(sum_ / rate), project.cost.currency) for sum_ in (work, by_ratio))
    return phrase(
        "cross_check", work=by_days, ratio=plain_number(ratio), by_ratio=by_licence, times=plain_number(check.apart)
    )
