"""What the verdict rests on as reports show it."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.assessment.answer_items import answer_in_words
from advisor.assessment.model.insight import (
    AnswerTurnItem,
    LikelyItem,
    SensitivityItem,
    SwingItem,
    WeightTurnItem,
)
from advisor.assessment.verdict import verdict_name
from advisor.insight.sensitivity import DRAWS, Sensitivity
from advisor.interview.answers import Answer, Answers
from advisor.knowledge.model import Knowledge
from advisor.phrases import joined, phrases, sentences
from advisor.text import Text

phrase = phrases("insight")

TURNS = 10
"""How many answers and weights that turn the verdict are kept."""


def sensitivity_item(knowledge: Knowledge, answers: Answers, result: Sensitivity | None) -> SensitivityItem | None:
    """What the verdict rests on, in words and in figures."""
    if result is None:
        return None
    return SensitivityItem(
        sentence=sentences(list(_rests(knowledge, result))),
        answers=tuple(
            AnswerTurnItem(
                question=turn.question,
                code=knowledge.questions[turn.question].code,
                text=knowledge.questions[turn.question].text,
                before=answer_in_words(answers.given.get(turn.question), knowledge.facts[turn.question]),
                after=answer_in_words(Answer("known", turn.value), knowledge.facts[turn.question]),
                steps=turn.steps,
                verdict=turn.verdict,
            )
            for turn in result.answers[:TURNS]
        ),
        weights=tuple(
            WeightTurnItem(
                score=knowledge.scores[turn.score].label,
                input=input_label(knowledge, turn.input),
                now=turn.now,
                then=round(turn.then, 4),
                verdict=turn.verdict,
            )
            for turn in result.weights[:TURNS]
        ),
        swings=tuple(
            SwingItem(
                code=knowledge.questions[swing.question].code,
                text=knowledge.questions[swing.question].text,
                score=swing.score,
                low=swing.low,
                high=swing.high,
            )
            for swing in result.swings
        ),
        share=result.share,
        shares=tuple(LikelyItem(verdict=name, share=share) for name, share in result.shares),
    )


def input_label(knowledge: Knowledge, name: str) -> Text:
    """An input of a score as it is called."""
    return knowledge.scores[name].label if name in knowledge.scores else knowledge.facts[name].label


def _rests(knowledge: Knowledge, result: Sensitivity) -> Iterator[Text]:
    codes = [knowledge.questions[turn.question].code for turn in result.one_step]
    codes_in_words = joined([Text(zh=code, en=code) for code in codes]) if codes else None
    key = "rests.none" if not codes else "rests.single" if len(codes) == 1 else "rests.one"
    yield phrase(key, **({"codes": codes_in_words} if codes_in_words else {}))
    if result.weights:
        turn = result.weights[0]
        yield phrase(
            "rests.weight",
            input=input_label(knowledge, turn.input),
            score=knowledge.scores[turn.score].label,
            now=f"{turn.now:g}",
            then=f"{turn.then:.2g}" if turn.then < 10 else f"{turn.then:.0f}",
            way=phrase("rests.up" if turn.then > turn.now else "rests.down"),
            verdict=verdict_name(turn.verdict),
        )
    else:
        yield phrase("rests.no_weight")
    yield phrase("rests.share", draws=f"{DRAWS:,}", share=f"{result.share:.0%}")
