"""Which risks come first: likelihood times impact times how soon, and levels that tell risks of one firm apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from advisor.assessment.course import BRINGING_NOTHING_IN, staying_course
from advisor.assessment.model import Assessment, RiskItem
from advisor.assessment.verdict import calls_for_project
from advisor.knowledge.schema import Level, Strikes

LEVELS: tuple[Level, ...] = ("low", "medium", "high")
FEW = 6
"""Up to so many risks have the level of their cell; of more, the first and the last stand out."""
HIGH_SHARE, LOW_SHARE = 0.25, 0.35
MOST_HIGH = 5
"""A register in which everything is high says nothing: at most a quarter, and five, are."""
NEARNESS: Mapping[Strikes, float] = {"now": 3.0, "before_contract": 3.0, "in_project": 2.0, "in_use": 1.0, "beside": 0.25}
NEARNESS_WITHOUT_PROJECT: Mapping[Strikes, float] = {
    "now": 3.0, "before_contract": 0.25, "in_project": 0.25, "in_use": 0.25, "beside": 2.0,
}  # fmt: skip
"""Where no system is called for, nothing strikes in deciding on one, bringing it in or using it."""


class Ranked(Protocol):
    """A risk as ranking sees it."""

    @property
    def likelihood(self) -> Level:
        """How likely it is."""

    @property
    def impact(self) -> Level:
        """How much harm it does."""

    @property
    def strikes(self) -> Strikes | None:
        """How soon."""


def risk_level(likelihood: Level, impact: Level) -> Level:
    """The cell of the 3 × 3 matrix: two steps above the lowest corner is medium, more is high."""
    steps = LEVELS.index(likelihood) + LEVELS.index(impact)
    return LEVELS[min(2, max(0, steps - 1))]


def gravity(risk: Ranked, nearness: Mapping[Strikes, float] = NEARNESS) -> float:
    """Likelihood times impact, 1 to 3 each, times how soon."""
    return (1 + LEVELS.index(risk.likelihood)) * (1 + LEVELS.index(risk.impact)) * nearness[risk.strikes or "in_use"]


def own_risks(assessment: Assessment) -> list[RiskItem]:
    """The risks of a firm, gravest first: all of them where a project may follow, else those that strike without one. Where
    the CRM system there is stays, those of choosing a new one and bringing it in are left out."""
    course = staying_course(assessment)
    if course in BRINGING_NOTHING_IN:
        return [risk for risk in assessment.risks if risk.strikes not in ("before_contract", "in_project")]
    project = calls_for_project(assessment.verdict.name)
    return [risk for risk in assessment.risks if project or risk.strikes in (None, "now", "beside")]


def levels_of(ranked: Sequence[Ranked]) -> list[Level]:
    """The level of each of some risks, gravest first.

    >>> from types import SimpleNamespace
    >>> alike = [SimpleNamespace(likelihood="high", impact="high", strikes="now")] * 8
    >>> levels_of(alike)
    ['high', 'high', 'medium', 'medium', 'medium', 'low', 'low', 'low']
    """
    count = len(ranked)
    if count <= FEW:  # what strikes sooner is never of a lower level than what comes after it
        cells = [risk_level(risk.likelihood, risk.impact) for risk in ranked]
        return [max(cells[place:], key=LEVELS.index) for place in range(count)]
    high, low = min(MOST_HIGH, max(1, round(count * HIGH_SHARE))), max(1, round(count * LOW_SHARE))
    return ["high" if place < high else "low" if place >= count - low else "medium" for place in range(count)]
