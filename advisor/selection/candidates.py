"""A product in one way of being run, as the filters see it. What is not known neither passes nor fails."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from advisor.assessment.model.selection import OptionItem, RemarkItem, Status
from advisor.knowledge.premises import Truth, Value
from advisor.knowledge.schema import Product, SelectionScheme
from advisor.knowledge.schema.products import Deployment, Support
from advisor.selection.buyer import Buyer
from advisor.selection.pair_costs import PairCost

_DIRECT = frozenset((
    "deployments", "licence", "commercial_use", "made_for", "customers", "sizes", "industries", "languages", "data_in_china",
    "data_in_eu", "extensible", "open_interfaces", "support_in_china", "lightweight", "suite", "needs_suite",
    "minimum_seats", "kinds", "connectors", "data_regions", "partners", "xinchuang", "offline", "self_export", "backing",
))  # fmt: skip
_BEHIND = {
    "speaks_languages": "languages", "suits_size": "sizes", "suits_buyers": "customers",
    "same_suite": "suite", "suits_trade": "only_trades", "seats_to_spare": "minimum_seats",
    "suits_body": "made_for", "ends_soon": "end_of_life", "china_alone": "support_in_china",
}  # fmt: skip
"""What is worked out from a fact of the product, by that fact."""

_WORKED_OUT = {
    "way": "way", "way_ruled_out": "_ruled_out", "speaks_languages": "_speaks", "suits_size": "_suits",
    "suits_trade": "_suits_trade", "suits_body": "_suits_body", "ends_soon": "_ends_soon", "suits_buyers": "_suits_buyers",
    "same_suite": "same_suite", "musts_missing": "_missing", "over_budget": "over_budget", "seats_to_spare": "_spare",
    "one_product": "_one_product", "china_alone": "_china_alone", "way_vouched": "_way_vouched",
}  # fmt: skip
"""What is worked out of the product and the firm, by the property that does."""

NEGOTIATED: tuple[Deployment, ...] = ("private_cloud", "on_premise")
"""Ways that makers offer to some clients alone: without evidence nothing tells whether they would to this one."""
UNLISTED_LANGUAGE = "another_language"
"""A language that users need and the catalogue does not tell of."""


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
    """A product run in one way, in the ``edition`` that suits; ``estimate`` is what it costs."""

    product: Product
    way: Deployment | None
    option: OptionItem | None
    buyer: Buyer
    scheme: SelectionScheme
    estimate: PairCost
    edition: str | None = None
    excluded: list[RemarkItem] = field(default_factory=list)
    asks: list[RemarkItem] = field(default_factory=list)
    depends: list[RemarkItem] = field(default_factory=list)
    waived: list[RemarkItem] = field(default_factory=list)

    @property
    def status(self) -> Status:
        """Out, hanging on the vendor, or through."""
        return "excluded" if self.excluded else "ask" if self.asks else "kept"

    @property
    def doubted(self) -> bool:
        """Whether something unverified speaks against it."""
        return any(remark.against for remark in self.asks)

    def value(self, fact: str) -> Value | None:
        """A fact of the product run in this way, None where it is not known."""
        if fact in _DIRECT:
            return self.product.plain_facts[fact]
        if fact == "musts_to_build":
            return float(sum(self.supports.get(name) == "custom" for name in self.buyer.musts))
        worked_out: str | float | None = getattr(self, _WORKED_OUT[fact])
        return worked_out

    def doubtful(self, fact: str) -> bool:
        """Whether a fact of the product rests on evidence of low confidence, or on none that was looked up."""
        if fact == "over_budget":
            datum = self.product.prices.get(self.way) if self.way and self.estimate.price == "listed" else None
            return datum is not None and self._unsure(datum.by)
        base = _BEHIND.get(fact, fact)
        return base in _DIRECT and self._unsure(getattr(self.product.facts, base).by)

    @cached_property
    def told(self) -> Mapping[str, tuple[Support, str]]:
        """How it does each function asked for, as far as it is known, with the evidence."""
        known = ((item.function, self.product.support(item.function, self.edition)) for item in self.buyer.wanted)
        return {name: support for name, support in known if support}

    @cached_property
    def supports(self) -> Mapping[str, Support]:
        """How it does each function asked for, as far as it is known."""
        return {name: support for name, (support, _) in self.told.items()}

    @cached_property
    def surely_missing(self) -> list[str]:
        """Functions known for sure to be missing that must be there whichever kinds of system turn out to be needed."""
        return [name for name in self._missing_of(self.buyer.musts) if name in self._asked_whatever_is_open]

    @cached_property
    def _asked_whatever_is_open(self) -> frozenset[str]:
        """Of the functions that must be there those asked of it whatever missing answers may say of the kinds needed."""
        certain, possible = self.buyer.kinds_certain, self.buyer.kinds_possible
        choices = [certain, possible, *(certain | {kind} for kind in possible - certain)]
        asked = (self.asked_of_it(self.buyer.musts, choice) for choice in choices)
        return frozenset.intersection(*map(frozenset, asked))

    @cached_property
    def missing_codes(self) -> list[str]:
        """The codes of the questions on which it hangs whether functions known to be missing must be there."""
        missing = self._missing_of(self.buyer.likely_musts)
        return list(dict.fromkeys(code for name in missing for code in self.buyer.likely_musts[name]))

    def asked_of_it(self, functions: Iterable[str], kinds_needed: frozenset[str] | None = None) -> list[str]:
        """Of some functions those that a product of its kind is asked for: where it is of a kind that the firm needs (as
        answers stand, or as given), the work of that kind, of what it is made for first; what other kinds do is left to
        them, unless the firm has set itself that it must be there."""
        kinds_needed = self.buyer.kinds_needed if kinds_needed is None else kinds_needed
        needed = [kind for kind in self.product.facts.kinds.known or () if kind in kinds_needed]
        if not needed:
            return list(functions)
        kinds = {needed[0]} if needed[0] == (self.product.facts.kinds.known or ("",))[0] else set(needed)
        work, set_itself = self.scheme.work, self.buyer.set_itself
        return [name for name in functions if name not in work or name in set_itself or kinds & set(work[name])]

    def _missing_of(self, functions: Iterable[str]) -> list[str]:
        supports = ((name, self.told.get(name)) for name in self.asked_of_it(functions))
        return [name for name, support in supports if support and support[0] == "no" and not self._unsure(support[1])]

    def _unsure(self, by: str | None) -> bool:
        """Whether too little stands behind a fact for it to exclude the product."""
        return by is not None and self.product.evidence[by].unsure

    @cached_property
    def open_musts(self) -> list[str]:
        """Functions that must be there and are not known to be, nor known for sure to be missing."""
        musts = self.asked_of_it((*self.buyer.musts, *self.buyer.likely_musts))
        perhaps = {name for name in self._missing_of(self.buyer.musts) if name not in self._asked_whatever_is_open}
        return [n for n in musts if n not in self.supports or n in self.doubtfully_missing or n in perhaps]

    @cached_property
    def doubtfully_missing(self) -> list[str]:
        """Functions that must be there and are missing as far as we know, with too little behind it to exclude."""
        musts = self.asked_of_it((*self.buyer.musts, *self.buyer.likely_musts))
        supports = {name: self.told.get(name) for name in musts}
        return [name for name, found in supports.items() if found and found[0] == "no" and self._unsure(found[1])]

    def weighed(self, known: float, unknown: float, by: str | None) -> tuple[float, float, float]:
        """The points a fact is worth, low, middle and high; where nobody verified it, between those of what is said and
        those of what is unknown."""
        if by is None or not self.product.evidence[by].unverified:
            return known, known, known
        trust = self.scheme.unverified
        return trust * known, trust * known + (1 - trust) * unknown, trust * known + (1 - trust) * 100

    @property
    def _ruled_out(self) -> str | None:
        if self.option is None:
            return None
        return "yes" if self.option.hard else None if self.option.hard_open else "no"

    @property
    def _way_vouched(self) -> str | None:
        """Whether something that was looked up says that it can be run this way."""
        deployments = self.product.facts.deployments
        return None if self.way in NEGOTIATED and self._unsure(deployments.by) else "yes"

    @property
    def _speaks(self) -> str | None:
        spoken, needed = self.product.facts.languages.known, self.buyer.languages
        if spoken is None:
            return None
        if needed is None:
            everyone = self.buyer.home is None and set(self.scheme.languages_unknown) <= set(spoken)
            return "yes" if everyone else None
        missing = needed - set(spoken)
        return "yes" if not missing else None if missing == {UNLISTED_LANGUAGE} else "no"

    @property
    def _suits(self) -> str | None:
        sizes = self.product.facts.sizes.known
        return None if sizes is None or self.buyer.size is None else "yes" if self.buyer.size in sizes else "no"

    @property
    def _suits_trade(self) -> str | None:
        only, industry = self.product.facts.only_trades.known, self.buyer.industry
        return "yes" if not only else None if industry is None else "yes" if industry in only else "no"

    @property
    def _suits_body(self) -> str | None:
        """What is made for companies does for a charity as well, and not the reverse."""
        made_for, organisation = self.product.facts.made_for.known, self.buyer.word("organisation_kind")
        if made_for != "non_profits":
            return "yes" if made_for else None
        return None if organisation is None else "yes" if organisation in self.scheme.non_profits else "no"

    @property
    def _one_product(self) -> str:
        return "no" if self.product.generic else "yes"

    @property
    def _china_alone(self) -> str:
        """Whether somebody is known to set it up in mainland China, and nobody anywhere else."""
        facts = self.product.facts
        return "yes" if facts.support_in_china.known == "yes" and not set(facts.partners.known or ()) - {"cn"} else "no"

    @property
    def _ends_soon(self) -> str:
        """Whether an end is announced that is near; where none is known of, none is."""
        datum, ways = self.product.facts.end_of_life, self.product.ends_in
        end, day = datum.known, self.buyer.day or self.product.evidence[datum.by or next(iter(self.product.evidence))].read
        if end is None or day is None or (ways and self.way not in ways):
            return "no"
        return "yes" if end < day + timedelta(days=round(365.25 * self.scheme.ending)) else "no"

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
    """A candidate of which nothing counts as known that too little stands behind."""

    candidate: Candidate

    def value(self, fact: str) -> Value | None:
        """A fact that is sure enough, None where it is not."""
        return None if self.candidate.doubtful(fact) else self.candidate.value(fact)
