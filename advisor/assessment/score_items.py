"""Scores and the operating model as an assessment shows them, with their working in words."""

from __future__ import annotations

from advisor.assessment.answer_items import answer_in_words, answer_said
from advisor.assessment.model import (
    ModelItem,
    ModelShareItem,
    ScoreInputItem,
    ScoreItem,
)
from advisor.assessment.verdict import ability_level, need_level
from advisor.inference import Inference, ScoreValue
from advisor.interview.answers import Answer
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Level
from advisor.phrases import phrases
from advisor.text import Text

phrase = phrases("assessment")


def grade(value: ScoreValue, knowledge: Knowledge, *, met: bool = False) -> tuple[Level | None, Text | None]:
    """The grade of a score and its label; None where there are no points, and of need and ability where too little is
    answered for a verdict.

    What need is made of is held against the limits of need, everything else against those of ability. Need that a simpler
    alternative has ``met`` is low: what is left is no need for a system.
    """
    scheme = knowledge.verdict
    too_little = value.name in (scheme.need, scheme.ability) and value.answered < scheme.enough_answers
    if value.points is None or too_little:
        return None, None
    in_need = value.name in knowledge.scores_under(scheme.need)
    level = (need_level if in_need else ability_level)(scheme, value.points)
    if met and value.name == scheme.need and need_level(scheme, value.points) != "low" and value.points < scheme.need_open:
        return "low", phrase("grade_met", grade=scheme.grades.low)
    return level, getattr(scheme.grades, level)


def score_item(value: ScoreValue, knowledge: Knowledge, *, met: bool = False) -> ScoreItem:
    """A score with its working in words; ``met``: a simpler alternative meets the need."""
    score = knowledge.scores[value.name]
    inputs = []
    for item, authored in zip(value.inputs, score.inputs, strict=True):
        label = knowledge.scores[item.name].label if item.kind == "score" else knowledge.facts[item.name].label
        answer = None if item.status == "unanswered" else Answer(item.status, item.answer)
        if item.kind == "score":
            points = "–" if item.points is None else f"{item.points:.0f}"
            shown = Text(zh=points, en=points)
        elif answer is None and knowledge.facts[item.name].project:
            shown = phrase("answer.open")
        else:
            shown = answer_in_words(answer, knowledge.facts[item.name])
        inputs.append(
            ScoreInputItem(
                name=item.name,
                label=label,
                weight=item.weight,
                times=authored.times,
                always=authored.always,
                limit=authored.limit,
                points=None if item.points is None else round(item.points, 6),
                low=round(item.low, 6),
                high=round(item.high, 6),
                status=item.status,
                shown=shown,
                says=None if item.kind == "score" else answer_said(answer, knowledge.facts[item.name]),
                sources=tuple(authored.sources),
            )
        )
    klass, klass_label = grade(value, knowledge, met=met)
    return ScoreItem(
        name=value.name,
        label=score.label,
        about=score.about,
        points=value.points,
        low=value.low,
        high=value.high,
        answered=value.answered,
        combine=value.combine,
        strongest=score.strongest,
        grade=klass,
        grade_label=klass_label,
        basis=score.basis,
        sources=tuple(score.sources),
        inputs=tuple(inputs),
        profile=score.profile,
        working=score.working,
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
