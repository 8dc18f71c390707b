"""How products are sifted and ranked, and what a system costs: every figure a named parameter in YAML."""

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from advisor.knowledge.currency import HOME, Currency, currency_codes
from advisor.knowledge.schema.base import Authored, Basis, Name, Points, Premises
from advisor.knowledge.schema.products import Deployment, Support
from advisor.text import Text

CriterionName = Literal["functions", "trade", "way", "integration", "support", "cost"]
CRITERIA: tuple[CriterionName, ...] = get_args(CriterionName)
Asking = Literal["must", "should", "could"]
TradeFit = Literal["own", "general", "other"]
JoinFit = Literal["same_suite", "open", "closed"]
Help = Literal["yes", "unknown", "no"]
Weight = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
Amount = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
Span = tuple[Amount, Amount, Amount]
"""Low, base and high reading of one figure."""


def _rises(span: tuple[float, float, float]) -> bool:
    return span[0] <= span[1] <= span[2]


class Filter(Authored):
    """A test that comes before all weighing: for firms of which ``when`` holds (all where it is missing), a product must
    pass ``needs``. ``excluded`` says why one that fails is out, ``ask`` what to ask the vendor where the fact is unknown, or
    where ``confirm`` is set and what we know of it is not sure."""

    title: Text
    when: Premises | None = None
    needs: Premises
    excluded: Text
    ask: Text
    confirm: bool = False
    sources: list[str] = Field(min_length=1)
    basis: Basis


class Criterion(Authored):
    """One criterion of the ranking: what it measures on a scale from 0 to 100 that no other candidate moves."""

    title: Text
    about: Text
    weight: Weight


class Emphasis(Authored):
    """Another set of weights of the criteria, by name; ``about`` says whose view it is."""

    title: Text
    about: Text
    weights: dict[CriterionName, Weight]


class SelectionScheme(Authored):
    """The figures of sifting and ranking. No paper gives any: they are ours."""

    languages: list[Name]
    asking: dict[Asking, Weight]
    support: dict[Support, Points]
    unknown_support: Points
    trade: dict[TradeFit, Points]
    focus: int = Field(ge=1)
    join: dict[JoinFit, Points]
    help: dict[Help, Points]
    start: Points
    strategy_first: Points
    near_tie: Points
    way_ahead: Points
    top: int = Field(ge=1, le=10)
    draws: int = Field(ge=100, le=100_000)
    light_users: int = Field(ge=1)
    criteria: dict[CriterionName, Criterion]
    emphases: dict[Name, Emphasis] = {}
    filters: dict[Name, Filter]
    note: Text

    @model_validator(mode="after")
    def _says_everything(self) -> Self:
        if set(self.criteria) != set(CRITERIA):
            raise ValueError("`criteria` needs each of: " + ", ".join(CRITERIA))
        if set(self.support) != {"yes", "add_on", "custom", "no"}:
            raise ValueError("`support` needs each of: yes, add_on, custom, no")
        if not any(criterion.weight for criterion in self.criteria.values()):
            raise ValueError("one criterion at least needs a weight above 0")
        return self


class Figure(Authored):
    """One figure of the cost model that holds for all classes: low, base and high, with where it comes from; ``most`` is the
    highest that makes sense, where there is one."""

    label: Text
    span: Span
    most: float | None = Field(default=None, gt=0)
    unit: Text
    sources: list[str] = []

    @model_validator(mode="after")
    def _low_to_high(self) -> Self:
        if not _rises(self.span):
            raise ValueError("`span` runs from low over base to high")
        return self


FIGURES = ("post_year", "discount", "gross_margin", "paid_weeks", "hours_week")
"""The figures that readings of the cost ask for by name."""
DIVISORS = ("gross_margin", "post_year", "paid_weeks", "hours_week")
"""Those that something is divided by."""


class CrossCheck(Authored):
    """Work of bringing a system in as a multiple of the first year's licence, as the literature has it: held against the
    days of work, and told where the two are ``apart`` by more than so many times."""

    work_by_licence: dict[Deployment, Amount]
    apart: Annotated[float, Field(gt=1, le=100)]


class CostScheme(Authored):
    """How the money of a project is read: years looked at, rates of exchange, figures beside the work and the prices, the
    cross-check by ratios, and what is agreed with suppliers: a discount off list prices, VAT on all that is paid to others,
    and for how many of the years licences are paid in advance."""

    years: Literal[3, 5]
    currency: Currency = HOME
    rates: dict[Currency, float]
    figures: dict[Name, Figure]
    licence_discount: float = Field(default=0.0, ge=0, le=0.95)
    vat: float = Field(default=0.0, ge=0, le=0.95)
    prepaid_years: int = Field(default=1, ge=1, le=3)
    cross_check: CrossCheck
    tornado: int = Field(ge=1, le=12)
    sources: list[str] = Field(min_length=1)
    forgotten: list[Text] = []
    note: Text

    @model_validator(mode="after")
    def _says_everything(self) -> Self:
        if missing := [name for name in FIGURES if name not in self.figures]:
            raise ValueError(f"`figures` needs: {', '.join(missing)}")
        if nothing := [name for name in DIVISORS if self.figures[name].span[0] <= 0]:
            raise ValueError(f"`figures` must be above 0: {', '.join(nothing)}")
        if missing := [code for code in currency_codes() if code not in self.rates]:
            raise ValueError(f"`rates` needs: {', '.join(missing)}")
        if self.rates[HOME] != 1 or any(rate <= 0 for rate in self.rates.values()):
            raise ValueError(f"`rates` gives the RMB for one unit of each currency; that of {HOME} is 1")
        return self


class AdviserQuestion(Authored):
    """A question to put to an implementation adviser, what a good answer sounds like, and what is a warning."""

    quality: Text
    ask: Text
    good: Text
    warning: Text
    sources: list[str] = Field(min_length=1)


class TenderPart(Authored):
    """A part of a request for proposals: its heading, what the firm states there, and what it asks of the vendor."""

    title: Text
    state: Text
    ask: list[Text] = []
    sources: list[str] = []
