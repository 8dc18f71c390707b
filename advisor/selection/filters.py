"""Filtering the catalogue: every product in every way it can be run, held against the filters.

Enters: the firm as a buyer, the options weighed, the products. Leaves: every pair of product and way, with what excludes it,
what to ask its vendor, and what hangs on answers the firm has not given. What is not known neither passes nor fails.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from advisor.assessment.answer_items import missing_codes
from advisor.assessment.budgets import BUDGETS
from advisor.assessment.model.selection import OptionItem, RemarkItem, SettingsItem, Status
from advisor.inference.facts import Facts
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import Premise, Test, deciding
from advisor.knowledge.product_facts import product_facts, value_label
from advisor.knowledge.read_premises import sound_premise
from advisor.knowledge.schema import SelectionScheme
from advisor.knowledge.schema.products import Deployment
from advisor.phrases import joined, phrases
from advisor.selection.buyer import Buyer
from advisor.selection.candidates import Candidate, Confirmed
from advisor.selection.editions import chosen_edition
from advisor.selection.pair_costs import PairCost, pair_costs
from advisor.text import Text

phrase = phrases("selection")

MUSTS = "must_functions"
"""The filter that asks for the functions that must be there."""
STATUS_ORDER: Mapping[Status, int] = {"kept": 0, "ask": 1, "excluded": 2}


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


def filters_off(scheme: SelectionScheme, settings: SettingsItem) -> dict[str, str]:
    """The filters a firm switched off, each with its reason: of those of a legal duty only the ones that have one."""
    known = {name: scheme.filters.get(name) for name in settings.filters_off}  # saved settings may name one of before
    return {
        name: settings.filters_off[name] for name, f in known.items() if f and (settings.filters_off[name] or not f.legal)
    }


class ProductFilters:
    """The filters that count for a firm; those that are ``off`` mark what they would exclude."""

    def __init__(self, knowledge: Knowledge, scheme: SelectionScheme, facts: Facts, off: Collection[str] = ()) -> None:
        self.knowledge, self.scheme, self.off = knowledge, scheme, off
        self._opened: dict[tuple[str, ...], RemarkItem] = {}
        self._plain: dict[tuple[str, bool, bool], RemarkItem] = {}
        self.tests = [
            (name, when, needs, applies)
            for name, when, needs in _filters(knowledge)
            if (applies := when.holds(facts) if when else True) is not False
        ]

    def apply(self, candidate: Candidate) -> Candidate:
        """Hold one candidate against every filter and note what each has to say."""
        for name, when, needs, applies in self.tests:
            passes, confirm = needs.holds(candidate), self.scheme.filters[name].confirm
            if passes and not confirm:
                continue
            sure = None if passes is None else needs.holds(Confirmed(candidate))
            if passes and sure:
                continue
            against = passes is False and sure is not False and not self.scheme.filters[name].strict
            passes = None if passes else passes
            if passes is None and (codes := self._firm_side(needs, candidate)):
                candidate.depends.append(self._open(name, codes))
                if name == MUSTS and candidate.open_musts:
                    candidate.asks.append(self._remark(name, candidate, self.scheme.filters[name].ask))
            elif when and applies is None:
                candidate.depends.append(self._open(name, missing_codes(when, self.knowledge, candidate.buyer.facts)))
            elif passes is False and not against:
                candidate.excluded.append(self._remark(name, candidate, self.scheme.filters[name].excluded))
            else:
                candidate.asks.append(self._remark(name, candidate, self.scheme.filters[name].ask, against))
        return self._switched_off(candidate) if self.off else candidate

    def _switched_off(self, candidate: Candidate) -> Candidate:
        """Filters that are off exclude nothing, take no points and wait for no answer; their questions stay."""
        off = self.off
        candidate.waived = [remark for remark in candidate.excluded if remark.filter in off]
        candidate.excluded = [remark for remark in candidate.excluded if remark.filter not in off]
        candidate.depends = [remark for remark in candidate.depends if remark.filter not in off]
        candidate.asks = [r.model_copy(update={"against": False}) if r.filter in off else r for r in candidate.asks]
        return candidate

    def _firm_side(self, needs: Premise, candidate: Candidate) -> list[str]:
        """The codes of questions to the firm that leave a filter undecided, where the product itself is plain."""
        codes: list[str] = []
        for leaf in deciding(needs, candidate):
            fact = leaf.fact if isinstance(leaf, Test) else ""
            if fact == "over_budget" and candidate.estimate.price != "on_request":
                codes.extend(self._open_money(candidate))
            elif fact == "seats_to_spare" and candidate.product.facts.minimum_seats.known is not None:
                codes.extend(candidate.buyer.users_item.codes)
            elif fact == "suits_size" and candidate.buyer.size is None and candidate.product.facts.sizes.known is not None:
                codes.append(self.knowledge.questions["employees"].code)
            elif fact == "speaks_languages" and candidate.product.facts.languages.known is not None:
                codes.extend(self._open_languages(candidate.buyer))
            elif fact == "suits_trade":
                codes.append(self.knowledge.questions["industry"].code)
            elif fact == "suits_body" and candidate.product.facts.made_for.known is not None:
                codes.append(self.knowledge.questions["organisation_kind"].code)
            elif fact == "suits_buyers" and candidate.product.facts.customers.known is not None:
                codes.append(self.knowledge.questions["buyers"].code)
            elif fact == "same_suite" and candidate.product.facts.suite.known is not None:
                asked = "suite_maker" if candidate.buyer.systems is not None else "existing_systems"
                codes.append(self.knowledge.questions[asked].code)
            elif fact == "musts_missing":
                codes.extend(candidate.missing_codes)
            elif fact == "way_ruled_out" and candidate.option:
                codes.extend(candidate.option.hard_open)
        return codes

    def _open_languages(self, buyer: Buyer) -> list[str]:
        """The codes of questions that leave it open which languages users need."""
        if buyer.languages is not None:
            return []
        names = ["user_languages"] if buyer.home else ["home_country", "user_languages"]
        return [self.knowledge.questions[name].code for name in names]

    def _open_money(self, candidate: Candidate) -> list[str]:
        """The codes of questions that leave cost or money open."""
        buyer = candidate.buyer
        budgets = [self.knowledge.questions[name].code for name in BUDGETS if buyer.number(name) is None]
        return [*budgets, *(buyer.users_item.codes if buyer.users is None else ())]

    def _open(self, name: str, codes: list[str]) -> RemarkItem:
        """What hangs on questions the firm has yet to answer; the same for every product it hangs on."""
        key = (name, *codes)
        if key not in self._opened:
            self._opened[key] = self._opened_by(name, codes)
        return self._opened[key]

    def _opened_by(self, name: str, codes: list[str]) -> RemarkItem:
        entry, questions = self.scheme.filters[name], joined([Text(zh=code, en=code) for code in codes])
        text = phrase("depends", filter=entry.title, questions=questions)
        return RemarkItem(
            filter=name, title=entry.title, text=text, details=(), sources=tuple(entry.sources), codes=tuple(codes)
        )

    def _remark(self, name: str, candidate: Candidate, text: Text, against: bool = False) -> RemarkItem:
        entry = self.scheme.filters[name]
        against = against or (name == MUSTS and bool(candidate.doubtfully_missing) and not candidate.surely_missing)
        details, key = tuple(self._details(name, candidate)), (name, text is entry.ask, against)
        if not details and key in self._plain:
            return self._plain[key]
        remark = RemarkItem(
            filter=name, title=entry.title, text=text, details=details, sources=tuple(entry.sources), against=against
        )
        return remark if details else self._plain.setdefault(key, remark)

    def _details(self, name: str, candidate: Candidate) -> Iterator[Text]:
        """What a reader needs besides: which functions, which way and why not, how much over."""
        if name == MUSTS:
            names = candidate.surely_missing or candidate.open_musts
            yield joined([self.knowledge.findings[name].title for name in names])
        elif name == "way_open" and candidate.way and candidate.option and candidate.option.hard:
            reason = next(r for r in candidate.option.reasons if r.hard)
            yield phrase("way_closed", way=value_label("way", candidate.way), reason=reason.text)
        elif name == "budget" and (over := candidate.over_budget):
            yield phrase("over_by_far" if over > 900 else "over_by", share=f"{max(1.0, over):.0f}%")
        elif name == "size" and (sizes := candidate.product.facts.sizes.known):
            yield phrase("made_for_sizes", sizes=joined([value_label("sizes", size) for size in sizes]))
        elif name == "customers" and (customers := candidate.product.facts.customers.known):
            yield phrase("made_for_customers", customers=joined([value_label("customers", kind) for kind in customers]))
        elif name == "language" and (spoken := candidate.product.facts.languages.known):
            yield phrase("speaks", languages=joined([value_label("languages", language) for language in spoken]))


def best_pair(pairs: list[Candidate], way: Deployment | None) -> Candidate:
    """Of one product's ways of being run, one that is not excluded and that nothing unverified speaks against, of those the
    one that is planned, then the one that gets furthest and suits the firm best; of those alike one with a known price. What
    only a filter that is off would exclude comes after what passes."""

    def order(candidate: Candidate) -> tuple[int, int, bool, bool, int, float, bool]:
        return (
            len(candidate.excluded),
            len(candidate.waived),
            candidate.doubted,
            candidate.way != way,
            STATUS_ORDER[candidate.status],
            -(candidate.option.points if candidate.option else 0.0),
            candidate.estimate.price == "on_request",
        )

    return min(pairs, key=order)


def filtered_pairs(
    knowledge: Knowledge,
    buyer: Buyer,
    scheme: SelectionScheme,
    options: tuple[OptionItem, ...],
    off: Collection[str] = (),
) -> list[list[Candidate]]:
    """Every product of the catalogue in every way it can be run, by product in order of id; ``off`` are filters that were
    switched off."""
    filters = ProductFilters(knowledge, scheme, buyer.facts, off)
    by_way = {option.id: option for option in options if option.group == "deployment"}
    editions = {
        (product.id, way): chosen_edition(product, way, buyer)
        for product in knowledge.products.values()
        for way in product.facts.deployments.known or ()
    }
    estimates = pair_costs(knowledge.products.values(), buyer.project, editions)
    pairs = []
    for product in knowledge.products.values():
        ways: tuple[Deployment | None, ...] = product.facts.deployments.known or (None,)
        pairs.append(
            [
                filters.apply(
                    Candidate(
                        product,
                        way,
                        by_way.get(way or ""),
                        buyer,
                        scheme,
                        estimates[product.id, way] if way else PairCost("on_request"),
                        editions[product.id, way] if way else None,
                    )
                )
                for way in ways
            ]
        )
    return pairs
