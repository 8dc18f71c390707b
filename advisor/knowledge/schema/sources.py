"""Papers with their sections and claims, and works outside the papers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from advisor.knowledge.schema.base import Authored, Level
from advisor.text import Text


class Source(Authored):
    """One of the six papers, with its section headings."""

    id: Annotated[str, Field(pattern=r"^P[1-9]$")]
    kind: Literal["paper"]
    title: Text
    origin: Text
    year: int | None
    year_note: Text | None = None
    sections: dict[str, Text]


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
    """A work outside the six papers."""

    citation: str
    year: int
    confidence: Level
    says: Text
