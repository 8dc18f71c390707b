"""What all shapes share: the base class, names, points, and the closed lists of words."""

from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from advisor.knowledge.answer_types import ANSWER_TYPES

Basis = Literal["stated", "inferred", "external"]
Limit = Literal["ours"]
"""Whose a limit is that no source gives, even where the statement behind it is a source's."""
Model = Literal["consumer", "industrial", "project", "key_account"]
Level = Literal["low", "medium", "high"]
Priority = Literal["must", "should", "could", "drop"]
"""``drop``: usually not for a firm of this kind; any rule that asks for the function outweighs it."""
Role = Literal["chief_executive", "sales", "marketing", "service", "it", "finance", "hr", "operations", "staff"]
Phase = Literal[
    "prepare", "data_and_process", "scope", "trial", "contract", "set_up", "pilot", "roll_out", "improve"
]  # fmt: skip
VerdictName = Literal["feasible", "conditional", "not_yet", "not_needed_now", "not_enough_answers"]

if TYPE_CHECKING:
    QuestionType = str
else:
    QuestionType = Literal[tuple(ANSWER_TYPES)]  # one of the registered names, which a checker of types cannot know

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Points = Annotated[float, Field(ge=0, le=100)]
Premises = dict[str, Any]

MODELS: tuple[Model, ...] = ("consumer", "industrial", "project", "key_account")
PHASES: tuple[Phase, ...] = get_args(Phase)


class Authored(BaseModel):
    """Base of all: nothing may be added to a loaded entry, and unknown fields are mistakes."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
