"""Sifting the catalogue: every product in every way it can be run, held against the filters.

Enters: the firm as a buyer, the options weighed, the products. Leaves: for each product the way of running it that does
best, with what excludes it, what to ask its vendor, and what hangs on answers the firm has not given. What is not known
neither passes nor fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from advisor.assessment.selections import OptionItem, RemarkItem, Status
from advisor.assessment.words import joined
from advisor.inference.facts import Facts
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import Premise, Test, Truth, Value, deciding
from advisor.knowledge.product_facts import product_facts, value_label
from advisor.knowledge.read_premises import sound_premise
from advisor.knowledge.schema import CostScheme, Product, SelectionScheme
from advisor.knowledge.schema.products import Deployment, Support
from advisor.knowledge.schema.selecting import CostClass, Span
from advisor.selection import cost as model
from advisor.selection.firm import Firm
from advisor.selection.options import codes_waited_for
from advisor.selection.routes import price_route
from advisor.selection.words import phrase
from advisor.text import Text

_DIRECT = (
    "deployments", "licence", "commercial_use", "made_for", "sizes", "industries", "languages", "data_in_china",
    "data_in_eu", "extensible", "open_interfaces", "support_in_china", "lightweight", "suite", "minimum_seats",
)  # fmt: skip
RANK: Mapping[Status, int] = {"kept": 0, "ask": 1, "excluded": 2}


@dataclass
class Candidate:
    """A product run in one way, as the filters see it: the ``Known`` that their premises are tested against."""

    product: Product
    way: Deployment | None
    option: OptionItem | None
    firm: Firm
    scheme: SelectionScheme
    cost: CostScheme
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
            case "musts_missing":
                return self._missing
            case "musts_to_build":
                return float(sum(self.supports.get(name) == "custom" for name in self.firm.musts))
            case "over_budget":
                return self.over_budget
            case _:
                return self._spare

    def unknown(self, fact: str) -> Truth:
        """Filters do not ask whether something is unknown."""
        return self.value(fact) is None

    def applies(self, fact: str) -> bool:
        """Every fact makes sense for every product."""
        return True

    def found(self, finding: str) -> Truth:
        """A product has no findings."""
        return None

    def doubtful(self, fact: str) -> bool:
        """Whether a fact of the product rests on evidence of low confidence."""
        return fact in _DIRECT and self._unsure(getattr(self.product.facts, fact).by)

    @cached_property
    def supports(self) -> Mapping[str, Support]:
        """How it does each function asked for, as far as it is known."""
        known = ((item.function, self.product.support(item.function)) for item in self.firm.wanted)
        return {name: found[0] for name, found in known if found}

    @cached_property
    def surely_missing(self) -> list[str]:
        """Functions that must be there and are known, with more than low confidence, to be missing."""
        found = ((name, self.product.support(name)) for name in self.firm.musts)
        return [name for name, said in found if said and said[0] == "no" and not self._unsure(said[1])]

    def _unsure(self, by: str | None) -> bool:
        """Whether what a fact rests on is of low confidence."""
        return by is not None and self.product.evidence[by].confidence == "low"

    @cached_property
    def readings(self) -> tuple[model.Readings, CostClass] | None:
        """The inputs of its cost, None where no way of running it is known."""
        if self.way is None:
            return None
        seats = self.product.facts.minimum_seats.known
        own = self.product.prices.get(self.way)
        if own and own.known:
            return price_route(self.firm, self.cost, self.way, own.known, seats, charged_so=True)
        online = self.product.prices.get("hosted")
        return price_route(self.firm, self.cost, self.way, online.known if online else None, seats)

    @cached_property
    def flow(self) -> model.Flow | None:
        """Its cost over the years."""
        return model.flow(self.readings[0], self.cost.years) if self.readings else None

    @cached_property
    def first_year(self) -> Span | None:
        """What is paid to others in the first year, in RMB."""
        return model.spread(self.flow.first()) if self.flow else None

    @cached_property
    def open_musts(self) -> list[str]:
        """Functions that must be there and of which the catalogue does not say, or says with low confidence, if they are."""
        missing = self.surely_missing
        sure = {name for name in self.supports if not self._unsure((self.product.support(name) or ("", None))[1])}
        return [name for name in self.firm.musts if name not in missing and name not in sure]

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
        return None if sizes is None or self.firm.size is None else "yes" if self.firm.size in sizes else "no"

    @property
    def _missing(self) -> float | None:
        missing = len(self.surely_missing)
        return float(missing) if missing or not self.open_musts else None

    @cached_property
    def over_budget(self) -> float | None:
        """By how many percent its lowest first-year cost exceeds the initial budget; None where either is not known."""
        budget = self.firm.initial_budget
        if budget is None or self.flow is None:
            return None
        least = self.first_year[0] if self.first_year else 0.0
        if budget == 0:
            return 0.0 if least == 0 else 1e6
        return max(0.0, 100 * (least / budget - 1))

    @property
    def _spare(self) -> float | None:
        seats = self.product.facts.minimum_seats.known
        if seats is None:
            return None
        return max(0.0, 100 * (seats / max(self.firm.users[2], 1.0) - 1))


@dataclass(frozen=True)
class Confirmed:
    """A candidate of which nothing counts as known that rests on evidence of low confidence."""

    candidate: Candidate

    def value(self, fact: str) -> Value | None:
        """A fact that is sure enough, None where it is not."""
        return None if self.candidate.doubtful(fact) else self.candidate.value(fact)

    def unknown(self, fact: str) -> Truth:
        """Filters do not ask whether something is unknown."""
        return self.value(fact) is None

    def applies(self, fact: str) -> bool:
        """Every fact makes sense for every product."""
        return True

    def found(self, finding: str) -> Truth:
        """A product has no findings."""
        return None


Filters = tuple[tuple[str, Premise | None, Premise], ...]
"""The filters by name: for which firms they count, and what they ask of a product."""


@lru_cache(maxsize=4)
def _filters(knowledge: Knowledge) -> Filters:
    """The filters of a knowledge, compiled once."""
    assert knowledge.selection is not None
    vocabulary = product_facts(knowledge.products.values())
    return tuple(
        (name, sound_premise(f.when, knowledge.facts) if f.when else None, sound_premise(f.needs, vocabulary))
        for name, f in knowledge.selection.filters.items()
    )


class Sieve:
    """The filters, and which of them count for a firm."""

    def __init__(self, knowledge: Knowledge, scheme: SelectionScheme, facts: Facts) -> None:
        self.knowledge, self.scheme = knowledge, scheme
        self.tests = [
            (name, when, needs, applies)
            for name, when, needs in _filters(knowledge)
            if (applies := when.holds(facts) if when else True) is not False
        ]

    def sift(self, candidate: Candidate) -> Candidate:
        """Hold one candidate against every filter and note what each has to say."""
        for name, when, needs, applies in self.tests:
            passes = needs.holds(candidate)
            if passes and self.scheme.filters[name].confirm and not needs.holds(Confirmed(candidate)):
                passes = None
            if passes is True:
                continue
            if passes is None and (codes := self._firm_side(needs, candidate)):
                candidate.depends.append(self._open(name, codes))
            elif when and applies is None:
                candidate.depends.append(self._open(name, codes_waited_for(when, self.knowledge, candidate.firm.facts)))
            elif passes is False:
                candidate.excluded.append(self._remark(name, candidate, self.scheme.filters[name].excluded))
            else:
                candidate.asks.append(self._remark(name, candidate, self.scheme.filters[name].ask))
        return candidate

    def _firm_side(self, needs: Premise, candidate: Candidate) -> list[str]:
        """The codes of questions to the firm that leave a filter undecided, where the product itself is plain."""
        codes: list[str] = []
        for leaf in deciding(needs, candidate):
            fact = leaf.fact if isinstance(leaf, Test) else ""
            if fact == "over_budget" and candidate.firm.initial_budget is None:
                codes.append(self.knowledge.questions["initial_budget"].code)
            elif fact == "suits_size" and candidate.firm.size is None and candidate.product.facts.sizes.known is not None:
                codes.append(self.knowledge.questions["employees"].code)
            elif fact == "way_ruled_out" and candidate.option:
                codes.extend(candidate.option.hard_open)
        return codes

    def _open(self, name: str, codes: list[str]) -> RemarkItem:
        """What hangs on questions the firm has yet to answer."""
        entry, questions = self.scheme.filters[name], joined([Text(zh=code, en=code) for code in codes])
        text = phrase("depends", filter=entry.title, questions=questions)
        return RemarkItem(
            filter=name, title=entry.title, text=text, details=(), sources=tuple(entry.sources), codes=tuple(codes)
        )

    def _remark(self, name: str, candidate: Candidate, text: Text) -> RemarkItem:
        entry = self.scheme.filters[name]
        return RemarkItem(
            filter=name,
            title=entry.title,
            text=text,
            details=tuple(self._details(name, candidate)),
            sources=tuple(entry.sources),
        )

    def _details(self, name: str, candidate: Candidate) -> Iterator[Text]:
        """What a reader needs besides: which functions, which way and why not, how much over."""
        if name == "must_functions":
            names = candidate.surely_missing or candidate.open_musts
            yield joined([self.knowledge.findings[name].title for name in names])
        elif name == "way_open" and candidate.way and candidate.option and candidate.option.hard:
            reason = next(r for r in candidate.option.reasons if r.hard)
            yield phrase("way_closed", way=value_label("way", candidate.way), reason=reason.text)
        elif name == "budget" and (over := candidate.over_budget):
            yield phrase("over_by_far" if over > 900 else "over_by", share=f"{max(1.0, over):.0f}%")
        elif name == "size" and (sizes := candidate.product.facts.sizes.known):
            yield phrase("made_for_sizes", sizes=joined([value_label("sizes", size) for size in sizes]))
        elif name == "language" and (spoken := candidate.product.facts.languages.known):
            yield phrase("speaks", languages=joined([value_label("languages", one) for one in spoken]))


def best_way(ways: list[Candidate]) -> Candidate:
    """Of one product's ways of being run, the one that gets furthest, and of those the one that suits the firm best."""

    def order(one: Candidate) -> tuple[int, int, float]:
        return (RANK[one.status], len(one.excluded), -(one.option.points if one.option else 0.0))

    return min(ways, key=order)


def sifted(
    knowledge: Knowledge, firm: Firm, scheme: SelectionScheme, cost: CostScheme, options: tuple[OptionItem, ...]
) -> list[Candidate]:
    """Every product of the catalogue in its best way of being run, in order of id."""
    sieve = Sieve(knowledge, scheme, firm.facts)
    by_way = {option.id: option for option in options if option.group == "deployment"}
    found = []
    for product in knowledge.products.values():
        ways: tuple[Deployment | None, ...] = product.facts.deployments.known or (None,)
        tried = [sieve.sift(Candidate(product, way, by_way.get(way) if way else None, firm, scheme, cost)) for way in ways]
        found.append(best_way(tried))
    return found
