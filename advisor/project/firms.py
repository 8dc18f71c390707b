"""What a project asks of firms: numbers, amounts by answer and counts, each an array over the firms."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from advisor.project.cases import Numbers


class FirmFacts(Protocol):
    """The facts of some firms. Every array has an element a firm: NaN where it gave no value, 0 where it does not apply."""

    @property
    def size(self) -> int:
        """How many firms there are."""

    def number(self, fact: str) -> Numbers:
        """The value of a number."""

    def amount(self, fact: str, amounts: Mapping[str, float]) -> Numbers:
        """An amount looked up by the answer to a choice or a scale."""

    def ticked(self, fact: str, options: Collection[str]) -> Numbers:
        """How many of some options were ticked."""

    def counted(self, quantity: str) -> Numbers:
        """A number counted from what the rules concluded."""


@dataclass(frozen=True)
class Some:
    """The facts of some of the firms, by their places."""

    whole: FirmFacts
    places: NDArray[np.int64]

    @property
    def size(self) -> int:
        """As :class:`FirmFacts`, and so are the rest."""
        return len(self.places)

    def number(self, fact: str) -> Numbers:
        """The value of a number."""
        return self.whole.number(fact)[self.places]

    def amount(self, fact: str, amounts: Mapping[str, float]) -> Numbers:
        """An amount looked up by the answer."""
        return self.whole.amount(fact, amounts)[self.places]

    def ticked(self, fact: str, options: Collection[str]) -> Numbers:
        """How many of some options were ticked."""
        return self.whole.ticked(fact, options)[self.places]

    def counted(self, quantity: str) -> Numbers:
        """A number counted from what the rules concluded."""
        return self.whole.counted(quantity)[self.places]


@dataclass(frozen=True)
class Stacked:
    """The facts of several groups of firms, one group after the other."""

    parts: Sequence[FirmFacts]

    @property
    def size(self) -> int:
        """As :class:`FirmFacts`, and so are the rest."""
        return sum(part.size for part in self.parts)

    def number(self, fact: str) -> Numbers:
        """The value of a number."""
        return np.concatenate([part.number(fact) for part in self.parts])

    def amount(self, fact: str, amounts: Mapping[str, float]) -> Numbers:
        """An amount looked up by the answer."""
        return np.concatenate([part.amount(fact, amounts) for part in self.parts])

    def ticked(self, fact: str, options: Collection[str]) -> Numbers:
        """How many of some options were ticked."""
        return np.concatenate([part.ticked(fact, options) for part in self.parts])

    def counted(self, quantity: str) -> Numbers:
        """A number counted from what the rules concluded."""
        return np.concatenate([part.counted(quantity) for part in self.parts])
