"""What a selection asks of the firm itself: who would use the system, what it may cost, which functions are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from advisor.assessment.model import Assessment
from advisor.assessment.model.selection import SettingsItem, WantedItem
from advisor.inference.facts import Facts
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import CostScheme, SelectionScheme
from advisor.knowledge.schema.selecting import Span
from advisor.selection.functions import wanted_items


@dataclass(frozen=True)
class Buyer:
    """One firm as a buyer. Money in RMB; None where it was not answered."""

    facts: Facts
    users: Span
    users_known: bool
    initial_budget: float | None
    running_budget: float | None
    size: str | None
    industry: str | None
    suite: str | None
    systems: frozenset[str] | None
    wanted: tuple[WantedItem, ...]

    @cached_property
    def musts(self) -> tuple[str, ...]:
        """The functions that must be there."""
        return tuple(item.function for item in self.wanted if item.priority == "must")

    def number(self, fact: str) -> float | None:
        """The value of a number, None where it is missing."""
        value = self.facts.value(fact)
        return float(value) if isinstance(value, int | float) else None


def buyer_of(
    assessment: Assessment,
    facts: Facts,
    scheme: SelectionScheme,
    cost: CostScheme,
    settings: SettingsItem,
    knowledge: Knowledge,
) -> Buyer:
    """The firm as a buyer."""

    def number(name: str) -> float | None:
        value = facts.value(name)
        return float(value) if isinstance(value, int | float) else None

    def word(name: str) -> str | None:
        value = facts.value(name)
        return value if isinstance(value, str) else None

    known = number("crm_users")
    systems = facts.value("existing_systems")
    return Buyer(
        facts=facts,
        users=(known, known, known) if known else _guess_users(number("field_staff"), number("employees"), cost),
        users_known=known is not None,
        initial_budget=number("initial_budget"),
        running_budget=number("running_budget"),
        size=word("firm_size"),
        industry=word("industry"),
        suite=word("suite_maker"),
        systems=systems if isinstance(systems, frozenset) else None,
        wanted=wanted_items(assessment, scheme, settings, knowledge),
    )


def _guess_users(field_staff: float | None, employees: float | None, cost: CostScheme) -> Span:
    """Users where the firm does not say: by its field staff or its head count, whichever gives more; five where neither is
    known."""
    guesses = [(5.0, 5.0, 5.0)]
    for count, name in ((field_staff, "users_of_field_staff"), (employees, "users_of_employees")):
        if count:
            low, base, high = cost.figures[name].span
            guesses.append((count * low, count * base, count * high))
    low, base, high = (max(guess[reading] for guess in guesses) for reading in range(3))
    return (float(round(low)), float(round(base)), float(round(high)))
