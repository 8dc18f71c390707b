"""One firm as a project sees it, from its facts and the functions that are asked for.

A question with a closed list of answers leaves a missing answer within bounds, and some answers are known within bounds. So
the firm stands three times in the arrays: with every such answer at what makes the project smallest, at the middle, and at
what makes it largest. A number without a limit stays open in all three.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from advisor.knowledge.margins import Margin, bounds_of
from advisor.knowledge.premises import Value
from advisor.knowledge.schema.project import UNANSWERED
from advisor.project.cases import Numbers


class KnownFacts(Protocol):
    """What is known of a firm by name."""

    def value(self, fact: str) -> Value | None:
        """The value of a fact, None where it is missing."""

    def margin(self, fact: str) -> Margin | None:
        """The bounds within which a fact is known to lie, where it is not known exactly."""

    def applies(self, fact: str) -> bool:
        """Whether the fact makes sense for this firm."""


LEAST, MIDDLE, MOST = range(3)
"""The places of a firm in the arrays."""


@dataclass(frozen=True)
class OneFirm:
    """:class:`~advisor.project.firms.FirmFacts` of a single firm; ``functions`` counts those asked for in each reading."""

    facts: KnownFacts
    functions: Mapping[str, Sequence[float]]
    size: int = 3

    def number(self, fact: str) -> Numbers:
        """The value of a number; infinite at the middle and at the most where only its least is known."""
        margin = bounds_of(self.facts, fact)
        return self._read(fact, None, (margin.low, margin.high) if margin else (np.nan, np.nan))

    def chosen(self, fact: str) -> Numbers:
        """The value of a number that is a choice of the firm's; NaN where it made none."""
        value, margin = self.facts.value(fact), self.facts.margin(fact)
        made = self.facts.applies(fact) and (value is not None or margin is not None)
        return self.number(fact) if made else np.full(self.size, np.nan)

    def amount(self, fact: str, amounts: Mapping[str, float]) -> Numbers:
        """An amount looked up by the answer; one not listed adds nothing. Where there is none, or the question does not
        apply, it is what is listed for that."""
        value, margin = self.facts.value(fact), self.facts.margin(fact)
        assumed = amounts.get(UNANSWERED)
        if assumed is not None and (value is None or not self.facts.applies(fact)):
            return np.full(self.size, assumed)
        within = [number for answer, number in amounts.items() if margin is None or float(answer) in margin]
        bounds = (min(within, default=0.0), max(within, default=0.0))
        return self._read(fact, None if value is None else amounts.get(str(value), 0.0), bounds)

    def ticked(self, fact: str, options: Collection[str]) -> Numbers:
        """How many of some options were ticked."""
        value = self.facts.value(fact)
        ticked = float(len(value & set(options))) if isinstance(value, frozenset) else None
        return self._read(fact, ticked, (0.0, float(len(options))))

    def counted(self, quantity: str) -> Numbers:
        """How many functions must, or should, be there."""
        return np.array(self.functions[quantity], np.float64)

    def _read(self, fact: str, value: float | None, bounds: tuple[float, float]) -> Numbers:
        if not self.facts.applies(fact):
            return np.zeros(self.size)
        least, most = bounds if value is None else (value, value)
        if most == np.inf:
            return np.array([least, most, most])
        return np.array([least, (least + most) / 2, most])
