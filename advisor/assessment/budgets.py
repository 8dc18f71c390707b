"""The firm's money against what a system costs: both budgets against the first year, the yearly one against later years."""

from __future__ import annotations

from typing import Literal

from advisor.assessment.firm_project import PricedProject
from advisor.assessment.model.cost import BudgetItem, BudgetState
from advisor.assessment.model.project import Range
from advisor.knowledge.currency import amount
from advisor.phrases import joined, phrases
from advisor.rounding import round_estimate
from advisor.text import Text

phrase = phrases("project")

BUDGETS = ("initial_budget", "running_budget")
"""The questions on money: once, and a year. A subscription paid out of the yearly budget is money for the first year."""


def first_year_money(project: PricedProject) -> float | None:
    """What the firm can spend in the first year, in RMB; None where a budget is not known."""
    initial, running = (_number(project, name) for name in BUDGETS)
    return None if initial is None or running is None else initial + running


def budget_items(project: PricedProject, first: Range | None, later: Range | None) -> tuple[BudgetItem, ...]:
    """Both readings, in the currency of the project."""
    rate = project.cost.rates[project.cost.currency]
    yearly, whole = _number(project, "running_budget"), first_year_money(project)
    return (
        _item(project, "initial", None if whole is None else whole / rate, first),
        _item(project, "running", None if yearly is None else yearly / rate, later),
    )


def _number(project: PricedProject, name: str) -> float | None:
    value = project.facts.value(name)
    return float(value) if isinstance(value, int | float) else None


def _item(
    project: PricedProject, kind: Literal["initial", "running"], budget: float | None, needed: Range | None
) -> BudgetItem:
    state, gap = _state(budget, needed)
    questions = BUDGETS if kind == "initial" else BUDGETS[1:]
    missing = [project.knowledge.questions[name].code for name in questions if _number(project, name) is None]
    values: dict[str, object] = {"codes": joined([Text(zh=code, en=code) for code in missing])} if missing else {}
    figures = dict(zip(("low", "base", "high"), needed or (), strict=False)) | {"budget": budget or 0.0, "gap": gap}
    for name, figure in figures.items():
        shown = figure if name == "budget" else round_estimate(figure)
        values[name] = amount(shown, project.cost.currency)
    key = state if needed else "open" if budget is not None else "both_open"
    return BudgetItem(
        kind=kind,
        budget=budget,
        needed=needed,
        state=state,
        shortfall=round_estimate(gap),
        text=phrase(f"budget.{kind}.{key}", **values),
        open=tuple(missing),
    )


def _state(budget: float | None, needed: Range | None) -> tuple[BudgetState, float]:
    """How far money goes, and what is missing at the base estimate."""
    if budget is None or needed is None:
        return "unknown", 0.0
    low, base, high = needed
    if base <= budget:
        return ("fits" if high <= budget else "tight"), 0.0
    return ("beyond" if low > budget else "short"), base - budget
