"""What money is held against: the firm's budgets, what moves it, what must improve; amounts in ``ProjectItem.currency``."""

from typing import Literal

from advisor.assessment.base import Item
from advisor.text import Text

Span = tuple[float, float, float]
"""Low, base and high reading."""


class SwingAmountItem(Item):
    """How far one input moves what is paid over the years, all others at their base; ``shown`` is the span of the input."""

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
    """The firm's money against what is paid from it: it fits, is tight (pays for the system at the base reading), falls
    short, or is open.

    ``initial``: both budgets against the first year; ``running``: the yearly budget against each later year. ``needed`` is
    what the system takes, None where that is open; ``beside`` what the rest of the plan pays to others, as an adviser, None
    where that is nothing. ``shortfall`` is what is missing for both at the base reading. ``open`` has the questions that
    close what is not known of the money.
    """

    kind: Literal["initial", "running"]
    budget: float | None
    needed: Span | None
    beside: Span | None = None
    state: BudgetState
    shortfall: float
    text: Text
    open: tuple[str, ...]
