"""Questions, their scales, editions, and what became of questions and steps that are no longer asked."""

import datetime
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from advisor.knowledge.answer_types import ANSWER_TYPES, AnswerType
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
    """One thing asked. Its id is the name of the fact that rules use; ``code`` is its code in the catalogue.

    ``about`` is how far a number said to be about right may be off, as a share of it: an assumption of ours."""

    id: Name
    code: Annotated[str, Field(pattern=r"^[A-K][0-9]{1,2}[a-e]?$")]
    type: QuestionType
    scale: Name | None = None
    options: Name | None = None
    unit: Text | None = None
    integer: bool = False
    min: float | None = None
    max: float | None = None
    about: float = Field(default=0.2, gt=0, lt=1)
    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    text: Text
    help: Text | None = None
    why: Text
    claims: list[str] = Field(min_length=1)
    role: Role
    evidence: Text | None = None
    ask_if: Premises | None = None

    @property
    def answer_type(self) -> AnswerType:
        """What its type can do."""
        return ANSWER_TYPES[self.type]

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        for field in dict.fromkeys(kind.needs for kind in ANSWER_TYPES.values() if kind.needs):
            if (field == self.answer_type.needs) != (getattr(self, field) is not None):
                types = " or ".join(name for name, kind in ANSWER_TYPES.items() if kind.needs == field)
                raise ValueError(f"a question of type {types} names its `{field}`, and only such a question does")
        for field in sorted(frozenset().union(*(kind.takes for kind in ANSWER_TYPES.values())) - self.answer_type.takes):
            if getattr(self, field) is not None:
                types = " or ".join(name for name, kind in ANSWER_TYPES.items() if field in kind.takes)
                raise ValueError(f"only a question of type {types} has `{field}`")
        if flaw := self.answer_type.flaw(self):
            raise ValueError(flaw)
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
