"""Everything an assessment answers back, gathered for a report: an assessment in, the same with its insight out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from advisor.assessment.insights import (
    AnswerTurnItem,
    Insight,
    LikelyItem,
    PathItem,
    SensitivityItem,
    StepItem,
    SwingItem,
    WayItem,
    WeightTurnItem,
)
from advisor.assessment.model import Assessment
from advisor.assessment.outlook import VerdictOutlook, verdict_outlook
from advisor.assessment.parts import cited_works
from advisor.assessment.settling import likely_verdicts
from advisor.assessment.words import answer_in_words, joined
from advisor.inference import infer
from advisor.inference.facts import Facts
from advisor.insight.path import Paths, Way, paths
from advisor.insight.scenarios import Scenario
from advisor.insight.sensitivity import DRAWS, Sensitivity, sensitivity
from advisor.insight.what_if import scenario_item, what_if
from advisor.insight.why_not import near_misses
from advisor.insight.words import phrase, verdict_name
from advisor.interview.answers import Answer, Answers
from advisor.knowledge.currency import amount
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import facts_in
from advisor.text import Text

TURNS = 10
"""How many answers and weights that turn the verdict are kept."""


def examine(
    assessment: Assessment,
    answers: Answers,
    knowledge: Knowledge,
    scenarios: Iterable[Scenario] = (),
    facts: Facts | None = None,
) -> Assessment:
    """The assessment with everything it answers back; ``answers`` and ``knowledge`` are those it was made from, and so are
    ``facts``, inferred anew where they are not given."""
    now = verdict_outlook(knowledge, answers)
    near = near_misses(knowledge, answers, facts or infer(knowledge, [answers], "columns")[0].facts)
    path = path_item(knowledge, answers, paths(knowledge, answers))
    cited = {source for item in near for source in item.sources}
    cited |= {source for way in path.ways for step in way.steps for source in step.sources}
    insight = Insight(
        likely=likely(knowledge, answers, now),
        near=near,
        path=path,
        sensitivity=sensitivity_item(knowledge, answers, sensitivity(knowledge, answers, now)),
        scenarios=tuple(
            scenario_item(knowledge, answers, what_if(knowledge, answers, one, assessment)) for one in scenarios
        ),
        citations=cited_works(knowledge, cited - set(assessment.citations)),
    )
    return Assessment.model_validate(dict(assessment) | {"insight": insight})


def likely(knowledge: Knowledge, answers: Answers, now: VerdictOutlook) -> tuple[LikelyItem, ...]:
    """The share of random completions of the missing answers that lead to each verdict; none where it is settled."""
    return tuple(LikelyItem(verdict=name, share=share) for name, share in likely_verdicts(knowledge, answers, now))


def path_item(knowledge: Knowledge, answers: Answers, found: Paths) -> PathItem:
    """The ways to feasible in words."""
    if found.outcome == "found":
        return PathItem(
            outcome="found",
            sentence=_way_in_words(found.ways[0]),
            ways=tuple(_way(knowledge, answers, way) for way in found.ways),
            obstacles=(),
            note=knowledge.effort.note if knowledge.effort else None,
        )
    obstacles = tuple(_obstacle(knowledge, name) for name in found.obstacles)
    if found.outcome == "none" and not obstacles:
        obstacles = (phrase("path.none_together"),)
    return PathItem(outcome=found.outcome, sentence=phrase(f"path.{found.outcome}"), ways=(), obstacles=obstacles, note=None)


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


def sentences(parts: Sequence[Text]) -> Text:
    """Sentences one after another, with a space between where the language has one."""
    return Text(zh="".join(part.zh for part in parts), en=" ".join(part.en for part in parts))


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


def sensitivity_item(knowledge: Knowledge, answers: Answers, found: Sensitivity | None) -> SensitivityItem | None:
    """What the verdict rests on, in words and in figures."""
    if found is None:
        return None
    return SensitivityItem(
        sentence=sentences(list(_rests(knowledge, found))),
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
            for turn in found.answers[:TURNS]
        ),
        weights=tuple(
            WeightTurnItem(
                score=knowledge.scores[turn.score].label,
                input=input_label(knowledge, turn.input),
                now=turn.now,
                then=round(turn.then, 4),
                verdict=turn.verdict,
            )
            for turn in found.weights[:TURNS]
        ),
        swings=tuple(
            SwingItem(
                code=knowledge.questions[s.question].code,
                text=knowledge.questions[s.question].text,
                score=s.score,
                low=s.low,
                high=s.high,
            )
            for s in found.swings
        ),
        share=found.share,
        shares=tuple(LikelyItem(verdict=name, share=share) for name, share in found.shares),
    )


def input_label(knowledge: Knowledge, name: str) -> Text:
    """An input of a score as it is called."""
    return knowledge.scores[name].label if name in knowledge.scores else knowledge.facts[name].label


def _rests(knowledge: Knowledge, found: Sensitivity) -> Iterator[Text]:
    codes = [knowledge.questions[turn.question].code for turn in found.one_step]
    named = joined([Text(zh=code, en=code) for code in codes]) if codes else None
    key = "rests.none" if not codes else "rests.single" if len(codes) == 1 else "rests.one"
    yield phrase(key, **({"codes": named} if named else {}))
    if found.weights:
        turn = found.weights[0]
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
    yield phrase("rests.share", draws=f"{DRAWS:,}", share=f"{found.share:.0%}")
