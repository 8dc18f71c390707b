"""What a selection comes to. A short list is one answer among several: not now, something lighter, what you own already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from advisor.assessment.model import Assessment
from advisor.assessment.model.selection import CandidateItem, OptionItem, OutcomeItem, OutcomeName
from advisor.knowledge.product_facts import value_label
from advisor.knowledge.schema import SelectionScheme
from advisor.phrases import joined, phrases, sentences
from advisor.selection.buyer import Buyer
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
) -> OutcomeItem:
    """The answer to "which one?", the verdict first: no list of products outweighs it."""
    survivors = [item for item in items if item.status != "excluded"]
    name, products = _name(assessment, buyer, survivors, scheme)
    values = {
        "suite": value_label("suite", buyer.suite) if buyer.suite else phrase("a_suite"),
        "names": joined([item.name for item in survivors if item.product in products]) if products else phrase("none_yet"),
        "blockers": joined([hurdle.title for hurdle in assessment.blockers]) if assessment.blockers else phrase("ability"),
        "lighter": joined([way.title for way in assessment.lighter]) if assessment.lighter else phrase("a_shared_file"),
        "codes": joined(
            [Text(zh=question.code, en=question.code) for question in assessment.verdict.deciding[:5]]
            or [phrase("all_open")]
        ),
        "count": len(survivors),
        "top": min(scheme.top, len(survivors)),
    }
    notes = tuple(_notes(assessment, buyer, options, items, survivors, name, scheme))
    return OutcomeItem(
        name=name,
        title=phrase(f"outcome.{name}.title"),
        text=phrase(f"outcome.{name}.{'text' if products or name != 'not_needed' else 'without'}", **values),
        products=tuple(products),
        notes=notes,
    )


def _name(
    assessment: Assessment, buyer: Buyer, survivors: Sequence[CandidateItem], scheme: SelectionScheme
) -> tuple[OutcomeName, list[str]]:
    lightweight = [item.product for item in survivors if item.lightweight]
    if before := BEFORE.get(assessment.verdict.name):
        return before, lightweight[: scheme.top] if before == "not_needed" else []
    if not survivors:
        return "none_fits", []
    if suite_products := [item.product for item in survivors if item.suite]:
        return "own_suite", suite_products
    if buyer.systems and "crm" in buyer.systems:
        return "own_system", [item.product for item in survivors[: scheme.top]]
    if lightweight and buyer.users[1] <= scheme.light_users:
        return "lighter_tool", lightweight[: scheme.top]
    return "shortlist", [item.product for item in survivors[: scheme.top]]


def _notes(
    assessment: Assessment,
    buyer: Buyer,
    options: Sequence[OptionItem],
    items: Sequence[CandidateItem],
    survivors: Sequence[CandidateItem],
    name: OutcomeName,
    scheme: SelectionScheme,
) -> Iterator[Text]:
    strategy = next((option for option in options if option.id == STRATEGY), None)
    if strategy and strategy.points >= scheme.strategy_first:
        yield phrase("note.strategy", reasons=sentences([reason.text for reason in strategy.reasons[:2]]))
    if assessment.verdict.name == "conditional" and assessment.conditions:
        yield phrase("note.conditions", conditions=joined([hurdle.title for hurdle in assessment.conditions]))
    if name not in ("answers_first", "not_needed") and buyer.systems and "erp" in buyer.systems:
        if buyer.suite is None:
            yield phrase("note.suite_unknown")
        elif buyer.suite != OWN_BUILD and not any(item.suite for item in survivors):
            yield phrase("note.suite_elsewhere")
    if not buyer.users_known:
        low, base, high = buyer.users
        yield phrase("note.users", low=f"{low:.0f}", base=f"{base:.0f}", high=f"{high:.0f}")
    if codes := dict.fromkeys(code for item in items for remark in item.depends for code in remark.codes):
        yield phrase("note.depends", codes=joined([Text(zh=code, en=code) for code in codes]))
    asking = sum(item.status == "ask" for item in survivors)
    if survivors and asking:
        yield phrase("note.ask", asking=asking, count=len(survivors))
    if name == "none_fits":
        exclusions = Counter(remark.filter for item in items for remark in item.excluded)
        titles = {remark.filter: remark.title for item in items for remark in item.excluded}
        for key, count in exclusions.most_common(3):
            yield phrase("note.excluded_by", filter=titles[key], count=count)
