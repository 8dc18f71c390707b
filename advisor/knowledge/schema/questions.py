"""Questions, their scales, and editions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from advisor.knowledge.schema.base import Authored, Name, Premises, QuestionType, Role
from advisor.text import Text


class Scale(Authored):
    """Ordered answers, lowest value first, every step anchored in words."""

    steps: dict[int, Text] = Field(min_length=2)


class Topic(Authored):
    """Questions of a section that belong on one page, in the order they are asked there."""

    id: Name
    title: Text
    questions: list[Name] = Field(min_length=1)


class Section(Authored):
    """A part of the questionnaire, headed by a letter of the catalogue. Every question of it stands in one of its topics;
    without topics the whole section is one."""

    id: Name
    code: str
    order: int
    title: Text
    intro: Text
    topics: list[Topic] = []


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
