"""What a selection comes to. A short list is one answer among several: not now, something lighter, what you own already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from advisor.assessment.model import Assessment
from advisor.assessment.model.selection import CandidateItem, OptionItem, OutcomeItem, OutcomeName
from advisor.knowledge.product_facts import value_label
from advisor.knowledge.schema import SelectionScheme
from advisor.knowledge.schema.products import Deployment
from advisor.phrases import joined, phrases, quoted, sentences
from advisor.selection.buyer import Buyer
from advisor.selection.ranking import leading_pairs
from advisor.text import Text

phrase = phrases("selection")

STRATEGY = "strategic_work_first"
OWN_BUILD = "own_build"
"""The answer of a firm whose ERP has no maker to ask."""
BEFORE: dict[str, OutcomeName] = {
    "not_needed_now": "not_needed",
    "not_yet": "first_things",
    "not_enough_answers": "answers_first",
}


def outcome_of(
    assessment: Assessment,
    buyer: Buyer,
    options: Sequence[OptionItem],
    items: Sequence[CandidateItem],
    scheme: SelectionScheme,
    way: Deployment | None,
) -> OutcomeItem:
    """The answer to "which one?", the verdict first: no list of products outweighs it. ``way`` is the way of running
    a system that the project is planned for."""
    survivors = [item for item in items if item.status != "excluded"]
    name, products = _name(assessment, buyer, leading_pairs(items, way), scheme, way)
    by_product = {item.product: item for item in survivors}
    values = {
        "suite": value_label("suite", buyer.suite) if buyer.suite else phrase("a_suite"),
        "names": joined([_named(by_product[name]) for name in products]) if products else phrase("none_yet"),
        "blockers": joined([hurdle.title for hurdle in assessment.blockers]) if assessment.blockers else phrase("ability"),
        "lighter": joined([way.title for way in assessment.lighter]) if assessment.lighter else phrase("a_shared_file"),
        "codes": joined([quoted(question.text) for question in assessment.verdict.deciding[:5]] or [phrase("all_open")]),
        "count": len(survivors),
        "top": min(scheme.top, len(survivors)),
    }
    notes = tuple(_notes(assessment, buyer, options, items, survivors, name, scheme, way))
    return OutcomeItem(
        name=name,
        title=phrase(f"outcome.{name}.title"),
        text=phrase(f"outcome.{name}.text", **values),
        products=tuple(products),
        notes=notes,
    )


def _named(item: CandidateItem) -> Text:
    """A product, and that its price has to be asked for."""
    return phrase("name_on_request", name=item.name) if item.price == "on_request" else item.name


def _name(
    assessment: Assessment,
    buyer: Buyer,
    leading: Sequence[CandidateItem],
    scheme: SelectionScheme,
    way: Deployment | None,
) -> tuple[OutcomeName, list[str]]:
    lightweight = [item.product for item in leading if item.lightweight]
    if before := BEFORE.get(assessment.verdict.name):
        return before, []
    if not leading:
        return "none_fits", []
    if suite_products := [item.product for item in leading if item.suite and item.way == way and not _too_dear(buyer, item)]:
        return "own_suite", suite_products
    if buyer.systems and "crm" in buyer.systems:
        return "own_system", [item.product for item in leading[: scheme.top]]
    if lightweight and buyer.users and buyer.users[1] <= scheme.light_users:
        return "lighter_tool", lightweight[: scheme.top]
    return "shortlist", [item.product for item in leading[: scheme.top]]


def _too_dear(buyer: Buyer, item: CandidateItem) -> bool:
    """Whether the base estimate of a product's first year is known to exceed the money there is."""
    money, cost = buyer.first_year_money, buyer.project.cost
    return money is not None and item.first_year is not None and item.first_year[1] * cost.rates[cost.currency] > money


def _notes(
    assessment: Assessment,
    buyer: Buyer,
    options: Sequence[OptionItem],
    items: Sequence[CandidateItem],
    survivors: Sequence[CandidateItem],
    name: OutcomeName,
    scheme: SelectionScheme,
    way: Deployment | None,
) -> Iterator[Text]:
    if name == "not_needed":
        return
    strategy = next((option for option in options if option.id == STRATEGY), None)
    if strategy and strategy.points >= scheme.strategy_first:
        yield phrase("note.strategy", reasons=sentences([reason.text for reason in strategy.reasons[:2]]))
    if assessment.verdict.name == "conditional" and assessment.conditions:
        yield phrase("note.conditions", conditions=joined([hurdle.title for hurdle in assessment.conditions]))
    if name != "answers_first" and buyer.systems and "erp" in buyer.systems:
        yield from _suite_notes(buyer, survivors, way)
    yield from _users(buyer)
    if codes := dict.fromkeys(code for item in items for remark in item.depends for code in remark.codes):
        yield phrase("note.depends", codes=joined([Text(zh=code, en=code) for code in codes]))
    if on_request := [item for item in survivors if item.price == "on_request"]:
        yield phrase("note.on_request", count=len(on_request), all=len(survivors))
    asking = sum(item.status == "ask" for item in survivors)
    if survivors and asking:
        yield phrase("note.ask", asking=asking, count=len(survivors))
    if name == "none_fits":
        exclusions = Counter(remark.filter for item in items for remark in item.excluded)
        titles = {remark.filter: remark.title for item in items for remark in item.excluded}
        for key, count in exclusions.most_common(3):
            yield phrase("note.excluded_by", filter=titles[key], count=count)


def _suite_notes(buyer: Buyer, survivors: Sequence[CandidateItem], way: Deployment | None) -> Iterator[Text]:
    """What to know of the suite whose ERP a firm runs."""
    if buyer.suite is None:
        yield phrase("note.suite_unknown")
    elif buyer.suite != OWN_BUILD and not any(item.suite for item in survivors):
        yield phrase("note.suite_elsewhere")
    elif dear := [item.name for item in survivors if item.suite and _too_dear(buyer, item)]:
        yield phrase("note.suite_dear", names=joined(dear))
    elif other := [item.name for item in survivors if item.suite and item.way != way]:
        yield phrase("note.suite_other_way", names=joined(other))


def _users(buyer: Buyer) -> Iterator[Text]:
    """How the number of users was come by where the firm did not give it, and what closes it where it is open."""
    if buyer.users_item.origin not in ("open", "worked_out"):
        return
    codes = joined([Text(zh=code, en=code) for code in buyer.users_item.codes])
    if buyer.users is None:
        yield phrase("note.users_open", codes=codes)
    else:
        low, base, high = (f"{reading:.0f}" for reading in buyer.users)
        yield phrase("note.users", low=low, base=base, high=high, codes=codes)
