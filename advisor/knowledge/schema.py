"""The shape of every YAML file of the knowledge: what an author may write, checked field by field.

A file holds any of the sections of :class:`KnowledgeFile`; names that point from one section to another are checked in
:mod:`advisor.knowledge.checks`. All models are frozen: once loaded, knowledge does not change.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from advisor.text import Text

Basis = Literal["stated", "inferred", "external"]
Model = Literal["consumer", "industrial", "project", "key_account"]
Level = Literal["low", "medium", "high"]
Priority = Literal["must", "should", "could"]
Role = Literal["chief_executive", "sales", "marketing", "service", "it", "finance", "hr", "operations", "staff"]
Phase = Literal["prepare", "data_and_process", "pilot", "roll_out", "improve"]
QuestionType = Literal["scale", "choice", "multi", "yes_no", "number", "percent", "money", "list"]
VerdictName = Literal["feasible", "conditional", "not_yet", "not_needed_now", "not_enough_answers"]

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Points = Annotated[float, Field(ge=0, le=100)]
Premises = dict[str, Any]

MODELS: tuple[Model, ...] = ("consumer", "industrial", "project", "key_account")
PHASES: tuple[Phase, ...] = ("prepare", "data_and_process", "pilot", "roll_out", "improve")


class Authored(BaseModel):
    """Base of all: nothing may be added to a loaded entry, and unknown fields are mistakes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# --- questionnaires ---------------------------------------------------------------------------------------------------


class Scale(Authored):
    """Ordered answers, lowest value first, every step anchored in words."""

    steps: dict[int, Text] = Field(min_length=2)


class Section(Authored):
    """A part of the questionnaire, headed by a letter of the catalogue."""

    id: Name
    code: str
    order: int
    title: Text
    intro: Text


class Question(Authored):
    """One thing asked. Its id is the name of the fact that rules use; ``code`` is its code in the catalogue."""

    id: Name
    code: Annotated[str, Field(pattern=r"^[A-K][0-9]{1,2}[a-e]?$")]
    type: QuestionType
    scale: Name | None = None
    options: Name | None = None
    unit: Text | None = None
    integer: bool = False
    min: float | None = None
    max: float | None = None
    text: Text
    help: Text | None = None
    why: Text
    claims: list[str] = Field(min_length=1)
    role: Role
    evidence: Text | None = None
    ask_if: Premises | None = None

    @model_validator(mode="after")
    def _answers_are_listed(self) -> Question:
        if (self.type == "scale") != (self.scale is not None):
            raise ValueError("a question of type scale names its `scale`, and only such a question does")
        if (self.type in ("choice", "multi")) != (self.options is not None):
            raise ValueError("a question of type choice or multi names its `options`, and only such a question does")
        return self


class Edition(Authored):
    """A selection of questions for one occasion; ``all`` is the whole catalogue."""

    id: Name
    minutes: int
    title: Text
    about: Text
    questions: list[Name] | Literal["all"]


# --- sources ----------------------------------------------------------------------------------------------------------


class Source(Authored):
    """One of the six papers, with its section headings."""

    id: Annotated[str, Field(pattern=r"^P[1-9]$")]
    kind: Literal["paper"]
    title: Text
    origin: Text
    year: int | None
    year_note: Text | None = None
    sections: dict[str, Text]


class Claim(Authored):
    """One statement of a paper in our words."""

    section: str
    kind: Literal[
        "principle", "need", "risk", "mitigation", "acquisition", "threshold", "capability", "crm_function",
        "feasibility_factor", "evaluation", "benefit", "classification", "misconception", "service_practice",
    ]  # fmt: skip
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    dated: bool = False
    note: Text | None = None

    @property
    def text(self) -> Text:
        """The statement in both languages."""
        return Text(zh=self.zh, en=self.en)


class External(Authored):
    """A work outside the six papers."""

    citation: str
    year: int
    confidence: Level
    says: Text


# --- vocabulary: bands, scores, models, verdict -----------------------------------------------------------------------


class BandStep(Authored):
    """One class of a banded number: all values under ``below`` that no earlier step took."""

    id: Name
    below: float | None = None
    label: Text


class Band(Authored):
    """An ordered class read off a number, e.g. firm size from head count."""

    label: Text
    of: Name
    steps: list[BandStep] = Field(min_length=2)
    sources: list[str] = []
    basis: Basis
    note: Text | None = None

    @model_validator(mode="after")
    def _steps_rise_without_gap(self) -> Band:
        limits = [step.below for step in self.steps]
        if limits[-1] is not None:
            raise ValueError("the last step must have no `below`: it takes all that is left")
        rising = [limit for limit in limits[:-1] if limit is not None]
        if len(rising) != len(limits) - 1 or rising != sorted(set(rising)):
            raise ValueError("every step but the last needs a `below`, each larger than the one before")
        return self


class ScoreInput(Authored):
    """One input of a score: a fact mapped to 0–100 points, or another score.

    A scale maps evenly from its first to its last step. ``points`` maps a number by straight lines between the points
    given (flat outside); ``values`` maps each option of a choice; ``reversed`` turns 0–100 around.
    """

    fact: Name | None = None
    score: Name | None = None
    weight: float = Field(default=1, gt=0)
    reversed: bool = False
    points: dict[float, Points] | None = None
    values: dict[str, Points] | None = None
    sources: list[str] = []

    @model_validator(mode="after")
    def _one_thing(self) -> ScoreInput:
        if (self.fact is None) == (self.score is None):
            raise ValueError("an input names either a `fact` or a `score`")
        return self


class Score(Authored):
    """A number from 0 to 100: the weighted mean, or the largest, of its inputs."""

    label: Text
    about: Text
    combine: Literal["mean", "max"] = "mean"
    inputs: list[ScoreInput] = Field(min_length=1)
    sources: list[str] = []
    basis: Basis
    advice: Text | None = None


class ModelKind(Authored):
    """One of the four operating models, and where it lies on the two axes."""

    label: Text
    about: Text
    product: Literal["low", "high"]
    decision: Literal["low", "high"]
    sources: list[str]


class ModelScheme(Authored):
    """How the operating model is read: the axes, the width of the fuzzy middle, and what counts as mixed."""

    product_axis: Name
    decision_axis: Name
    middle: tuple[Points, Points]
    axis_weight: float = Field(gt=0)
    mixed_margin: float = Field(ge=0, le=1)
    kinds: dict[Model, ModelKind]


class ScoreClass(Authored):
    """A class of need or ability: all scores under ``below`` that no earlier class took."""

    id: Name
    below: Points | None = None
    label: Text


class VerdictScheme(Authored):
    """The cut-offs of the verdict. No paper gives any: they are ours, named, and meant to be edited."""

    need: Name
    ability: Name
    classes: list[ScoreClass] = Field(min_length=2)
    enough_answers: float = Field(ge=0, le=1)
    need_too_low: Points
    need_open: Points
    ability_too_low: Points
    ability_enough: Points
    weak_factor: Points
    sources: list[str]
    note: Text


# --- findings ---------------------------------------------------------------------------------------------------------


class Finding(Authored):
    """What a rule can conclude. ``title`` names it, ``text`` says it in a sentence or two."""

    id: Name
    title: Text
    text: Text


class Need(Finding):
    """Something CRM must do for this firm: the base need of all, or a specific need of its model."""

    kind: Literal["need"]
    scope: Literal["base", "specific"]


class Function(Finding):
    """A module of a CRM system."""

    kind: Literal["function"]


class Misconception(Finding):
    """A wrong idea of CRM held in the firm, and the right one."""

    kind: Literal["misconception"]
    correction: Text


class Caution(Finding):
    """Something a reader should keep in mind: contradicting answers, a dated figure, an assumption."""

    kind: Literal["caution"]


class Lighter(Finding):
    """Why a CRM system is not needed now, and the lighter thing to do instead."""

    kind: Literal["lighter"]
    revisit: Text


class Condition(Finding):
    """Something that must be put right for the project to go ahead; it stands outside the scores."""

    kind: Literal["condition"]
    lifted_by: Text


class Blocker(Finding):
    """Something that rules the project out until it is lifted; it stands outside the scores."""

    kind: Literal["blocker"]
    lifted_by: Text


class Risk(Finding):
    """What may go wrong: cause, effect, counter-measure (reduce or transfer), owner and early sign."""

    kind: Literal["risk"]
    impact: Level
    cause: Text
    effect: Text
    strategy: Literal["reduce", "transfer"]
    measure: Text
    owner: Role
    sign: Text


class Recommendation(Finding):
    """Something to do. Effort in person-days, duration in weeks; both are working assumptions."""

    kind: Literal["recommendation"]
    phase: Phase
    days: tuple[int, int]
    weeks: int = Field(ge=1)
    owner: Role
    exit: Text
    after: list[Name] = []
    fits: list[VerdictName] = ["feasible", "conditional", "not_yet", "not_enough_answers"]


class Benefit(Finding):
    """What the firm may gain. Benefits never raise a score."""

    kind: Literal["benefit"]


AnyFinding = Annotated[
    Need | Function | Misconception | Caution | Lighter | Condition | Blocker | Risk | Recommendation | Benefit,
    Field(discriminator="kind"),
]


# --- rules ------------------------------------------------------------------------------------------------------------


class Conclusion(Authored):
    """Base of what a rule concludes: one key says the kind, its value names the finding."""

    @property
    def kind(self) -> str:
        """The kind of finding concluded, e.g. ``risk``."""
        return next(iter(type(self).model_fields))

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


class RiskThen(Conclusion):
    """Finds a risk with a likelihood class; of several rules the highest likelihood holds."""

    risk: Name
    likelihood: Level


class RecommendationThen(Conclusion):
    """Recommends something."""

    recommendation: Name


class BenefitThen(Conclusion):
    """Promises a benefit."""

    benefit: Name


CONCLUSIONS: tuple[type[Conclusion], ...] = (
    EvidenceThen, NeedThen, FunctionThen, MisconceptionThen, CautionThen, LighterThen, ConditionThen, BlockerThen,
    RiskThen, RecommendationThen, BenefitThen,
)  # fmt: skip
KINDS: tuple[str, ...] = tuple(next(iter(c.model_fields)) for c in CONCLUSIONS)


def _conclusion_kind(value: Any) -> str | None:
    keys = value if isinstance(value, dict) else type(value).model_fields
    return next((kind for kind in KINDS if kind in keys), None)


AnyConclusion = Annotated[
    Annotated[EvidenceThen, Tag("evidence")]
    | Annotated[NeedThen, Tag("need")]
    | Annotated[FunctionThen, Tag("function")]
    | Annotated[MisconceptionThen, Tag("misconception")]
    | Annotated[CautionThen, Tag("caution")]
    | Annotated[LighterThen, Tag("lighter")]
    | Annotated[ConditionThen, Tag("condition")]
    | Annotated[BlockerThen, Tag("blocker")]
    | Annotated[RiskThen, Tag("risk")]
    | Annotated[RecommendationThen, Tag("recommendation")]
    | Annotated[BenefitThen, Tag("benefit")],
    Discriminator(
        _conclusion_kind,
        custom_error_type="no_conclusion",
        custom_error_message="a conclusion starts with one of: " + ", ".join(KINDS),
    ),
]


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


class Rule(Authored):
    """IF the premises of ``when`` hold THEN the conclusions of ``then``; ``text`` says why, ``sources`` who says so."""

    id: Name
    when: Premises = Field(min_length=1)
    then: Annotated[list[AnyConclusion], BeforeValidator(_as_list), Field(min_length=1)]
    sources: list[str] = Field(min_length=1)
    basis: Basis
    dated: bool = False
    text: Text

    @model_validator(mode="after")
    def _one_kind(self) -> Rule:
        if len({conclusion.kind for conclusion in self.then}) > 1:
            raise ValueError("all conclusions of a rule are of one kind; let a second rule build on the first")
        return self

    @property
    def kind(self) -> str:
        """The kind of finding this rule concludes."""
        return self.then[0].kind


# --- files ------------------------------------------------------------------------------------------------------------


class RulesFile(Authored):
    """A file of ``rules/``: any of these sections, by theme."""

    theme: Text | None = None
    bands: dict[Name, Band] = {}
    scores: dict[Name, Score] = {}
    models: ModelScheme | None = None
    verdict: VerdictScheme | None = None
    findings: list[AnyFinding] = []
    rules: list[Rule] = []
    source: Source | None = None
    claims: dict[str, Claim] = {}
    external: dict[Name, External] = {}


class QuestionsFile(Authored):
    """A file of ``questionnaires/``: scales, options, a section with its questions, or an edition."""

    scales: dict[Name, Scale] = {}
    options: dict[Name, dict[Name, Text]] = {}
    section: Section | None = None
    questions: list[Question] = []
    edition: Edition | None = None
