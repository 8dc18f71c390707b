"""One firm from answers to assessment: infer, score, decide, explain."""

from __future__ import annotations

from datetime import date

from advisor.assessment.findings import Findings, supports, weak_factor_conditions
from advisor.assessment.model import (
    AnswerItem,
    Assessment,
    Citation,
    Coverage,
    DisagreementItem,
    FirmItem,
    HurdleItem,
    ModelItem,
    ModelShareItem,
    PaperItem,
    ScoreInputItem,
    ScoreItem,
    SideItem,
    Support,
    Task,
    UndecidedItem,
)
from advisor.assessment.plan import place_tasks
from advisor.assessment.prospect import prospect
from advisor.assessment.reasons import describe_verdict, open_questions
from advisor.assessment.settling import narrowings
from advisor.assessment.words import answer_in_words, value_in_words
from advisor.inference import Inference, ScoreValue, infer
from advisor.interview.answers import Answer, Answers
from advisor.interview.session import applies
from advisor.knowledge.load import load_knowledge
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Benefit, Blocker, Caution, Condition, Recommendation, VerdictName
from advisor.text import Text
from advisor.version import __version__

HOME_INDUSTRY = "third_party_logistics"
"""The industry paper 4 was written for; its advice to any other is marked "by analogy"."""


def assess(answers: Answers, knowledge: Knowledge | None = None, assessed_on: date | None = None) -> Assessment:
    """The assessment of one firm, by the product's own knowledge where none is given.

    ``assessed_on`` is the date the report shows; without it the same answers give the same bytes on any day.
    Never fails for want of answers: what is missing widens the result.
    """
    knowledge = knowledge or load_knowledge()
    inference = infer(knowledge, answers)
    trace = supports(knowledge, inference)
    findings = Findings(knowledge, inference, trace)
    scheme = knowledge.verdict
    scores = {name: _score(value, knowledge) for name, value in inference.scores.items()}
    conditions, blockers, lighter = findings.hurdles(Condition), findings.hurdles(Blocker), findings.lighter()
    need, ability = inference.scores[scheme.need], inference.scores[scheme.ability]
    outlook = prospect(knowledge, answers)
    name, possible = outlook.name, outlook.possible
    if name == "conditional" and not conditions:
        conditions = weak_factor_conditions(scores, scheme)
    undecided = _undecided(knowledge, inference)
    deciding = open_questions(knowledge, narrowings(knowledge, answers, outlook), undecided)
    verdict = describe_verdict(name, possible, knowledge, scores, conditions, blockers, lighter, deciding)
    functions, risks, plan = (
        findings.functions(),
        findings.risks(),
        _plan(findings, name, [h.id for h in blockers], [h.id for h in conditions]),
    )
    answered = _answers(knowledge, answers)
    disagreements = _disagreements(knowledge, trace, scores)
    industry = answers.value("industry")
    parts = {
        "needs": findings.needs(),
        "functions": functions,
        "practices": findings.practices(),
        "legal_checks": findings.legal_checks(),
        "misconceptions": findings.misconceptions(),
        "cautions": findings.plain(Caution),
        "lighter": lighter,
        "conditions": conditions,
        "blockers": blockers,
        "risks": risks,
        "benefits": findings.plain(Benefit),
        "plan": plan,
    }
    return Assessment(
        program_version=__version__,
        knowledge_version=knowledge.version,
        assessed_on=assessed_on,
        firm=FirmItem(name=answers.firm.name, about=answers.firm.about),
        by_analogy=industry is not None and industry != HOME_INDUSTRY,
        papers_only=knowledge.is_papers_only,
        coverage=_coverage(knowledge, answers, need, ability),
        answers=answered,
        model=_model(knowledge, inference),
        need=scheme.need,
        ability=scheme.ability,
        scores=scores,
        verdict=verdict,
        trace=trace,
        undecided=undecided,
        papers=tuple(PaperItem(id=s.id, title=s.title, origin=s.origin, year=s.year) for s in knowledge.sources.values()),
        disagreements=disagreements,
        citations=_citations(knowledge, scores, trace, conditions, disagreements),
        **parts,
    )


def _answers(knowledge: Knowledge, answers: Answers) -> tuple[AnswerItem, ...]:
    """Every question that applies to this firm, answered or not, in catalogue order."""
    titles = {section.code: section.title for section in knowledge.sections}
    items = []
    for question in knowledge.questions.values():
        if applies(question, answers, knowledge):
            answer = answers.given.get(question.id)
            items.append(
                AnswerItem(
                    question=question.id,
                    code=question.code,
                    section=titles[question.code[0]],
                    text=question.text,
                    status=answer.status if answer else "unanswered",
                    shown=answer_in_words(answer, knowledge.facts[question.id]),
                )
            )
    return tuple(items)


def _coverage(knowledge: Knowledge, answers: Answers, need: ScoreValue, ability: ScoreValue) -> Coverage:
    applicable = [q for q in knowledge.questions.values() if applies(q, answers, knowledge)]
    answered = sum(q.id in answers.given for q in applicable)
    return Coverage(answered=answered, applicable=len(applicable), need=need.answered, ability=ability.answered)


def grade(points: float | None, knowledge: Knowledge) -> tuple[str | None, Text | None]:
    """The class of a score and its label; None where there is no score."""
    if points is None:
        return None, None
    step = next(c for c in knowledge.verdict.classes if c.below is None or points < c.below)
    return step.id, step.label


def _score(value: ScoreValue, knowledge: Knowledge) -> ScoreItem:
    score = knowledge.scores[value.name]
    inputs = []
    for item, authored in zip(value.inputs, score.inputs, strict=True):
        label = knowledge.scores[item.name].label if item.kind == "score" else knowledge.facts[item.name].label
        answer = None if item.status == "unanswered" else Answer(item.status, item.answer)
        if item.kind == "score":
            points = "–" if item.points is None else f"{item.points:.0f}"
            shown = Text(zh=points, en=points)
        elif item.answer is not None:
            shown = value_in_words(item.answer, knowledge.facts[item.name])
        else:
            shown = answer_in_words(answer, knowledge.facts[item.name])
        inputs.append(
            ScoreInputItem(
                name=item.name,
                label=label,
                weight=item.weight,
                points=None if item.points is None else round(item.points, 6),
                low=round(item.low, 6),
                high=round(item.high, 6),
                status=item.status,
                shown=shown,
                sources=tuple(authored.sources),
            )
        )
    klass, klass_label = grade(value.points, knowledge)
    return ScoreItem(
        name=value.name,
        label=score.label,
        about=score.about,
        points=value.points,
        low=value.low,
        high=value.high,
        answered=value.answered,
        combine=value.combine,
        grade=klass,
        grade_label=klass_label,
        basis=score.basis,
        sources=tuple(score.sources),
        inputs=tuple(inputs),
        profile=score.profile,
        advice=score.advice,
    )


def _model(knowledge: Knowledge, inference: Inference) -> ModelItem:
    reading, scheme = inference.model, knowledge.models
    shares = tuple(
        ModelShareItem(
            model=share.model,
            label=scheme.kinds[share.model].label,
            about=scheme.kinds[share.model].about,
            from_axes=share.from_axes,
            from_evidence=share.from_evidence,
            share=share.share,
            sources=tuple(scheme.kinds[share.model].sources),
        )
        for share in reading.shares
    )
    return ModelItem(
        shares=shares,
        first=reading.first,
        second=reading.second,
        margin=reading.margin,
        mixed=reading.mixed,
        other_lines=reading.other_lines,
        product_axis=scheme.product_axis,
        decision_axis=scheme.decision_axis,
        product=reading.product,
        decision=reading.decision,
        middle=scheme.middle,
    )


def _plan(findings: Findings, verdict: VerdictName, blockers: list[str], conditions: list[str]) -> tuple[Task, ...]:
    """The plan: in each phase what lifts a blocker first, then what lifts a condition, then the rest."""

    def urgency(recommendation: Recommendation) -> int:
        lifted = set(recommendation.lifts)
        return 0 if lifted & set(blockers) else 1 if lifted & set(conditions) else 2

    hurdles = {*blockers, *conditions}
    placed = place_tasks(sorted(findings.concluded(Recommendation), key=urgency), verdict)
    chosen = {p.recommendation.id for p in placed}
    return tuple(
        Task(
            **findings.basics(p.recommendation),
            phase=p.recommendation.phase,
            owner=p.recommendation.owner,
            days=p.recommendation.days,
            start=p.start,
            weeks=p.recommendation.weeks,
            after=tuple(name for name in p.recommendation.after if name in chosen),
            lifts=tuple(name for name in p.recommendation.lifts if name in hurdles),
            exit=p.recommendation.exit,
            later=p.later,
        )
        for p in placed
    )


def _undecided(knowledge: Knowledge, inference: Inference) -> tuple[UndecidedItem, ...]:
    items = []
    for entry in inference.undecided:
        rule = knowledge.rules_by_id[entry.rule].rule
        titles = [
            knowledge.models.kinds[c.target].label if rule.kind == "evidence" else knowledge.findings[c.target].title  # type: ignore[index]
            for c in rule.then
        ]
        missing = dict.fromkeys(_source_question(name, knowledge) for name in entry.missing)
        questions = tuple(name for name in missing if name in knowledge.questions)
        targets = tuple(c.target for c in rule.then)
        items.append(UndecidedItem(rule=rule.id, kind=rule.kind, findings=targets, titles=tuple(titles), missing=questions))
    return tuple(items)


def _source_question(fact: str, knowledge: Knowledge) -> str:
    band = knowledge.facts[fact].band
    return band.of if band else fact


def _disagreements(
    knowledge: Knowledge, trace: tuple[Support, ...], scores: dict[str, ScoreItem]
) -> tuple[DisagreementItem, ...]:
    """The disagreements that bear on this firm: those whose handling shows in a rule that fired or a finding it drew."""
    shown = {name for support in trace for name in (support.rule, *support.concludes)}
    shown |= {name for name, score in scores.items() if score.points is not None}
    return tuple(
        DisagreementItem(
            id=entry.id,
            title=entry.title,
            sides=tuple(SideItem(claims=tuple(side.claims), says=side.says) for side in entry.sides),
            handling=entry.handling,
            why=entry.why,
        )
        for entry in knowledge.disagreements
        if shown & set(entry.concerns)
    )


def _citations(
    knowledge: Knowledge,
    scores: dict[str, ScoreItem],
    trace: tuple[Support, ...],
    conditions: tuple[HurdleItem, ...],
    disagreements: tuple[DisagreementItem, ...],
) -> dict[str, Citation]:
    """Every source the assessment refers to, in order of id."""
    used: set[str] = set(knowledge.verdict.sources)
    for score in scores.values():
        used.update(score.sources, *(item.sources for item in score.inputs))
    for kind in knowledge.models.kinds.values():
        used.update(kind.sources)
    for support in trace:
        used.update(support.sources)
    for entry in disagreements:
        used.update(claim for side in entry.sides for claim in side.claims)
    for condition in conditions:
        used.update(condition.sources)
    result = {}
    for name in sorted(used):
        cited = knowledge.citation(name)
        paper = knowledge.sources.get(cited.source)
        title = paper.title if paper else cited.where
        result[name] = Citation(
            id=cited.id,
            text=cited.text,
            source=cited.source,
            source_title=title,
            where=cited.where,
            year=cited.year,
            dated=cited.dated,
            external=cited.external,
            expires=cited.expires,
            note=cited.note,
        )
    return result
