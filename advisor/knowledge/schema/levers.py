"""What a firm can do about an answer, and which answers it cannot change."""

from typing import Self

from pydantic import Field, model_validator

from advisor.knowledge.schema.base import Authored, Basis, Premises, Role
from advisor.text import Text


class Lever(Authored):
    """How one answer can be moved: along ``order``, from its worse to its better values, as far as ``order`` goes.

    ``days`` (person-days), ``weeks`` (elapsed) and ``rmb`` are for each step; ``rmb`` may list one sum a step. For an answer
    in money the rise itself is the sum. A lever that works ``at_once`` takes its days and weeks once, however far it moves
    the answer. ``requires`` must hold, today or through other levers, before the move.
    """

    title: Text
    text: Text
    order: list[int | float | str] = Field(min_length=2)
    days: float = Field(gt=0)
    weeks: int = Field(ge=1)
    rmb: float | list[float] = 0.0
    at_once: bool = False
    owner: Role
    requires: Premises | None = None
    sources: list[str] = Field(min_length=1)
    basis: Basis

    @model_validator(mode="after")
    def _one_sum_a_step(self) -> Self:
        sums = self.rmb if isinstance(self.rmb, list) else [self.rmb]
        if isinstance(self.rmb, list) and len(self.rmb) != len(self.order) - 1:
            raise ValueError("`rmb` as a list needs one sum for each step of `order`")
        if any(amount < 0 for amount in sums):
            raise ValueError("`rmb` must not be negative")
        if len(set(self.order)) != len(self.order):
            raise ValueError("`order` names a value twice")
        return self

    def money(self, step: int) -> float:
        """What the step after ``order[step]`` costs, in RMB."""
        return self.rmb[step] if isinstance(self.rmb, list) else self.rmb


class Effort(Authored):
    """How money and work are weighed against each other when ways are compared."""

    rmb_per_day: float = Field(gt=0)
    note: Text
