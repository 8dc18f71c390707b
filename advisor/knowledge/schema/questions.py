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
    without topics the whole section is one. ``by_line``: a second line of business may answer its questions otherwise."""

    id: Name
    code: str
    order: int
    title: Text
    intro: Text
    topics: list[Topic] = []
    by_line: bool = False


Written = Annotated[str, BeforeValidator(str)]
"""An answer as it is written in YAML: the number of a step or the name of an option."""


class Question(Authored):
    """One thing asked. Its id is the name of the fact that rules use; ``code`` is its code in the catalogue.

    ``statements`` are sentences about the firm, by answer: what the answer says where it is given as a reason; ``statement``
    is that of a number or sum, with ``{value}`` for it and its unit. ``unit_of_one`` is the English unit after the number 1.
    ``about`` is how far a number said to be about right may be off, as a share of it: an assumption of ours.
    ``none_is_zero``: the help says to enter 0 where there is none, so that a word for none is 0; else it is asked about.
    ``by_line`` says whether a second line of business may answer it otherwise, where that is not as in the rest of its
    section."""

    id: Name
    code: Annotated[str, Field(pattern=r"^[A-L][0-9]{1,2}[a-e]?$")]
    type: QuestionType
    scale: Name | None = None
    options: Name | None = None
    unit: Text | None = None
    unit_of_one: str | None = None
    integer: bool = False
    min: float | None = None
    max: float | None = None
    about: float = Field(default=0.2, gt=0, lt=1)
    none_is_zero: bool = False
    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    text: Text
    help: Text | None = None
    why: Text
    claims: list[str] = Field(min_length=1)
    role: Role
    evidence: Text | None = None
    ask_if: Premises | None = None
    by_line: bool | None = None
    statements: dict[Written, Text] = {}
    statement: Text | None = None

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
        if self.none_is_zero and (not (self.answer_type.numeric and self.answer_type.typed) or (self.min or 0) > 0):
            raise ValueError("only a question answered by a number that may be 0 has `none_is_zero`")
        for field in sorted(frozenset().union(*(kind.takes for kind in ANSWER_TYPES.values())) - self.answer_type.takes):
            if getattr(self, field) is not None:
                types = " or ".join(name for name, kind in ANSWER_TYPES.items() if field in kind.takes)
                raise ValueError(f"only a question of type {types} has `{field}`")
        if flaw := self.answer_type.flaw(self):
            raise ValueError(flaw)
        return self


Meaning = Literal["same", "at_most"] | dict[Written, int | str | list[int | str] | None]
"""What each answer to a retired question means to another one: the same; that much or less, of numbers; or an answer by
answer: two steps in a list where it lies between them, text such as ``≥20`` or ``1-60`` where a number does; None leaves it
open."""
SAME: Literal["same"] = "same"
AT_MOST: Literal["at_most"] = "at_most"
Merging = Literal["first", "lowest", "highest", "sum", "all"] | Annotated[list[int | str], Field(min_length=2)]
"""How several retired questions make one answer: the first known; the lowest or highest step; a sum; all options together;
or the first of a list of answers that any of them gives."""
OTHERWISE = "otherwise"
"""In a meaning of a question with several options: what it means if none of those listed was chosen. Of a number: what
every number means that is not listed, `same` where it is carried over as it stands."""


class Retired(Question):
    """A question as it was asked up to version ``until`` of the knowledge: sheets and cases still hold answers to it.

    ``becomes`` names the questions that its answers go to; none where nothing takes its place. ``same_if`` says when, by the
    other answers of the sheet, what is ``at_most`` that much is just that much. ``ask_if`` counts no more.
    """

    until: Annotated[str, Field(pattern=r"^[0-9]+([.][0-9]+)*$")]
    becomes: dict[Name, Meaning]
    same_if: Premises | None = None

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
