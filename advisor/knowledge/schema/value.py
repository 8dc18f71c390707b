"""What a system may be worth a year to a firm: levers, each a product of the firm's own figures and stated assumptions."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from advisor.knowledge.schema.base import Authored, Name
from advisor.knowledge.schema.selecting import AnswerName, Span, _rises
from advisor.text import Text

SHARE = "share"
"""The English unit of what is a share of one, shown in percent."""


class ValueFactor(Authored):
    """A factor of a lever: an ``answer`` (``rest``: what is missing to the whole), a ``quantity`` of the project, a
    ``figure`` of the cost model, or an assumption ``assume`` with its label and unit. ``divide`` divides by it.

    ``whole_if``: the assumption is a part of a whole, and is all of it where every answer ticked is among these. ``saved``
    marks the part of the work that is saved: the other factors, but for money, are then all the work there is."""

    answer: Name | None = None
    rest: bool = False
    quantity: Name | None = None
    figure: Name | None = None
    assume: Span | None = None
    label: Text | None = None
    unit: Text | None = None
    divide: bool = False
    whole_if: dict[Name, list[AnswerName]] = {}
    saved: bool = False

    @model_validator(mode="after")
    def _is_one_thing(self) -> ValueFactor:
        named = [self.answer, self.quantity, self.figure, self.assume]
        if sum(one is not None for one in named) != 1:
            raise ValueError("a factor is one of: answer, quantity, figure, assume")
        if self.assume is not None and (self.label is None or self.unit is None):
            raise ValueError("an assumption needs `label` and `unit`")
        if self.assume is not None and not _rises(self.assume):
            raise ValueError("`assume` runs from low over base to high")
        if self.rest and self.answer is None:
            raise ValueError("`rest` is of an answer")
        if self.whole_if and self.assume is None:
            raise ValueError("`whole_if` is of an assumption")
        return self


class Lever(Authored):
    """One way a system pays: its formula in words, its factors, the answers under which alone it holds (``only``), those
    under which, given together, it does not (``unless``), those that must be known besides (``needs``), and where formula
    and assumptions come from.

    A lever that saves working time names the ``people`` who do that work: of several quantities the first that is known and
    not zero. It saves no more of their time than the scheme allows."""

    title: Text
    formula: Text
    factors: list[ValueFactor] = Field(min_length=2)
    only: dict[Name, list[AnswerName]] = {}
    unless: dict[Name, list[AnswerName]] = {}
    needs: list[Name] = []
    people: list[Name] = []
    sources: list[str] = Field(min_length=1)

    @model_validator(mode="after")
    def _rests_on_the_firm(self) -> Lever:
        if not any(factor.answer or factor.quantity for factor in self.factors):
            raise ValueError("a lever needs a figure of the firm's own: an answer or a quantity")
        if not self.people and any(factor.saved for factor in self.factors):
            raise ValueError("a lever that saves work names the `people` who do it")
        return self

    @property
    def asked(self) -> list[str]:
        """The questions it reads, in the order of its parts."""
        answers = [factor.answer for factor in self.factors if factor.answer]
        return [*dict.fromkeys([*self.only, *self.unless, *self.needs, *answers])]


class ValueLimits(Authored):
    """What no lever goes beyond: ``time``, the share of the working time of those who do a piece of work that it can save;
    ``revenue``, the share of the income given in ``revenue_from`` that it can bring."""

    time: Span
    revenue: Span
    revenue_from: Name


class ValueScheme(Authored):
    """Every lever, what none of them goes beyond, and what is said beside them."""

    note: Text
    most: ValueLimits | None = None
    levers: Annotated[dict[Name, Lever], Field(min_length=1)]
