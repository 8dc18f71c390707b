"""How products are sifted and ranked, and what a system costs: every figure a named parameter in YAML."""

from typing import Annotated, Literal, Self, get_args

from pydantic import BeforeValidator, Field, model_validator

from advisor.knowledge.currency import HOME, Currency, currency_codes
from advisor.knowledge.schema.base import Authored, Basis, Name, Points, Premises
from advisor.knowledge.schema.products import AiSupport, Backing, Deployment, Support
from advisor.text import Text

CriterionName = Literal[
    "functions", "kind", "size", "trade", "way", "integration", "support", "cost", "maker", "exit", "ai", "ease",
]  # fmt: skip
CRITERIA: tuple[CriterionName, ...] = get_args(CriterionName)
Asking = Literal["must", "should", "could"]
TradeFit = Literal["own", "general", "other"]
JoinFit = Literal["same_suite", "connector", "open", "other_connectors", "other_suite", "closed"]
SizeFit = Literal["fits", "unknown", "stretched", "other"]
Help = Literal["yes", "unknown", "no"]
Answer = Literal["yes", "unknown", "no"]
Weight = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
Amount = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
AnswerName = Annotated[str, BeforeValidator(str)]
"""An answer as it is written: the id of an option, or the number of a step."""
Span = tuple[Amount, Amount, Amount]
"""Low, base and high reading of one figure."""


def _rises(span: tuple[float, float, float]) -> bool:
    return span[0] <= span[1] <= span[2]


class Filter(Authored):
    """A test that comes before all weighing: for firms of which ``when`` holds (all where it is missing), a product must
    pass ``needs``. ``excluded`` says why one that fails is out, ``ask`` what to ask the vendor where the fact is unknown, or
    where ``confirm`` is set and what we know of it is not sure. Where ``strict`` is set the duty leaves the proof to the
    product, so what is told against it excludes it though nobody verified it. A firm may switch a filter off in its
    settings, one of a ``legal`` duty only with a reason."""

    title: Text
    when: Premises | None = None
    needs: Premises
    excluded: Text
    ask: Text
    confirm: bool = False
    legal: bool = False
    strict: bool = False
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


class CitedAims(Authored):
    """How much of the catalogue is to be cited: the share of functions and of prices, counted over ``products``, a list that
    nobody shortens to come nearer."""

    functions: Annotated[float, Field(ge=0, le=1)]
    prices: Annotated[float, Field(ge=0, le=1)]
    products: tuple[Name, ...]


class SelectionScheme(Authored):
    """The figures of sifting and ranking. No paper gives any: they are ours.

    ``languages`` are those that users need by where the firm is at home, where it does not say; where that is not known
    either, a product with all of ``languages_unknown`` passes. ``support_known`` names the homes for which the catalogue
    knows who helps; elsewhere it may know of partners in the home's ``places``. ``non_profits`` are the kinds of
    organisation for which products for non-profit bodies are made. ``data_share`` is how much of that criterion is where
    online data is kept, in those homes. ``doubt`` is taken off every criterion for each thing unverified that speaks
    against a product. ``neutral`` is the reading of what nobody knows and only a trial or the vendor can tell; ``maker``
    and ``ai`` are points by who stands behind a maker, and by how an AI function is sold. ``ending`` is for how many
    years ahead an announced end of support counts.

    Where a firm needs more than one kind of system (``kind_needed`` points or more), the second is ``second_kind`` of that
    criterion. The first kind named of a product is what it is made for; any other has ``beside_kind`` of its points,
    ``part_alone`` where the firm does not need what the product is made for. ``work`` tells which kinds of system do a
    function: it is asked of no product of another kind, and weighs as one that could be left out where none of them is
    needed. Below ``other_kind`` a product is of another kind than the firm needs and named after those that are not. What is
    named first does what is wanted most (as much as any other, or less by ``kinds_level`` points at most); it is made for
    that or for another kind needed that is ``kinds_apart`` points behind at most.

    A product for medium and large firms alone is ``stretched`` below ``suite_from`` users, one not for large firms above
    ``tool_to``. The product of the suite a firm runs comes first unless it is more than ``suite_behind`` points behind the
    best."""

    languages: dict[Name, list[Name]]
    languages_unknown: list[Name]
    support_known: list[Name]
    places: dict[Name, Name]
    non_profits: list[Name]
    asking: dict[Asking, Weight]
    support: dict[Support, Points]
    unknown_support: Points
    unverified: Annotated[float, Field(ge=0, le=1)]
    trade: dict[TradeFit, Points]
    focus: int = Field(ge=1)
    join: dict[JoinFit, Points]
    help: dict[Help, Points]
    data_share: Annotated[float, Field(ge=0, le=1)]
    doubt: Points
    neutral: Points
    exit: dict[Answer, Points]
    maker: dict[Backing, Points]
    ai: dict[AiSupport, Points]
    ending: int = Field(ge=0, le=20)
    size: dict[SizeFit, Points]
    suite_from: int = Field(ge=1)
    tool_to: int = Field(ge=1)
    second_kind: Annotated[float, Field(ge=0, le=1)]
    beside_kind: Annotated[float, Field(ge=0, le=1)]
    part_alone: Annotated[float, Field(ge=0, le=1)]
    work: dict[Name, tuple[Name, ...]]
    kind_needed: Points
    other_kind: Points
    kinds_level: Points
    kinds_apart: Points
    suite_behind: Points
    start: Points
    strategy_first: Points
    near_tie: Points
    way_ahead: Points
    top: int = Field(ge=1, le=10)
    draws: int = Field(ge=100, le=100_000)
    light_users: int = Field(ge=1)
    cited: CitedAims
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
    """One figure of the cost model: low, base and high, with where it comes from; ``most`` is the highest that makes sense,
    where there is one; ``set_by_firm`` where the span is the firm's own figure; ``money`` where it is a sum in RMB.

    ``by`` is a question, ``by_label`` how it is named in brackets, with the span for each of its answers in ``spans``; where
    it is not answered, or an answer is not among them, ``span`` holds."""

    label: Text
    span: Span
    by: Name | None = None
    by_label: Text | None = None
    spans: dict[AnswerName, Span] = {}
    money: bool = False
    set_by_firm: bool = False
    most: float | None = Field(default=None, gt=0)
    unit: Text
    sources: list[str] = []

    @model_validator(mode="after")
    def _low_to_high(self) -> Self:
        if not all(map(_rises, (self.span, *self.spans.values()))):
            raise ValueError("`span` runs from low over base to high")
        if len({bool(self.by), bool(self.spans), bool(self.by_label)}) > 1:
            raise ValueError(
                "`by`, `by_label` and `spans` stand together: a question, and the figure for each of its answers"
            )
        return self

    def where(self, answer: object) -> Self:
        """The figure for a firm that gave some answer to the question it goes by; what the firm set itself stays."""
        own = None if self.set_by_firm or answer is None else self.spans.get(str(answer))
        return self.model_copy(update={"span": own}) if own else self


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
    """How the money of a project is read: years looked at, the currency it is told in (``currencies`` has that of a firm at
    home elsewhere, where it sets none; homes in ``several_currencies`` are countries with more than one, so that the one
    chosen is said to be a choice), rates of exchange, figures beside the work and the prices, the cross-check by
    ratios, and what is agreed with suppliers: a discount off list prices, VAT on all that is paid to others, and for how
    many of the years licences are paid in advance."""

    years: Literal[3, 5]
    currency: Currency = HOME
    currencies: dict[Name, Currency] = {}
    several_currencies: list[Name] = []
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
        spans = {name: [self.figures[name].span, *self.figures[name].spans.values()] for name in DIVISORS}
        if nothing := [name for name, some in spans.items() if any(span[0] <= 0 for span in some)]:
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
