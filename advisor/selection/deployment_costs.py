"""Each way of running a system as a cost to this firm: totals, what moves them, what must improve, and the budget."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.assessment.model.cost import BudgetItem, BudgetState, CostLineItem, GoalItem, RouteItem, SwingAmountItem
from advisor.assessment.model.selection import OptionItem
from advisor.knowledge.currency import amount
from advisor.knowledge.schema import CostScheme
from advisor.knowledge.schema.products import Deployment, Price
from advisor.knowledge.schema.selecting import CostClass, Span
from advisor.phrases import phrases
from advisor.selection import cost as cost_model
from advisor.selection.buyer import Buyer
from advisor.selection.rounding import round_estimate

phrase = phrases("selection")

PERCENT = ("uplift", "discount", "improvement", "contingency", "migration", "training", "infrastructure", "staff_after")


def cost_inputs(
    buyer: Buyer,
    scheme: CostScheme,
    way: Deployment,
    price: Price | None = None,
    seats: int | None = None,
    is_price_of_way: bool = False,
) -> tuple[cost_model.Readings, CostClass]:
    """The inputs of the cost model for one way of running one product (any product where no price is given).

    ``is_price_of_way``: the price is that of this very way; else it is what the product costs online and stands in for it.
    """
    kind = cost_model.class_for(scheme, way, buyer.users[1])
    if kind.base == "licence" and price is not None and is_price_of_way:
        kind = cost_model.as_subscription(kind)
    return cost_model.readings(scheme, kind, buyer.users, price, seats, len(buyer.musts)), kind


def route_item(buyer: Buyer, scheme: CostScheme, option: OptionItem, way: Deployment) -> RouteItem:
    """What one way of running a system costs this firm, any product, in the currency of the scheme."""
    inputs, kind = cost_inputs(buyer, scheme, way)
    flow = cost_model.flow(inputs, scheme.years)
    rate, discount = scheme.rates[scheme.currency], scheme.figures["discount"].span[1]
    present, first, running = flow.present(), cost_model.cost_range(flow.first()), cost_model.cost_range(flow.running())
    return RouteItem(
        way=way,
        title=option.title,
        label=kind.label,
        hard=option.hard,
        users=buyer.users,
        total=in_currency(cost_model.cost_range(flow.total()), rate),
        present=in_currency(cost_model.cost_range(present), rate),
        first_year=in_currency(first, rate),
        running=in_currency(running, rate),
        months=kind.months,
        lines=tuple(
            CostLineItem(
                component=name,
                label=scheme.components[name],
                first=round_estimate(float(flow.parts[name][0, 0]) / rate),
                later=round_estimate(float(flow.parts[name][1:, 0].mean()) / rate),
            )
            for name in cost_model.COMPONENTS
        ),
        swings=tuple(_swings(flow.swings(present), inputs, scheme, rate)),
        goals=tuple(_goals(buyer, scheme, float(present[0]), discount, kind, rate)),
        budgets=tuple(_budgets(buyer, scheme, first, running, rate)),
    )


def in_currency(span: Span, rate: float) -> Span:
    """A sum in the currency of the scheme, rounded to what an estimate can bear."""
    return (round_estimate(span[0] / rate), round_estimate(span[1] / rate), round_estimate(span[2] / rate))


def _swings(
    swings: list[tuple[str, float, float]], inputs: cost_model.Readings, scheme: CostScheme, rate: float
) -> Iterator[SwingAmountItem]:
    for name, low, high in swings[: scheme.tornado]:
        span = inputs[name]
        label = scheme.figures[name].label if name in scheme.figures else phrase(f"input.{name}")
        ends = (_figure(name, span[0], scheme, rate), _figure(name, span[2], scheme, rate))
        words = phrase("span", low=ends[0], high=ends[1])
        yield SwingAmountItem(
            input=name, label=label, low=round_estimate(low / rate), high=round_estimate(high / rate), shown=words
        )


def _figure(name: str, value: float, scheme: CostScheme, rate: float) -> object:
    if name in ("price", "month_rate", "post_year"):
        return amount(round_estimate(value / rate), scheme.currency)
    return f"{value:.0%}" if name in PERCENT else f"{value:,.4g}"


def _goals(
    buyer: Buyer, scheme: CostScheme, present: float, discount: float, kind: CostClass, rate: float
) -> Iterator[GoalItem]:
    """What must improve for the base cost to come back within the years: no multiple of anybody else's, only this firm's
    own figures."""
    figures = {name: figure.span[1] for name, figure in scheme.figures.items()}
    needed = cost_model.yearly_gain_needed(present, discount, scheme.years, kind.months[1])
    gain = amount(round_estimate(needed / rate), scheme.currency)
    yield GoalItem(
        measure="gain", text=phrase("goal.gain", amount=gain, years=scheme.years), amount=round_estimate(needed / rate)
    )
    margin = figures["gross_margin"]
    sales = needed / margin
    texts = {"margin": f"{margin:.0%}", "sales": amount(round_estimate(sales / rate), scheme.currency)}
    if revenue := buyer.number("annual_revenue"):
        share = sales / revenue
        yield GoalItem(
            measure="sales",
            text=phrase("goal.sales" if share <= 10 else "goal.sales_too_many", share=f"{share:.1%}", **texts),
            amount=share,
        )
        conversion = buyer.number("lead_conversion")
        if conversion and (after := conversion * (1 + share)) <= 100:
            text = phrase("goal.conversion", before=f"{conversion:.3g}%", after=f"{after:.3g}%")
            yield GoalItem(measure="conversion", text=text, amount=after / 100)
    if order := buyer.number("order_value"):
        orders = sales / order
        key = "goal.orders" if orders > 1 else "goal.order"
        # .3g would write 1.69e+03
        rounded = f"{round_estimate(orders):,.0f}" if orders >= 100 else f"{round_estimate(orders):.3g}"
        yield GoalItem(measure="orders", text=phrase(key, orders=rounded, **texts), amount=orders)
    hour = figures["post_year"] / (figures["paid_weeks"] * figures["hours_week"])
    hours = needed / (buyer.users[1] * figures["paid_weeks"] * hour)
    key = "goal.hours" if hours <= figures["hours_week"] / 4 else "goal.hours_too_many"
    yield GoalItem(measure="hours", text=phrase(key, hours=f"{hours:.1f}", users=f"{buyer.users[1]:.0f}"), amount=hours)


def _budgets(buyer: Buyer, scheme: CostScheme, first: Span, running: Span, rate: float) -> Iterator[BudgetItem]:
    for kind, budget, needed in (("initial", buyer.initial_budget, first), ("running", buyer.running_budget, running)):
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
        values = {
            "low": amount(round_estimate(low / rate), scheme.currency),
            "high": amount(round_estimate(high / rate), scheme.currency),
        }
        values["base"] = amount(round_estimate(base / rate), scheme.currency)
        values["budget"] = amount((budget or 0.0) / rate, scheme.currency)
        values["gap"] = amount(round_estimate(gap / rate), scheme.currency)
        yield BudgetItem(
            kind="initial" if kind == "initial" else "running",
            budget=None if budget is None else budget / rate,
            needed=(round_estimate(low / rate), round_estimate(base / rate), round_estimate(high / rate)),
            state=state,
            shortfall=round_estimate(gap / rate),
            text=phrase(f"budget.{kind}.{state}", **values),
        )
