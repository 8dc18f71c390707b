"""Requests and responses of the API. An unknown field is rejected rather than ignored."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from advisor.assessment import Assessment
from advisor.assessment.model.insight import PathItem, ScenarioItem
from advisor.assessment.model.project import ProjectItem
from advisor.assessment.model.selection import Selection
from advisor.assessment.model.since import SinceItem
from advisor.insight.view_items import MergeItem
from advisor.insight.why import Node
from advisor.insight.why_not import WhyNot
from advisor.knowledge.answer_types import Bound
from advisor.knowledge.schema import Doubt, QuestionType, Role
from advisor.reporting.editions import DEFAULT_EDITION, EDITION_NAMES, OLD_NAMES
from advisor.text import Lang, Text

Name = Annotated[str, Field(min_length=1, max_length=120)]
EditionOrOldName = Annotated[str, Field(pattern=f"^(?:{'|'.join((*EDITION_NAMES, *OLD_NAMES))})$")]
"""An edition of a report, also by a name it had before."""
_Bounds = Field(ge=-1e15, le=1e15)
Number = Annotated[int, _Bounds] | Annotated[float, _Bounds]
"""A whole number stays one, so that messages show it as it was sent."""
Plain = Annotated[str, Field(max_length=2000)] | bool | Number | Annotated[list[str | Number], Field(max_length=60)] | None
"""An answer as in a file of answers: a number, an option, words; "unknown", "not_applicable"; null for none."""


class AnnotationOut(BaseModel, title="Annotation"):
    """What stands beside an answer: a note, what shows it, where it comes from, who gave it and on which day, how sure it is
    (high, medium, low), who may see it (client or internal, which empty means), and the words a person used for an answer
    known within bounds. It never changes a result."""

    model_config = ConfigDict(extra="forbid")

    note: Annotated[str, Field(max_length=4000)] = ""
    evidence: Annotated[str, Field(max_length=4000)] = ""
    source: Annotated[str, Field(max_length=500)] = ""
    by: Annotated[str, Field(max_length=500)] = ""
    on: Annotated[str, Field(max_length=40)] = ""
    confidence: Annotated[str, Field(max_length=40)] = ""
    visible: Annotated[str, Field(max_length=40)] = ""
    words: Annotated[str, Field(max_length=500)] = ""


class AnnotatedAnswer(AnnotationOut, title="AnnotatedAnswer"):
    """An answer with what stands beside it; it takes the place of what stood there."""

    value: Plain = None


Value = Plain | AnnotatedAnswer
"""An answer, bare or with what stands beside it."""
Sheet = Annotated[dict[Name, Value], Field(max_length=400)]
"""Answers by id or code of the question."""


class ApiModel(BaseModel):
    """Base of all models of the API. OpenAPI publishes a model by its title."""

    model_config = ConfigDict(extra="forbid")


class SecondLine(ApiModel, title="SecondLine"):
    """A second line of business: what it is called, and the answers in which it differs from the rest of the sheet."""

    answers: Sheet
    name: Annotated[str, Field(max_length=300)] | None = None


class FirmBody(ApiModel, title="Firm"):
    """A firm's answers, its name and the day of assessment where they shall stand on the report; of two lines of business
    those of the main one, and those in which the second differs."""

    answers: Sheet
    line_b: SecondLine | None = None
    firm: Annotated[str, Field(max_length=300)] | None = None
    date: datetime.date | None = None


class About(FirmBody, title="About"):
    """A firm and what is asked about: the verdict, or the id of a score, a finding, a rule, an option or a product;
    ``model``, ``cost_`` with a way of running a system, ``step_`` with the question a step of the path changes."""

    about: Name = "verdict"


class Changed(FirmBody, title="Changed"):
    """A firm and some answers as they might be."""

    changes: Annotated[dict[Name, Value], Field(min_length=1, max_length=40)]


class Respondent(ApiModel, title="Respondent"):
    """Who filled in a sheet: a name, the roles answered for, and the day."""

    name: Annotated[str, Field(max_length=300)] = ""
    roles: Annotated[list[Role], Field(max_length=20)] = []
    on: datetime.date | None = None


class SheetOfOne(ApiModel, title="SheetOfOne"):
    """The answers of one of several people, and who that is; without a name, the number of the sheet."""

    answers: Sheet
    line_b: SecondLine | None = None
    by: Respondent | None = None


class TakenAnswer(ApiModel, title="TakenAnswer"):
    """Whose answer is taken, and why."""

    take: Name
    reason: Annotated[str, Field(max_length=500)] = ""


class MergeBody(ApiModel, title="Sheets"):
    """The sheets of several people; ``rules`` decide where they differ, by question, type or ``all``: ``owner``, ``median``,
    ``most_recent``, ``most_cautious``, or whose answer is taken."""

    sheets: Annotated[list[SheetOfOne], Field(min_length=1, max_length=40)]
    rules: Annotated[dict[Name, Name | TakenAnswer], Field(max_length=400)] = {}


class TwoPoints(ApiModel, title="TwoPoints"):
    """A firm as it was and as it is; the date of each is the day it is assessed on."""

    then: FirmBody
    now: FirmBody


class ReportOrder(FirmBody, title="ReportOrder"):
    """A firm and the report wanted; ``edition`` may be an old name of one."""

    edition: EditionOrOldName = DEFAULT_EDITION
    form: Literal["pdf", "docx", "pptx", "html"] = "pdf"
    lang: Lang = "zh"


class Choice(ApiModel):
    """A value a question takes, in words."""

    value: str
    text: Text


class QuestionOut(ApiModel):
    """A question; ``conditional`` where earlier answers decide whether it applies."""

    id: str
    code: str
    type: QuestionType
    text: Text
    help: Text | None
    why: Text
    claims: list[str]
    choices: list[Choice]
    unit: Text | None
    low: Bound
    high: Bound
    conditional: bool


class TopicOut(ApiModel):
    """Questions that belong together."""

    id: str
    section: Text
    title: Text
    questions: list[QuestionOut]


class Questionnaire(ApiModel):
    """An edition of the questionnaire, and the version of the knowledge it belongs to."""

    knowledge: str
    edition: str
    editions: list[str]
    topics: list[TopicOut]


class CarriedOver(ApiModel):
    """What became of an answer to a question or an option of an earlier questionnaire: ``question`` is the one it was sent
    to, ``carried_to`` the one of today that has it now, null where it was not used. ``text`` says it in words."""

    code: str
    question: str
    carried_to: str | None
    text: Text


class AnswersRead(ApiModel):
    """Base of responses to answers: what was carried over from earlier questionnaires."""

    carried_over: list[CarriedOver] = []


class Assessed(Assessment):
    """An assessment, and beside it what was carried over from earlier questionnaires. Saved as it is, it can be opened."""

    carried_over: list[CarriedOver]


class Explanation(AnswersRead):
    """Why something was concluded, or why not: one of the two is null."""

    why: Node | None
    why_not: WhyNot | None


class WhatIf(AnswersRead):
    """The verdict as it is, and the scenario."""

    verdict: str
    scenario: ScenarioItem


class Path(AnswersRead):
    """The least that would make the firm feasible; null where nothing can be said."""

    path: PathItem


class Shortlist(AnswersRead):
    """Kind of system, ways of running it and products, null where the knowledge holds none; the project and its cost."""

    selection: Selection | None
    project: ProjectItem | None


class Merge(AnswersRead):
    """The merged answers, and how they came about: who said what, where people differ, and what each difference does."""

    answers: dict[str, str | float | list[str]]
    merged: MergeItem


class Compared(AnswersRead):
    """What changed from one point in time to the other."""

    since: SinceItem


class ReportState(AnswersRead):
    """A report being made, ``seconds`` since it was asked for; ``file`` is where it can be had once it is ready.
    ``note`` says what the edition is called now, where it was asked for by an old name."""

    id: str
    edition: str
    form: str
    note: Text | None = None
    state: Literal["waiting", "drawing", "ready", "failed"]
    seconds: float
    file: str | None


class NewCase(ApiModel):
    """A case to be begun."""

    edition: Name = "quick"


class Begun(ApiModel):
    """A case with its token, which is told this once; send it as ``Authorization: Bearer TOKEN``."""

    id: str
    token: str
    expires: datetime.datetime


class RemarkOut(ApiModel):
    """Answers that do not go together, or count for nothing: what to clear up, and the questions to look at again."""

    check: str
    doubt: Doubt
    text: Text
    questions: list[str]


class CaseOut(AnswersRead):
    """A case: its answers as kept, what stands beside them, how far along it is, and until when this token opens it."""

    id: str
    edition: str
    revision: int
    expires: datetime.datetime
    answers: dict[str, str | float | list[str]]
    annotations: dict[str, AnnotationOut] = {}
    answered: int
    applicable: int
    remarks: list[RemarkOut]


class AnswerChanges(ApiModel, title="Changes"):
    """Answers to keep; null takes one back."""

    answers: Sheet
