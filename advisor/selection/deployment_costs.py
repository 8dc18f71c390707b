"""Each way of running a system as a cost to this firm: totals, what moves them, what must improve, and the budget."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.assessment.model.selection import (
    BudgetItem,
    BudgetState,
    CostLineItem,
    GoalItem,
    OptionItem,
    RouteItem,
    SwingAmountItem,
)
from advisor.knowledge.currency import amount
from advisor.knowledge.schema import CostScheme
from advisor.knowledge.schema.products import Deployment, Price
from advisor.knowledge.schema.selecting import CostClass, Span
from advisor.phrases import phrases
from advisor.selection import cost as model
from advisor.selection.buyer import Firm
from advisor.selection.rounding import rough

phrase = phrases("selection")

PERCENT = ("uplift", "discount", "improvement", "contingency", "migration", "training", "infrastructure", "staff_after")


def price_route(
    firm: Firm,
    scheme: CostScheme,
    way: Deployment,
    price: Price | None = None,
    seats: int | None = None,
    charged_so: bool = False,
) -> tuple[model.Readings, CostClass]:
    """The inputs of the cost model for one way of running one product (any product where no price is given).

    ``charged_so``: the price is that of this very way; else it is what the product costs online and stands in for it.
    """
    kind = model.class_for(scheme, way, firm.users[1])
    if kind.base == "licence" and price is not None and charged_so:
        kind = model.rented(kind)
    return model.readings(scheme, kind, firm.users, price, seats, len(firm.musts)), kind


def route(firm: Firm, scheme: CostScheme, option: OptionItem, way: Deployment) -> RouteItem:
    """What one way of running a system costs this firm, any product, in the currency of the scheme."""
    inputs, kind = price_route(firm, scheme, way)
    flow = model.flow(inputs, scheme.years)
    rate, discount = scheme.rates[scheme.currency], scheme.figures["discount"].span[1]
    present, first, running = flow.present(), model.spread(flow.first()), model.spread(flow.running())
    return RouteItem(
        way=way,
        title=option.title,
        label=kind.label,
        hard=option.hard,
        users=firm.users,
        total=shown(model.spread(flow.total()), rate),
        present=shown(model.spread(present), rate),
        first_year=shown(first, rate),
        running=shown(running, rate),
        months=kind.months,
        lines=tuple(
            CostLineItem(
                component=name,
                label=scheme.components[name],
                first=rough(float(flow.parts[name][0, 0]) / rate),
                later=rough(float(flow.parts[name][1:, 0].mean()) / rate),
            )
            for name in model.COMPONENTS
        ),
        swings=tuple(_swings(flow.swings(present), inputs, scheme, rate)),
        goals=tuple(_goals(firm, scheme, float(present[0]), discount, kind, rate)),
        budgets=tuple(_budgets(firm, scheme, first, running, rate)),
    )


def shown(span: Span, rate: float) -> Span:
    """A sum in the currency of the scheme, rounded to what an estimate can bear."""
    return (rough(span[0] / rate), rough(span[1] / rate), rough(span[2] / rate))


def _swings(
    swings: list[tuple[str, float, float]], inputs: model.Readings, scheme: CostScheme, rate: float
) -> Iterator[SwingAmountItem]:
    for name, low, high in swings[: scheme.tornado]:
        span = inputs[name]
        label = scheme.figures[name].label if name in scheme.figures else phrase(f"input.{name}")
        ends = (_figure(name, span[0], scheme, rate), _figure(name, span[2], scheme, rate))
        words = phrase("span", low=ends[0], high=ends[1])
        yield SwingAmountItem(input=name, label=label, low=rough(low / rate), high=rough(high / rate), shown=words)


def _figure(name: str, value: float, scheme: CostScheme, rate: float) -> object:
    if name in ("price", "month_rate", "post_year"):
        return amount(rough(value / rate), scheme.currency)
    return f"{value:.0%}" if name in PERCENT else f"{value:,.4g}"


def _goals(
    firm: Firm, scheme: CostScheme, present: float, discount: float, kind: CostClass, rate: float
) -> Iterator[GoalItem]:
    """What must improve for the base cost to come back within the years: no multiple of anybody else's, only this firm's
    own figures."""
    figures = {name: figure.span[1] for name, figure in scheme.figures.items()}
    needed = model.yearly_gain_needed(present, discount, scheme.years, kind.months[1])
    gain = amount(rough(needed / rate), scheme.currency)
    yield GoalItem(measure="gain", text=phrase("goal.gain", amount=gain, years=scheme.years), amount=rough(needed / rate))
    margin = figures["gross_margin"]
    sales = needed / margin
    said = {"margin": f"{margin:.0%}", "sales": amount(rough(sales / rate), scheme.currency)}
    if revenue := firm.number("annual_revenue"):
        share = sales / revenue
        yield GoalItem(
            measure="sales",
            text=phrase("goal.sales" if share <= 10 else "goal.sales_too_many", share=f"{share:.1%}", **said),
            amount=share,
        )
        conversion = firm.number("lead_conversion")
        if conversion and (after := conversion * (1 + share)) <= 100:
            text = phrase("goal.conversion", before=f"{conversion:.3g}%", after=f"{after:.3g}%")
            yield GoalItem(measure="conversion", text=text, amount=after / 100)
    if order := firm.number("order_value"):
        orders = sales / order
        key = "goal.orders" if orders > 1 else "goal.order"
        shown = f"{rough(orders):,.0f}" if orders >= 100 else f"{rough(orders):.3g}"  # .3g would write 1.69e+03
        yield GoalItem(measure="orders", text=phrase(key, orders=shown, **said), amount=orders)
    hour = figures["post_year"] / (figures["paid_weeks"] * figures["hours_week"])
    hours = needed / (firm.users[1] * figures["paid_weeks"] * hour)
    key = "goal.hours" if hours <= figures["hours_week"] / 4 else "goal.hours_too_many"
    yield GoalItem(measure="hours", text=phrase(key, hours=f"{hours:.1f}", users=f"{firm.users[1]:.0f}"), amount=hours)


def _budgets(firm: Firm, scheme: CostScheme, first: Span, running: Span, rate: float) -> Iterator[BudgetItem]:
    for kind, budget, needed in (("initial", firm.initial_budget, first), ("running", firm.running_budget, running)):
        low, base, high = needed
        state: BudgetState
        if budget is None:
            state, gap = "unknown", 0.0
        elif high <= budget:
            state, gap = "fits", 0.0
        elif base <= budget:
            state, gap = "tight", 0.0
        else:
            state, gap = ("beyond" if low > budget else "short"), base - budget
        values = {"low": amount(rough(low / rate), scheme.currency), "high": amount(rough(high / rate), scheme.currency)}
        values["base"] = amount(rough(base / rate), scheme.currency)
        values["budget"] = amount((budget or 0.0) / rate, scheme.currency)
        values["gap"] = amount(rough(gap / rate), scheme.currency)
        yield BudgetItem(
            kind="initial" if kind == "initial" else "running",
            budget=None if budget is None else budget / rate,
            needed=(rough(low / rate), rough(base / rate), rough(high / rate)),
            state=state,
            shortfall=rough(gap / rate),
            text=phrase(f"budget.{kind}.{state}", **values),
        )
