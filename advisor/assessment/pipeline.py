"""One firm from answers to assessment: infer, score, decide, explain."""

from __future__ import annotations

from datetime import date

from advisor.assessment.answer_items import answer_items, coverage_of, undecided_items
from advisor.assessment.citations import citations_of, disagreement_items
from advisor.assessment.findings import Findings, trace_items, weak_factor_conditions
from advisor.assessment.firm_project import FirmProject, firm_project
from advisor.assessment.lines import leading, lines_item
from advisor.assessment.model import (
    Assessment,
    FirmItem,
    HurdleItem,
    PaperItem,
)
from advisor.assessment.model.insight import WeightingItem
from advisor.assessment.model.selection import SettingsItem
from advisor.assessment.next_question import likely_verdicts, question_gains
from advisor.assessment.outlook import VerdictOutlook, outlooks_from
from advisor.assessment.own_figures import knowledge_as_set
from advisor.assessment.plan_items import with_plan
from advisor.assessment.project_facts import project_fact_items
from advisor.assessment.reasons import describe_verdict, open_questions
from advisor.assessment.remark_items import remark_items
from advisor.assessment.score_items import model_item, score_item
from advisor.assessment.simpler_alternatives import lighter_items
from advisor.assessment.variants import Variants
from advisor.assessment.verdict import calls_for_project
from advisor.inference.facts import FactTable
from advisor.inference.inference import Inference, RuleEngine, infer_from
from advisor.interview.answer_table import AnswerTable
from advisor.interview.answers import Answers
from advisor.knowledge.load import load_knowledge
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Benefit, Blocker, Condition
from advisor.version import __version__

HOME_INDUSTRY = "third_party_logistics"
"""The industry paper 4 was written for; its advice to any other is marked "by analogy"."""


def assess(
    answers: Answers,
    knowledge: Knowledge | None = None,
    assessed_on: date | None = None,
    engine: RuleEngine = "experta",
    settings: SettingsItem | None = None,
) -> Assessment:
    """The assessment of one firm, by the product's own knowledge where none is given.

    ``assessed_on`` is the date the report shows; without it the same answers give the same bytes on any day. Both engines
    give the same. ``settings`` are the figures the firm set itself for its project; whatever holds money or people against
    it reads them. Never fails for want of answers: what is missing widens the result.
    """
    knowledge = knowledge_as_set(knowledge or load_knowledge(), settings)
    answers = leading(answers, knowledge)
    facts = FactTable(knowledge, AnswerTable.of([answers]))
    outlook = outlooks_from(facts).firm(0)
    (inference,) = infer_from(facts, engine, outlook.table.foreseen)
    return build_assessment(inference, outlook, answers, knowledge, assessed_on, firm_project(facts, settings))


def build_assessment(
    inference: Inference,
    outlook: VerdictOutlook,
    answers: Answers,
    knowledge: Knowledge,
    assessed_on: date | None,
    project: FirmProject | None,
    variants: Variants | None = None,
) -> Assessment:
    """The assessment that follows from what was already inferred from these answers, of two lines of business those of the
    one that leads, and the outlook of its verdict."""
    trace = trace_items(knowledge, inference)
    findings = Findings(knowledge, inference, trace, outlook.name)
    scheme = knowledge.verdict
    conditions, blockers, lighter = (
        findings.hurdles(Condition),
        findings.hurdles(Blocker),
        lighter_items(findings, answers, project),
    )
    scores = {name: score_item(value, knowledge, met=bool(lighter)) for name, value in inference.scores.items()}
    need, ability = inference.scores[scheme.need], inference.scores[scheme.ability]
    name, possible = outlook.name, outlook.possible
    project_follows, waiting = calls_for_project(name), tuple[HurdleItem, ...]()
    if not project_follows:
        conditions, blockers, waiting = (), (), (*blockers, *conditions)
    if name == "conditional" and not conditions:
        conditions = weak_factor_conditions(scores, scheme)
    undecided = undecided_items(knowledge, inference)
    deciding = open_questions(knowledge, question_gains(knowledge, answers, outlook, variants=variants), undecided)
    likely = likely_verdicts(knowledge, answers, outlook, variants=variants)
    verdict = describe_verdict(name, possible, knowledge, scores, conditions, blockers, lighter, deciding, likely)
    answered = answer_items(knowledge, answers)
    disagreements = disagreement_items(knowledge, trace, scores)
    project_facts = project_fact_items(knowledge, inference, project)
    papers = knowledge.sources.values()
    industry = answers.value("industry")
    assessment = Assessment(
        program_version=__version__,
        knowledge_version=knowledge.version,
        assessed_on=assessed_on,
        firm=FirmItem(name=answers.firm.name, about=answers.firm.about),
        by_analogy=industry is not None and industry != HOME_INDUSTRY,
        papers_only=knowledge.is_papers_only,
        weighting=WeightingItem(title=w.title, about=w.about, weights=w.weights) if (w := knowledge.weighting) else None,
        coverage=coverage_of(knowledge, answers, need, ability),
        answers=answered,
        remarks=remark_items(answers, knowledge, trace),
        model=model_item(knowledge, inference),
        need=scheme.need,
        ability=scheme.ability,
        scores=scores,
        project_facts=project_facts,
        verdict=verdict,
        trace=trace,
        undecided=undecided,
        papers=tuple(PaperItem(id=s.id, title=s.title, origin=s.provenance, year=s.year) for s in papers),
        disagreements=disagreements,
        citations=citations_of(knowledge, scores, trace, (*conditions, *waiting), disagreements, project_facts),
        needs=findings.needs(),
        functions=findings.functions(),
        practices=findings.practices(),
        legal_checks=findings.legal_checks(),
        misconceptions=findings.misconceptions(),
        cautions=findings.cautions(name),
        lighter=lighter,
        conditions=conditions,
        waiting=waiting,
        blockers=blockers,
        risks=findings.risks(project_follows),
        benefits=findings.simple_items(Benefit),
        approaches=findings.approaches(name),
        plan=(),
        lines=lines_item(answers, knowledge),
    )
    return with_plan(assessment, project)
