"""What would have to improve at a firm for a system to pay: no multiple of anybody else's, only its own figures."""

from __future__ import annotations

import math
from collections.abc import Iterator

from advisor.assessment.model.cost import GoalItem
from advisor.assessment.way_cost import WORK_DAYS, own_day
from advisor.knowledge.currency import amount
from advisor.knowledge.schema.products import Deployment
from advisor.phrases import phrases
from advisor.project.one_firm import MIDDLE
from advisor.project.work import OWN
from advisor.rounding import plain_number, round_estimate
from advisor.selection.buyer import Buyer

phrase = phrases("selection")

WEEKS_A_MONTH = 52 / 12
HARDLY_ANY_RIVALS = 1
"""The first step of the scale of competition."""


def goal_items(buyer: Buyer, way: Deployment, live: float | None) -> tuple[GoalItem, ...]:
    """The goals of a firm for one way of running a system that is in use everywhere from some week; none where its cost or
    that week is open, or no year is left for it."""
    project = buyer.project
    cost, own_days = project.money.ways[way], project.days(OWN, [way])
    first, later, days = (float(cases[0, MIDDLE]) for cases in (cost.first_year, cost.later_year, own_days))
    if project.range(cost.first_year) is None or live is None:
        return ()
    own, years = days * own_day(project)[1], project.cost.years
    discount, kept_up = project.cost.figures["discount"].span[1], project.scheme.improvement[1]
    present = present_value([first + own, *[later + own * kept_up] * (years - 1)], discount)
    needed = yearly_gain_needed(present, discount, years, live / WEEKS_A_MONTH)
    return tuple(_goals(buyer, needed)) if math.isfinite(needed) else ()


def present_value(yearly: list[float], discount: float) -> float:
    """The present value of what each year takes, taken at its end."""
    return sum(cost / (1 + discount) ** (year + 1) for year, cost in enumerate(yearly))


def yearly_gain_needed(present: float, discount: float, years: int, months: float) -> float:
    """The yearly gain, from the month a system is in use, whose present value equals that of the cost; infinite where it
    would not be in use within the years looked at."""
    factor = 0.0
    for year in range(years):
        used = min(1.0, max(0.0, year + 1 - months / 12))
        factor += used / (1 + discount) ** (year + 1)
    return present / factor if factor else float("inf")


def _goals(buyer: Buyer, needed: float) -> Iterator[GoalItem]:
    cost = buyer.project.cost
    figures = {name: figure.span[1] for name, figure in cost.figures.items()}
    rate, margin = cost.rates[cost.currency], figures["gross_margin"]
    gain = amount(round_estimate(needed / rate), cost.currency)
    yield GoalItem(
        measure="gain", text=phrase("goal.gain", amount=gain, years=cost.years), amount=round_estimate(needed / rate)
    )
    if buyer.facts.value("competition") != HARDLY_ANY_RIVALS:
        yield from _selling_more(buyer, needed / margin, margin)
    if buyer.users:
        hour = own_day(buyer.project)[1] * WORK_DAYS / figures["hours_week"]
        hours = needed / (buyer.users[1] * figures["paid_weeks"] * hour)
        key = "goal.hours" if hours <= figures["hours_week"] / 4 else "goal.hours_too_many"
        key += "_one" if round(buyer.users[1]) == 1 else ""
        text = phrase(key, hours=f"{hours:.1f}", users=f"{buyer.users[1]:.0f}")
        yield GoalItem(measure="hours", text=text, amount=hours)


def _selling_more(buyer: Buyer, sales: float, margin: float) -> Iterator[GoalItem]:
    """The same as sales, conversion and orders: a firm with hardly any rivals has no more to sell."""
    cost = buyer.project.cost
    rate = cost.rates[cost.currency]
    texts = {"margin": f"{margin:.0%}", "sales": amount(round_estimate(sales / rate), cost.currency)}
    if revenue := buyer.number("annual_revenue"):
        share = sales / revenue
        yield GoalItem(
            measure="sales",
            text=phrase("goal.sales" if share <= 10 else "goal.sales_too_many", share=f"{share:.1%}", **texts),
            amount=share,
        )
        conversion = buyer.number("lead_conversion")
        if conversion and (after := conversion * (1 + share)) <= 100:
            before, then = f"{plain_number(conversion, 3)}%", f"{plain_number(after, 3)}%"
            if before != then:  # a rise too small to be seen is none to aim at
                text = phrase("goal.conversion", before=before, after=then)
                yield GoalItem(measure="conversion", text=text, amount=after / 100)
    if order := buyer.number("order_value"):
        orders = sales / order
        key = "goal.orders" if orders > 1 else "goal.order"
        # .3g would write 1.69e+03
        rounded = f"{round_estimate(orders):,.0f}" if orders >= 100 else plain_number(round_estimate(orders), 3)
        yield GoalItem(measure="orders", text=phrase(key, orders=rounded, **texts), amount=orders)
