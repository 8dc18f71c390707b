"""What a system may be worth a year to a firm: levers, each a product of the firm's own figures and stated assumptions."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from advisor.knowledge.schema.base import Authored, Name
from advisor.knowledge.schema.project import AnswerName
from advisor.knowledge.schema.selecting import Span
from advisor.text import Text

SHARE = "share"
"""The English unit of what is a share of one, shown in percent."""


class ValueFactor(Authored):
    """A factor of a lever: an ``answer`` (``rest``: what is missing to the whole), a ``quantity`` of the project, a
    ``figure`` of the cost model, or an assumption ``assume`` with its label and unit. ``divide`` divides by it."""

    answer: Name | None = None
    rest: bool = False
    quantity: Name | None = None
    figure: Name | None = None
    assume: Span | None = None
    label: Text | None = None
    unit: Text | None = None
    divide: bool = False

    @model_validator(mode="after")
    def _is_one_thing(self) -> ValueFactor:
        named = [self.answer, self.quantity, self.figure, self.assume]
        if sum(one is not None for one in named) != 1:
            raise ValueError("a factor is one of: answer, quantity, figure, assume")
        if self.assume is not None and (self.label is None or self.unit is None):
            raise ValueError("an assumption needs `label` and `unit`")
        if self.assume is not None and not self.assume[0] <= self.assume[1] <= self.assume[2]:
            raise ValueError("`assume` runs from low over base to high")
        if self.rest and self.answer is None:
            raise ValueError("`rest` is of an answer")
        return self


class Lever(Authored):
    """One way a system pays: its formula in words, its factors, the answers under which alone it holds (``only``), those
    that must be known besides (``needs``), and where formula and assumptions come from."""

    title: Text
    formula: Text
    factors: list[ValueFactor] = Field(min_length=2)
    only: dict[Name, list[AnswerName]] = {}
    needs: list[Name] = []
    sources: list[str] = Field(min_length=1)

    @model_validator(mode="after")
    def _rests_on_the_firm(self) -> Lever:
        if not any(factor.answer or factor.quantity for factor in self.factors):
            raise ValueError("a lever needs a figure of the firm's own: an answer or a quantity")
        return self


class ValueScheme(Authored):
    """Every lever, and what is said beside them."""

    note: Text
    levers: Annotated[dict[Name, Lever], Field(min_length=1)]
