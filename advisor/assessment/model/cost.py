"""What each way of running a system costs a firm, and what must improve for it to pay; amounts in ``Selection.currency``."""

from typing import Literal

from advisor.assessment.base import Item
from advisor.knowledge.schema.products import Deployment
from advisor.text import Text

Span = tuple[float, float, float]
"""Low, base and high reading."""


class CostLineItem(Item):
    """A component of the cost: what is paid in the first year, and each year after (base reading)."""

    component: str
    label: Text
    first: float
    later: float


class SwingAmountItem(Item):
    """How far one input moves the present value of the cost, all others at their base."""

    input: str
    label: Text
    low: float
    high: float
    shown: Text


class GoalItem(Item):
    """What would have to improve, and by how much, for the system to pay for itself in the years looked at."""

    measure: str
    text: Text
    amount: float


BudgetState = Literal["fits", "tight", "short", "beyond", "unknown"]


class BudgetItem(Item):
    """A budget against what is paid from it: it fits, is tight (fits the base reading), falls short, or is not known."""

    kind: Literal["initial", "running"]
    budget: float | None
    needed: Span
    state: BudgetState
    shortfall: float
    text: Text


class RouteItem(Item):
    """What one way of running a system costs this firm: totals over the years, present value, the first year in cash."""

    way: Deployment
    title: Text
    label: Text
    hard: bool
    users: Span
    total: Span
    present: Span
    first_year: Span
    running: Span
    months: Span
    lines: tuple[CostLineItem, ...]
    swings: tuple[SwingAmountItem, ...]
    goals: tuple[GoalItem, ...]
    budgets: tuple[BudgetItem, ...]
