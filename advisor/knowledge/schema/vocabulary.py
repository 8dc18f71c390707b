"""Bands, operating models and the cut-offs of the verdict."""

from typing import Literal, Self

from pydantic import Field, model_validator

from advisor.knowledge.schema.base import Authored, Basis, Limit, Model, Name, Points, Premises
from advisor.text import Text


def _rise_without_gap(limits: list[float | None]) -> None:
    """Refuse steps that leave a gap or overlap: every one but the last has an upper limit, each above the one before."""
    if limits[-1] is not None:
        raise ValueError("the last step must have no `below`: it takes all that is left")
    rising = [limit for limit in limits[:-1] if limit is not None]
    if len(rising) != len(limits) - 1 or rising != sorted(set(rising)):
        raise ValueError("every step but the last needs a `below`, each larger than the one before")


class BandStep(Authored):
    """One class of a banded number: all values under ``below`` that no earlier step took."""

    id: Name
    below: float | None = None
    label: Text


class Band(Authored):
    """An ordered class read off a number, e.g. firm size from head count."""

    label: Text
    of: Name
    steps: list[BandStep] = Field(min_length=2)
    sources: list[str] = []
    basis: Basis
    note: Text | None = None

    @model_validator(mode="after")
    def _steps_rise_without_gap(self) -> Self:
        _rise_without_gap([step.below for step in self.steps])
        return self


class ProjectFact(Authored):
    """A scale that is worked out from the project of a firm, and may be tested and scored like an answer: what each step
    means, lowest first."""

    label: Text
    about: Text
    steps: dict[int, Text] = Field(min_length=2)
    sources: list[str]
    basis: Basis
    limit: Limit | None = None

    @model_validator(mode="after")
    def _steps_follow(self) -> Self:
        if sorted(self.steps) != list(range(len(self.steps))):
            raise ValueError("`steps` are numbered from 0 without a gap")
        return self


class ModelKind(Authored):
    """One of the four operating models, and where it lies on the two axes."""

    label: Text
    about: Text
    product: Literal["low", "high"]
    decision: Literal["low", "high"]
    sources: list[str]


class ModelScheme(Authored):
    """How the operating model is read: the axes, the width of the fuzzy middle, and what counts as mixed."""

    product_axis: Name
    decision_axis: Name
    middle: tuple[Points, Points]
    axis_weight: float = Field(gt=0)
    mixed_margin: float = Field(ge=0, le=1)
    kinds: dict[Model, ModelKind]

    @model_validator(mode="after")
    def _every_corner_is_taken_once(self) -> Self:
        if self.middle[0] >= self.middle[1]:
            raise ValueError("`middle` runs from a lower to a higher number")
        if len({(kind.product, kind.decision) for kind in self.kinds.values()}) != 4:
            raise ValueError("the four models take the four corners of the two axes, each one of its own")
        return self


class GradeLabels(Authored):
    """What scores are called that lie under, between and from the limits of the verdict on."""

    low: Text
    medium: Text
    high: Text


class Sign(Authored):
    """A sign that a business is complex: one strong sign, or two weak ones, rule out a simpler alternative.

    Rules ask for them by the facts ``strong_signs`` and ``weak_signs``, which hold the ids of the signs that are known to be
    there: an answer still missing is no sign, and no verdict that rests on its absence is settled.
    """

    id: Name
    strength: Literal["strong", "weak"]
    label: Text
    when: Premises = Field(min_length=1)
    sources: list[str] = []
    basis: Basis


class VerdictScheme(Authored):
    """The cut-offs of the verdict. No paper gives any: they are ours, named, and meant to be edited."""

    need: Name
    ability: Name
    grades: GradeLabels
    enough_answers: float = Field(ge=0, le=1)
    need_too_low: Points
    need_open: Points
    need_high: Points | None = None
    ability_too_low: Points
    ability_enough: Points
    weak_factor: Points
    weak_factor_answered: float = Field(ge=0, le=1)
    gates: list[Name] = []
    """Questions whose answers must not be averaged away: one without an answer is named first among what is still open."""
    sources: list[str]
    note: Text
    signs: list[Sign] = []

    @model_validator(mode="after")
    def _cut_offs_rise(self) -> Self:
        if self.need_too_low > self.need_open or self.ability_too_low >= self.ability_enough:
            raise ValueError("need_too_low ≤ need_open and ability_too_low < ability_enough must hold")
        return self
