"""The firm's money against what a system costs: both budgets against the first year, the yearly one against later years."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from advisor.assessment.firm_project import PricedProject
from advisor.assessment.model.cost import BudgetItem, BudgetState
from advisor.assessment.model.project import Range
from advisor.knowledge.currency import amount, amounts
from advisor.knowledge.margins import bounds_of
from advisor.phrases import phrases
from advisor.rounding import round_estimate

phrase = phrases("project")

BUDGETS = ("initial_budget", "running_budget")
"""The questions on money: once, and a year. A subscription paid out of the yearly budget is money for the first year."""


def first_year_money(project: PricedProject) -> float | None:
    """What the firm can spend in the first year, in RMB; None where a budget is not known exactly."""
    low, high = _bounds(project, BUDGETS)
    return low if low == high else None


def budget_items(project: PricedProject, first: Range | None, later: Range | None) -> tuple[BudgetItem, ...]:
    """Both readings, in the currency of the project."""
    return _item(project, "initial", BUDGETS, first), _item(project, "running", BUDGETS[1:], later)


def _bounds(project: PricedProject, names: Sequence[str]) -> tuple[float, float]:
    """The least and the most money that the answers leave, in RMB."""
    low = high = 0.0
    for name in names:
        margin = bounds_of(project.facts, name)
        if margin is None:
            return 0.0, math.inf
        low, high = low + margin.low, high + margin.high
    return low, high


def _item(
    project: PricedProject, kind: Literal["initial", "running"], questions: Sequence[str], needed: Range | None
) -> BudgetItem:
    rate, currency = project.cost.rates[project.cost.currency], project.cost.currency
    low, high = (end if rate == 1 or math.isinf(end) else round_estimate(end / rate) for end in _bounds(project, questions))
    state, gap = _state(low, needed)
    known = low == high or (_state(high, needed)[0] == state and math.isfinite(high))
    if not known:
        state, gap = "unknown", 0.0
    missing = [project.knowledge.questions[name].code for name in questions if project.facts.value(name) is None]
    budget = amount(low, currency) if low == high else amounts(low, high, currency) if known else ""
    values: dict[str, object] = {"budget": budget}
    for name, figure in {**dict(zip(("low", "base", "high"), needed or (), strict=False)), "gap": gap}.items():
        values[name] = amount(figure if name == "gap" else round_estimate(figure), currency)
    return BudgetItem(
        kind=kind,
        budget=low if low == high else None,
        needed=needed,
        state=state,
        shortfall=gap,
        text=phrase(f"budget.{kind}.{_key(state, known, needed)}", **values),
        open=tuple(missing) if state == "unknown" else (),
    )


def _key(state: BudgetState, known: bool, needed: Range | None) -> str:
    """Which sentence tells how far the money goes."""
    return (state if needed else "open") if known else ("unknown" if needed else "both_open")


def _state(budget: float, needed: Range | None) -> tuple[BudgetState, float]:
    """How far money goes, and what is missing at the base estimate."""
    if needed is None:
        return "unknown", 0.0
    low, base, high = needed
    if base <= budget:
        return ("fits" if high <= budget else "tight"), 0.0
    gap = round_estimate(base) - budget  # what the sums shown differ by
    return ("beyond" if low > budget else "short"), gap if gap > 0 else round_estimate(base - budget)
