"""A product in one way of being run, as the filters see it. What is not known neither passes nor fails."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from advisor.assessment.model.selection import OptionItem, RemarkItem, Status
from advisor.knowledge.premises import Truth, Value
from advisor.knowledge.schema import Product, SelectionScheme
from advisor.knowledge.schema.products import Deployment, Support
from advisor.selection.buyer import Buyer
from advisor.selection.pair_costs import PairCost

_DIRECT = (
    "deployments", "licence", "commercial_use", "made_for", "customers", "sizes", "industries", "languages", "data_in_china",
    "data_in_eu", "extensible", "open_interfaces", "support_in_china", "lightweight", "suite", "needs_suite",
    "minimum_seats",
)  # fmt: skip


class ProductKnown(ABC):
    """What the filters see of a product: the ``Known`` that their premises are tested against."""

    @abstractmethod
    def value(self, fact: str) -> Value | None:
        """A fact, None where it is not known."""

    def margin(self, fact: str) -> None:
        """Nothing here is known within bounds."""
        return

    def unknown(self, fact: str) -> Truth:
        """Filters do not ask whether something is unknown."""
        return self.value(fact) is None

    def applies(self, fact: str) -> bool:
        """Every fact makes sense for every product."""
        return True

    def found(self, finding: str) -> Truth:
        """A product has no findings."""
        return None


@dataclass
class Candidate(ProductKnown):
    """A product run in one way; ``estimate`` is what it costs."""

    product: Product
    way: Deployment | None
    option: OptionItem | None
    buyer: Buyer
    scheme: SelectionScheme
    estimate: PairCost
    excluded: list[RemarkItem] = field(default_factory=list)
    asks: list[RemarkItem] = field(default_factory=list)
    depends: list[RemarkItem] = field(default_factory=list)

    @property
    def status(self) -> Status:
        """Out, hanging on the vendor, or through."""
        return "excluded" if self.excluded else "ask" if self.asks else "kept"

    def value(self, fact: str) -> Value | None:
        """A fact of the product run in this way, None where it is not known."""
        if fact in _DIRECT:
            known = getattr(self.product.facts, fact).known
            return frozenset(known) if isinstance(known, tuple) else known
        match fact:
            case "way":
                return self.way
            case "way_ruled_out":
                return self._ruled_out
            case "speaks_languages":
                return self._speaks
            case "suits_size":
                return self._suits
            case "suits_buyers":
                return self._suits_buyers
            case "same_suite":
                return self.same_suite
            case "musts_missing":
                return self._missing
            case "musts_to_build":
                return float(sum(self.supports.get(name) == "custom" for name in self.buyer.musts))
            case "over_budget":
                return self.over_budget
            case _:
                return self._spare

    def doubtful(self, fact: str) -> bool:
        """Whether a fact of the product rests on evidence of low confidence."""
        return fact in _DIRECT and self._unsure(getattr(self.product.facts, fact).by)

    @cached_property
    def supports(self) -> Mapping[str, Support]:
        """How it does each function asked for, as far as it is known."""
        known = ((item.function, self.product.support(item.function)) for item in self.buyer.wanted)
        return {name: support[0] for name, support in known if support}

    @cached_property
    def surely_missing(self) -> list[str]:
        """Functions that must be there and are known, with more than low confidence, to be missing."""
        return self._missing_of(self.buyer.musts)

    @cached_property
    def missing_codes(self) -> list[str]:
        """The codes of the questions on which it hangs whether functions known to be missing must be there."""
        missing = self._missing_of(self.buyer.likely_musts)
        return list(dict.fromkeys(code for name in missing for code in self.buyer.likely_musts[name]))

    def _missing_of(self, functions: Iterable[str]) -> list[str]:
        supports = ((name, self.product.support(name)) for name in functions)
        return [name for name, support in supports if support and support[0] == "no" and not self._unsure(support[1])]

    def _unsure(self, by: str | None) -> bool:
        """Whether what a fact rests on is of low confidence."""
        return by is not None and self.product.evidence[by].confidence == "low"

    @cached_property
    def open_musts(self) -> list[str]:
        """Functions that must be there and of which the catalogue does not say, or says with low confidence, if they are."""
        sure = {name for name in self.supports if not self._unsure((self.product.support(name) or ("", None))[1])}
        return [name for name in (*self.buyer.musts, *self.buyer.likely_musts) if name not in sure]

    @property
    def _ruled_out(self) -> str | None:
        if self.option is None:
            return None
        return "yes" if self.option.hard else None if self.option.hard_open else "no"

    @property
    def _speaks(self) -> str | None:
        spoken = self.product.facts.languages.known
        return None if spoken is None else "yes" if set(self.scheme.languages) <= set(spoken) else "no"

    @property
    def _suits(self) -> str | None:
        sizes = self.product.facts.sizes.known
        return None if sizes is None or self.buyer.size is None else "yes" if self.buyer.size in sizes else "no"

    @property
    def _suits_buyers(self) -> str | None:
        made_for, sold_to = self.product.facts.customers.known, self.buyer.customers
        return None if made_for is None or not sold_to else "yes" if sold_to & set(made_for) else "no"

    @property
    def same_suite(self) -> str | None:
        """Whether it belongs to the suite the firm runs; None where the firm has not said which that is."""
        suite, systems = self.product.facts.suite.known, self.buyer.systems
        if suite in (None, "none"):
            return None if suite is None else "no"
        if self.buyer.suite is not None:
            return "yes" if suite == self.buyer.suite else "no"
        return "no" if systems is not None and "erp" not in systems else None

    @property
    def _missing(self) -> float | None:
        missing = len(self.surely_missing)
        return float(missing) if missing or not (self.open_musts or self.missing_codes) else None

    @cached_property
    def over_budget(self) -> float | None:
        """By how many percent its lowest first-year cost exceeds the money for that year; None where either is not known."""
        budget = self.buyer.first_year_money
        if budget is None or self.estimate.first_year is None:
            return None
        least, _, _ = self.estimate.first_year
        if budget == 0:
            return 0.0 if least == 0 else 1e6
        return max(0.0, 100 * (least / budget - 1))

    @property
    def _spare(self) -> float | None:
        seats = self.product.facts.minimum_seats.known
        if seats is None or self.buyer.users is None:
            return None
        return max(0.0, 100 * (seats / max(self.buyer.users[2], 1.0) - 1))


@dataclass(frozen=True)
class Confirmed(ProductKnown):
    """A candidate of which nothing counts as known that rests on evidence of low confidence."""

    candidate: Candidate

    def value(self, fact: str) -> Value | None:
        """A fact that is sure enough, None where it is not."""
        return None if self.candidate.doubtful(fact) else self.candidate.value(fact)
