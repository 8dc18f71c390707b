"""What the people are called who carry out tasks and answer questions: a firm of a few has no heads of departments."""

from __future__ import annotations

from advisor.assessment.model import Assessment
from advisor.phrases import phrases
from advisor.text import Text

phrase = phrases("report")

FEW = 20.0
"""Firms with fewer people than this have no departments (ours)."""
SMALL = 60.0
"""Firms with fewer people than this have heads of sales, service and finance, and no others (ours)."""


def head_count(assessment: Assessment) -> float | None:
    """How many people a firm has; None where it is not known exactly."""
    value = next((item.value for item in assessment.answers if item.question == "employees"), None)
    return float(value) if isinstance(value, int | float) else None


def role_name(role: str, people: float | None) -> Text:
    """The name of a role in a firm of so many people."""
    size = "role" if people is None or people >= SMALL else "role_small" if people >= FEW else "role_few"
    return phrase(f"{size}.{role}")
