"""The ways to a feasible verdict as reports show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from advisor.assessment.answer_items import answer_in_words
from advisor.assessment.model import TaskItem
from advisor.assessment.model.insight import (
    ChangeItem,
    PathItem,
    StepItem,
    WayItem,
)
from advisor.insight.moves import AnswerMove
from advisor.insight.path import TOO_FEW_ANSWERS, Paths, PathStep, Way
from advisor.interview.answers import Answer, Answers
from advisor.knowledge.currency import estimate
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import facts_in
from advisor.phrases import joined, phrases, sentences
from advisor.rounding import whole_weeks
from advisor.text import Text

phrase = phrases("insight")


def path_item(knowledge: Knowledge, answers: Answers, result: Paths, plan: Sequence[TaskItem] = ()) -> PathItem:
    """The ways to feasible in words; steps that are in a plan start when they start there."""
    if result.outcome == "found":
        planned = {task.id: task for task in plan}
        ways = tuple(_way(knowledge, answers, way, planned if place == 0 else {}) for place, way in enumerate(result.ways))
        return PathItem(
            outcome="found",
            sentence=_way_in_words(result.ways[0], ways[0]),
            ways=ways,
            obstacles=(),
            note=knowledge.sizes.note if knowledge.sizes else None,
        )
    obstacles = tuple(_obstacle(knowledge, name) for name in result.obstacles)
    if result.outcome == "none" and not obstacles:
        obstacles = (phrase("path.none_together"),)
    return PathItem(
        outcome=result.outcome, sentence=phrase(f"path.{result.outcome}"), ways=(), obstacles=obstacles, note=None
    )


def _way_in_words(way: Way, item: WayItem) -> Text:
    parts = [
        phrase(
            "path.found" if len(way.steps) > 1 else "path.found_one",
            steps=len(way.steps),
            days=f"{item.days:.0f}",
            money=rmb_in_words(item.rmb),
            weeks=whole_weeks(item.weeks),
        )
    ]
    parts.append(phrase("path.gap", gap=f"{way.gap:.0%}") if way.gap > 0.0005 else phrase("path.proven"))
    if not way.outlook.settled:
        parts.append(phrase("path.open"))
    return sentences(parts)


def rmb_in_words(rmb: float) -> Text:
    """A sum of money, or that there is none."""
    return estimate(rmb) if rmb > 0 else phrase("path.no_money")


def _way(knowledge: Knowledge, answers: Answers, way: Way, planned: Mapping[str, TaskItem]) -> WayItem:
    steps = sorted((_step(knowledge, answers, step, planned) for step in way.steps), key=lambda step: step.start)
    assert way.outlook.need.points is not None and way.outlook.ability.points is not None
    return WayItem(
        steps=tuple(steps),
        effort=round(way.effort, 6),
        days=round(way.days, 2),
        rmb=way.rmb,
        weeks=max((step.start + step.weeks for step in steps), default=0.0),
        gap=round(way.gap, 6),
        need=way.outlook.need.points,
        ability=way.outlook.ability.points,
        possible=way.outlook.possible,
    )


def _step(knowledge: Knowledge, answers: Answers, step: PathStep, planned: Mapping[str, TaskItem]) -> StepItem:
    task, told = step.move.task, planned.get(step.move.task.id)
    return StepItem(
        task=task.id,
        changes=tuple(_change(knowledge, answers, answer) for answer in step.move.answers),
        title=told.title if told else task.title,
        what=task.text,
        owner=told.owner if told else task.owner,
        days=step.move.days,
        rmb=step.move.rmb,
        start=planned[task.id].start if task.id in planned else step.start,
        weeks=planned[task.id].weeks if task.id in planned else step.weeks,
        after=step.after,
        find_out=tuple(knowledge.questions[name].code for name in step.find_out),
        basis=task.basis,
        sources=tuple(task.sources),
    )


def _change(knowledge: Knowledge, answers: Answers, move: AnswerMove) -> ChangeItem:
    question, fact = knowledge.questions[move.question], knowledge.facts[move.question]
    return ChangeItem(
        question=question.id,
        code=question.code,
        text=question.text,
        before=answer_in_words(answers.given.get(question.id), fact),
        after=answer_in_words(Answer("known", move.after), fact),
    )


def _obstacle(knowledge: Knowledge, name: str) -> Text:
    scheme = knowledge.verdict
    if name == TOO_FEW_ANSWERS:
        return phrase("path.answers_stuck")
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
