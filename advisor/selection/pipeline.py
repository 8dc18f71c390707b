"""From an assessment to a selection: options, functions, cost of every way, products filtered and ranked, the outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from advisor.assessment.citations import cited_works
from advisor.assessment.model import Assessment
from advisor.assessment.model.cost import RouteItem
from advisor.assessment.model.selection import (
    AdviserItem,
    CandidateItem,
    DemoItem,
    OptionItem,
    Selection,
    SettingsItem,
    WantedItem,
    WeighItem,
)
from advisor.errors import expect_type
from advisor.inference import infer
from advisor.inference.facts import Facts
from advisor.interview.answers import Answers
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import CostScheme, Function, SelectionScheme
from advisor.knowledge.schema.products import Deployment
from advisor.selection.buyer import buyer_of
from advisor.selection.candidates import Candidate
from advisor.selection.criteria import mark_items, reference_cost, same_suite
from advisor.selection.deployment_costs import in_currency, route_item
from advisor.selection.fact_items import fact_items, support_items
from advisor.selection.filters import filtered_candidates
from advisor.selection.functions import dropped_items
from advisor.selection.options import weigh_options
from advisor.selection.outcome import outcome_of
from advisor.selection.ranking import ranked_items
from advisor.selection.robustness import robust_item
from advisor.selection.tender import tender_items

WAYS: tuple[Deployment, ...] = ("hosted", "private_cloud", "on_premise", "custom", "open_source")
BURDEN: tuple[Deployment, ...] = ("hosted", "private_cloud", "on_premise", "open_source", "custom")
"""Ways of running a system by how much of it falls to the firm's own people."""


def select(
    assessment: Assessment,
    answers: Answers,
    knowledge: Knowledge,
    settings: SettingsItem | None = None,
    on: date | None = None,
    facts: Facts | None = None,
) -> Selection | None:
    """Which kind of CRM, which functions, which products, at what cost, for the firm of an assessment.

    ``answers`` and ``knowledge`` are those it was made from, and so are ``facts``, inferred anew where they are not given.
    ``on`` is the day facts of products are held against (by default the day of the assessment; without either, nothing
    counts as past its date). None in the papers-only view: products and prices are from outside the papers.
    Raises :class:`~advisor.errors.InputError` for arguments of other types.
    """
    expect_type("assessment", assessment, Assessment)
    expect_type("answers", answers, Answers)
    expect_type("knowledge", knowledge, Knowledge)
    if knowledge.selection is None or knowledge.cost is None:
        return None
    settings = settings or SettingsItem()
    scheme, cost = apply_settings(knowledge.selection, knowledge.cost, settings)
    facts = facts or infer(knowledge, [answers], "columns")[0].facts
    buyer = buyer_of(assessment, facts, scheme, cost, settings, knowledge)
    options = weigh_options(knowledge, facts, scheme.start)
    candidates = filtered_candidates(knowledge, buyer, scheme, cost, options)
    items = ranked_items(_items(candidates, knowledge, on or assessment.assessed_on), scheme)
    ways = {option.id: option for option in options if option.group == "deployment"}
    routes = tuple(route_item(buyer, cost, ways[way], way) for way in WAYS if way in ways)
    emphasis = scheme.emphases.get(settings.emphasis or "")
    selection = Selection(
        settings=settings,
        currency=cost.currency,
        years=cost.years,
        discount=cost.figures["discount"].span[1],
        emphasis=emphasis.title if emphasis else None,
        outcome=outcome_of(assessment, buyer, options, items, scheme),
        options=options,
        wanted=buyer.wanted,
        dropped=dropped_items(knowledge, facts, buyer.wanted, settings),
        routes=routes,
        recommended_way=_best_way(routes, ways, scheme.near_tie),
        weights=tuple(
            WeighItem(criterion=name, title=criterion.title, about=criterion.about, weight=criterion.weight)
            for name, criterion in scheme.criteria.items()
        ),
        candidates=items,
        robust=robust_item(items, scheme),
        forgotten=tuple(cost.forgotten),
        cost_note=cost.note,
        note=scheme.note,
        demos=_demos(buyer.wanted, assessment, knowledge),
        advisers=tuple(
            AdviserItem(quality=q.quality, ask=q.ask, good=q.good, warning=q.warning, sources=tuple(q.sources))
            for q in knowledge.adviser_questions.values()
        ),
        tender=tender_items(knowledge, assessment, buyer),
    )
    used = _sources(selection) | set(cost.sources) - set(assessment.citations)
    return selection.model_copy(update={"citations": cited_works(knowledge, used - set(assessment.citations))})


def apply_settings(scheme: SelectionScheme, cost: CostScheme, settings: SettingsItem) -> tuple[SelectionScheme, CostScheme]:
    """The two schemes as a firm has set them."""
    weights = dict(scheme.emphases[settings.emphasis].weights) if settings.emphasis else {}
    weights |= settings.criteria
    criteria = {name: c.model_copy(update={"weight": weights.get(name, c.weight)}) for name, c in scheme.criteria.items()}
    figures = {
        name: figure.model_copy(update={"span": settings.figures.get(name, figure.span)})
        for name, figure in cost.figures.items()
    }
    changes = {"figures": figures, "years": settings.years or cost.years, "currency": settings.currency or cost.currency}
    languages = settings.languages or scheme.languages
    return scheme.model_copy(update={"criteria": criteria, "languages": languages}), cost.model_copy(update=changes)


def _items(candidates: Sequence[Candidate], knowledge: Knowledge, day: date | None) -> list[CandidateItem]:
    """Every candidate as it is shown; those that survive with their points."""
    reference = reference_cost([candidate for candidate in candidates if candidate.status != "excluded"])
    items = []
    for candidate in candidates:
        product, rate = candidate.product, candidate.cost.rates[candidate.cost.currency]
        supports = support_items(knowledge, product.id, day)
        items.append(
            CandidateItem(
                product=product.id,
                name=product.name,
                maker=product.maker,
                about=product.about,
                status=candidate.status,
                way=candidate.way,
                excluded=tuple(candidate.excluded),
                asks=tuple(candidate.asks),
                depends=tuple(candidate.depends),
                marks=() if candidate.status == "excluded" else mark_items(candidate, reference),
                functions=tuple(supports[item.function] for item in candidate.buyer.wanted),
                facts=fact_items(knowledge, product.id, candidate.way, day),
                watch=product.watch,
                suite=same_suite(candidate),
                lightweight=product.facts.lightweight.known == "yes",
                cost=in_currency(candidate.estimate.total, rate) if candidate.estimate else None,
                first_year=in_currency(candidate.estimate.first_year, rate) if candidate.estimate else None,
            )
        )
    return items


def _best_way(routes: Sequence[RouteItem], options: Mapping[str, OptionItem], near_tie: float) -> Deployment | None:
    """The way that suits best: most points, and of those too close to tell apart the one that burdens the firm least."""
    open_ways = [route for route in routes if not options[route.way].hard]
    if not open_ways:
        return None
    most = max(options[route.way].points for route in open_ways)
    level = [route for route in open_ways if most - options[route.way].points < near_tie]
    return min(level, key=lambda route: BURDEN.index(route.way)).way


def _demos(wanted: Sequence[WantedItem], assessment: Assessment, knowledge: Knowledge) -> tuple[DemoItem, ...]:
    """What to have shown of every function that must be there, and the reason it must."""
    rules = {support.rule: support for support in assessment.trace}
    functions = {item.id: item for item in assessment.functions}
    items = []
    for item in wanted:
        function = knowledge.findings[item.function]
        if item.priority == "must" and isinstance(function, Function):
            supports = [rules[name] for name in functions[item.function].supports] if item.function in functions else []
            items.append(
                DemoItem(
                    function=function.id,
                    title=function.title,
                    demo=function.demo,
                    watch=function.watch,
                    why=supports[0].text if supports else function.text,
                    sources=tuple(dict.fromkeys(name for support in supports for name in support.sources)),
                )
            )
    return tuple(items)


def _sources(selection: Selection) -> set[str]:
    """Every source a selection refers to."""
    used = {name for option in selection.options for reason in option.reasons for name in reason.sources}
    used |= {name for item in selection.dropped for name in item.sources}
    for candidate in selection.candidates:
        for remark in (*candidate.excluded, *candidate.asks, *candidate.depends):
            used.update(remark.sources)
    for papers in (selection.demos, selection.advisers, selection.tender):
        used |= {name for item in papers for name in item.sources}
    return used
