"""The project of a firm as an assessment has it: quantities, tasks in one schedule, what each way costs."""

from typing import Literal

from pydantic import Field

from advisor.assessment.base import Item
from advisor.assessment.model.cost import BudgetItem, SwingAmountItem
from advisor.knowledge.currency import Currency
from advisor.knowledge.schema.base import Basis, Limit, Name, Phase, Role
from advisor.knowledge.schema.products import Deployment
from advisor.text import Text

Range = tuple[float, float, float]
"""Low, base and high."""
Origin = Literal["answered", "worked_out", "bounded", "set", "open"]
"""``bounded``: a missing answer leaves it between the least and the most it may come to; ``set``: the firm put its own
figure in place of what is answered or worked out."""


class QuantityItem(Item):
    """Something the project grows with. ``range`` None where it is open; ``codes`` are the questions it was read from, or
    those that would close it; ``why`` says which assumptions it was worked out by;
    not ``shown`` are factors that mean nothing by themselves."""

    quantity: Name
    label: Text
    unit: Text
    origin: Origin
    range: Range | None
    codes: tuple[str, ...]
    why: tuple[Text, ...]
    shown: bool


class ProjectTaskItem(Item):
    """A task of the project: what it takes and when. Days are None where something they grow with is open; ``open`` are the
    questions that settle it, and ``weeks`` then the least. ``start`` is counted from 0."""

    id: Name
    title: Text
    phase: Phase
    owner: Role
    core: bool
    own_days: Range | None
    outside_days: Range | None
    start: float = Field(ge=0)
    weeks: float = Field(gt=0)
    after: tuple[str, ...]
    driven_by: tuple[str, ...]
    open: tuple[str, ...]
    planned: bool


class MoneyLineItem(Item):
    """A line of what is paid to others, base reading: in the first year, and in each later one. None where it is open."""

    line: str
    label: Text
    first: float | None
    later: float | None


class WayCostItem(Item):
    """What one way of running a system costs at its reference price, whichever product is chosen.

    Sums are paid to others, None where something they grow with is open: in the first year, each later year, and over
    ``ProjectItem.years``. ``user_year`` is the licence of one user a year, known all the same. ``own_days`` are the
    firm's own, ``own_staff`` what they cost it beside the sums. ``go_live`` is how many weeks it takes until the last
    site has switched, with the people who can be freed and kept out of the months in which nobody can; ``work_weeks`` how
    many of these are weeks of work. ``candidate``: it may be the one tasks and weeks are based on; ``ruled_out``: the
    firm's answers leave no room for it; ``people_note`` says where more people than can be freed would be faster;
    ``cross_check`` where ratios of licence price come to something else.
    """

    way: Deployment
    title: Text
    candidate: bool
    ruled_out: bool
    first_year: Range | None
    later_year: Range | None
    total: Range | None
    user_year: Range | None
    own_days: Range | None
    own_staff: Range | None
    people_note: Text | None = None
    go_live: Range | None
    work_weeks: Range | None = None
    lines: tuple[MoneyLineItem, ...]
    swings: tuple[SwingAmountItem, ...]
    budgets: tuple[BudgetItem, ...]
    cross_check: Text | None

    @property
    def is_held(self) -> bool:
        """Whether months in which nobody can be freed make the weeks more, as they are told in whole weeks."""
        if self.go_live is None or self.work_weeks is None:
            return False
        return round(self.go_live[1]) != round(self.work_weeks[1])


class OwnFigureItem(Item):
    """A figure that the firm set itself, in words."""

    label: Text
    shown: Text


class ProjectItem(Item):
    """All of it.

    ``held_against`` is the way of running a system that money and people are held against, None where that is open.
    ``reference`` is the way that tasks and weeks are based on, None where it is open; tasks then are those that all
    candidates share. Those not ``planned`` wait for the decision that the plan ends in. ``own_days`` and ``outside_days``
    are those of the core tasks, ``further_days`` the firm's own days of all others, ``further_money`` what those of the
    plan pay to others; ``go_live`` is the week in which the last site has switched, ``work_weeks`` how many weeks of it
    are weeks of work: without the months in which nobody can be freed. ``open`` are the questions that settle what is
    open, ``narrowed_by`` those that narrow what is bounded, ``may_change`` those that may still change the reference.
    ``season`` says which tasks would fall into months in which nobody can be freed, and what keeping out of them costs.
    ``own_figures`` are those the firm set itself; money is in ``currency``, over ``years``.
    """

    reference: Deployment | None
    held_against: Deployment | None
    quantities: tuple[QuantityItem, ...]
    tasks: tuple[ProjectTaskItem, ...]
    own_days: Range | None
    outside_days: Range | None
    further_days: Range | None
    further_money: Range | None = None
    go_live: Range | None
    work_weeks: Range | None = None
    currency: Currency
    years: int
    ways: tuple[WayCostItem, ...]
    own_figures: tuple[OwnFigureItem, ...]
    open: tuple[str, ...]
    narrowed_by: tuple[str, ...]
    may_change: tuple[str, ...]
    season: Text | None = None


class ProjectFactItem(Item):
    """A scale that is read off the project: the step, in words, and the figures that lead to it; ``step`` None where it is
    open. ``answers`` are the questions that tell what the firm has."""

    name: Name
    label: Text
    about: Text
    step: int | None = Field(ge=0)
    shown: Text
    grounds: Text | None
    answers: tuple[str, ...]
    sources: tuple[str, ...]
    basis: Basis
    limit: Limit | None
