"""What the verdict rests on as reports show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from advisor.phrases import joined, phrases, quoted, sentences
from advisor.rounding import plain_number
from advisor.text import Text

phrase = phrases("insight")

TURNS = 10
"""How many answers and weights that turn the verdict are kept."""
NAMED = 3
"""So many answers are named in a sentence."""
ALWAYS = 0.995
"""A share that is shown as 100 %. Of a verdict that missing answers may turn, it would be false comfort."""


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
    yield rests_on([quoted(knowledge.questions[turn.question].text) for turn in result.one_step])
    if result.weights:
        turn = result.weights[0]
        yield phrase(
            "rests.weight",
            input=input_label(knowledge, turn.input),
            score=knowledge.scores[turn.score].label,
            now=plain_number(turn.now),
            then=plain_number(turn.then, 2) if turn.then < 10 else f"{turn.then:.0f}",
            verdict=verdict_name(turn.verdict),
        )
    else:
        yield phrase("rests.no_weight")
    if result.settled:
        yield phrase("rests.share", draws=f"{DRAWS:,}", share=f"{result.share:.0%}")
    elif result.share < ALWAYS:
        yield phrase("rests.turned", draws=f"{DRAWS:,}", share=f"{1 - result.share:.0%}")


def rests_on(questions: Sequence[Text]) -> Text:
    """The answers a single step in which turns the verdict; the full report lists those that are too many for a sentence."""
    match questions:
        case []:
            return phrase("rests.none")
        case [question]:
            return phrase("rests.single", question=question)
        case _ if len(questions) <= NAMED:
            return phrase("rests.one", questions=joined(questions))
        case _:
            return phrase("rests.many", questions=joined(questions[:NAMED]), count=len(questions))
