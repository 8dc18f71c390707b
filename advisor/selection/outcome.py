"""What a selection comes to. A short list is one answer among several: not now, something lighter, what you own already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from advisor.assessment.course import STAYING, course_finding, course_of, course_tasks
from advisor.assessment.model import Assessment
from advisor.assessment.model.selection import CandidateItem, OptionItem, OutcomeItem, OutcomeName
from advisor.assessment.project_items import comes_in_stages, quantity_item
from advisor.assessment.remark_items import doubted_users
from advisor.knowledge.currency import estimate
from advisor.knowledge.product_facts import value_label
from advisor.knowledge.schema import SelectionScheme
from advisor.knowledge.schema.products import Deployment
from advisor.phrases import joined, phrases, quoted, sentences
from advisor.project.work import OUTSIDE, OWN
from advisor.selection.buyer import Buyer
from advisor.selection.fitting import Fitting, fitting_products
from advisor.selection.ranking import leading_pairs
from advisor.text import Text

phrase = phrases("selection")

MUSTS_NAMED = 4
"""So many functions are named of what to look for."""
STRATEGY = "strategic_work_first"
TRADE_SYSTEM = "trade_system"
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
    off: Mapping[str, str],
) -> OutcomeItem:
    """The answer to "which one?", the verdict first: no list of products outweighs it. ``way`` is the way of running
    a system that the project is planned for, ``off`` are filters that were switched off, with reasons."""
    survivors = [item for item in items if item.status != "excluded"]
    every = leading_pairs(items, way, scheme)
    fitting = fitting_products(every, buyer, way, scheme)
    name, products = _name(assessment, buyer, every, fitting.items, scheme, way)
    by_product = {item.product: item for item in survivors}
    named = [by_product[product] for product in products]
    musts = [function.title for function in assessment.functions if function.priority == "must"]
    values = {
        "suite": value_label("suite", buyer.suite) if buyer.suite else phrase("a_suite"),
        "names": joined([_named(item) for item in named if name != "own_suite" or item.suite])
        if named
        else phrase("none_yet"),
        "rivals": joined([_named(item) for item in named if not item.suite] or [phrase("other_products")]),
        "blockers": joined([hurdle.title for hurdle in assessment.blockers]) if assessment.blockers else phrase("ability"),
        "lighter": joined([way.title for way in assessment.lighter]) if assessment.lighter else phrase("a_shared_file"),
        "codes": joined([quoted(question.text) for question in assessment.verdict.deciding[:5]] or [phrase("all_open")]),
        "kind": fitting.kinds[0].title if fitting.kinds else phrase("a_system"),
        "musts": joined(musts[:MUSTS_NAMED] or [phrase("all_musts")]),
    }
    strategy = _strategy(options, scheme) if _chooses(assessment, name) else None
    notes = (
        *_switched_off(items, scheme, off),
        *_course_notes(assessment, buyer, name),
        *(_missing_kind(fitting, named)),
        *_notes(assessment, buyer, strategy, items, survivors, name, scheme, way),
    )
    wording = _wording(assessment, name, products, survivors, strategy is not None)
    return OutcomeItem(
        name=name,
        title=phrase(f"outcome.{wording}.title"),
        text=phrase(f"outcome.{wording}.text", **values),
        products=tuple(products),
        notes=notes,
        kinds=tuple(option.id for option in fitting.kinds),
        strategy_first=strategy is not None,
    )


def _chooses(assessment: Assessment, name: OutcomeName) -> bool:
    """Whether a product is to be chosen: a verdict allows it, and no CRM system there is stays."""
    return name not in BEFORE.values() and course_of(assessment) not in STAYING


def _wording(
    assessment: Assessment, name: OutcomeName, products: Sequence[str], survivors: Sequence[CandidateItem], strategy: bool
) -> str:
    """Which of the texts of an outcome says it."""
    if name == "own_system" and (course := course_of(assessment)) in STAYING:
        return f"own_{course}"
    if name == "none_fits" and survivors:
        return "none_of_kind"
    if name != "shortlist":
        return name
    one = "_one" if len(products) == 1 else ""
    return f"shortlist_later{one}" if strategy else f"shortlist{one}"


def _strategy(options: Sequence[OptionItem], scheme: SelectionScheme) -> OptionItem | None:
    """The work on strategy that comes before any choice; None where it does not."""
    strategy = next((option for option in options if option.id == STRATEGY and not option.hard), None)
    return strategy if strategy and strategy.points >= scheme.strategy_first else None


def _missing_kind(fitting: Fitting, named: Sequence[CandidateItem]) -> Iterator[Text]:
    """That nothing of the kind wanted most is listed, where products of another kind that is needed are named."""
    if fitting.missing and fitting.missing.id != TRADE_SYSTEM and named:
        yield phrase("note.missing_kind", kind=fitting.missing.title)


def _named(item: CandidateItem) -> Text:
    """A product, that its price has to be asked for, and that only a filter that is off would exclude it."""
    name = phrase("name_waived", name=item.name) if item.waived else item.name
    return phrase("name_on_request", name=name) if item.price == "on_request" else name


def _switched_off(items: Sequence[CandidateItem], scheme: SelectionScheme, off: Mapping[str, str]) -> Iterator[Text]:
    """Each filter that was switched off: how many products it would exclude, and the reason given."""
    for name, reason in off.items():
        count = sum(name in {remark.filter for remark in item.waived} for item in items)
        said = phrase("note.switched_off", filter=scheme.filters[name].title, count=count)
        yield sentences([said, phrase("note.switched_off_because", reason=reason.rstrip("。."))]) if reason else said


def _name(
    assessment: Assessment,
    buyer: Buyer,
    every: Sequence[CandidateItem],
    leading: Sequence[CandidateItem],
    scheme: SelectionScheme,
    way: Deployment | None,
) -> tuple[OutcomeName, list[str]]:
    """The outcome and its products: of ``every`` one that is left the suite in use, of those worth naming, ``leading``."""
    lightweight = [item.product for item in leading if item.lightweight and way in (None, item.way)]
    if before := BEFORE.get(assessment.verdict.name):
        return before, []
    course = course_of(assessment)
    if course in STAYING:
        return "own_system", []
    best = max((item.total or 0.0 for item in leading), default=0.0)
    near = [item for item in every if item.suite and item.way == way and (item.total or 0.0) >= best - scheme.suite_behind]
    if suite := [item for item in near if not (item.doubted or _too_dear(buyer, item))]:
        rivals = [item for item in leading if not item.suite]
        return "own_suite", [item.product for item in (*suite[: scheme.top], *rivals)][: max(scheme.top, len(suite))]
    if not leading:
        return "none_fits", []
    if course is None and buyer.systems and "crm" in buyer.systems:
        return "own_system", [item.product for item in leading[: scheme.top]]
    if lightweight and buyer.users and buyer.users[1] <= scheme.light_users:
        return "lighter_tool", lightweight[: scheme.top]
    return "shortlist", [item.product for item in leading[: scheme.top]]


def _too_dear(buyer: Buyer, item: CandidateItem) -> bool:
    """Whether the base estimate of a product's first year is known to exceed the money there is."""
    money, cost = buyer.first_year_money, buyer.project.cost
    return money is not None and item.first_year is not None and item.first_year[1] * cost.rates[cost.currency] > money


def _course_notes(assessment: Assessment, buyer: Buyer, name: OutcomeName) -> Iterator[Text]:
    """What the course with the CRM system there is takes, beside the first year of a new one: each is a way to choose."""
    finding, way = course_finding(assessment), assessment.costed()
    if name in BEFORE.values() or finding is None:
        return
    project = buyer.project
    planned = {item.id for item in course_tasks(assessment)}
    tasks = [task for task in project.knowledge.tasks if task.id in planned]
    own, outside = (project.range(np.sum([project.work(task, kind) for task in tasks], axis=0)) for kind in (OWN, OUTSIDE))
    if own is None or outside is None:
        return
    course, days = course_of(assessment), f"{outside[1]:.0f}"
    helper = "others" if course in ("merge", "cheaper") else "supplier"
    yield phrase(
        f"note.course.{course}",
        own=f"{own[1]:.0f}",
        helped="" if days == "0" else phrase(f"note.helped.{helper}", outside=days),
        cost=estimate(way.first_year[1], project.cost.currency) if way and way.first_year else phrase("note.course.open"),
    )


def _notes(
    assessment: Assessment,
    buyer: Buyer,
    strategy: OptionItem | None,
    items: Sequence[CandidateItem],
    survivors: Sequence[CandidateItem],
    name: OutcomeName,
    scheme: SelectionScheme,
    way: Deployment | None,
) -> Iterator[Text]:
    if name == "not_needed":
        return
    if strategy:
        yield phrase("note.strategy", reasons=sentences([reason.text for reason in strategy.reasons[:2]]))
    if name == "own_system" and course_of(assessment) in STAYING:
        return  # neither products nor conditions of a contract bear on it
    if assessment.verdict.name == "conditional" and assessment.conditions:
        named = [hurdle.title for hurdle in assessment.conditions]
        listed = Text(zh="；".join(title.zh for title in named), en="; ".join(title.en for title in named))
        yield phrase("note.conditions", conditions=listed)
    if name != "answers_first" and buyer.systems and "erp" in buyer.systems:
        yield from _suite_notes(buyer, survivors, way)
    if name != "answers_first" and _trade_has_its_own(buyer, survivors, scheme):
        yield phrase("note.trade_system")
    yield from _users(assessment, buyer)
    if codes := dict.fromkeys(code for item in items for remark in item.depends for code in remark.codes):
        yield phrase("note.depends", codes=joined([Text(zh=code, en=code) for code in codes]))
    if on_request := [item for item in survivors if item.price == "on_request"]:
        yield phrase("note.on_request", count=len(on_request), all=len(survivors))
    if doubted := sum(item.doubted for item in survivors):
        yield phrase("note.doubted", count=doubted, all=len(survivors))
    if name == "none_fits" and not survivors:
        exclusions = Counter(remark.filter for item in items for remark in item.excluded)
        titles = {remark.filter: remark.title for item in items for remark in item.excluded}
        for key, count in exclusions.most_common(3):
            yield phrase("note.excluded_by", filter=titles[key], count=count)


def _trade_has_its_own(buyer: Buyer, survivors: Sequence[CandidateItem], scheme: SelectionScheme) -> bool:
    """Whether the trade has systems of its own and none of them is in the list."""
    option, products = buyer.systems_weighed.get(TRADE_SYSTEM), buyer.project.knowledge.products
    listed = any(TRADE_SYSTEM in (products[item.product].facts.kinds.known or ()) for item in survivors)
    return option is not None and option.points >= scheme.kind_needed and not listed


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


def _users(assessment: Assessment, buyer: Buyer) -> Iterator[Text]:
    """Whose the number of users is: of the first stage alone, doubted by other answers, or worked out, and what closes it
    where it is open."""
    all_users = buyer.project.scheme.all_users
    if all_users and comes_in_stages(buyer.project):
        later = quantity_item(buyer.project, all_users).range
        if buyer.users and later:
            yield phrase("note.users_first", first=f"{buyer.users[1]:.0f}", all=f"{later[1]:.0f}")
    elif buyer.users and buyer.users_item.origin == "answered" and doubted_users(assessment):
        yield phrase("note.users_said", count=f"{buyer.users[1]:.0f}")
    if buyer.users_item.origin not in ("open", "worked_out"):
        return
    codes = joined([Text(zh=code, en=code) for code in buyer.users_item.codes])
    if buyer.users is None:
        yield phrase("note.users_open", codes=codes)
    else:
        low, base, high = (f"{reading:.0f}" for reading in buyer.users)
        yield phrase("note.users", low=low, base=base, high=high, codes=codes)
