"""Firms as a project sees them, written out by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from advisor.knowledge import Knowledge
from advisor.knowledge.schema import ProjectScheme
from advisor.project.cases import Numbers

Given = float | int | str | frozenset[str] | None


@dataclass(frozen=True)
class WrittenFirms:
    """:class:`~advisor.project.firms.FirmFacts` of firms given as a mapping each; what is not there was not answered."""

    firms: tuple[Mapping[str, Given], ...]
    functions: Mapping[str, float] = field(default_factory=lambda: {"must_functions": 8.0, "should_functions": 5.0})

    @property
    def size(self) -> int:
        return len(self.firms)

    def number(self, fact: str) -> Numbers:
        return np.array([_number(firm.get(fact)) for firm in self.firms])

    def chosen(self, fact: str) -> Numbers:
        return self.number(fact)

    def amount(self, fact: str, amounts: Mapping[str, float]) -> Numbers:
        given = [firm.get(fact) for firm in self.firms]
        return np.array(
            [amounts.get("unanswered", np.nan) if value is None else amounts.get(str(value), 0.0) for value in given]
        )

    def ticked(self, fact: str, options: Collection[str]) -> Numbers:
        given = [firm.get(fact) for firm in self.firms]
        return np.array([len(value & set(options)) if isinstance(value, frozenset) else np.nan for value in given])

    def counted(self, quantity: str) -> Numbers:
        return np.full(self.size, self.functions[quantity])


def _number(value: Given) -> float:
    return float(value) if isinstance(value, int | float) else np.nan


def firm(**changes: Given) -> Mapping[str, Given]:
    """A maker of machines with 45 users, everything a project asks for answered, changed as named."""
    answers: dict[str, Given] = {
        "employees": 130,
        "home_country": "mainland_china",
        "field_staff": 36,
        "own_sites": 2,
        "partner_sites": 0,
        "crm_users": 45,
        "after_sales_weight": 4,
        "existing_systems": frozenset({"erp", "finance"}),
        "customer_data_home": "several_systems",
        "customer_accounts": 2100,
        "buyers": frozenset({"firms"}),
        "process_specificity": 3,
    }
    return answers | changes


def scheme_of(knowledge: Knowledge) -> ProjectScheme:
    """How the product's own knowledge works a project out."""
    assert knowledge.project
    return knowledge.project
