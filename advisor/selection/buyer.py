"""What a selection asks of the firm itself: its project, which functions are asked for, what it has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from advisor.assessment.budgets import first_year_money
from advisor.assessment.firm_project import PricedProject
from advisor.assessment.model.project import QuantityItem, Range
from advisor.assessment.model.selection import OptionItem, SettingsItem, WantedItem
from advisor.inference.facts import Facts
from advisor.knowledge.schema import SelectionScheme

JOINED_BY: Mapping[str, tuple[str, ...]] = {"email": ("outlook", "google"), "private_wechat": ("wecom",)}
"""What a system joins with where customers are reached so."""


@dataclass(frozen=True)
class Buyer:
    """One firm as a buyer, on a ``day``. Money in RMB; None where it was not answered. ``languages`` are those its users
    need, ``systems_weighed`` what speaks for each kind of system, ``scheme`` the figures of the choice."""

    facts: Facts
    project: PricedProject
    users_item: QuantityItem
    wanted: tuple[WantedItem, ...]
    languages: frozenset[str] | None
    systems_weighed: Mapping[str, OptionItem]
    scheme: SelectionScheme
    day: date | None = None

    @cached_property
    def musts(self) -> tuple[str, ...]:
        """The functions that must be there whatever the missing answers turn out to be."""
        return tuple(item.function for item in self.wanted if item.priority == "must" and not item.open)

    @cached_property
    def set_itself(self) -> frozenset[str]:
        """The functions whose priority the firm has set itself."""
        return frozenset(item.function for item in self.wanted if item.changed)

    @cached_property
    def likely_musts(self) -> Mapping[str, tuple[str, ...]]:
        """The functions that must be there as answers stand, each with the codes of the questions that could change that."""
        return {item.function: item.open for item in self.wanted if item.priority == "must" and item.open}

    @cached_property
    def kinds_needed(self) -> frozenset[str]:
        """The kinds of system it needs as answers stand, of those that differ by the work they do."""
        return self._kinds(lambda item: not item.hard and item.points >= self.scheme.kind_needed)

    @cached_property
    def kinds_certain(self) -> frozenset[str]:
        """The kinds of system it needs whatever the missing answers turn out to be."""
        return self._kinds(lambda item: not item.hard and not item.hard_open and item.low >= self.scheme.kind_needed)

    @cached_property
    def kinds_possible(self) -> frozenset[str]:
        """The kinds of system that it may yet turn out to need."""
        return self._kinds(lambda item: not item.hard and item.high >= self.scheme.kind_needed)

    def _kinds(self, needed: Callable[[OptionItem], bool]) -> frozenset[str]:
        weighed = self.systems_weighed
        kinds = {kind for kinds in self.scheme.work.values() for kind in kinds}
        return frozenset(kind for kind in kinds & set(weighed) if needed(weighed[kind]))

    def other_work(self, function: str) -> bool:
        """Whether a function is the work of kinds of system of which it needs none, where it needs another."""
        kinds = self.scheme.work.get(function)
        return bool(kinds and self.kinds_needed and not self.kinds_needed & set(kinds))

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
    def home(self) -> str | None:
        """Where it is established."""
        return self.word("home_country")

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

    @property
    def joins(self) -> frozenset[str]:
        """What a system here has to join with, in the words of the catalogue: the ERP, and the ways of reaching customers;
        what is on private WeChat can only come to the firm by WeCom."""
        ways = self.chosen("messaging_ways") or frozenset()
        reached = {name for way in ways for name in JOINED_BY.get(way, (way,))}
        return frozenset(reached | ({self.suite} if self.suite else set()))

    @property
    def customers_abroad(self) -> bool:
        """Whether some of its customers are known to live abroad: their data is then not for its home alone."""
        homes = self.chosen("people_homes")
        return bool(homes and homes - {self.home})

    def chosen(self, fact: str) -> frozenset[str] | None:
        """The options chosen of several, None where the answer is missing."""
        value = self.facts.value(fact)
        return value if isinstance(value, frozenset) else None

    def number(self, fact: str) -> float | None:
        """The value of a number, None where it is missing."""
        value = self.facts.value(fact)
        return float(value) if isinstance(value, int | float) else None

    def word(self, fact: str) -> str | None:
        """The option that was chosen, None where the answer is missing."""
        value = self.facts.value(fact)
        return value if isinstance(value, str) else None


def languages_needed(facts: Facts, scheme: SelectionScheme, settings: SettingsItem) -> frozenset[str] | None:
    """The languages users must find in a system: as set, else as answered, else as they follow from where the firm is at
    home; None where nothing says."""
    if settings.languages:
        return frozenset(settings.languages)
    answered, home = facts.value("user_languages"), facts.value("home_country")
    if isinstance(answered, frozenset) and answered:
        return answered
    follow = scheme.languages.get(home) if isinstance(home, str) else None
    return frozenset(follow) if follow else None
