"""The ways to a feasible verdict as reports show them."""

from __future__ import annotations

from advisor.assessment.answer_items import answer_in_words
from advisor.assessment.model.insight import (
    PathItem,
    StepItem,
    WayItem,
)
from advisor.insight.path import Paths, Way
from advisor.interview.answers import Answer, Answers
from advisor.knowledge.currency import amount
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import facts_in
from advisor.phrases import joined, phrases, sentences
from advisor.text import Text

phrase = phrases("insight")


def path_item(knowledge: Knowledge, answers: Answers, result: Paths) -> PathItem:
    """The ways to feasible in words."""
    if result.outcome == "found":
        return PathItem(
            outcome="found",
            sentence=_way_in_words(result.ways[0]),
            ways=tuple(_way(knowledge, answers, way) for way in result.ways),
            obstacles=(),
            note=knowledge.effort.note if knowledge.effort else None,
        )
    obstacles = tuple(_obstacle(knowledge, name) for name in result.obstacles)
    if result.outcome == "none" and not obstacles:
        obstacles = (phrase("path.none_together"),)
    return PathItem(
        outcome=result.outcome, sentence=phrase(f"path.{result.outcome}"), ways=(), obstacles=obstacles, note=None
    )


def _way_in_words(way: Way) -> Text:
    parts = [
        phrase(
            "path.found",
            steps=len(way.steps),
            days=f"{way.days:.0f}",
            money=rmb_in_words(way.rmb),
            weeks=way.weeks,
        )
    ]
    parts.append(phrase("path.gap", gap=f"{way.gap:.0%}") if way.gap > 0.0005 else phrase("path.proven"))
    if not way.outlook.settled:
        parts.append(phrase("path.open"))
    return sentences(parts)


def rmb_in_words(rmb: float) -> Text:
    """A sum of money, or that there is none."""
    return amount(rmb) if rmb > 0 else phrase("path.no_money")


def _way(knowledge: Knowledge, answers: Answers, way: Way) -> WayItem:
    steps = []
    for step in way.steps:
        move, question = step.move, knowledge.questions[step.move.question]
        lever, fact = knowledge.levers[move.question], knowledge.facts[move.question]
        steps.append(
            StepItem(
                question=question.id,
                code=question.code,
                text=question.text,
                before=answer_in_words(answers.given.get(question.id), fact),
                after=answer_in_words(Answer("known", move.after), fact),
                title=lever.title,
                what=lever.text,
                owner=move.owner,
                days=move.days,
                rmb=move.rmb,
                start=step.start,
                weeks=move.weeks,
                after_codes=tuple(knowledge.questions[name].code for name in step.after),
                find_out=tuple(knowledge.questions[name].code for name in step.find_out),
                basis=lever.basis,
                sources=tuple(lever.sources),
            )
        )
    assert way.outlook.need.points is not None and way.outlook.ability.points is not None
    return WayItem(
        steps=tuple(steps),
        effort=round(way.effort, 6),
        days=way.days,
        rmb=way.rmb,
        weeks=way.weeks,
        gap=round(way.gap, 6),
        need=way.outlook.need.points,
        ability=way.outlook.ability.points,
        possible=way.outlook.possible,
    )


def _obstacle(knowledge: Knowledge, name: str) -> Text:
    scheme = knowledge.verdict
    if name == scheme.need:
        return phrase("path.need_stuck")
    if name in knowledge.scores:
        return phrase("path.score_stuck", score=knowledge.scores[name].label)
    fixed = dict.fromkeys(
        reason
        for rule in knowledge.makers[name]
        for question, reason in knowledge.fixed.items()
        if question in facts_in(rule.premise)
    )
    why = joined(list(fixed)) if fixed else phrase("path.no_lever")
    return phrase("path.obstacle", title=knowledge.findings[name].title, why=why)
