"""What a comparison of a firm comes to: each expectation of its judges with what became of it."""

from __future__ import annotations

from typing import Literal

from advisor.assessment.base import Item
from advisor.assessment.verdict import Certainty
from advisor.knowledge.schema import Level, VerdictName
from advisor.panel.figures import FigureComparison
from advisor.panel.firm_file import JudgeName
from advisor.text import Text

Agreement = Literal["exact", "acceptable", "wrong"]
"""As one of the judges said; as one of them would accept; neither."""
RaisedState = Literal["prominent", "found", "absent", "not_read", "outside"]
"""Where a reader cannot miss it; somewhere; nowhere; nobody said yet which ids answer it; the answers cannot tell."""
StepState = Literal["named", "absent", "not_read", "outside"]
BanState = Literal["kept", "violated", "unchecked", "not_read"]


class RaisedComparison(Item):
    """Something the advice must raise: where it is, by which ids, and why these ids answer it or what is missing."""

    judge: JudgeName
    number: int
    text: str
    state: RaisedState
    by: tuple[str, ...]
    note: str | None


class BanComparison(Item):
    """Something the advice must not say, and the ids by which it is said all the same."""

    judge: JudgeName
    number: int
    text: str
    state: BanState
    by: tuple[str, ...]
    note: str | None


class FirstStepComparison(Item):
    """The step that must come first, and whether it is among the first tasks."""

    text: str
    state: StepState
    by: tuple[str, ...]
    note: str | None


class SystemComparison(Item):
    """The outcome of the choice, the leading kind, the recommended way and the first products; None where not compared."""

    outcome: str | None
    kind: str | None
    way: str | None
    products: tuple[str, ...]
    suits: bool | None
    plausible_products: int | None


class FirmComparison(Item):
    """Everything compared of one firm. ``judged`` are the judges' verdicts, ``judged_need`` their classes of need."""

    id: str
    group: str
    name: str
    verdict: VerdictName
    certainty: Certainty
    judged: tuple[VerdictName, ...]
    agreement: Agreement
    need: str | None
    judged_need: tuple[Level | None, ...]
    reasons: tuple[Text, ...]
    must_raise: tuple[RaisedComparison, ...]
    must_not: tuple[BanComparison, ...]
    first_step: FirstStepComparison | None
    system: SystemComparison
    users: FigureComparison
    first_year_cost: FigureComparison
    weeks: FigureComparison
    cost_spread: float | None
    dispute: str | None
