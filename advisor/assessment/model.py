"""The assessment of one firm: everything a report says, with its reasons, in both languages.

It is self-contained: texts, sources and the answers are inside, so it can be read, rendered and compared years later
without the knowledge it came from. ``from_json(x).to_json() == x`` for every ``x`` of this format; one of an
earlier format is brought to it by :mod:`advisor.assessment.upgrades`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, get_args

import pydantic_core
from pydantic import Field, ValidationError, model_validator

from advisor.assessment.card import html_card, points_in_words, titles_in_words
from advisor.assessment.insights import Insight, WeightingItem
from advisor.assessment.item import Citation, Item
from advisor.assessment.selections import Selection
from advisor.assessment.upgrades import Upgrade, format_of, upgraded
from advisor.assessment.verdict import Certainty
from advisor.assessment.words import phrase
from advisor.errors import InputError
from advisor.knowledge.schema import (
    Basis,
    Level,
    Model,
    Phase,
    PracticeGroup,
    Priority,
    ProjectStage,
    Role,
    VerdictName,
)
from advisor.text import Text, locale_language

SCHEMA_VERSION: Literal["4"] = "4"
"""Raised with every change of shape; :mod:`advisor.assessment.upgrades` gets a step for the number before."""
MAX_WEEKS = 1000


class AnswerItem(Item):
    """An answer as given: status, the value (None where it is not known), and the value in words."""

    question: str
    code: str
    section: Text
    text: Text
    status: Literal["known", "unknown", "not_applicable", "unanswered"]
    value: int | float | str | tuple[str, ...] | None
    shown: Text


class Support(Item):
    """A rule that fired: what it says of this firm, on what answers it rests, and who backs it."""

    rule: str
    order: int
    layer: str
    kind: str
    concludes: tuple[str, ...]
    text: Text
    basis: Basis
    dated: bool
    sources: tuple[str, ...]
    answers: tuple[str, ...]
    findings: tuple[str, ...]


class ScoreInputItem(Item):
    """One line of a score's worked calculation."""

    name: str
    label: Text
    weight: float = Field(gt=0)
    points: float | None
    low: float
    high: float
    status: Literal["known", "unknown", "not_applicable", "unanswered"]
    shown: Text
    sources: tuple[str, ...]


class ScoreItem(Item):
    """A score with its interval, class and working. Points run from 0 to 100; None where nothing was answered."""

    name: str
    label: Text
    about: Text
    points: float | None
    low: float
    high: float
    answered: float
    combine: Literal["mean", "max"]
    grade: str | None
    grade_label: Text | None
    basis: Basis
    sources: tuple[str, ...]
    inputs: tuple[ScoreInputItem, ...]
    profile: bool
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
    """The conclusion, how sure it is, what else is still possible and which answers would decide."""

    name: VerdictName
    sentence: Text
    certainty: Certainty
    certainty_text: Text
    possible: tuple[VerdictName, ...]
    reasons: tuple[Reason, ...]
    deciding: tuple[OpenQuestion, ...]
    cutoffs: Cutoffs


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


class LighterItem(FindingItem):
    """A lighter way than a CRM system, and when to look again."""

    revisit: Text


class HurdleItem(FindingItem):
    """A condition or blocker, and what lifts it. ``derived`` marks a condition read off a weak factor, not a rule."""

    lifted_by: Text
    derived: bool = False


class RiskItem(FindingItem):
    """A line of the risk register. ``level`` combines likelihood and impact."""

    likelihood: Level
    impact: Level
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
    """A point of law to raise with counsel."""

    regime: Text


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


class Task(FindingItem):
    """A recommendation placed in the plan: weeks counted from 0; ``later`` where it waits for a new assessment;
    ``lifts`` the conditions and blockers of this firm that are gone once it is done."""

    phase: Phase
    owner: Role
    days: tuple[int, int]
    start: int = Field(ge=0, le=MAX_WEEKS)
    weeks: int = Field(ge=1, le=MAX_WEEKS)
    after: tuple[str, ...]
    lifts: tuple[str, ...]
    exit: Text
    later: bool


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


class Assessment(Item):
    """All that was concluded about one firm. Read the parts; nothing here can be changed."""

    schema_version: Literal["4"] = SCHEMA_VERSION
    program_version: str = Field(pattern=r"^[\w.+-]+$")
    knowledge_version: str = Field(pattern=r"^[\w.+-]+$")
    assessed_on: date | None
    firm: FirmItem
    by_analogy: bool
    papers_only: bool
    weighting: WeightingItem | None
    coverage: Coverage
    answers: tuple[AnswerItem, ...]
    model: ModelItem
    need: str
    ability: str
    scores: dict[str, ScoreItem]
    verdict: Verdict
    needs: tuple[NeedItem, ...]
    functions: tuple[FunctionItem, ...]
    practices: tuple[PracticeItem, ...]
    misconceptions: tuple[MisconceptionItem, ...]
    cautions: tuple[FindingItem, ...]
    lighter: tuple[LighterItem, ...]
    conditions: tuple[HurdleItem, ...]
    blockers: tuple[HurdleItem, ...]
    legal_checks: tuple[LegalCheckItem, ...]
    risks: tuple[RiskItem, ...]
    benefits: tuple[FindingItem, ...]
    plan: tuple[Task, ...]
    trace: tuple[Support, ...]
    undecided: tuple[UndecidedItem, ...]
    disagreements: tuple[DisagreementItem, ...]
    papers: tuple[PaperItem, ...]
    citations: dict[str, Citation]
    insight: Insight | None = None
    selection: Selection | None = None
    upgraded: Upgrade | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Assessment:
        """Whatever one part refers to, another part holds; a file changed by hand may not."""
        factors = [
            item.name for name in (self.need, self.ability) if name in self.scores for item in self.scores[name].inputs
        ]
        if missing := {self.need, self.ability, *factors} - set(self.scores):
            raise ValueError(f"scores that are not there: {', '.join(sorted(missing))}")
        models = {share.model for share in self.model.shares}
        if models != set(get_args(Model)):
            raise ValueError("the model needs a share for each of the four operating models")
        rules = {support.rule for support in self.trace}
        if missing := {rule for item in self.findings() for rule in item.supports} - rules:
            raise ValueError(f"rules that are not in the trace: {', '.join(sorted(missing))}")
        cited = {source for item in self.findings() for source in item.sources}
        cited |= {source for support in self.trace for source in support.sources}
        cited |= {source for entry in self.disagreements for side in entry.sides for source in side.claims}
        if self.insight:
            cited |= {source for near in self.insight.near for source in near.sources}
            ways = self.insight.path.ways if self.insight.path else ()
            cited |= {source for way in ways for step in way.steps for source in step.sources}
        if missing := cited - set(self.cited):
            raise ValueError(f"sources that are not cited: {', '.join(sorted(missing))}")
        return self

    @property
    def cited(self) -> dict[str, Citation]:
        """Every source referred to, those of the insight included, in order of id."""
        added = [part.citations for part in (self.insight, self.selection) if part]
        return dict(sorted({name: one for part in (self.citations, *added) for name, one in part.items()}.items()))

    def findings(self) -> Iterator[FindingItem]:
        """Every finding of every kind."""
        yield from (*self.needs, *self.functions, *self.practices, *self.misconceptions, *self.cautions, *self.lighter)
        yield from (*self.conditions, *self.blockers, *self.legal_checks, *self.risks, *self.benefits, *self.plan)

    def lacks(self, part: str) -> bool:
        """Whether the version that saved this did not work a part out: where it is empty, that says nothing of the firm."""
        return self.upgraded is not None and part in self.upgraded.lacks

    def __repr_args__(self) -> Iterator[tuple[str, object]]:
        """What ``repr`` shows: who, the verdict and the two scores it rests on; the whole is :meth:`to_json`."""
        yield "firm", self.firm.name.en if self.firm.name else None
        yield "verdict", self.verdict.name
        yield "certainty", self.verdict.certainty
        for name in (self.need, self.ability):
            points = self.scores[name].points
            yield name, None if points is None else round(points)

    def _repr_html_(self) -> str:
        """What a notebook shows, in the language of the locale: firm, verdict, need, ability, preconditions, blockers."""
        lang, firm = locale_language(), self.firm.name or phrase("card.unnamed")
        scores = [self.scores[name] for name in (self.need, self.ability)]
        rows = [(score.label, points_in_words(score.points, score.low, score.high)) for score in scores]
        rows.append((phrase("card.conditions"), titles_in_words([item.title for item in self.conditions])))
        rows.append((phrase("card.blockers"), titles_in_words([item.title for item in self.blockers])))
        title = f"{firm[lang]}: {phrase(f'verdict.{self.verdict.name}.name')[lang]}"
        return html_card(title, self.verdict.sentence[lang], [(label[lang], value[lang]) for label, value in rows], lang)

    def to_json(self) -> str:
        """The assessment as JSON, the same bytes every time."""
        return self.model_dump_json(indent=1)

    @classmethod
    def from_json(cls, text: str | bytes) -> Assessment:
        """The assessment that :meth:`to_json` of this or an earlier version wrote.

        Raises :class:`~advisor.errors.InputError` for anything else; it says where the file is damaged, or of which later
        format it is.
        """
        try:
            raw = pydantic_core.from_json(text)
        except ValueError as error:
            raise InputError("bad_assessment", detail=error) from None
        number = format_of(raw, SCHEMA_VERSION)
        try:
            return cls.model_validate_json(text if number == SCHEMA_VERSION else upgraded(raw))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(step) for step in first["loc"])
            raise InputError("bad_assessment", detail=f"{where}: {first['msg']}".removeprefix(": ")) from None
