"""Questions, their scales, editions, and what became of questions and steps that are no longer asked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

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


Written = Annotated[str, BeforeValidator(str)]
"""An answer as it is written in YAML: the number of a step or the name of an option."""
Meaning = Literal["same"] | dict[Written, int | str | list[str] | None]
"""What each answer to a retired question means to another one: the same, or an answer by answer; None leaves it open."""
Merging = Literal["first", "lowest", "highest", "sum", "all"] | Annotated[list[int | str], Field(min_length=2)]
"""How several retired questions make one answer: the first known; the lowest or highest step; a sum; all options together;
or the first of a list of answers that any of them gives."""
OTHERWISE = "otherwise"
"""In a meaning of a question with several options: what it means if none of those listed was chosen."""


class Retired(Question):
    """A question as it was asked up to version ``until`` of the knowledge: sheets and cases still hold answers to it.

    ``becomes`` names the questions that its answers go to; none where nothing takes its place. ``ask_if`` counts no more.
    """

    until: Annotated[str, Field(pattern=r"^[0-9]+([.][0-9]+)*$")]
    becomes: dict[Name, Meaning]

    @property
    def age(self) -> tuple[int, ...]:
        """The version as numbers, to order by."""
        return tuple(map(int, self.until.split(".")))


class Edition(Authored):
    """A selection of questions for one occasion; ``all`` is the whole catalogue."""

    id: Name
    minutes: int
    title: Text
    about: Text
    questions: list[Name] | Literal["all"]
