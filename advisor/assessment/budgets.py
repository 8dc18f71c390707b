"""The firm's money against what a system costs: both budgets against the first year, the yearly one against later years.

The first year also has to carry what the rest of the plan pays to others, as an adviser and equipment for the front line.
That shows in the gap and in how well the money fits; whether the system itself is paid for is what the verdict reads.
"""

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
from advisor.rounding import round_difference, round_estimate

phrase = phrases("project")

BUDGETS = ("initial_budget", "running_budget")
"""The questions on money: once, and a year. A subscription paid out of the yearly budget is money for the first year."""


def first_year_money(project: PricedProject) -> float | None:
    """What the firm can spend in the first year, in RMB; None where a budget is not known exactly."""
    low, high = money_bounds(project, BUDGETS)
    return low if low == high else None


def budget_items(
    project: PricedProject, first: Range | None, later: Range | None, beside: Range | None
) -> tuple[BudgetItem, ...]:
    """Both readings, in the currency of the project; ``beside`` is what the rest of the plan pays to others."""
    beside = beside if beside and round_estimate(beside[1]) else None
    return _item(project, "initial", BUDGETS, first, beside), _item(project, "running", BUDGETS[1:], later, None)


def money_bounds(project: PricedProject, names: Sequence[str]) -> tuple[float, float]:
    """The least and the most money that the answers leave, in RMB."""
    low = high = 0.0
    for name in names:
        margin = bounds_of(project.facts, name)
        if margin is None:
            return 0.0, math.inf
        low, high = low + margin.low, high + margin.high
    return low, high


def _item(
    project: PricedProject,
    kind: Literal["initial", "running"],
    questions: Sequence[str],
    needed: Range | None,
    beside: Range | None,
) -> BudgetItem:
    rate, currency = project.cost.rates[project.cost.currency], project.cost.currency
    low, high = (
        end if rate == 1 or math.isinf(end) else round_estimate(end / rate) for end in money_bounds(project, questions)
    )
    if _adds_nothing_shown(needed, beside) and _state(low, needed, beside)[0] in ("short", "beyond"):
        beside = None  # two sums that read the same are one
    state, gap = _state(low, needed, beside)
    known = low == high or (_state(high, needed, beside)[0] == state and math.isfinite(high))
    if not known:
        state, gap = "unknown", 0.0
    missing = [project.knowledge.questions[name].code for name in questions if project.facts.value(name) is None]
    budget = amount(low, currency) if low == high else amounts(low, high, currency) if known else ""
    values: dict[str, object] = {"budget": budget, "gap": amount(gap, currency)}
    figures = {**_named(needed, ""), **_named(beside, "beside_"), **_named(_together(needed, beside), "all_")}
    # What all comes to less the money has to be what is missing.
    exact = {"all_base"} if gap else set[str]()
    shown = {name: (round_difference if name in exact else round_estimate)(figure) for name, figure in figures.items()}
    values |= {name: amount(figure, currency) for name, figure in shown.items()}
    return BudgetItem(
        kind=kind,
        budget=low if low == high else None,
        needed=needed,
        beside=beside,
        state=state,
        shortfall=gap,
        text=phrase(f"budget.{kind}.{_key(state, known, needed, beside, gap)}", **values),
        open=tuple(missing) if state == "unknown" else (),
    )


def _named(span: Range | None, prefix: str) -> dict[str, float]:
    return {f"{prefix}{end}": figure for end, figure in zip(("low", "base", "high"), span or (), strict=False)}


def _together(needed: Range | None, beside: Range | None) -> Range | None:
    """The system and the rest of the plan as one sum, of the figures that are shown."""
    if needed is None or beside is None:
        return needed
    low, base, high = (round_estimate(one) + round_estimate(other) for one, other in zip(needed, beside, strict=True))
    return low, base, high


def _adds_nothing_shown(needed: Range | None, beside: Range | None) -> bool:
    """Whether the rest of the plan leaves the middle estimate as it is shown."""
    together = _together(needed, beside)
    if needed is None or beside is None or together is None:
        return False
    return round_estimate(together[1]) == round_estimate(needed[1])


def _key(state: BudgetState, known: bool, needed: Range | None, beside: Range | None, gap: float) -> str:
    """Which sentence tells how far the money goes."""
    if not needed:
        return "open" if known else "both_open"
    name = state if known else "unknown"
    if name == "tight" and _adds_nothing_shown(needed, beside):
        return "with_plan.tight_together"
    return f"with_plan.{'system_alone' if gap and name == 'tight' else name}" if beside else name


def _state(budget: float, needed: Range | None, beside: Range | None) -> tuple[BudgetState, float]:
    """How far money goes, and what is missing at the base estimate of everything that is paid out of it."""
    if needed is None:
        return "unknown", 0.0
    low, base, _ = needed
    whole = _together(needed, beside) or needed
    gap = round_difference(max(0.0, (whole[1] if beside else round_estimate(base)) - budget))  # of the sums shown
    if base <= budget:
        return ("fits" if whole[2] <= budget else "tight"), gap if beside and whole[1] > budget else 0.0
    return ("beyond" if low > budget else "short"), gap or round_estimate(base - budget)
