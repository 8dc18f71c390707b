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
Kind = Literal[
    "sales_force", "service", "marketing_automation", "membership_cdp", "private_domain", "case_or_donor",
    "trade_system", "foreign_trade", "erp_module", "low_code_table",
]  # fmt: skip
"""What kind of system a product is; ``private_domain`` works on customers in WeCom."""
Connector = Literal[
    "wecom", "dingtalk", "feishu", "outlook", "google", "whatsapp", "kingdee", "yonyou", "sap", "oracle", "microsoft",
    "odoo",
]  # fmt: skip
"""What a product joins with ready-made."""
Backing = Literal["listed", "part_of_group", "investors", "owners", "foundation", "community", "state"]
"""Who stands behind the maker."""
AiUse = Literal["drafts", "summaries", "next_step", "forecasts", "service_agents", "data_entry"]
AiSupport = Literal["yes", "add_on", "by_use", "no"]
"""Included, at a further price a user, charged by use, or not there."""
ContractParty = Literal["maker", "partner"]
"""Who signs with the buyer."""
Limit = Literal["records", "storage_gb", "api_calls_day", "custom_objects", "emails_month"]
PriceUnit = Literal["user_month", "user_year", "firm_month", "firm_year"]
"""What an amount is paid for."""
Support = Literal["yes", "add_on", "custom", "no"]
"""How a product does something: out of the box, as a paid add-on, by configuring or building, or not at all."""
LEVELS: tuple[Support, ...] = ("yes", "add_on", "custom", "no")
YesNo = Literal["yes", "no"]
Unknown = Literal["unknown"]
Grade = Level | Literal["unverified"]
"""How surely something is known; ``unverified`` where nothing was looked up."""

V = TypeVar("V")


class Evidence(Authored):
    """Where facts of a product come from. What was looked up names its ``page``, the ``words`` that say so, the date of the
    copy that was ``read`` and until when to rely on it without looking again; what is ``unverified`` has none of these."""

    citation: str = Field(min_length=1)
    page: str | None = Field(default=None, min_length=1)
    words: str | None = Field(default=None, min_length=1, max_length=400)
    read: date | None = None
    expires: date | None = None
    confidence: Grade

    @property
    def unverified(self) -> bool:
        """Whether nothing was looked up."""
        return self.confidence == "unverified"

    @property
    def unsure(self) -> bool:
        """Whether too little stands behind it to exclude a product."""
        return self.confidence in ("low", "unverified")

    @model_validator(mode="after")
    def _looked_up_or_not(self) -> Self:
        details = {"page": self.page, "words": self.words, "read": self.read, "expires": self.expires}
        if self.unverified and (stray := [name for name, value in details.items() if value is not None]):
            raise ValueError(f"what is unverified has no {', '.join(stray)}")
        if not self.unverified and (missing := [name for name, value in details.items() if value is None]):
            raise ValueError(f"what was looked up names its {', '.join(missing)}; what was not is `unverified`")
        if self.read and self.expires and self.expires <= self.read:
            raise ValueError("`expires` lies after `read`")
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
    holds ``up_to`` so many users, or so many ``up_to_contacts``. ``of`` names an edition of the product by its id.
    """

    edition: Text | None = None
    of: Name | None = None
    amount: PriceAmount | tuple[PriceAmount, PriceAmount]
    currency: Currency
    unit: PriceUnit
    minimum: Minimum = Minimum()
    up_to: int | None = Field(default=None, ge=1, le=1_000_000)
    up_to_contacts: int | None = Field(default=None, ge=1, le=1_000_000_000)

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
        if self.a_user and (self.up_to or self.up_to_contacts):
            raise ValueError("`up_to` and `up_to_contacts` go with a price for the firm")
        if self.up_to and self.up_to_contacts:
            raise ValueError("a tier counts users or contacts")
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
    ``customers``: whom it is made to look after.

    From ``kinds`` on a product may leave any out; left out is unknown. ``only_trades``: it is offered to these trades and to
    no other. ``xinchuang``: it is in a list of domestic products that public buyers keep to. ``offline``: work on the phone
    without a network. ``self_export``: the firm can take out all its data by itself. ``backing``: who stands behind the
    maker; the note names them. ``data_regions``: countries (``eu`` for the Union) where online data can be kept;
    ``partners``: countries with implementation partners."""

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
    kinds: Datum[tuple[Kind, ...]] = Datum(value="unknown")
    only_trades: Datum[tuple[Name, ...]] = Datum(value="unknown")
    connectors: Datum[tuple[Connector, ...]] = Datum(value="unknown")
    data_regions: Datum[tuple[Name, ...]] = Datum(value="unknown")
    partners: Datum[tuple[Name, ...]] = Datum(value="unknown")
    xinchuang: Datum[YesNo] = Datum(value="unknown")
    offline: Datum[YesNo] = Datum(value="unknown")
    self_export: Datum[YesNo] = Datum(value="unknown")
    backing: Datum[Backing] = Datum(value="unknown")
    last_release: Datum[date] = Datum(value="unknown")
    end_of_life: Datum[date] = Datum(value="unknown")

    @property
    def told(self) -> dict[str, Datum[Any]]:
        """Every fact, but of those that may be left out only what is known."""
        fields = type(self).model_fields
        data = {name: getattr(self, name) for name in fields}
        may_be_left_out = set(list(fields)[list(fields).index("kinds") :])
        return {name: datum for name, datum in data.items() if name not in may_be_left_out or datum.by or datum.note}


class Edition(Authored):
    """An edition of a product, in order from the cheapest: of the functions of the product those it ``lacks``, of those sold
    apart those it ``includes``, and the most ``users`` it takes. Its prices name it by ``of``; one at 0 is a free tier."""

    name: Text
    by: Name
    lacks: tuple[Name, ...] = ()
    includes: tuple[Name, ...] = ()
    users: int | None = Field(default=None, ge=1, le=1_000_000)


class FunctionFacts(Authored):
    """Functions of a product that share one piece of evidence; a function named nowhere is unknown."""

    by: Name
    yes: tuple[Name, ...] = ()
    add_on: tuple[Name, ...] = ()
    custom: tuple[Name, ...] = ()
    no: tuple[Name, ...] = ()


class Product(Authored):
    """One product with its facts. ``prices`` by way of running it; one that is not named is on request or unknown.

    ``generic`` is an entry that stands for a kind of product that several makers sell. ``aliases`` are names it had or has
    besides. ``ai``: what generative AI does in it, with the price in the note.
    ``contracts``: who signs with a buyer, by country; the note names them. ``limits`` are those that its makers set.
    ``ends_in``: the ways of running it whose support ends at the ``end_of_life``, where it goes on in others."""

    id: Name
    name: Text
    generic: bool = False
    aliases: tuple[str, ...] = ()
    maker: Text
    about: Text
    evidence: dict[Name, Evidence] = Field(min_length=1)
    facts: ProductFacts
    editions: dict[Name, Edition] = {}
    prices: dict[Deployment, PriceDatum] = {}
    ai: dict[AiUse, Datum[AiSupport]] = {}
    contracts: dict[Name, Datum[ContractParty]] = {}
    limits: dict[Limit, Datum[int]] = {}
    ends_in: tuple[Deployment, ...] = ()
    functions: tuple[FunctionFacts, ...] = ()
    watch: tuple[Text, ...] = ()
    """Traps a buyer should know of; each a sentence."""

    def support(self, function: str, edition: str | None = None) -> tuple[Support, str] | None:
        """How the product, or an edition of it, does a function, and the evidence; None where it is not known."""
        sold = self.editions.get(edition or "")
        if sold and function in (*sold.lacks, *sold.includes):
            return ("no" if function in sold.lacks else "yes"), sold.by
        return self._supports.get(function)

    @cached_property
    def plain_facts(self) -> dict[str, str | int | date | frozenset[str] | None]:
        """Every fact as a filter tests it: lists as sets, what is not known as None."""
        data = {name: getattr(self.facts, name).known for name in type(self.facts).model_fields}
        return {name: frozenset(value) if isinstance(value, tuple) else value for name, value in data.items()}

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
        data += [*self.prices.values(), *self.ai.values(), *self.contracts.values(), *self.limits.values()]
        named = [d.by for d in data if d.by] + [group.by for group in self.functions]
        named += [edition.by for edition in self.editions.values()]
        if missing := sorted(set(named) - set(self.evidence)):
            raise ValueError(f"`by` names evidence that is not there: {', '.join(missing)}")
        listed = [n for group in self.functions for n in (*group.yes, *group.add_on, *group.custom, *group.no)]
        if twice := sorted({name for name in listed if listed.count(name) > 1}):
            raise ValueError(f"said twice: {', '.join(twice)}")
        sold = {line.of for price in self.prices.values() for line in price.known or () if line.of}
        if stray := sorted(sold - set(self.editions)):
            raise ValueError(f"a price of an edition that is not there: {', '.join(stray)}")
        ways = self.facts.deployments.known
        if ways is not None and (stray := sorted(set(self.prices) - set(ways))):
            raise ValueError(f"a price for a way of running it that is not offered: {', '.join(stray)}")
        return self
