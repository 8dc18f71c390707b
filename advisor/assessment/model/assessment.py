"""The assessment of one firm: everything a report says, with its reasons, in both languages.

It is self-contained: texts, sources and the answers are inside, so it can be read, rendered and compared years later
without the knowledge it came from. ``from_json(x).to_json() == x`` for every ``x`` of this format; one of an
earlier format is brought to it by :mod:`advisor.assessment.upgrades`.
"""

import codecs
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Literal, Self, get_args

import pydantic_core
from pydantic import Field, ValidationError, model_validator

from advisor.assessment.base import Citation, Item
from advisor.assessment.model.insight import Insight, WeightingItem
from advisor.assessment.model.items import (
    AnswerItem,
    ApproachItem,
    Coverage,
    DisagreementItem,
    FindingItem,
    FirmItem,
    FunctionItem,
    HurdleItem,
    LegalCheckItem,
    LighterItem,
    MisconceptionItem,
    ModelItem,
    NeedItem,
    PaperItem,
    PracticeItem,
    RemarkItem,
    RiskItem,
    ScoreItem,
    Support,
    TaskItem,
    UndecidedItem,
    Verdict,
)
from advisor.assessment.model.lines import LinesItem
from advisor.assessment.model.project import ProjectFactItem, ProjectItem, WayCostItem
from advisor.assessment.model.selection import Selection
from advisor.assessment.model.since import SinceItem
from advisor.assessment.model.value import ValueItem
from advisor.assessment.notebook_card import html_card, points_in_words, titles_in_words
from advisor.assessment.upgrades import Upgrade, format_of, upgraded
from advisor.assessment.verdict import verdict_name
from advisor.errors import InputError, expect_type
from advisor.knowledge.schema import (
    Model,
    factor_names,
)
from advisor.phrases import phrases
from advisor.text import locale_language

phrase = phrases("assessment")

FIRST_APPROACHES = 7
"""How many pieces of advice are told first; the full report has them all."""
FIRST_CHECKS = 4
"""How many points of law are named first; the full report has them all."""
FIRST_STEPS, FURTHER_STEPS = 6, 4
"""How many tasks of the plan are told first, and of those that not every project has, how many more by title."""
SCHEMA_VERSION: Literal["7"] = "7"
"""Raised with every change of shape; :mod:`advisor.assessment.upgrades` gets a step for the number before."""

CARRIED_OVER = "carried_over"
"""What the API says beside an assessment, of the answers it was sent; not part of it."""


class Assessment(Item):
    """All that was concluded about one firm. Read the parts; nothing here can be changed.

    ``waiting`` are the blockers and conditions of a project where the verdict calls for none. ``lines`` is there where a
    firm told of a second line of business: all other parts are those of the line that leads. ``since`` sets it beside an
    earlier assessment, where a report was asked for that does. ``value`` is what a system
    may be worth a year, which takes no part in the verdict. ``notes_left_out`` counts the answers whose internal notes were
    taken out before this was handed on.
    """

    schema_version: Literal["7"] = SCHEMA_VERSION
    program_version: str = Field(pattern=r"^[\w.+-]+$")
    knowledge_version: str = Field(pattern=r"^[\w.+-]+$")
    assessed_on: date | None
    firm: FirmItem
    by_analogy: bool
    papers_only: bool
    weighting: WeightingItem | None
    coverage: Coverage
    answers: tuple[AnswerItem, ...]
    remarks: tuple[RemarkItem, ...]
    model: ModelItem
    need: str
    ability: str
    scores: dict[str, ScoreItem]
    project_facts: tuple[ProjectFactItem, ...]
    verdict: Verdict
    needs: tuple[NeedItem, ...]
    functions: tuple[FunctionItem, ...]
    practices: tuple[PracticeItem, ...]
    misconceptions: tuple[MisconceptionItem, ...]
    cautions: tuple[FindingItem, ...]
    lighter: tuple[LighterItem, ...]
    conditions: tuple[HurdleItem, ...]
    waiting: tuple[HurdleItem, ...]
    blockers: tuple[HurdleItem, ...]
    legal_checks: tuple[LegalCheckItem, ...]
    risks: tuple[RiskItem, ...]
    benefits: tuple[FindingItem, ...]
    approaches: tuple[ApproachItem, ...]
    plan: tuple[TaskItem, ...]
    trace: tuple[Support, ...]
    undecided: tuple[UndecidedItem, ...]
    disagreements: tuple[DisagreementItem, ...]
    papers: tuple[PaperItem, ...]
    citations: dict[str, Citation]
    insight: Insight | None = None
    lines: LinesItem | None = None
    project: ProjectItem | None = None
    selection: Selection | None = None
    since: SinceItem | None = None
    value: ValueItem | None = None
    upgraded: Upgrade | None = None
    notes_left_out: int = 0

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        """Whatever one part refers to, another part holds; a file changed by hand may not."""
        parts = [
            part for name in (self.need, self.ability) if name in self.scores for part in factor_names(name, self.scores)
        ]
        if missing := {self.need, self.ability, *parts} - set(self.scores):
            raise ValueError(f"scores that are not there: {', '.join(sorted(missing))}")
        models = {share.model for share in self.model.shares}
        if models != set(get_args(Model)):
            raise ValueError("the model needs a share for each of the four operating models")
        rules = {support.rule for support in self.trace}
        if missing := {rule for item in self.findings() for rule in item.supports} - rules:
            raise ValueError(f"rules that are not in the trace: {', '.join(sorted(missing))}")
        cited = {source for item in self.findings() for source in item.sources}
        cited |= {source for support in self.trace for source in support.sources}
        cited |= {source for fact in self.project_facts for source in fact.sources}
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

    def answer(self, question: str) -> AnswerItem | None:
        """The answer to a question; None where it was not asked of this firm."""
        return next((item for item in self.answers if item.question == question), None)

    def known(self, question: str) -> int | float | str | tuple[str, ...] | None:
        """What was answered to a question; None where it is not known."""
        item = self.answer(question)
        return item.value if item and item.status == "known" else None

    def costed(self) -> WayCostItem | None:
        """The way of running a system whose cost is told in detail: the recommended one, else the reference, else the first
        that may be it; None where there is no project, or too little has been answered for a verdict."""
        if self.project is None or self.verdict.name == "not_enough_answers":
            return None
        ways = {way.way: way for way in self.project.ways}
        name = (self.selection and self.selection.recommended_way) or self.project.reference
        return ways.get(name) if name else next((way for way in ways.values() if way.candidate), None)

    @property
    def first_approaches(self) -> tuple[ApproachItem, ...]:
        """The weightiest advice on how to go about it: what an owner's page and a terminal have room for."""
        return self.approaches[:FIRST_APPROACHES]

    @property
    def advised_approaches(self) -> tuple[ApproachItem, ...]:
        """The advice that holds under the verdict: all of it where it ends in a system, else what needs none."""
        system = self.verdict.name in ("feasible", "conditional")
        return tuple(item for item in self.approaches if system or item.timing in ("now", "beside"))

    @property
    def first_checks(self) -> tuple[LegalCheckItem, ...]:
        """The points of law that an owner's page names: those that few firms have come first."""
        return self.legal_checks[:FIRST_CHECKS]

    @property
    def further_steps(self) -> tuple[TaskItem, ...]:
        """Of the tasks after the first, the next that not every project has: what is particular to this firm's plan."""
        own = (task for task in self.plan[FIRST_STEPS:] if not (task.core or task.later or task.asks))
        return tuple(islice(own, FURTHER_STEPS))

    def findings(self) -> Iterator[FindingItem]:
        """Every finding of every kind."""
        yield from (*self.needs, *self.functions, *self.practices, *self.misconceptions, *self.cautions, *self.lighter)
        yield from (
            *self.conditions,
            *self.waiting,
            *self.blockers,
            *self.legal_checks,
            *self.risks,
            *self.benefits,
            *self.approaches,
            *self.plan,
        )

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
        title = f"{firm[lang]}: {verdict_name(self.verdict.name)[lang]}"
        return html_card(title, self.verdict.sentence[lang], [(label[lang], value[lang]) for label, value in rows], lang)

    def to_json(self) -> str:
        """The assessment as JSON, the same bytes every time."""
        return self.model_dump_json(indent=1)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The assessment that :meth:`to_json` of this or an earlier version wrote.

        Raises :class:`~advisor.errors.InputError` for anything else; it says where the file is damaged, or of which later
        format it is.
        """
        expect_type("text", text, str, bytes)
        text = text.removeprefix("\ufeff") if isinstance(text, str) else text.removeprefix(codecs.BOM_UTF8)
        try:
            raw = pydantic_core.from_json(text)
        except ValueError as error:
            raise InputError("bad_assessment", detail=error) from None
        number = format_of(raw, SCHEMA_VERSION)
        if raw.pop(CARRIED_OVER, None) is not None:
            text = pydantic_core.to_json(raw, inf_nan_mode="constants")
        try:
            return cls.model_validate_json(text if number == SCHEMA_VERSION else upgraded(raw))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(step) for step in first["loc"])
            raise InputError("bad_assessment", detail=f"{where}: {first['msg']}".removeprefix(": ")) from None
