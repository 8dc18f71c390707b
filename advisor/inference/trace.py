"""What happened while rules ran: every firing with what it rested on, and every rule that could not be decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.inference.facts import Facts
from advisor.inference.models import ModelReading
from advisor.inference.scores import ScoreValue
from advisor.knowledge.premises import Truth, Value


@dataclass(frozen=True)
class Firing:
    """A rule that fired: its place in the order, the facts with their values and the findings that made it fire."""

    order: int
    rule: str
    layer: str
    bindings: tuple[tuple[str, Value | None], ...]
    findings: tuple[str, ...]


@dataclass(frozen=True)
class Undecided:
    """A rule that may or may not hold: the facts that are missing to decide it, and findings undecided themselves."""

    rule: str
    layer: str
    missing: tuple[str, ...]
    findings: tuple[str, ...]


@dataclass(frozen=True)
class Inference:
    """The whole outcome for one firm. ``findings`` says of each finding: concluded, ruled out or undecided (None)."""

    facts: Facts
    scores: Mapping[str, ScoreValue]
    model: ModelReading
    firings: tuple[Firing, ...]
    undecided: tuple[Undecided, ...]
    findings: Mapping[str, Truth]
