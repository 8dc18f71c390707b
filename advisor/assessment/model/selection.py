"""Which kind of CRM, which functions, which products, at what cost: the parts of an assessment that say so.

Filled by ``advisor.selection``. Texts are final and in both languages. Amounts are in ``Selection.currency``.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from advisor.assessment.base import Citation, Item
from advisor.assessment.model.cost import GoalItem, Span
from advisor.knowledge.currency import Currency
from advisor.knowledge.schema.base import Basis, Priority
from advisor.knowledge.schema.products import Deployment, Grade, PriceLine, Support
from advisor.knowledge.schema.selecting import CriterionName, Weight
from advisor.knowledge.schema.selecting import Span as AuthoredSpan
from advisor.text import Text

Status = Literal["kept", "ask", "excluded"]
"""Passed every filter; hangs on facts only the vendor can give; out."""
OutcomeName = Literal[
    "shortlist", "own_suite", "own_system", "lighter_tool", "first_things", "not_needed", "answers_first", "none_fits"
]


def _as_span(value: Any) -> Any:
    return (value, value, value) if isinstance(value, int | float) else value


OwnSpan = Annotated[AuthoredSpan, BeforeValidator(_as_span)]


def _as_reasons(value: Any) -> Any:
    """Names in a list are given no reason, and so are those in a mapping with nothing behind them."""
    if isinstance(value, list | tuple) and all(isinstance(name, str) for name in value):
        return dict.fromkeys(value, "")
    return {name: reason or "" for name, reason in value.items()} if isinstance(value, dict) else value


Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)]
FiltersOff = Annotated[dict[str, Reason], BeforeValidator(_as_reasons)]


Share = Annotated[float, Field(ge=0, le=0.95, allow_inf_nan=False)]


class SettingsItem(Item):
    """What a firm set for its selection; everything left out stays as the knowledge has it.

    ``quantities``, ``day_rate`` (of outside work, for all ways or by way) and ``prices`` (by product and way, as offered)
    take the place of what is worked out or listed. ``licence_discount`` is off list prices, ``vat`` on all that is paid to
    others; ``prepaid_years`` of licences fall in the first year. ``filters_off`` exclude nothing; each with the reason that
    was given, empty where none was."""

    years: Literal[3, 5] | None = None
    currency: Currency | None = None
    languages: tuple[str, ...] | None = Field(default=None, min_length=1, max_length=20)
    emphasis: str | None = None
    criteria: dict[CriterionName, Weight] = Field(default_factory=dict)
    filters_off: FiltersOff = Field(default_factory=dict)
    functions: dict[str, Priority | Weight] = Field(default_factory=dict)
    figures: dict[str, OwnSpan] = Field(default_factory=dict)
    quantities: dict[str, OwnSpan] = Field(default_factory=dict)
    day_rate: OwnSpan | dict[Deployment, OwnSpan] | None = None
    prices: dict[str, dict[Deployment, PriceLine]] = Field(default_factory=dict)
    licence_discount: Share | None = None
    vat: Share | None = None
    prepaid_years: int | None = Field(default=None, ge=1, le=3)


class PointItem(Item):
    """One reason for or against an option: the rule, what it says, and the points it adds (0 where it rules out)."""

    rule: str
    text: Text
    points: float
    hard: bool
    basis: Basis
    sources: tuple[str, ...]


OptionState = Literal["open", "ruled_out", "undecided"]


class OptionItem(Item):
    """A kind of CRM, a kind of system, or a way of running it, with its points (0 to 100) and the range that missing answers
    leave.

    ``state``: whether answers rule it out; ``undecided`` where a missing one still could."""

    id: str
    group: Literal["crm_type", "system", "deployment"]
    title: Text
    text: Text
    points: float
    low: float
    high: float
    hard: bool
    state: OptionState
    reasons: tuple[PointItem, ...]
    open: tuple[str, ...]
    """Codes of the questions that could still change it."""
    hard_open: tuple[str, ...]
    """Codes of the questions that could still rule it out."""


class WantedItem(Item):
    """A function asked for, with its priority and weight; ``changed`` where the firm set them itself. ``open`` has the codes
    of the questions that could still take its priority away."""

    function: str
    title: Text
    priority: Priority
    weight: float = Field(ge=0)
    changed: bool
    open: tuple[str, ...]


FunctionState = Literal["left_out", "not_asked", "undecided"]


class DroppedItem(Item):
    """A function not among those asked for.

    ``left_out``: a rule or the firm says why; ``not_asked``: nothing asks for it, and the reason says why not;
    ``undecided``: it hangs on the questions in ``open``, and has no reason.
    """

    function: str
    title: Text
    state: FunctionState
    reason: Text | None
    sources: tuple[str, ...]
    open: tuple[str, ...]


class FactItem(Item):
    """A fact of a product as it is shown: ``value`` None where it is not known; ``page`` and ``checked`` the address and the
    date of the copy read, None where nothing was looked up; ``stale`` where it is past its date."""

    fact: str
    label: Text
    value: Text | None
    citation: str | None
    page: str | None
    checked: date | None
    expires: date | None
    confidence: Grade | None
    stale: bool
    note: Text | None


class RemarkItem(Item):
    """What a filter has to say of a product: why it is out, what to ask the vendor, or what hangs on the firm's answers."""

    filter: str
    title: Text
    text: Text
    details: tuple[Text, ...]
    sources: tuple[str, ...]
    codes: tuple[str, ...] = ()
    """Codes of the questions the firm has yet to answer for the filter to be decided."""
    against: bool = False
    """Whether what we know speaks against the product, but too little stands behind it to exclude it."""


class MarkItem(Item):
    """A product's points on one criterion, 0 to 100, with what they rest on."""

    criterion: CriterionName
    points: float
    low: float
    high: float
    shown: Text


class SupportItem(Item):
    """How a product does a function that is asked for, how surely we know, and whether that is past its date; None where
    the catalogue is silent, or an earlier version did not say."""

    function: str
    support: Support | None
    confidence: Grade | None
    stale: bool | None


PriceState = Literal["listed", "own", "on_request"]
"""From a dated price list; the firm's own figure, as offered; not known, to be asked."""


class PairItem(Item):
    """A product in another of the ways it can be run: whether it would pass, and what it would cost."""

    way: Deployment
    status: Status
    price: PriceState
    first_year: Span | None


class CandidateItem(Item):
    """A pair of product and way, sifted and, where it survives, ranked. Points run from 0 to 100.

    Of a product's ways the one that suits best stands for it, the others are in ``other_ways``; ``edition`` is the
    cheapest that has the functions that must be there, None where none are known. Pairs with a known price and pairs on
    request are ranked apart: ``rank`` is among those alike, and points of pairs on request leave cost out. Each thing
    unverified that speaks against a pair takes points off its ``total`` and ``low``. ``price_shown`` is the list price as
    it stands, ``price_date`` when it was looked up; ``user_year`` a user's licence a year. ``first_year``, ``later_year``
    and ``cost`` (all years) are paid to others, None where price or size is open. ``waived`` would exclude it, had the
    firm not switched those filters off."""

    product: str
    name: Text
    maker: Text
    about: Text
    status: Status
    way: Deployment | None
    edition: Text | None
    excluded: tuple[RemarkItem, ...]
    asks: tuple[RemarkItem, ...]
    depends: tuple[RemarkItem, ...]
    waived: tuple[RemarkItem, ...] = ()
    marks: tuple[MarkItem, ...] = ()
    total: float | None = None
    low: float | None = None
    high: float | None = None
    rank: int | None = None
    closeness: float | None = None
    closeness_rank: int | None = None
    top_share: float | None = None
    tied_with: tuple[str, ...] = ()
    functions: tuple[SupportItem, ...] = ()
    facts: tuple[FactItem, ...] = ()
    watch: tuple[Text, ...] = ()
    suite: bool = False
    lightweight: bool = False
    price: PriceState
    price_shown: Text | None
    price_date: date | None
    user_year: Span | None
    first_year: Span | None
    later_year: Span | None
    cost: Span | None
    other_ways: tuple[PairItem, ...]

    @property
    def price_known(self) -> bool:
        """Whether it has a price, from a list or the firm's own."""
        return self.price != "on_request"

    @property
    def doubted(self) -> bool:
        """Whether something unverified speaks against it."""
        return any(remark.against for remark in self.asks)


class WeighItem(Item):
    """A criterion with the weight it has here."""

    criterion: CriterionName
    title: Text
    about: Text
    weight: float


class OutcomeItem(Item):
    """What the selection comes to: a short list, or something better than one, and the products it speaks of. ``kinds`` are
    the kinds of system these stand for, or that which is wanted; ``strategy_first`` whether strategy is settled before."""

    name: OutcomeName
    title: Text
    text: Text
    products: tuple[str, ...]
    notes: tuple[Text, ...]
    kinds: tuple[str, ...] = ()
    strategy_first: bool = False


class ProductMoneyItem(Item):
    """The firm's money against the products to look at first, by their own prices: which of them it does not reach for
    (``short``), and which cost far more than the reference price (``dearer``). ``text`` None where nothing can be said."""

    text: Text | None
    short: tuple[str, ...]
    dearer: tuple[str, ...]


class ViewItem(Item):
    """The product that leads under another set of weights."""

    title: Text
    leader: str


class RobustItem(Item):
    """How far the order can be trusted: random weightings, and whether dropping a product turns the order of others."""

    draws: int
    top: int
    agree: bool
    views: tuple[ViewItem, ...]
    reversals: tuple[Text, ...]
    sentence: Text


class AdviserItem(Item):
    """A question to an implementation adviser."""

    quality: Text
    ask: Text
    good: Text
    warning: Text
    sources: tuple[str, ...]


class TenderItem(Item):
    """A part of a request for proposals: what the firm states, what is known of it already, and what it asks."""

    title: Text
    state: Text
    known: tuple[Text, ...]
    ask: tuple[Text, ...]
    sources: tuple[str, ...]


class DemoItem(Item):
    """What to have shown of a function that must be there, and what to look at."""

    function: str
    title: Text
    demo: Text
    watch: Text
    why: Text
    sources: tuple[str, ...]


class Selection(Item):
    """Everything said about choosing a system.

    ``recommended_way`` is the one the project is planned for; ``way_note`` says why others with more points are not, why it
    is where another costs less, or why there is none: by ``way_ahead`` points another has to be ahead. ``goals`` are what
    must improve for it to pay. ``currency_note`` says that the currency is a choice, where the firm's home has several.
    ``citations`` are the sources it adds to those of the assessment.
    """

    settings: SettingsItem
    currency: Currency
    years: int
    discount: float
    emphasis: Text | None
    outcome: OutcomeItem
    options: tuple[OptionItem, ...]
    wanted: tuple[WantedItem, ...]
    dropped: tuple[DroppedItem, ...]
    recommended_way: Deployment | None
    way_note: Text | None
    way_ahead: float
    goals: tuple[GoalItem, ...]
    weights: tuple[WeighItem, ...]
    candidates: tuple[CandidateItem, ...]
    robust: RobustItem | None
    forgotten: tuple[Text, ...]
    cost_note: Text
    note: Text
    demos: tuple[DemoItem, ...]
    advisers: tuple[AdviserItem, ...]
    tender: tuple[TenderItem, ...]
    product_money: ProductMoneyItem | None = None
    currency_note: Text | None = None
    citations: dict[str, Citation] = Field(default_factory=dict)

    def survivors(self) -> tuple[CandidateItem, ...]:
        """The products not excluded: those with a known price in order of rank, then those on request in theirs."""
        ranked = [c for c in self.candidates if c.rank is not None]
        return tuple(sorted(ranked, key=lambda c: (c.price == "on_request", c.rank)))
