"""Products of the market: what is known of each, from where, since when and how surely. Unknown is a value."""

from datetime import date
from functools import cached_property
from typing import Annotated, Any, Generic, Literal, Self, TypeVar

from pydantic import Discriminator, Field, Tag, model_validator

from advisor.knowledge.currency import Currency
from advisor.knowledge.schema.base import Authored, Level, Name
from advisor.text import Text

Deployment = Literal["hosted", "private_cloud", "on_premise", "custom", "open_source"]
Licence = Literal["proprietary", "agpl", "gpl", "lgpl", "osl", "permissive", "source_available", "unclear"]
CommercialUse = Literal["yes", "conditions", "no"]
Made = Literal["companies", "non_profits"]
Customers = Literal["organisations", "persons"]
"""Whose custom a product is made to look after."""
Size = Literal["micro", "small", "medium", "large"]
PriceUnit = Literal["user_month", "user_year", "firm_month", "firm_year"]
"""What an amount is paid for."""
Support = Literal["yes", "add_on", "custom", "no"]
"""How a product does something: out of the box, as a paid add-on, by configuring or building, or not at all."""
LEVELS: tuple[Support, ...] = ("yes", "add_on", "custom", "no")
YesNo = Literal["yes", "no"]
Unknown = Literal["unknown"]

V = TypeVar("V")


class Evidence(Authored):
    """Where facts of a product come from. ``checked`` and ``expires`` say when it was last looked at and until when to rely
    on it without looking again."""

    citation: str = Field(min_length=1)
    checked: date
    expires: date
    confidence: Level

    @model_validator(mode="after")
    def _expires_later(self) -> Self:
        if self.expires <= self.checked:
            raise ValueError("`expires` lies after `checked`")
        return self


class Datum(Authored, Generic[V]):
    """One fact: its value, or ``unknown``; ``by`` names the evidence behind it, which only an unknown may lack."""

    value: V | Unknown
    by: Name | None = None
    note: Text | None = None

    @property
    def known(self) -> V | None:
        """The value, None where it is not known."""
        return None if self.value == "unknown" else self.value

    @model_validator(mode="after")
    def _says_who_says_so(self) -> Self:
        if self.value != "unknown" and self.by is None:
            raise ValueError("a known value names the evidence behind it with `by`")
        return self


PriceAmount = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]


class Minimum(Authored):
    """The least that is sold: so many users, for so many months."""

    users: int = Field(default=1, ge=1, le=1_000_000)
    months: int = Field(default=1, ge=1, le=120)


class PriceLine(Authored):
    """A line of a price list, before discount and VAT: what one edition costs a user or a firm, a month or a year.

    ``amount`` is one, or the lowest and the highest where the list names no editions. A tier is a line for the firm that
    holds ``up_to`` so many users.
    """

    edition: Text | None = None
    amount: PriceAmount | tuple[PriceAmount, PriceAmount]
    currency: Currency
    unit: PriceUnit
    minimum: Minimum = Minimum()
    up_to: int | None = Field(default=None, ge=1, le=1_000_000)

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest amount."""
        return self.amount if isinstance(self.amount, tuple) else (self.amount, self.amount)

    @property
    def a_user(self) -> bool:
        """Whether each user is paid for."""
        return self.unit.startswith("user")

    @property
    def times_a_year(self) -> int:
        """How often the amount is due a year."""
        return 12 if self.unit.endswith("month") else 1

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.ends[0] > self.ends[1]:
            raise ValueError("`amount` runs from the lowest to the highest")
        if self.a_user and self.up_to:
            raise ValueError("`up_to` goes with a price for the firm")
        if self.edition and set(";:|") & {*self.edition.zh, *self.edition.en}:
            raise ValueError("the name of an edition has none of ; : |")
        return self


PriceList = Annotated[tuple[PriceLine, ...], Field(max_length=50)]


def _kind_of_price(value: object) -> str:
    return "unknown" if value == "unknown" else "lines"


class PriceDatum(Datum[PriceList]):
    """The price list of a product run one way, or ``unknown``; a mistake in a line is told of that line alone."""

    value: Annotated[Annotated[PriceList, Tag("lines")] | Annotated[Unknown, Tag("unknown")], Discriminator(_kind_of_price)]

    @model_validator(mode="after")
    def _has_lines(self) -> Self:
        if not self.value:
            raise ValueError("a price list has one line at least; write `unknown` where there is none")
        return self


class ProductFacts(Authored):
    """What is asked of every product. ``data_in_china``: a hosted edition keeps customer data in mainland China.
    ``extensible``: fields, objects and flows of one's own without leaving the supplier's upgrades. ``lightweight``: a team
    works with it within days and without a project. ``support_in_china``: maker or partners set it up and help in mainland
    China. ``suite``: the ERP family it belongs to; ``needs_suite``: it is a module of that family, of little use without it.
    ``customers``: whom it is made to look after."""

    deployments: Datum[tuple[Deployment, ...]]
    licence: Datum[Licence]
    commercial_use: Datum[CommercialUse]
    made_for: Datum[Made]
    customers: Datum[tuple[Customers, ...]] = Datum(value="unknown")
    sizes: Datum[tuple[Size, ...]]
    industries: Datum[tuple[Name, ...]]
    languages: Datum[tuple[Name, ...]]
    data_in_china: Datum[YesNo]
    data_in_eu: Datum[YesNo]
    extensible: Datum[YesNo]
    open_interfaces: Datum[YesNo]
    support_in_china: Datum[YesNo]
    lightweight: Datum[YesNo]
    suite: Datum[Name]
    needs_suite: Datum[YesNo] = Datum(value="unknown")
    minimum_seats: Datum[int]


class FunctionFacts(Authored):
    """Functions of a product that share one piece of evidence; a function named nowhere is unknown."""

    by: Name
    yes: tuple[Name, ...] = ()
    add_on: tuple[Name, ...] = ()
    custom: tuple[Name, ...] = ()
    no: tuple[Name, ...] = ()


class Product(Authored):
    """One product with its facts. ``prices`` by way of running it; one that is not named is on request or unknown."""

    id: Name
    name: Text
    maker: Text
    about: Text
    evidence: dict[Name, Evidence] = Field(min_length=1)
    facts: ProductFacts
    prices: dict[Deployment, PriceDatum] = {}
    functions: tuple[FunctionFacts, ...] = ()
    watch: tuple[Text, ...] = ()
    """Traps a buyer should know of; each a sentence."""

    def support(self, function: str) -> tuple[Support, str] | None:
        """How the product does a function, and the evidence; None where it is not known."""
        return self._supports.get(function)

    @cached_property
    def _supports(self) -> dict[str, tuple[Support, str]]:
        found: dict[str, tuple[Support, str]] = {}
        for group in self.functions:
            for level in LEVELS:
                found.update(dict.fromkeys(getattr(group, level), (level, group.by)))
        return found

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        """Every ``by`` names evidence that is there, no function is said twice, and prices go with ways of running it."""
        data: list[Datum[Any]] = [getattr(self.facts, name) for name in type(self.facts).model_fields]
        named = [d.by for d in (*data, *self.prices.values()) if d.by] + [group.by for group in self.functions]
        if missing := sorted(set(named) - set(self.evidence)):
            raise ValueError(f"`by` names evidence that is not there: {', '.join(missing)}")
        listed = [n for group in self.functions for n in (*group.yes, *group.add_on, *group.custom, *group.no)]
        if twice := sorted({name for name in listed if listed.count(name) > 1}):
            raise ValueError(f"said twice: {', '.join(twice)}")
        ways = self.facts.deployments.known
        if ways is not None and (stray := sorted(set(self.prices) - set(ways))):
            raise ValueError(f"a price for a way of running it that is not offered: {', '.join(stray)}")
        return self
