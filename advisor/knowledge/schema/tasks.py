"""What there is to do: one catalogue of tasks. Plan, path, effort and Gantt chart are readings of it."""

from typing import Literal, Self

from pydantic import Field, model_validator

from advisor.knowledge.schema.base import PHASES, Authored, Basis, Name, Phase, Premises, Role, VerdictName
from advisor.knowledge.schema.findings import Finding
from advisor.knowledge.schema.products import Deployment
from advisor.knowledge.schema.selecting import Span, _rises
from advisor.text import Text

WAYS: tuple[Deployment, ...] = ("hosted", "private_cloud", "on_premise", "custom", "open_source")


class Work(Authored):
    """An amount of work, time or money: a base, and so much for each of some quantities."""

    base: Span = (0, 0, 0)
    per: dict[Name, Span] = {}

    @model_validator(mode="after")
    def _low_to_high(self) -> Self:
        if not all(map(_rises, (self.base, *self.per.values()))):
            raise ValueError("every figure runs from low over base to high")
        return self

    @property
    def is_nothing(self) -> bool:
        """Whether it is none, whatever the firm."""
        return not any(self.base) and not self.per


class Raise(Authored):
    """How a task moves an answer: from any earlier value of ``order``, worse to better, to its last; or, for a question
    about money, to a sum of the project."""

    order: list[int | float | str] = []
    money: Literal["first_year", "later_year"] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.money is None) == (len(self.order) < 2):
            raise ValueError("an answer is moved along an `order` of two values at least, or to a sum of `money`")
        if len(set(self.order)) != len(self.order):
            raise ValueError("`order` names a value twice")
        return self

    def betters(self, value: object, target: object) -> bool:
        """Whether a target lies further along than a value. A word that is not in ``order`` is not moved."""
        if isinstance(value, str):
            return value in self.order[:-1]
        assert isinstance(value, int | float) and isinstance(target, int | float)
        rises = bool(self.money) or float(self.order[0]) < float(self.order[-1])
        return value < target if rises else value > target


class Task(Finding):
    """Something to do. Days are person-days, ``weeks`` the least time it takes whoever does it, ``rmb`` what is paid to
    others beside the days; ``people`` can work on it side by side; ``by_staff`` says that they are not the project team.

    A task is in a plan because every project with a system has it (``core``), because a rule asks for it, because it
    ``lifts`` a condition or blocker, ``meets`` a risk or carries out a simpler alternative, because it ``asks`` what is
    not known, or because plans of some verdicts end in it. ``raises`` says which answers it moves, ``requires`` what must
    hold before. ``pressing`` is what answers the occasion and cannot wait where a rule asks for it: a contract on the
    table, a date, data about to be lost, a structure being redrawn, a system to be mended; ``first`` of these is what a
    day that passes by itself would settle otherwise. It is silent where a rule asks for one of ``unless``, or one lifts
    what stands in the way: that settles first whether it comes at all, or does its work. So it is in a firm of fewer
    people than ``least_staff``, for which it is too much: there it comes only where it lifts what stands in the way, or
    nothing else meets a grave risk.
    """

    kind: Literal["task"] = "task"
    phase: Phase
    owner: Role
    after: list[Name] = []
    done_when: Text
    own_days: Work
    outside_days: Work = Work()
    weeks: Work
    rmb: Work = Work()
    people: int = Field(default=1, ge=1, le=50)
    by_staff: bool = False
    ways: list[Deployment] = list(WAYS)
    core: bool = False
    without_system: bool = False
    pressing: bool | Literal["first"] = False
    unless: list[Name] = []
    least_staff: int = Field(default=0, ge=0, le=1000)
    lifts: list[Name] = []
    meets: list[Name] = []
    asks: Literal["deciders", "everyone"] | None = None
    ends: list[VerdictName] = []
    raises: dict[Name, Raise] = {}
    requires: Premises | None = None
    sources: list[str] = []
    basis: Basis = "inferred"

    @model_validator(mode="after")
    def _has_drivers(self) -> Self:
        if self.own_days.is_nothing and self.outside_days.is_nothing:
            raise ValueError("a task needs days of work: `own_days` or `outside_days`, with `base` or `per`")
        return self

    @property
    def before_contract(self) -> bool:
        """Whether it belongs to the phases before a system is bought."""
        return PHASES.index(self.phase) <= PHASES.index("contract")

    @property
    def drivers(self) -> tuple[str, ...]:
        """The quantities it grows with."""
        return tuple(dict.fromkeys(n for work in (self.own_days, self.outside_days, self.weeks, self.rmb) for n in work.per))
