"""What requests and answers of the API look like. A field nobody knows is refused rather than passed over."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from advisor.assessment.model.insight import PathItem, ScenarioItem
from advisor.assessment.model.selection import Selection
from advisor.insight.why import Node
from advisor.insight.why_not import WhyNot
from advisor.knowledge.answer_types import Bound
from advisor.knowledge.schema import QuestionType
from advisor.text import Lang, Text

Name = Annotated[str, Field(min_length=1, max_length=120)]
Number = Annotated[float, Field(ge=-1e15, le=1e15)]
Value = Annotated[str, Field(max_length=2000)] | bool | Number | Annotated[list[str | Number], Field(max_length=60)] | None
"""An answer as in a file of answers: a number, an option, words; "unknown", "not_applicable"; null for none."""
Sheet = Annotated[dict[Name, Value], Field(max_length=400)]
"""Answers by id or code of the question."""


class Model(BaseModel):
    """Anything of the API."""

    model_config = ConfigDict(extra="forbid")


class Firm(Model):
    """A firm's answers, its name and the day of assessment where they shall stand on the report."""

    answers: Sheet
    firm: Annotated[str, Field(max_length=300)] | None = None
    date: datetime.date | None = None


class About(Firm):
    """A firm and what is asked about: the verdict, or the id of a score, a finding, a rule, an option or a product;
    ``model``, ``cost_`` with a way of running a system, ``step_`` with the question a step of the path changes."""

    about: Name = "verdict"


class Changed(Firm):
    """A firm and some answers as they might be."""

    changes: Annotated[dict[Name, Value], Field(min_length=1, max_length=40)]


class ReportOrder(Firm):
    """A firm and the report wanted."""

    form: Literal["pdf", "docx", "html"] = "pdf"
    lang: Lang = "zh"


class Choice(Model):
    """A value a question takes, in words."""

    value: str
    text: Text


class QuestionOut(Model):
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


class TopicOut(Model):
    """Questions that belong together."""

    id: str
    section: Text
    title: Text
    questions: list[QuestionOut]


class Questionnaire(Model):
    """An edition of the questionnaire, and the version of the knowledge it belongs to."""

    knowledge: str
    edition: str
    editions: list[str]
    topics: list[TopicOut]


class Explanation(Model):
    """Why something was concluded, or why not: one of the two is null."""

    why: Node | None
    why_not: WhyNot | None


class WhatIf(Model):
    """The verdict as it is, and the scenario."""

    verdict: str
    scenario: ScenarioItem


class Path(Model):
    """The least that would make the firm feasible; null where nothing can be said."""

    path: PathItem


class Shortlist(Model):
    """Kind of system, ways of running it, products and cost; null where the knowledge holds no products."""

    selection: Selection | None


class ReportState(Model):
    """A report being made, ``seconds`` since it was asked for; ``file`` is where it can be had once it is ready."""

    id: str
    state: Literal["waiting", "drawing", "ready", "failed"]
    seconds: float
    file: str | None


class NewCase(Model):
    """A case to be begun."""

    edition: Name = "quick"


class Begun(Model):
    """A case with its token, which is told this once; send it as ``Authorization: Bearer TOKEN``."""

    id: str
    token: str
    expires: datetime.datetime


class CaseOut(Model):
    """A case: its answers as kept, how far along it is, and until when this token opens it."""

    id: str
    edition: str
    revision: int
    expires: datetime.datetime
    answers: dict[str, str | float | list[str]]
    answered: int
    applicable: int


class Changes(Model):
    """Answers to keep; null takes one back."""

    answers: Sheet
