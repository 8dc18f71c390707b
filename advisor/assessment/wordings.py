"""What a finding is told in for this firm: its own words, or those it has for firms of a kind or under some verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from advisor.knowledge.facts import Fact
from advisor.knowledge.premises import Known
from advisor.knowledge.read_premises import sound_premise
from advisor.knowledge.schema import VerdictName
from advisor.knowledge.schema.findings import Finding, Wording

Worded = TypeVar("Worded", bound=Finding)


def worded(finding: Worded, known: Known, facts: Mapping[str, Fact], verdict: VerdictName) -> Worded:
    """A finding in the first of its wordings that is meant for this firm under this verdict; as it is where none is."""
    fitting = next((wording for wording in finding.wordings if _fits(wording, known, facts, verdict)), None)
    return finding.model_copy(update=fitting.words) if fitting else finding


def _fits(wording: Wording, known: Known, facts: Mapping[str, Fact], verdict: VerdictName) -> bool:
    """Whether a wording is meant: what it asks of the firm is known to hold, and it is for this verdict."""
    if wording.verdicts and verdict not in wording.verdicts:
        return False
    return not wording.when or sound_premise(wording.when, facts).holds(known) is True
