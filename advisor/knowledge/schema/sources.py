"""Papers with their sections and claims, and works outside the papers."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from advisor.knowledge.schema.base import Authored, Level, Name
from advisor.phrases import sentences
from advisor.text import Text, TextOrSame


class Source(Authored):
    """One of the six papers, with its section headings."""

    id: Annotated[str, Field(pattern=r"^P[1-9]$")]
    kind: Literal["paper"]
    title: Text
    origin: Text
    year: int | None
    year_note: Text | None = None
    sections: dict[str, Text]

    @property
    def provenance(self) -> Text:
        """Where the paper is from, and what is known of the year it was written in."""
        return sentences([self.origin, self.year_note]) if self.year_note else self.origin


class Claim(Authored):
    """One statement of a paper in our words."""

    section: str
    kind: Literal[
        "principle", "need", "risk", "mitigation", "acquisition", "threshold", "capability", "crm_function",
        "feasibility_factor", "evaluation", "benefit", "classification", "misconception", "service_practice",
    ]  # fmt: skip
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    dated: bool = False
    note: Text | None = None

    @property
    def text(self) -> Text:
        """The statement in both languages."""
        return Text(zh=self.zh, en=self.en)


class External(Authored):
    """A work outside the six papers. ``citation`` names the work as a list of sources does, in the reader's language; one
    string stands for both. ``read_in`` says how its text was looked up (which copy or page, an abstract alone, or not at
    all): for whoever checks it, and on no page for a client. ``checked`` and ``expires`` say when it was last looked at and
    until when to rely on it without looking again. ``law_of`` is an answer to where a firm is at home: to firms that are
    not, and hold data on nobody there, the work is no ground for anything. ``general`` marks the law on personal data at
    large of its place: where a rule that speaks of data law at large cites one, the laws of all places that bind the firm
    stand for it."""

    citation: TextOrSame
    read_in: TextOrSame | None = None
    year: int
    law_of: Name | None = None
    general: bool = False
    confidence: Level
    says: Text
    checked: date
    expires: date

    @model_validator(mode="after")
    def _expires_later(self) -> Self:
        if self.expires <= self.checked:
            raise ValueError("`expires` lies after `checked`")
        return self


class Context(Authored):
    """Why a claim is background only and must not act."""

    because: Literal["dated_market_state", "definition", "aim_of_paper", "general_truth"]
    reason: Text


class Side(Authored):
    """One side of a disagreement: the claims, and what they come to."""

    claims: list[str] = Field(min_length=1)
    says: Text


class Disagreement(Authored):
    """Where papers (or places in one) pull apart: every side, what the adviser does about it, and why."""

    id: Name
    title: Text
    sides: list[Side] = Field(min_length=1)
    handling: Text
    why: Text
    concerns: list[Name] = []
    """Rules, findings or scores in which the handling shows."""


class Release(Authored):
    """Which version of the knowledge this is, as its authors count; a hash of the files' content goes with it."""

    version: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+){1,2}$")]
    about: Text
