"""Two assessments of one firm side by side: what changed, and which rules made the difference.

Enters: two :class:`~advisor.assessment.model.Assessment`. Leaves: :class:`AssessmentChanges`, empty where nothing differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.assessment.model import Assessment
from advisor.knowledge.schema import VerdictName
from advisor.text import Text

COMPARED_LISTS = (
    "blockers", "conditions", "lighter", "risks", "needs", "functions", "practices", "misconceptions", "cautions",
    "legal_checks", "benefits", "approaches", "plan",
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """A finding gained or lost: its kind (as :class:`Assessment` names the list), id and title, and the rules behind it."""

    kind: str
    id: str
    title: Text
    rules: tuple[str, ...]


@dataclass(frozen=True)
class AssessmentChanges:
    """What differs between two assessments; scores as (before, after), None where there was no reading."""

    verdict: tuple[VerdictName, VerdictName] | None
    scores: Mapping[str, tuple[float | None, float | None]]
    gained: tuple[Change, ...]
    lost: tuple[Change, ...]
    rules_gained: tuple[str, ...]
    rules_lost: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.verdict or self.scores or self.gained or self.lost or self.rules_gained or self.rules_lost)


def compare(before: Assessment, after: Assessment) -> AssessmentChanges:
    """The changes from ``before`` to ``after``, in the order of the report."""
    names = (before.verdict.name, after.verdict.name)
    points = {
        name: (before.scores[name].points if name in before.scores else None, score.points)
        for name, score in after.scores.items()
    }
    old, new = [s.rule for s in before.trace], [s.rule for s in after.trace]
    return AssessmentChanges(
        verdict=names if names[0] != names[1] else None,
        scores={name: pair for name, pair in points.items() if pair[0] != pair[1]},
        gained=_only_in(after, before),
        lost=_only_in(before, after),
        rules_gained=tuple(rule for rule in new if rule not in set(old)),
        rules_lost=tuple(rule for rule in old if rule not in set(new)),
    )


def _only_in(assessment: Assessment, other: Assessment) -> tuple[Change, ...]:
    changes = []
    for kind in COMPARED_LISTS:
        if assessment.lacks(kind) or other.lacks(kind):
            continue  # nothing can be said of what was not worked out
        known = {item.id for item in getattr(other, kind)}
        changes += [
            Change(kind, item.id, item.title, item.supports) for item in getattr(assessment, kind) if item.id not in known
        ]
    return tuple(changes)
