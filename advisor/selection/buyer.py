"""What a selection asks of the firm itself: its project, which functions are asked for, what it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from advisor.assessment.budgets import first_year_money
from advisor.assessment.firm_project import PricedProject
from advisor.assessment.model.project import QuantityItem, Range
from advisor.assessment.model.selection import WantedItem
from advisor.inference.facts import Facts


@dataclass(frozen=True)
class Buyer:
    """One firm as a buyer. Money in RMB; None where it was not answered."""

    facts: Facts
    project: PricedProject
    users_item: QuantityItem
    wanted: tuple[WantedItem, ...]

    @cached_property
    def musts(self) -> tuple[str, ...]:
        """The functions that must be there whatever the missing answers turn out to be."""
        return tuple(item.function for item in self.wanted if item.priority == "must" and not item.open)

    @cached_property
    def likely_musts(self) -> Mapping[str, tuple[str, ...]]:
        """The functions that must be there as answers stand, each with the codes of the questions that could change that."""
        return {item.function: item.open for item in self.wanted if item.priority == "must" and item.open}

    @property
    def users(self) -> Range | None:
        """How many would use the system; None where it is open."""
        return self.users_item.range

    @property
    def first_year_money(self) -> float | None:
        """What can be spent in the first year."""
        return first_year_money(self.project)

    @property
    def size(self) -> str | None:
        """The band of its head count."""
        return self.word("firm_size")

    @property
    def customers(self) -> frozenset[str] | None:
        """Whom it sells to, in the words of the catalogue; None where it was not answered."""
        buyers = self.facts.value("buyers")
        if not isinstance(buyers, frozenset):
            return None
        return frozenset("persons" if buyer == "consumers" else "organisations" for buyer in buyers)

    @property
    def industry(self) -> str | None:
        """Its trade."""
        return self.word("industry")

    @property
    def suite(self) -> str | None:
        """The maker of its ERP."""
        return self.word("suite_maker")

    @property
    def systems(self) -> frozenset[str] | None:
        """The systems it runs."""
        value = self.facts.value("existing_systems")
        return value if isinstance(value, frozenset) else None

    def number(self, fact: str) -> float | None:
        """The value of a number, None where it is missing."""
        value = self.facts.value(fact)
        return float(value) if isinstance(value, int | float) else None

    def word(self, fact: str) -> str | None:
        """The option that was chosen, None where the answer is missing."""
        value = self.facts.value(fact)
        return value if isinstance(value, str) else None
