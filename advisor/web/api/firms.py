"""Operations on a firm's answers, of which nothing is kept."""

from __future__ import annotations

from advisor.assessment.verdict import VERDICTS
from advisor.errors import InputError
from advisor.inference import infer
from advisor.insight.examine import planned_path
from advisor.insight.planned import planned
from advisor.insight.scenarios import Scenario
from advisor.insight.what_if import scenario_item, what_if
from advisor.insight.why import says, targets, why
from advisor.insight.why_not import why_not
from advisor.text import Text
from advisor.web.api import models as m
from advisor.web.api.operations import operation
from advisor.web.api.request_answers import carried_over, entries, firm_answers
from advisor.web.services import get_services


@operation("POST", "/assess", "Assess a firm; nothing is kept", m.Assessed, body=m.FirmBody)
def assess_firm(body: m.FirmBody) -> m.Assessed:
    """The whole assessment, with what it answers back and what it says of choosing a system."""
    answers = firm_answers(body)
    assessment = get_services().cache.assessment(answers, get_services().knowledge, body.date)
    return m.Assessed.model_validate({**dict(assessment), "carried_over": carried_over(*answers.notes)})


@operation("POST", "/explain", "Why something was concluded, or why not", m.Explanation, body=m.About)
def explain(body: m.About) -> m.Explanation:
    """The proof of what was concluded; for anything else the nearest rules and what kept them from firing."""
    services, answers = get_services(), firm_answers(body)
    notes = carried_over(*answers.notes)
    assessment = services.cache.assessment(answers, services.knowledge, None)
    is_id = (
        body.about in services.knowledge.findings or body.about in services.knowledge.rules_by_id or body.about in VERDICTS
    )
    if body.about in targets(assessment) or (not is_id and says(assessment, body.about)):
        return m.Explanation(why=why(assessment, body.about), why_not=None, carried_over=notes)
    facts = infer(services.knowledge, [answers], "columns")[0].facts
    return m.Explanation(why=None, why_not=why_not(services.knowledge, answers, facts, body.about), carried_over=notes)


@operation("POST", "/what-if", "Some answers changed, both sides", m.WhatIf, body=m.Changed)
def compare_scenario(body: m.Changed) -> m.WhatIf:
    """The firm as it is and as it would be."""
    services, answers = get_services(), firm_answers(body)
    changes = entries(body.changes, "changes")
    if not changes.given:
        raise InputError("nothing_to_change")
    outcome = what_if(services.knowledge, answers, Scenario("what_if", Text(zh="假设", en="what if"), changes.given))
    return m.WhatIf(
        verdict=outcome.before.verdict.name,
        scenario=scenario_item(services.knowledge, answers, outcome),
        carried_over=carried_over(*answers.notes, *changes.notes),
    )


@operation("POST", "/path", "The least that would make a firm feasible", m.Path, body=m.FirmBody)
def path(body: m.FirmBody) -> m.Path:
    """The ways to feasible, or what stands against all of them."""
    services, answers = get_services(), firm_answers(body)
    _, ways = planned_path(services.knowledge, answers)
    return m.Path(path=ways, carried_over=carried_over(*answers.notes))


@operation("POST", "/shortlist", "Which kind of CRM, which products, at what cost", m.Shortlist, body=m.FirmBody)
def shortlist(body: m.FirmBody) -> m.Shortlist:
    """Kinds, ways of running it, products in order with every exclusion, and cost."""
    services, answers = get_services(), firm_answers(body)
    chosen, _ = planned(services.knowledge, answers, body.date)
    return m.Shortlist(selection=chosen.selection, project=chosen.project, carried_over=carried_over(*answers.notes))
