"""The verdict put into words: one sentence, how sure it is, the strongest reasons, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from advisor.assessment.model import (
    Cutoffs,
    HurdleItem,
    LighterItem,
    OpenQuestion,
    Reason,
    ScoreInputItem,
    ScoreItem,
    UndecidedItem,
    Verdict,
)
from advisor.assessment.next_question import QuestionGain
from advisor.assessment.outlook import HURDLE_KINDS
from advisor.assessment.verdict import certainty_of, certainty_sentence, need_decides, verdict_name, verdict_sentence
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import VerdictName, VerdictScheme, factor_names
from advisor.phrases import alternatives, phrases, quoted, sentences
from advisor.rounding import points_in_words
from advisor.text import Text

phrase = phrases("assessment")

MAX_REASONS = 5
MIDDLE = 50.0
MOST = 0.5
"""A verdict that more than this share of random completions leads to is told beside another one of today."""
NO_VERDICT = "not_enough_answers"
MAX_DECIDING = 10
EXTREMES = {(True, "100"): "_full", (False, "0"): "_none"}
"""Points that are told in words of their own: “rather high” is not said of all there are."""


def describe_verdict(
    name: VerdictName,
    possible: tuple[VerdictName, ...],
    knowledge: Knowledge,
    scores: Mapping[str, ScoreItem],
    conditions: tuple[HurdleItem, ...],
    blockers: tuple[HurdleItem, ...],
    lighter: tuple[LighterItem, ...],
    deciding: tuple[OpenQuestion, ...],
    likely: Sequence[tuple[VerdictName, float]],
) -> Verdict:
    """The verdict with its sentence, certainty, reasons and the questions that would decide it; ``likely`` are the shares of
    random completions that lead to each verdict."""
    scheme = knowledge.verdict
    certainty = certainty_of(name, len(possible))
    others = alternatives([verdict_name(other) for other in possible if other != name] or [phrase("answer.none")])
    leads_to = next((other for other, share in likely if share > MOST and other not in (name, NO_VERDICT)), None)
    leads_to = leads_to if certainty == "leaning" else None
    reasons = list(_reasons(name, knowledge, scores, conditions, blockers, lighter))[:MAX_REASONS]
    return Verdict(
        name=name,
        sentence=verdict_sentence(name, certainty, leads_to),
        certainty=certainty,
        certainty_text=certainty_sentence(certainty, others),
        possible=possible,
        reasons=tuple(reasons),
        deciding=deciding,
        cutoffs=Cutoffs(
            need_too_low=scheme.need_too_low,
            need_open=scheme.need_open,
            ability_too_low=scheme.ability_too_low,
            ability_enough=scheme.ability_enough,
            enough_answers=scheme.enough_answers,
            note=scheme.note,
        ),
        leads_to=leads_to,
    )


def _reasons(
    name: VerdictName,
    knowledge: Knowledge,
    scores: Mapping[str, ScoreItem],
    conditions: tuple[HurdleItem, ...],
    blockers: tuple[HurdleItem, ...],
    lighter: tuple[LighterItem, ...],
) -> Iterator[Reason]:
    """The strongest reasons first: what decides this verdict, then what speaks loudest in need and ability."""
    scheme = knowledge.verdict
    need, ability = _factors(scores, scheme.need), _factors(scores, scheme.ability)
    by_verdict: Mapping[VerdictName, Sequence[HurdleItem | LighterItem]] = {
        "not_yet": blockers,
        "conditional": conditions,
        "not_needed_now": lighter,
    }
    decisive = [_decisive_reason(item, knowledge) for item in by_verdict.get(name, ())]
    if name == "not_needed_now" and need_decides(scheme, scores[scheme.need].points):
        yield _too_little_need(scores[scheme.need], scheme)
    yield from decisive[:1]
    if name in ("feasible", "conditional", "not_yet"):
        yield from (_factor_reason("reason.need_high", factor, knowledge) for factor in need[:1])
    yield from decisive[1:]
    if name == "feasible":
        yield from (_factor_reason("reason.ability_high", factor, knowledge) for factor in ability[:2])
        yield from (_factor_reason("reason.need_high", factor, knowledge) for factor in need[1:2])
    elif name in ("conditional", "not_yet"):
        yield from (_factor_reason("reason.ability_low", factor, knowledge) for factor in _low(ability))
    elif name == "not_needed_now":
        yield from (_factor_reason("reason.need_low", factor, knowledge) for factor in _low(need))
        yield from (_factor_reason("reason.ability_low", factor, knowledge) for factor in _low(ability)[:1])
    else:
        for score in (scores[scheme.need], scores[scheme.ability]):
            text = phrase("reason.too_few", score=score.label, share=f"{score.answered:.0%}")
            yield Reason(side="against", text=text, sources=score.sources)


def need_reasons(scores: Mapping[str, ScoreItem], knowledge: Knowledge) -> Iterator[Reason]:
    """What speaks loudest for a need, strongest first; of a need in the lower half, what holds it down."""
    need = knowledge.verdict.need
    factors = _factors(scores, need)
    high = [factor for factor in factors if (factor.points or 0.0) >= MIDDLE]
    if (scores[need].points or 0.0) >= MIDDLE and high:
        yield from (_factor_reason("reason.need_high", factor, knowledge) for factor in high)
    else:
        yield from (_factor_reason("reason.need_low", factor, knowledge) for factor in _low(factors))


def _decisive_reason(item: HurdleItem | LighterItem, knowledge: Knowledge) -> Reason:
    """A hurdle or lighter way as a reason, in the words of the first rule behind it."""
    text = knowledge.rules_by_id[item.supports[0]].rule.text if item.supports else item.text
    return Reason(side="against", text=phrase("reason.titled", title=item.title, text=text), sources=item.sources)


def _too_little_need(need: ScoreItem, scheme: VerdictScheme) -> Reason:
    """Need under the limit below which no system pays, whatever else the firm could do."""
    limit = scheme.need_too_low
    text = phrase("reason.need_too_low", points=points_in_words(need.points or 0.0, [limit]), limit=f"{limit:.0f}")
    return Reason(side="against", text=text, sources=need.sources)


def _factors(scores: Mapping[str, ScoreItem], composite: str) -> list[ScoreItem]:
    """The factors of a composite score that have a reading, highest first."""
    readings = [scores[name] for name in factor_names(composite, scores)]
    return sorted((f for f in readings if f.points is not None), key=lambda f: -(f.points or 0.0))


def _low(factors: list[ScoreItem]) -> list[ScoreItem]:
    """The factors in the lower half of the scale, lowest first, three at most."""
    return [factor for factor in reversed(factors) if (factor.points or 0.0) < MIDDLE][:3]


def _factor_reason(key: str, factor: ScoreItem, knowledge: Knowledge) -> Reason:
    """A factor named by its points and by the answers that push it furthest."""
    rising = key.endswith("high")
    telling = _furthest(factor, rising)
    said = [item.says for item in telling if item.says]
    rest = [_telling(item, knowledge) for item in telling if not item.says]
    shown = points_in_words(factor.points or 0.0)
    text = phrase(
        key + EXTREMES.get((rising, shown), ""),
        factor=Text(zh=factor.label.zh, en=_inside(factor.label.en)),
        points=shown,
    )
    text = sentences([phrase("reason.nothing_behind", factor=text), *said, *rest])
    return Reason(side="for" if rising else "against", text=text, sources=factor.sources)


def _furthest(factor: ScoreItem, rising: bool) -> list[ScoreInputItem]:
    """The two inputs that push a factor furthest up or down."""
    known = [item for item in factor.inputs if item.points is not None]
    return sorted(known, key=lambda item: (item.points or 0.0) * (-1 if rising else 1))[:2]


def telling_answers(factor: ScoreItem, scores: Mapping[str, ScoreItem]) -> tuple[Text, ...]:
    """What the answers say that push a factor furthest to the side it lies on; of a part that is a score, what pushes
    that. Where no answer says so itself, the steps read off the project."""
    rising = (factor.points or 0.0) >= MIDDLE
    told = list(dict.fromkeys(_told(factor, scores, rising)))
    if told:
        return tuple(told)
    steps = [item for item in _furthest(factor, rising) if item.name not in scores]
    return tuple(phrase("reason.behind", factor=item.label, parts=item.shown) for item in steps)


def _told(factor: ScoreItem, scores: Mapping[str, ScoreItem], rising: bool) -> Iterator[Text]:
    for item in _furthest(factor, rising):
        if item.says:
            yield item.says
        elif item.name in scores:
            yield from list(_told(scores[item.name], scores, rising))[:1]


def _inside(label: str) -> str:
    """An English label inside a sentence; abbreviations keep their capitals."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _telling(item: ScoreInputItem, knowledge: Knowledge) -> Text:
    """What a factor rests on: a part of it with its points, a step read off the project, or an answer with its question."""
    key = "part" if item.name in knowledge.scores else "answer" if item.name in knowledge.questions else "step"
    label = quoted(item.label) if key == "answer" else item.label
    return phrase(f"reason.{key}", label=label, shown=quoted(item.shown) if key == "answer" else item.shown)


def open_questions(
    knowledge: Knowledge, gains: Sequence[QuestionGain], undecided: Sequence[UndecidedItem]
) -> tuple[OpenQuestion, ...]:
    """The missing answers to ask for, with the hurdles that wait for each: gates first, also where they could only add a
    condition to a verdict that has some; then those that would settle most."""
    waits: dict[str, list[str]] = {}
    for item in undecided:
        if item.kind in HURDLE_KINDS:
            for name in item.missing:
                waits.setdefault(name, []).append(item.rule)
    settles = {gain.question: gain.share for gain in gains}
    gates = [name for name in knowledge.verdict.gates if name in settles or name in waits]
    names = dict.fromkeys((*sorted(gates, key=lambda name: -settles.get(name, 0.0)), *settles))
    return tuple(
        OpenQuestion(
            question=name,
            code=knowledge.questions[name].code,
            text=knowledge.questions[name].text,
            settles=settles.get(name, 0.0),
            decides=tuple(waits.get(name, [])),
        )
        for name in list(names)[:MAX_DECIDING]
    )
