"""The parts of an assessment that carry no judgement of their own: answers, scores, model, what is undecided, citations."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.assessment.item import Citation
from advisor.assessment.model import (
    AnswerItem,
    Coverage,
    DisagreementItem,
    HurdleItem,
    ModelItem,
    ModelShareItem,
    ScoreInputItem,
    ScoreItem,
    SideItem,
    Support,
    UndecidedItem,
)
from advisor.assessment.words import answer_in_words
from advisor.inference import Inference, ScoreValue
from advisor.interview.answers import Answer, Answers
from advisor.interview.session import applies
from advisor.knowledge.model import Knowledge
from advisor.text import Text


def answer_items(knowledge: Knowledge, answers: Answers) -> tuple[AnswerItem, ...]:
    """Every question that applies to this firm, answered or not, in catalogue order."""
    titles = {section.code: section.title for section in knowledge.sections}
    items = []
    for question in knowledge.questions.values():
        if applies(question, answers, knowledge):
            answer, fact = answers.given.get(question.id), knowledge.facts[question.id]
            items.append(
                AnswerItem(
                    question=question.id,
                    code=question.code,
                    section=titles[question.code[0]],
                    text=question.text,
                    status=answer.status if answer else "unanswered",
                    value=fact.type.stored(answer.value) if answer and answer.status == "known" else None,
                    shown=answer_in_words(answer, fact),
                )
            )
    return tuple(items)


def coverage_of(knowledge: Knowledge, answers: Answers, need: ScoreValue, ability: ScoreValue) -> Coverage:
    """How much of what applies was answered."""
    applicable = [q for q in knowledge.questions.values() if applies(q, answers, knowledge)]
    answered = sum(q.id in answers.given for q in applicable)
    return Coverage(answered=answered, applicable=len(applicable), need=need.answered, ability=ability.answered)


def grade(points: float | None, knowledge: Knowledge) -> tuple[str | None, Text | None]:
    """The class of a score and its label; None where there is no score."""
    if points is None:
        return None, None
    step = next(c for c in knowledge.verdict.classes if c.below is None or points < c.below)
    return step.id, step.label


def score_item(value: ScoreValue, knowledge: Knowledge) -> ScoreItem:
    """A score with its working in words."""
    score = knowledge.scores[value.name]
    inputs = []
    for item, authored in zip(value.inputs, score.inputs, strict=True):
        label = knowledge.scores[item.name].label if item.kind == "score" else knowledge.facts[item.name].label
        answer = None if item.status == "unanswered" else Answer(item.status, item.answer)
        if item.kind == "score":
            points = "–" if item.points is None else f"{item.points:.0f}"
            shown = Text(zh=points, en=points)
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


def model_item(knowledge: Knowledge, inference: Inference) -> ModelItem:
    """The reading of the operating model with what each model means."""
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


def undecided_items(knowledge: Knowledge, inference: Inference) -> tuple[UndecidedItem, ...]:
    """Every rule that could not be decided, with the questions it waits for."""
    items = []
    for entry in inference.undecided_rules:
        rule = knowledge.rules_by_id[entry.rule].rule
        titles = [knowledge.titles[conclusion.target] for conclusion in rule.then]
        missing = dict.fromkeys(_source_question(name, knowledge) for name in entry.missing)
        questions = tuple(name for name in missing if name in knowledge.questions)
        targets = tuple(c.target for c in rule.then)
        items.append(UndecidedItem(rule=rule.id, kind=rule.kind, findings=targets, titles=tuple(titles), missing=questions))
    return tuple(items)


def _source_question(fact: str, knowledge: Knowledge) -> str:
    band = knowledge.facts[fact].band
    return band.of if band else fact


def disagreement_items(
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


def citations_of(
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
    return cited_works(knowledge, used)


def cited_works(knowledge: Knowledge, names: Iterable[str]) -> dict[str, Citation]:
    """Each source as a report cites it, in order of id."""
    result = {}
    for name in sorted(set(names)):
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
