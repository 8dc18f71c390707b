"""Which kind of CRM, which functions, which products, at what cost: the parts of an assessment that say so.

Filled by ``advisor.selection``. Texts are final and in both languages. Amounts are in ``Selection.currency``.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from advisor.assessment.base import Citation, Item
from advisor.assessment.model.cost import RouteItem, Span
from advisor.knowledge.currency import Currency
from advisor.knowledge.schema.base import Basis, Level, Priority
from advisor.knowledge.schema.products import Deployment, Support
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


class SettingsItem(Item):
    """What a firm set for its selection; everything left out stays as the knowledge has it."""

    years: Literal[3, 5] | None = None
    currency: Currency | None = None
    languages: tuple[str, ...] | None = Field(default=None, min_length=1, max_length=20)
    emphasis: str | None = None
    criteria: dict[CriterionName, Weight] = Field(default_factory=dict)
    functions: dict[str, Priority | Weight] = Field(default_factory=dict)
    figures: dict[str, OwnSpan] = Field(default_factory=dict)


class PointItem(Item):
    """One reason for or against an option: the rule, what it says, and the points it adds (0 where it rules out)."""

    rule: str
    text: Text
    points: float
    hard: bool
    basis: Basis
    sources: tuple[str, ...]


class OptionItem(Item):
    """A kind of CRM, or a way of running it, with its points (0 to 100) and the range that missing answers leave."""

    id: str
    group: Literal["crm_type", "deployment"]
    title: Text
    text: Text
    points: float
    low: float
    high: float
    hard: bool
    reasons: tuple[PointItem, ...]
    open: tuple[str, ...]
    """Codes of the questions that could still change it."""
    hard_open: tuple[str, ...]
    """Codes of the questions that could still rule it out."""


class WantedItem(Item):
    """A function asked for, with its priority and weight; ``changed`` where the firm set them itself."""

    function: str
    title: Text
    priority: Priority
    weight: float = Field(ge=0)
    changed: bool


class DroppedItem(Item):
    """A function left out, why, and the codes of questions whose answers could bring it back."""

    function: str
    title: Text
    reason: Text
    sources: tuple[str, ...]
    open: tuple[str, ...]


class FactItem(Item):
    """A fact of a product as it is shown: ``value`` None where it is not known; ``stale`` where it is past its date."""

    fact: str
    label: Text
    value: Text | None
    citation: str | None
    checked: date | None
    expires: date | None
    confidence: Level | None
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
    confidence: Level | None
    stale: bool | None


class CandidateItem(Item):
    """A product of the catalogue, sifted and, where it survives, ranked. Points run from 0 to 100."""

    product: str
    name: Text
    maker: Text
    about: Text
    status: Status
    way: Deployment | None
    excluded: tuple[RemarkItem, ...]
    asks: tuple[RemarkItem, ...]
    depends: tuple[RemarkItem, ...]
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
    cost: Span | None = None
    first_year: Span | None = None


class WeighItem(Item):
    """A criterion with the weight it has here."""

    criterion: CriterionName
    title: Text
    about: Text
    weight: float


class OutcomeItem(Item):
    """What the selection comes to: a short list, or something better than one, and the products it speaks of."""

    name: OutcomeName
    title: Text
    text: Text
    products: tuple[str, ...]
    notes: tuple[Text, ...]


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
    """Everything said about choosing a system. ``citations`` are the sources it adds to those of the assessment."""

    settings: SettingsItem
    currency: Currency
    years: int
    discount: float
    emphasis: Text | None
    outcome: OutcomeItem
    options: tuple[OptionItem, ...]
    wanted: tuple[WantedItem, ...]
    dropped: tuple[DroppedItem, ...]
    routes: tuple[RouteItem, ...]
    recommended_way: Deployment | None
    weights: tuple[WeighItem, ...]
    candidates: tuple[CandidateItem, ...]
    robust: RobustItem | None
    forgotten: tuple[Text, ...]
    cost_note: Text
    note: Text
    demos: tuple[DemoItem, ...]
    advisers: tuple[AdviserItem, ...]
    tender: tuple[TenderItem, ...]
    citations: dict[str, Citation] = Field(default_factory=dict)

    def survivors(self) -> tuple[CandidateItem, ...]:
        """The products not excluded, in order of rank."""
        ranked = [c for c in self.candidates if c.rank is not None]
        return tuple(sorted(ranked, key=lambda c: c.rank or 0))
