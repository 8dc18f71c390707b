"""What the people are called who carry out tasks and answer questions: as this trade calls them, and in a firm of a few by
what they do, for it has no heads of departments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from advisor.assessment.model import Assessment
from advisor.phrases import phrases
from advisor.text import Text, catalogue

phrase = phrases("report")

FEW = 20.0
"""Firms with fewer people than this have no departments (ours)."""
SMALL = 100.0
"""Firms with fewer people than this have heads of sales, service and finance, and no others (ours)."""
ONE_FOR_IT = 1
"""Where so many or fewer look after IT, nobody heads them."""

Trade = Literal["partnership", "school", "clinic", "association", "charity", "authority", "utility"]
TRADES: tuple[tuple[str, str, Trade], ...] = (
    ("organisation_kind", "partnership", "partnership"),
    ("organisation_kind", "association", "association"),
    ("organisation_kind", "charity", "charity"),
    ("organisation_kind", "public_body", "authority"),
    ("industry", "education", "school"),
    ("industry", "healthcare", "clinic"),
    ("industry", "public_service", "utility"),
)
"""The organisations whose people have names of their own, by the answer that tells; the first that holds counts."""


@dataclass(frozen=True)
class Naming:
    """What names depend on: how many people there are, in what trade, and how many of them look after IT (None: not known
    exactly)."""

    people: float | None = None
    trade: Trade | None = None
    it_staff: float | None = None


def head_count(assessment: Assessment) -> float | None:
    """How many people a firm has; None where it is not known exactly."""
    return _number(assessment, "employees")


def naming_of(assessment: Assessment) -> Naming:
    """What the names of people depend on in a firm."""
    trade = next((trade for question, answer, trade in TRADES if assessment.known(question) == answer), None)
    return Naming(head_count(assessment), trade, _number(assessment, "it_staff"))


def role_name(role: str, naming: Naming) -> Text:
    """The name of a role in a firm."""
    people = naming.people
    size = "role" if people is None or people >= SMALL else "role_small" if people >= FEW else "role_few"
    if role == "it" and size == "role" and naming.it_staff is not None and naming.it_staff <= ONE_FOR_IT:
        size = "role_small"
    own = f"{'role_few' if size == 'role_few' else 'role'}_{naming.trade}.{role}"
    return phrase(own if own in catalogue("report") else f"{size}.{role}")


def _number(assessment: Assessment, question: str) -> float | None:
    value = assessment.known(question)
    return float(value) if isinstance(value, int | float) else None
