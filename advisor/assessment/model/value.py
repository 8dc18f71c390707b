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
    """A factor of a lever as it was read for this firm; ``percent`` where it is a share of one, ``money`` where it is a sum
    in the currency of all others. ``by`` says which answer an assumption of ours goes by."""

    label: Text
    unit: Text | None
    range: Range
    percent: bool
    origin: FactorOrigin
    money: bool = False
    by: Text | None = None


class LeverItem(Item):
    """A lever that is counted: what it may bring a year, and what of its base reading the system costs a year
    (``break_even``: 0.4 means that two fifths of the base reading pay for the system), None where the cost is open.
    ``bound`` says what it was held down to, where its factors come to more."""

    id: Name
    title: Text
    formula: Text
    factors: tuple[ValueFactorItem, ...]
    range: Range
    break_even: float | None
    sources: tuple[str, ...]
    bound: Text | None = None


class MissingLeverItem(Item):
    """A lever that is not counted, and the codes of the questions that it lacks."""

    id: Name
    title: Text
    codes: tuple[str, ...]


class DoubtedLeverItem(MissingLeverItem):
    """A lever that is not counted, since its answers and the number of people contradict each other; ``text`` says how."""

    text: Text


class ValueItem(Item):
    """All levers; those in ``doubted`` are asked about instead. ``cost`` is what the system costs a year on average, base
    reading; ``break_even`` what share of the base readings taken together that comes to."""

    currency: Currency
    levers: tuple[LeverItem, ...]
    missing: tuple[MissingLeverItem, ...]
    doubted: tuple[DoubtedLeverItem, ...] = ()
    total: Range | None
    cost: float | None
    break_even: float | None
    note: Text
