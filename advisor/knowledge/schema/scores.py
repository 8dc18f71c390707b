"""Scores: what they are made of and how it is combined."""

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol, Self

from pydantic import Field, model_validator

from advisor.knowledge.schema.base import Authored, Basis, Name, Points
from advisor.text import Text


class ScoreInput(Authored):
    """One input of a score: a fact mapped to 0–100 points, or another score.

    A scale maps evenly from its first to its last step. ``points`` maps a number by straight lines between the points
    given (flat outside); ``values`` maps each option of a choice; ``reversed`` turns 0–100 around, and ``times`` multiplies
    what comes of it. ``always`` marks an input that counts beside the strongest however weak it is. ``limit`` marks a score
    that takes no part in this one but that this one may not pass; what is missing in it counts at its most.
    """

    fact: Name | None = None
    score: Name | None = None
    weight: float = Field(default=1, gt=0)
    reversed: bool = False
    times: float = Field(default=1, gt=0, le=1)
    always: bool = False
    limit: bool = False
    points: dict[float, Points] | None = None
    values: dict[str, Points] | None = None
    sources: list[str] = []

    @property
    def name(self) -> str:
        """The fact or score it names."""
        return self.fact or self.score or ""

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.fact is None) == (self.score is None):
            raise ValueError("an input names either a `fact` or a `score`")
        if self.limit and (self.score is None or self.always or self.reversed or self.times != 1):
            raise ValueError("`limit` belongs to an input that is a score and is nothing else")
        return self

    @model_validator(mode="after")
    def _points_never_turn_back(self) -> Self:
        if self.points is not None:
            values = [value for _, value in sorted(self.points.items())]
            if len(values) < 2 or values not in (sorted(values), sorted(values, reverse=True)):
                raise ValueError("`points` needs two entries or more that rise, or fall, throughout")
        return self


class Score(Authored):
    """A number from 0 to 100 made of its inputs, as ``combine`` says.

    - ``mean``: their weighted mean. What does not apply to the firm takes no part.
    - ``max``: the largest. Weights do not count.
    - ``strongest``: the mean of as many of the strongest inputs as ``strongest`` says, and of those that count ``always``.
      What does not apply has no strength and counts as 0, so that no input lowers the score by coming to apply. Where fewer
      are known, the mean of those that are. A weight says how much of the room of so many average inputs one may fill: all
      weights alike, so many count; one of twice the weight fills two of the places where it is among the strongest.

    A ``profile`` is shown as a picture of its own, with its weakest part named. ``working`` marks a step of the calculation:
    pictures, reasons and benchmarks show what it is made of in its place.
    """

    label: Text
    about: Text
    combine: Literal["mean", "max", "strongest"] = "mean"
    strongest: int | None = Field(default=None, ge=1)
    inputs: list[ScoreInput] = Field(min_length=1)
    sources: list[str] = []
    basis: Basis
    advice: Text | None = None
    profile: bool = False
    working: bool = False

    @property
    def room(self) -> float:
        """How much weight the strongest inputs fill together."""
        return room(self.strongest, self.inputs)

    @model_validator(mode="after")
    def _strongest_of_more(self) -> Self:
        parts = [item for item in self.inputs if not item.limit]
        others = sum(not item.always for item in parts)
        if not parts:
            raise ValueError("a score needs an input that is no `limit`")
        if self.combine != "strongest" and (self.strongest or others < len(parts)):
            raise ValueError("`strongest` and `always` belong to a score with `combine: strongest`")
        if self.combine == "strongest" and not 1 <= (self.strongest or 0) < others:
            raise ValueError("`combine: strongest` needs `strongest`: a number below that of the inputs without `always`")
        return self


class Weighed(Protocol):
    """An input of a score with its weight."""

    @property
    def weight(self) -> float:
        """Its weight."""

    @property
    def always(self) -> bool:
        """Whether it counts beside the strongest."""

    @property
    def limit(self) -> bool:
        """Whether it only limits the score."""


def room(strongest: int | None, inputs: Sequence[Weighed]) -> float:
    """How much weight so many of the strongest inputs fill together, those that always count left aside."""
    others = [item.weight for item in inputs if not item.always and not item.limit]
    return (strongest or 0) * sum(others) / len(others) if others else 0.0


class Named(Protocol):
    """An input of a score."""

    @property
    def name(self) -> str:
        """The fact or score it names."""

    @property
    def limit(self) -> bool:
        """Whether it only limits the score."""


class Composite(Protocol):
    """A score, as the knowledge or an assessment has it."""

    @property
    def working(self) -> bool:
        """Whether it is only a step of the calculation."""

    @property
    def inputs(self) -> Sequence[Named]:
        """What it is made of."""


def factor_names(name: str, scores: Mapping[str, Composite]) -> list[str]:
    """What a score is shown to be made of: its inputs, in place of a step of the working what that is made of; no limits."""
    found: dict[str, None] = {}
    for item in scores[name].inputs:
        if item.limit:
            continue
        nested = scores.get(item.name)
        found.update(dict.fromkeys(factor_names(item.name, scores) if nested and nested.working else [item.name]))
    return list(found)
