"""Cross-checks: answers that cannot all be right, or seldom are."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from advisor.knowledge.schema.base import Authored, Name, Premises
from advisor.knowledge.schema.rules import Givens
from advisor.text import Text

Doubt = Literal["contradiction", "unusual"]
"""Answers that cannot all be right as they stand, or that are seldom right together."""


def _as_sum(value: object) -> object:
    return {value: 1.0} if isinstance(value, str) else value


Factors = dict[Name, Annotated[float, Field(gt=0)]]
Sum = Annotated[Factors, BeforeValidator(_as_sum, json_schema_input_type=Name | Factors), Field(min_length=1)]
"""Numbers that a firm gave, each times a factor, added up; one name alone is that number."""


class CrossCheckCases(Authored):
    """Answers that a check remarks on, and answers that it does not."""

    fires: Givens
    silent: Givens


class CrossCheck(Authored):
    """Answers to hold against one another. The firm is asked about them where ``when`` holds and the first of ``more``
    exceeds the second; ``text`` names each answer by the id of its question in braces. A check never stops anything."""

    id: Name
    doubt: Doubt
    when: Premises | None = None
    more: tuple[Sum, Sum] | None = None
    text: Text
    sources: list[str] = []
    cases: CrossCheckCases

    @model_validator(mode="after")
    def _looks_at_something(self) -> Self:
        if not self.when and not self.more:
            raise ValueError("a check says what to look at: `when`, `more` or both")
        return self
