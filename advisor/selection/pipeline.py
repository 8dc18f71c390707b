"""From an assessment to a selection: options, functions, the project, pairs of product and way filtered and ranked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from advisor.assessment.citations import cited_works
from advisor.assessment.firm_project import FirmProject, PricedProject
from advisor.assessment.model import Assessment
from advisor.assessment.model.project import WayCostItem
from advisor.assessment.model.selection import (
    AdviserItem,
    DemoItem,
    Selection,
    SettingsItem,
    WantedItem,
    WeighItem,
)
from advisor.assessment.opening import with_opening
from advisor.assessment.plan_items import project_of, with_plan
from advisor.assessment.project_items import quantity_item
from advisor.assessment.value import value_sources, with_value
from advisor.errors import expect_type
from advisor.inference import infer
from advisor.inference.facts import Facts
from advisor.interview.answers import Answers
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Function, SelectionScheme
from advisor.knowledge.schema.products import Deployment
from advisor.phrases import phrases, sentences
from advisor.selection.buyer import Buyer, languages_needed
from advisor.selection.candidate_items import candidate_items
from advisor.selection.filters import filtered_pairs, filters_off
from advisor.selection.functions import dropped_items, wanted_items
from advisor.selection.goals import goal_items
from advisor.selection.options import kinds_weighed, weigh_options
from advisor.selection.outcome import outcome_of
from advisor.selection.product_money import product_money
from advisor.selection.ranking import ranked_items
from advisor.selection.recommended_way import recommended_way, ways_left, ways_with_choice
from advisor.selection.robustness import robust_item
from advisor.selection.tender import tender_items
from advisor.text import Text, catalogue

phrase = phrases("selection")


def select(
    assessment: Assessment,
    answers: Answers,
    knowledge: Knowledge,
    settings: SettingsItem | None = None,
    on: date | None = None,
    facts: Facts | None = None,
    project: FirmProject | None = None,
) -> Selection | None:
    """Which kind of CRM, which functions, which products, at what cost, for the firm of an assessment.

    ``answers`` and ``knowledge`` are those it was made from, and so are ``facts`` and
    ``project``, worked out anew where they are not given.
    ``on`` is the day facts of products are held against (by default the day of the assessment; without either, nothing
    counts as past its date). None in the papers-only view: products and prices are from outside the papers.
    Raises :class:`~advisor.errors.InputError` for arguments of other types.
    """
    return with_selection(assessment, answers, knowledge, settings, facts, project, on)[0].selection


def with_selection(
    assessment: Assessment,
    answers: Answers,
    knowledge: Knowledge,
    settings: SettingsItem | None = None,
    facts: Facts | None = None,
    project: FirmProject | None = None,
    on: date | None = None,
) -> tuple[Assessment, FirmProject | None]:
    """An assessment with its selection, and the project: planned anew where no product that is left is run the way it was
    planned for, and one is run another way the firm carries as well. Arguments as for :func:`select`."""
    expect_type("assessment", assessment, Assessment)
    expect_type("answers", answers, Answers)
    expect_type("knowledge", knowledge, Knowledge)
    project = project or project_of(knowledge, answers, settings)
    if knowledge.selection is None or knowledge.project is None or knowledge.cost is None:
        return assessment.model_copy(update={"selection": None}), project
    settings = settings or SettingsItem()
    scheme = scheme_as_set(knowledge.selection, settings)
    facts = facts or infer(knowledge, [answers], "columns")[0].facts
    assert isinstance(project, PricedProject)
    options, day = weigh_options(project, scheme.start), on or assessment.assessed_on
    wanted, users = wanted_items(assessment, scheme, project), quantity_item(project, project.scheme.users)
    languages, kinds = languages_needed(facts, scheme, settings), kinds_weighed(options, knowledge)
    buyer = Buyer(facts, project, users, wanted, languages, kinds, scheme, day)
    off = filters_off(scheme, settings)
    pairs = filtered_pairs(knowledge, buyer, scheme, options, off)
    every_pair = [pair for ways in pairs for pair in ways]
    left = ways_with_choice(every_pair) or ways_left(every_pair)
    planned = next((way for way in project.carried if way in left), project.planned_way)
    if planned != project.planned_way:
        project = replace(project, planned_way=planned)
        assessment = with_plan(assessment, project)
    items = ranked_items(candidate_items(pairs, planned, knowledge, day), scheme)
    outcome = outcome_of(assessment, buyer, options, items, scheme, planned, off)
    way, way_note = recommended_way(assessment, outcome, options, items, scheme.way_ahead)
    emphasis, currency = scheme.emphases.get(settings.emphasis or ""), _currency_note(project, facts, settings)
    selection = Selection(
        settings=settings,
        currency=project.cost.currency,
        years=project.cost.years,
        discount=project.cost.figures["discount"].span[1],
        emphasis=emphasis.title if emphasis else None,
        outcome=outcome,
        options=options,
        wanted=wanted,
        dropped=dropped_items(wanted, project),
        recommended_way=way,
        way_note=way_note,
        way_ahead=scheme.way_ahead,
        goals=goal_items(buyer, way, _live(assessment, way)) if way else (),
        weights=tuple(
            WeighItem(criterion=name, title=criterion.title, about=criterion.about, weight=criterion.weight)
            for name, criterion in scheme.criteria.items()
        ),
        candidates=items,
        robust=robust_item(items, scheme),
        forgotten=tuple(project.cost.forgotten),
        cost_note=sentences([project.cost.note, *([currency] if currency else [])]),
        currency_note=currency,
        product_money=product_money(project, items, outcome, _cost_of(assessment, way)),
        note=scheme.note,
        demos=_demos(wanted, assessment, knowledge),
        advisers=tuple(
            AdviserItem(quality=q.quality, ask=q.ask, good=q.good, warning=q.warning, sources=tuple(q.sources))
            for q in knowledge.adviser_questions.values()
        ),
        tender=tender_items(knowledge, assessment, buyer),
    )
    used = _sources(selection) | set(project.cost.sources) | value_sources(project)
    selection = selection.model_copy(update={"citations": cited_works(knowledge, used - set(assessment.citations))})
    return with_value(with_opening(assessment.model_copy(update={"selection": selection})), project), project


def _cost_of(assessment: Assessment, way: Deployment | None) -> WayCostItem | None:
    """What one way of running a system costs."""
    return next((item for item in assessment.project.ways if item.way == way), None) if assessment.project else None


def _currency_note(project: PricedProject, facts: Facts, settings: SettingsItem) -> Text | None:
    """That the currency is a choice, where the firm's home has several and it set none."""
    home = facts.value("home_country")
    if settings.currency is not None or not isinstance(home, str) or home not in project.cost.several_currencies:
        return None
    told = project.knowledge.facts["home_country"].values[home]
    return phrase("currency_note", currency=catalogue("currencies")[f"{project.cost.currency}.unit"], home=told)


def _live(assessment: Assessment, way: Deployment) -> float | None:
    """The week in which a system run one way would be in use everywhere, base reading."""
    ways = assessment.project.ways if assessment.project else ()
    return next((item.go_live[1] for item in ways if item.way == way and item.go_live), None)


def scheme_as_set(scheme: SelectionScheme, settings: SettingsItem) -> SelectionScheme:
    """How products are sifted and ranked, as a firm has set it."""
    emphasis = scheme.emphases.get(settings.emphasis or "")  # a saved choice may name one that is no longer offered
    weights = dict(emphasis.weights) if emphasis else {}
    weights |= settings.criteria
    criteria = {name: c.model_copy(update={"weight": weights.get(name, c.weight)}) for name, c in scheme.criteria.items()}
    return scheme.model_copy(update={"criteria": criteria})


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
        for remark in (*candidate.excluded, *candidate.waived, *candidate.asks, *candidate.depends):
            used.update(remark.sources)
    for papers in (selection.demos, selection.advisers, selection.tender):
        used |= {name for item in papers for name in item.sources}
    return used
