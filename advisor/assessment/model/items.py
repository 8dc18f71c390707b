"""The parts of an assessment: answers, scores, findings, the plan and the trace of rules behind them."""

from typing import Literal

from pydantic import Field

from advisor.assessment.base import Item
from advisor.assessment.model.project import Range
from advisor.assessment.verdict import Certainty
from advisor.knowledge.schema import (
    Basis,
    Doubt,
    Level,
    Limit,
    Model,
    Phase,
    PracticeGroup,
    Priority,
    ProjectStage,
    Role,
    Strikes,
    Timing,
    VerdictName,
)
from advisor.text import Text

MAX_WEEKS = 100_000


class AnnotationItem(Item):
    """What stands beside an answer, each part empty where nothing was said: a note, what shows the answer, where it comes
    from, who gave it (``by``) and when (``on``), how sure it is, who may see this, and the words a person used for an answer
    known within bounds."""

    note: str
    evidence: str
    source: str
    by: str
    on: str
    confidence: Literal["high", "medium", "low", ""]
    visible: Literal["client", "internal", ""]
    words: str


class AnswerItem(Item):
    """An answer as given: status, the value (None where it is not known), the value in words, and what stands beside it;
    ``says`` is what it says of the firm, as a sentence, where one is written."""

    question: str
    code: str
    section: Text
    text: Text
    status: Literal["known", "within", "unknown", "not_applicable", "unanswered"]
    value: int | float | str | tuple[str, ...] | None
    shown: Text
    annotation: AnnotationItem | None
    says: Text | None = None


class RemarkItem(Item):
    """Answers that do not go together: what to clear up, and the questions to look at again. ``matters`` where a finding or
    a quantity of the project rests on one of them."""

    check: str
    doubt: Doubt
    text: Text
    questions: tuple[str, ...]
    codes: tuple[str, ...]
    matters: bool


class Support(Item):
    """A rule that fired: what it says of this firm, on what answers it rests, and who backs it.

    ``limit`` says whose a number among its premises is, where the sources give none.
    """

    rule: str
    order: int
    layer: str
    kind: str
    concludes: tuple[str, ...]
    text: Text
    basis: Basis
    limit: Limit | None
    dated: bool
    sources: tuple[str, ...]
    answers: tuple[str, ...]
    findings: tuple[str, ...]


class ScoreInputItem(Item):
    """One line of a score's worked calculation; ``says`` as in :class:`AnswerItem`."""

    name: str
    label: Text
    weight: float = Field(gt=0)
    times: float = Field(gt=0, le=1)
    always: bool
    limit: bool
    points: float | None
    low: float
    high: float
    status: Literal["known", "within", "unknown", "not_applicable", "unanswered"]
    shown: Text
    says: Text | None = None
    sources: tuple[str, ...]


class ScoreItem(Item):
    """A score with its interval, class and working. Points run from 0 to 100; None where nothing was answered.

    ``combine`` says how it follows from its inputs; of the mean of the ``strongest`` how many those are. ``working`` marks a
    step of the calculation that pictures leave out.
    """

    name: str
    label: Text
    about: Text
    points: float | None
    low: float
    high: float
    answered: float
    combine: Literal["mean", "max", "strongest"]
    strongest: int | None
    grade: str | None
    grade_label: Text | None
    basis: Basis
    sources: tuple[str, ...]
    inputs: tuple[ScoreInputItem, ...]
    profile: bool
    working: bool
    advice: Text | None


class ModelShareItem(Item):
    """One operating model with its share of the evidence (0 to 1)."""

    model: Model
    label: Text
    about: Text
    from_axes: float
    from_evidence: float
    share: float
    sources: tuple[str, ...]


class ModelItem(Item):
    """The operating model: all four shares, how clear the first is, and further lines of business."""

    shares: tuple[ModelShareItem, ...]
    first: Model | None
    second: Model | None
    margin: float
    mixed: bool
    other_lines: tuple[Model, ...]
    product_axis: str | None
    decision_axis: str | None
    product: float | None
    decision: float | None
    middle: tuple[float, float]


class Reason(Item):
    """One reason for the verdict: ``for`` CRM (the need, the strength to carry it) or ``against`` going ahead now."""

    side: Literal["for", "against"] | None
    text: Text
    sources: tuple[str, ...]


class Cutoffs(Item):
    """The cut-offs this verdict was drawn with; all ours."""

    need_too_low: float
    need_open: float
    ability_too_low: float
    ability_enough: float
    enough_answers: float
    note: Text


class OpenQuestion(Item):
    """A missing answer: the share (0–1) of what is open that it may be expected to close, and the rules that wait for it."""

    question: str
    code: str
    text: Text
    settles: float | None
    decides: tuple[str, ...]


class Verdict(Item):
    """The conclusion, how sure it is, what else is still possible and which answers would decide. ``leads_to`` is the other
    verdict that most random completions of the missing answers lead to, where there is one."""

    name: VerdictName
    sentence: Text
    certainty: Certainty
    certainty_text: Text
    possible: tuple[VerdictName, ...]
    reasons: tuple[Reason, ...]
    deciding: tuple[OpenQuestion, ...]
    cutoffs: Cutoffs
    leads_to: VerdictName | None = None


class FindingItem(Item):
    """A finding with the rules behind it."""

    id: str
    title: Text
    text: Text
    supports: tuple[str, ...]
    sources: tuple[str, ...]


class NeedItem(FindingItem):
    """A need: base or specific to the model."""

    scope: Literal["base", "specific"]


class FunctionItem(FindingItem):
    """A function with its priority."""

    priority: Priority


class MisconceptionItem(FindingItem):
    """A misconception and the right view."""

    correction: Text


class ApproachItem(FindingItem):
    """Advice on how to go about it: when it is taken up, and how early it is told (1 to 100, ours)."""

    timing: Timing
    weight: int


class CapacityItem(Item):
    """A question whose answer has to stay below a limit. ``holds`` None where it is not answered."""

    question: str
    code: str
    below: float
    holds: bool | None


class LighterItem(FindingItem):
    """A simpler alternative to a CRM system, and when to look again.

    ``carries``: with what numbers it copes. ``own_days``: the firm's own days of the tasks that carry it out; ``yearly``:
    paid to others a year, in the currency of the project. Both None where the knowledge has no such figures.
    """

    revisit: Text
    carries: tuple[CapacityItem, ...]
    own_days: Range | None
    yearly: Range | None


class HurdleItem(FindingItem):
    """A condition or blocker, and what lifts it. ``derived`` marks a condition read off a weak factor, not a rule.

    ``covers`` are conditions that hold too and have the same cause.
    """

    lifted_by: Text
    covers: tuple[str, ...] = ()
    derived: bool = False


class RiskItem(FindingItem):
    """A line of the risk register. ``level`` says how it ranks among the risks of this firm by likelihood, impact and how
    soon it may strike; by the first two alone where ``strikes`` is None, as in earlier formats."""

    likelihood: Level
    impact: Level
    strikes: Strikes | None
    level: Level
    cause: Text
    effect: Text
    strategy: Literal["reduce", "transfer"]
    measure: Text
    owner: Role
    sign: Text
    stage: ProjectStage | None = None


class PracticeItem(FindingItem):
    """A practice worth having; ``in_use`` None where the answers do not show it."""

    group: PracticeGroup
    in_use: bool | None


class LegalCheckItem(FindingItem):
    """A point of law to raise with counsel; ``law_of`` are the places whose law on personal data at large it is."""

    regime: Text
    law_of: tuple[str, ...] = ()


class SideItem(Item):
    """One side of a disagreement."""

    claims: tuple[str, ...]
    says: Text


class DisagreementItem(Item):
    """Where the sources cited here pull apart, what the adviser did about it, and why."""

    id: str
    title: Text
    sides: tuple[SideItem, ...]
    handling: Text
    why: Text


class TaskItem(FindingItem):
    """A task of the plan. Person-days are None where something they grow with is open, and ``open`` are the questions that
    settle it; weeks are counted from 0, and a least where something is open. ``lifts`` are the conditions and blockers of
    this firm that are gone once it is done, ``meets`` its risks and other findings that it answers, ``asks`` the questions
    it puts. ``later`` only in plans of earlier formats: it waits for a new assessment."""

    phase: Phase
    owner: Role
    own_days: Range | None
    outside_days: Range | None
    start: float = Field(ge=0, le=MAX_WEEKS)
    weeks: float = Field(gt=0, le=MAX_WEEKS)
    after: tuple[str, ...]
    driven_by: tuple[str, ...]
    open: tuple[str, ...]
    lifts: tuple[str, ...]
    meets: tuple[str, ...]
    asks: tuple[str, ...]
    done_when: Text
    core: bool
    basis: Basis
    later: bool = False


class UndecidedItem(Item):
    """A rule that could not be decided, and the questions it waits for."""

    rule: str
    kind: str
    findings: tuple[str, ...]
    titles: tuple[Text, ...]
    missing: tuple[str, ...]


class PaperItem(Item):
    """One of the papers the knowledge is drawn from; ``year`` None where the paper carries no date."""

    id: str
    title: Text
    origin: Text
    year: int | None


class Coverage(Item):
    """How much was answered: of all questions that apply, of need and of ability (shares 0 to 1)."""

    answered: int
    applicable: int
    need: float
    ability: float


class FirmItem(Item):
    """Who was assessed."""

    name: Text | None
    about: Text | None
