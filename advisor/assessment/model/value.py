"""What a system may be worth a year to a firm, lever by lever."""

from typing import Literal

from advisor.assessment.base import Item
from advisor.assessment.model.project import Range
from advisor.knowledge.currency import Currency
from advisor.knowledge.schema.base import Name
from advisor.text import Text

FactorOrigin = Literal["answered", "worked_out", "set", "assumed"]
"""Given by the firm, worked out from what it gave, set by it in place of an assumption, or an assumption of ours."""


class ValueFactorItem(Item):
    """A factor of a lever as it was read for this firm; ``percent`` where it is a share of one."""

    label: Text
    unit: Text | None
    range: Range
    percent: bool
    origin: FactorOrigin


class LeverItem(Item):
    """A lever that is counted: what it may bring a year, and what of its base reading the system costs a year
    (``break_even``: 0.4 means that two fifths of the base reading pay for the system), None where the cost is open."""

    id: Name
    title: Text
    formula: Text
    factors: tuple[ValueFactorItem, ...]
    range: Range
    break_even: float | None
    sources: tuple[str, ...]


class MissingLeverItem(Item):
    """A lever that is not counted, and the codes of the questions that it lacks."""

    id: Name
    title: Text
    codes: tuple[str, ...]


class ValueItem(Item):
    """All levers. ``cost`` is what the system costs a year on average, base reading; ``break_even`` what share of the base
    readings taken together that comes to."""

    currency: Currency
    levers: tuple[LeverItem, ...]
    missing: tuple[MissingLeverItem, ...]
    total: Range | None
    cost: float | None
    break_even: float | None
    note: Text
