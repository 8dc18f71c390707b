"""What a project asks of firms: numbers, amounts by answer and counts, each an array over the firms."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

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
