"""What a rule can conclude."""

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from advisor.knowledge.schema.base import Authored, Level, Name, Premises, Role, VerdictName
from advisor.knowledge.schema.products import Kind
from advisor.knowledge.schema.selecting import Span
from advisor.text import Text

ProjectStage = Literal["bid", "contract", "design", "site", "people", "environment"]
"""Where in a construction project a risk arises, in the order of the work (paper 3)."""
Strikes = Literal["now", "before_contract", "in_project", "in_use", "beside"]
"""How soon a risk may strike: already, with a system or without; in deciding on one; until going live; or after it.
``beside`` is a danger of the trade that a project does not bring about."""
FindingKind = Literal[
    "need", "function", "practice", "misconception", "caution", "lighter", "condition", "blocker", "legal_check", "risk",
    "option", "task", "benefit", "approach",
]  # fmt: skip
Timing = Literal["now", "before_contract", "first_stage", "roll_out", "beside"]
"""When advice on the approach is taken up: this week, with no system; before anything is signed; in the first stage; when
more teams follow; or outside the project altogether, which no system takes care of."""
PracticeGroup = Literal["acquisition", "before_sale", "during_sale", "after_sale", "site", "retention"]
"""Ways of winning customers (paper 1); online service by stage, the tools of the site, and retention (paper 2)."""


class Wording(Authored):
    """Words of a finding in place of its own: for firms of which ``when`` holds, a premise over answers and bands, or under
    some ``verdicts``, or both. What it leaves out is told as the finding has it."""

    when: Premises = {}
    verdicts: list[VerdictName] = []
    title: Text | None = None
    text: Text | None = None
    cause: Text | None = None
    effect: Text | None = None
    measure: Text | None = None
    sign: Text | None = None
    owner: Role | None = None
    lifted_by: Text | None = None
    done_when: Text | None = None
    regime: Text | None = None

    @property
    def words(self) -> dict[str, Text | Role]:
        """What it puts in place of a finding's own, by field."""
        return {name: value for name in WORDED if (value := getattr(self, name)) is not None}

    @model_validator(mode="after")
    def _is_meant_for_some(self) -> Self:
        if not (self.when or self.verdicts):
            raise ValueError("a wording says for whom it is meant: `when`, or `verdicts`")
        if not self.words:
            raise ValueError(f"a wording has words of its own: {', '.join(WORDED)}")
        if "found" in str(self.when):
            raise ValueError("`when` of a wording is about answers and bands, not about what was found")
        return self


WORDED = ("title", "text", "cause", "effect", "measure", "sign", "owner", "lifted_by", "done_when", "regime")
"""The fields of a finding that a wording may replace."""


class Finding(Authored):
    """What a rule can conclude. ``title`` names it, ``text`` says it in a sentence or two. Of advice on how to go about it,
    cautions and tasks, ``told_with`` are questions whose answers are told with it, as which line of business or team it is:
    some of their answers, or any where none is listed. ``wordings`` say it otherwise to some firms; the first that fits is
    told."""

    id: Name
    title: Text
    text: Text
    told_with: dict[Name, list[str]] = {}
    wordings: list[Wording] = []
    kind: FindingKind

    @model_validator(mode="after")
    def _has_what_its_wordings_replace(self) -> Self:
        if strange := {name for wording in self.wordings for name in wording.words if name not in type(self).model_fields}:
            raise ValueError(f"a {self.kind} has no {', '.join(sorted(strange))} that a wording could replace")
        return self


class Need(Finding):
    """Something CRM must do for this firm: the base need of all, or a specific need of its model."""

    kind: Literal["need"]
    scope: Literal["base", "specific"]


class Function(Finding):
    """A module of a CRM system. ``without`` says who can do without it; ``demo`` what a vendor should be made to show, with
    the firm's own cases, and ``watch`` what to look at while it is shown."""

    kind: Literal["function"]
    without: Text
    demo: Text
    watch: Text


class Option(Finding):
    """One of several kinds of CRM, of kinds of system, or of ways of running it; rules add or take points, or rule it out.
    ``system``: of group ``system``, the kind of product that it stands for."""

    kind: Literal["option"]
    group: Literal["crm_type", "system", "deployment"]
    system: Kind | None = None

    @model_validator(mode="after")
    def _names_its_products(self) -> Self:
        if (self.group == "system") != (self.system is not None):
            raise ValueError("an option of group `system`, and no other, names the `system` it stands for")
        return self


class Misconception(Finding):
    """A wrong idea of CRM held in the firm, and the right one."""

    kind: Literal["misconception"]
    correction: Text


class Caution(Finding):
    """Something a reader should keep in mind: contradicting answers, a dated figure, an assumption.

    ``verdicts`` are those under which it is told: what speaks of choosing or buying is silent where nothing is bought.
    It is silent where one of ``unless`` is told, which says more.
    """

    kind: Literal["caution"]
    unless: list[Name] = []
    verdicts: Annotated[list[VerdictName], Field(min_length=1)] = list(get_args(VerdictName))


class Lighter(Finding):
    """Why a CRM system is not needed now, and the simpler alternative.

    ``carries``: the answers under which it copes, each below its limit. ``rmb_year``: what is paid to others a year, low,
    base and high. It is not told where one of the alternatives in ``unless`` is, which then takes its place.
    """

    kind: Literal["lighter"]
    revisit: Text
    carries: dict[Name, float] = {}
    rmb_year: Span = (0, 0, 0)
    unless: list[Name] = []


Presumes = Literal["new_system", "project", "nothing"]
"""What a condition or blocker stands in the way of: bringing in a new system; any project with one, such as mending or
merging those there are; or whatever is done with customer data."""


class Condition(Finding):
    """Something that must be put right for the project to go ahead; it stands outside the scores.

    It is told with the first of the conditions and blockers in ``unless`` that holds, which names its cause or weighs
    more. ``lifted_by`` is what would lift it, where no task does: else it is lifted when its tasks are done. ``presumes``
    says what it stands in the way of: to a firm that does nothing of the kind it is told as something for later.
    """

    kind: Literal["condition"]
    lifted_by: Text | None = None
    presumes: Presumes = "project"
    unless: list[Name] = []


class Blocker(Finding):
    """Something that rules the project out until it is lifted; it stands outside the scores.

    ``lifted_by`` and ``presumes`` are as for a condition.
    """

    kind: Literal["blocker"]
    lifted_by: Text | None = None
    presumes: Presumes = "project"


class Risk(Finding):
    """What may go wrong: cause, effect, counter-measure (reduce or transfer), owner and early sign."""

    kind: Literal["risk"]
    impact: Level
    strikes: Strikes = "in_use"
    cause: Text
    effect: Text
    strategy: Literal["reduce", "transfer"]
    measure: Text
    owner: Role
    sign: Text
    stage: ProjectStage | None = None


class Practice(Finding):
    """A way of winning, serving or keeping customers worth having; ``shown_by`` tells from the answers if it is in use."""

    kind: Literal["practice"]
    group: PracticeGroup
    shown_by: Premises | None = None


class LegalCheck(Finding):
    """A point of law to raise with counsel: ``text`` says what to check and never what the law concludes for the firm.
    ``law_of`` are the places, as answers to where a firm is at home, whose law on personal data at large it is."""

    kind: Literal["legal_check"]
    regime: Text
    law_of: tuple[Name, ...] = ()


class Benefit(Finding):
    """What the firm may gain. Benefits never raise a score."""

    kind: Literal["benefit"]


class Approach(Finding):
    """Advice on how to go about it: where to begin and with how many, what to settle with whom, what no system mends.

    ``weight``, 1 to 100, says what is told first: how much a firm loses that does not do so. It is ours. ``verdicts`` are
    those under which it is told. It is silent where one of ``unless`` is told, which comes first. ``with_present_crm`` says
    whether it fits a firm that stays with the CRM system it has; where that is not said, what is done now or beside any
    project does, and what leads up to a new system does not.
    """

    kind: Literal["approach"]
    timing: Timing
    unless: list[Name] = []
    weight: int = Field(ge=1, le=100)
    verdicts: Annotated[list[VerdictName], Field(min_length=1)] = ["feasible", "conditional"]
    with_present_crm: bool | None = None

    @property
    def fits_staying(self) -> bool:
        """Whether it fits a firm that stays with the CRM system it has."""
        return self.timing in ("now", "beside") if self.with_present_crm is None else self.with_present_crm


AnyFinding = Annotated[
    Need
    | Function
    | Practice
    | Misconception
    | Caution
    | Lighter
    | Condition
    | Blocker
    | LegalCheck
    | Risk
    | Option
    | Benefit
    | Approach,
    Field(discriminator="kind"),
]
