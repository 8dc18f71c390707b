"""One firm as a project sees it, from its facts and the functions that are asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from advisor.knowledge.premises import Value
from advisor.project.cases import Numbers


class KnownFacts(Protocol):
    """What is known of a firm by name."""

    def value(self, fact: str) -> Value | None:
        """The value of a fact, None where it is missing."""

    def applies(self, fact: str) -> bool:
        """Whether the fact makes sense for this firm."""


@dataclass(frozen=True)
class OneFirm:
    """:class:`~advisor.project.firms.FirmFacts` of a single firm; ``functions`` counts those asked for."""

    facts: KnownFacts
    functions: Mapping[str, int]
    size: int = 1

    def number(self, fact: str) -> Numbers:
        """The value of a number."""
        value = self.facts.value(fact)
        return self._read(fact, float(value) if isinstance(value, int | float) else np.nan)

    def amount(self, fact: str, amounts: Mapping[str, float]) -> Numbers:
        """An amount looked up by the answer; an answer that is not listed adds nothing."""
        value = self.facts.value(fact)
        return self._read(fact, np.nan if value is None else amounts.get(str(value), 0.0))

    def ticked(self, fact: str, options: Collection[str]) -> Numbers:
        """How many of some options were ticked."""
        value = self.facts.value(fact)
        return self._read(fact, float(len(value & set(options))) if isinstance(value, frozenset) else np.nan)

    def counted(self, quantity: str) -> Numbers:
        """How many functions must, or should, be there."""
        return np.array([float(self.functions[quantity])])

    def _read(self, fact: str, value: float) -> Numbers:
        return np.array([value if self.facts.applies(fact) else 0.0])
