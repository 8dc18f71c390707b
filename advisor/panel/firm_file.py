"""The shape of a firm's file in a panel: story, answers, judgements, and the ids of this program that stand for their words.

The judgements are people's words and are never changed. The readings (``met_by``, ``never``, ``first_step_by``, ``system``)
say which ids of this program answer them; each is argued, or says what is missing.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from advisor.assessment.model.selection import OutcomeName
from advisor.knowledge.schema import Level, VerdictName
from advisor.knowledge.schema.base import Authored
from advisor.knowledge.schema.products import Deployment
from advisor.text import single_line

JudgeName = Literal["first", "second"]
JUDGES: tuple[JudgeName, ...] = ("first", "second")
Line = Annotated[str, Field(min_length=1, max_length=6000), AfterValidator(single_line)]
Amount = Annotated[float, Field(strict=True, ge=0, le=1e12)]


def _rising(ends: tuple[float, float]) -> tuple[float, float]:
    if ends[0] > ends[1]:
        raise ValueError("the first number must not be above the second")
    return ends


Range = Annotated[tuple[Amount, Amount], AfterValidator(_rising)]
"""The lowest and the highest value that is plausible."""


class SystemJudgement(Authored):
    """Kinds of system, and ways of running one, that suit the firm and that do not."""

    acceptable: tuple[Line, ...]
    not_acceptable: tuple[Line, ...] = ()


class Judgement(Authored):
    """What one person judged. Sums in RMB without the firm's own staff; a range is null where nothing should be bought."""

    situation: tuple[Line, ...] = ()
    verdict: VerdictName
    also_acceptable: tuple[VerdictName, ...] = ()
    need: Level | None
    why: Line
    must_raise: tuple[Line, ...]
    must_not: tuple[Line, ...] = ()
    first_step: Line | None = None
    kind: SystemJudgement | None = None
    users: Range | None = None
    first_year_cost_rmb: Range | None = None
    project_weeks: Range | None = None


class Judgements(Authored):
    """One judgement, or two made independently of each other."""

    first: Judgement
    second: Judgement | None = None

    def by_judge(self) -> dict[JudgeName, Judgement]:
        """The judgements there are, in order."""
        both: dict[JudgeName, Judgement | None] = {"first": self.first, "second": self.second}
        return {name: judgement for name, judgement in both.items() if judgement}


Ids = tuple[str | tuple[str, ...], ...]
"""Ids of which any one suffices; a list inside them stands for all its ids together."""


class Reading(Authored):
    """What answers an expectation: ``by`` these ids ``because`` …; or what is ``missing`` for it; or why it is ``outside``
    what the firm's answers can tell."""

    by: Ids = ()
    because: Line | None = None
    missing: Line | None = None
    outside: Line | None = None

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        if [bool(self.by), self.missing is not None, self.outside is not None].count(True) != 1:
            raise ValueError("needs exactly one of: by, missing, outside")
        if bool(self.by) != (self.because is not None):
            raise ValueError("by and because go together")
        return self


class Ban(Authored):
    """What a ``must_not`` means: none of ``ids`` may be advised, and no so many users; or why it is ``unchecked``."""

    ids: tuple[str, ...] = ()
    users_from: Amount | None = None
    because: Line | None = None
    unchecked: Line | None = None

    @model_validator(mode="after")
    def _checked_or_not(self) -> Self:
        checked = bool(self.ids) or self.users_from is not None
        if checked == (self.unchecked is not None) or checked != (self.because is not None):
            raise ValueError("needs ids or users_from with because, or unchecked")
        return self


class SystemReading(Authored):
    """What ``kind`` means in ids: outcomes, ways, kinds and products that suit; a part left out is not compared."""

    outcomes: tuple[OutcomeName, ...] = ()
    ways: tuple[Deployment, ...] = ()
    kinds: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    because: Line


class FirmFile(Authored):
    """A firm of a panel. The capital letters its id begins with name the group it is reported in."""

    id: str = Field(pattern=r"^[A-Z]{1,4}[0-9]{1,4}$")
    name: Line
    story: Line
    answers: dict[str, Any]
    line_b: dict[str, Any] | None = None
    judgements: Judgements
    met_by: dict[JudgeName, dict[int, Reading]] = Field(default_factory=dict)
    never: dict[JudgeName, dict[int, Ban]] = Field(default_factory=dict)
    first_step_by: Reading | None = None
    system: SystemReading | None = None
    dispute: Line | None = None

    @property
    def group(self) -> str:
        """The letters of the id."""
        return self.id.rstrip("0123456789")
