"""Rules and their conclusions."""

import datetime
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from advisor.knowledge.schema.base import Authored, Basis, Level, Limit, Model, Name, Premises, Priority
from advisor.text import Text


class Conclusion(Authored):
    """Base of what a rule concludes: one key says the kind, its value names the finding."""

    kind: ClassVar[str]
    """The kind of finding concluded, e.g. ``risk``."""

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        cls.kind = next(iter(cls.model_fields))

    @property
    def target(self) -> str:
        """The id of the finding (for evidence: of the model)."""
        value: str = getattr(self, self.kind)
        return value


class EvidenceThen(Conclusion):
    """Speaks for (or, with a negative weight, against) one operating model."""

    evidence: Model
    weight: float


class NeedThen(Conclusion):
    """Concludes a need."""

    need: Name


class FunctionThen(Conclusion):
    """Asks for a function with a priority; of several rules the strongest priority holds."""

    function: Name
    priority: Priority


class PracticeThen(Conclusion):
    """Says that a practice is worth having for this firm."""

    practice: Name


class MisconceptionThen(Conclusion):
    """Finds a misconception."""

    misconception: Name


class CautionThen(Conclusion):
    """Adds a caution."""

    caution: Name


class LighterThen(Conclusion):
    """Speaks for something lighter than a CRM system."""

    lighter: Name


class ConditionThen(Conclusion):
    """Sets a condition."""

    condition: Name


class BlockerThen(Conclusion):
    """Sets a blocker."""

    blocker: Name


class LegalCheckThen(Conclusion):
    """Puts a point on the list of legal checks."""

    legal_check: Name


class RiskThen(Conclusion):
    """Finds a risk with a likelihood class; of several rules the highest likelihood holds."""

    risk: Name
    likelihood: Level


class OptionThen(Conclusion):
    """Speaks for an option (or, with negative points, against it); ``hard`` rules it out whatever speaks for it."""

    option: Name
    points: float = Field(default=0, ge=-100, le=100)
    hard: bool = False

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if self.hard == bool(self.points):
            raise ValueError("an option gets either `points`, above or below 0, or `hard: true`")
        return self


class TaskThen(Conclusion):
    """Asks for a task."""

    task: Name


class BenefitThen(Conclusion):
    """Promises a benefit."""

    benefit: Name


class ApproachThen(Conclusion):
    """Gives advice on how to go about it."""

    approach: Name


CONCLUSIONS: tuple[type[Conclusion], ...] = (
    EvidenceThen, NeedThen, FunctionThen, PracticeThen, MisconceptionThen, CautionThen, LighterThen, ConditionThen,
    BlockerThen, LegalCheckThen, RiskThen, OptionThen, TaskThen, BenefitThen,
    ApproachThen,
)  # fmt: skip
KINDS: tuple[str, ...] = tuple(next(iter(c.model_fields)) for c in CONCLUSIONS)


def _conclusion_kind(value: Any) -> str | None:
    keys = value if isinstance(value, dict) else type(value).model_fields
    return next((kind for kind in KINDS if kind in keys), None)


AnyConclusion = Annotated[
    Annotated[EvidenceThen, Tag("evidence")]
    | Annotated[NeedThen, Tag("need")]
    | Annotated[FunctionThen, Tag("function")]
    | Annotated[PracticeThen, Tag("practice")]
    | Annotated[MisconceptionThen, Tag("misconception")]
    | Annotated[CautionThen, Tag("caution")]
    | Annotated[LighterThen, Tag("lighter")]
    | Annotated[ConditionThen, Tag("condition")]
    | Annotated[BlockerThen, Tag("blocker")]
    | Annotated[LegalCheckThen, Tag("legal_check")]
    | Annotated[RiskThen, Tag("risk")]
    | Annotated[OptionThen, Tag("option")]
    | Annotated[TaskThen, Tag("task")]
    | Annotated[BenefitThen, Tag("benefit")]
    | Annotated[ApproachThen, Tag("approach")],
    Discriminator(
        _conclusion_kind,
        custom_error_type="no_conclusion",
        custom_error_message="a conclusion starts with one of: " + ", ".join(KINDS),
    ),
]


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


Givens = Annotated[list[Premises], BeforeValidator(_as_list), Field(min_length=1)]


class Cases(Authored):
    """What a rule must make of given facts; each entry holds one set of facts, or a list of such sets.

    Facts are written as in a file of answers; ``found`` and ``not_found`` name findings taken as settled. What is not
    mentioned is missing.
    """

    fires: Givens
    silent: Givens
    undecided: Givens


class Review(Authored):
    """How far a rule has come, and who stands for that since when: ``draft`` by its author alone, ``reviewed`` by somebody
    who did not write it, ``stable`` once it has also stood the test of use. Only a draft needs neither name nor date."""

    status: Literal["draft", "reviewed", "stable"] = "draft"
    by: Text | None = None
    date: datetime.date | None = None

    @model_validator(mode="after")
    def _somebody_stands_for_it(self) -> Self:
        if self.status != "draft" and not (self.by and self.date):
            raise ValueError("what is reviewed or stable says who stands for it (`by`) and since when (`date`)")
        return self


class Rule(Authored):
    """IF the premises of ``when`` hold THEN the conclusions of ``then``; ``text`` says why, ``sources`` who says so.

    ``limit: ours`` says that a number in ``when`` is ours, whoever made the statement.
    """

    id: Name
    when: Premises = Field(min_length=1)
    then: Annotated[list[AnyConclusion], BeforeValidator(_as_list), Field(min_length=1)]
    sources: list[str] = Field(min_length=1)
    basis: Basis
    limit: Limit | None = None
    dated: bool = False
    text: Text
    not_monotone: Text | None = None
    """Why a better answer may make this rule speak against the firm; without it the checks refuse such a rule."""
    cases: Cases | None = None
    review: Review = Review()
    """Of a rule that has none of its own, the one its file gives all its rules; a draft where neither says anything."""

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if len({conclusion.kind for conclusion in self.then}) > 1:
            raise ValueError("all conclusions of a rule are of one kind; let a second rule build on the first")
        return self

    @property
    def kind(self) -> str:
        """The kind of finding this rule concludes."""
        return self.then[0].kind
