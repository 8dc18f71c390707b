"""Which missing answers would settle the verdict, and by how much: what to ask next, and when asking more changes nothing.

For each missing answer that bears on the verdict every value it can tell apart is tried, all taken as equally likely, and
what would then still be open is compared with what is open now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from advisor.assessment.outlook import OutlookTable, VerdictOutlook
from advisor.assessment.variants import COMPLETIONS, Variants, judged, missing_trials
from advisor.assessment.verdict import NOT_ENOUGH_ANSWERS, VERDICT_DIMENSIONS
from advisor.inference.score_rows import Numbers
from advisor.interview.answers import Answers
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import VerdictName

PER_VERDICT = 1.0
"""What a verdict that is still possible weighs against the whole width of a score."""
PER_READING = 1.0
"""What need or ability weighs of which nothing is answered, as long as no verdict can be read for want of answers."""
PER_FINDING = 0.1
"""What a condition, blocker or lighter way still open weighs."""


@dataclass(frozen=True)
class QuestionGain:
    """A missing answer and the share of what is open, above 0 and up to 1, that it may be expected to close."""

    question: str
    share: float


def question_gains(
    knowledge: Knowledge,
    answers: Answers,
    now: VerdictOutlook,
    among: Collection[str] | None = None,
    variants: Variants | None = None,
) -> list[QuestionGain]:
    """The missing answers that can narrow the verdict, the most telling first; none once it is settled.

    ``among`` limits them to some questions. What was asked and is not known counts as missing. ``variants`` are those of
    the firm, judged here where they are not given.
    """
    if now.settled:
        return []
    variants = variants or judged(knowledge, answers, missing_trials(knowledge, answers, among))
    open_now = float(_uncertainty(now.table, now)[now.place])
    open_after = _uncertainty(variants.outlooks, now)[variants.of_missing].tolist()
    open_by_question: dict[str, list[float]] = {}
    for (name, _), still_open in zip(variants.missing, open_after, strict=True):
        open_by_question.setdefault(name, []).append(still_open)
    gains = [
        QuestionGain(name, round(1 - sum(shares_open) / len(shares_open) / open_now, 6))
        for name, shares_open in open_by_question.items()
    ]
    return sorted((gain for gain in gains if gain.share > 0), key=lambda gain: -gain.share)


def questions_to_ask(
    knowledge: Knowledge, answers: Answers, now: VerdictOutlook, among: Iterable[str], set_aside: Iterable[str] = ()
) -> list[str]:
    """The questions ``among`` these still worth asking, the next one first: neither answered nor ``set_aside``; none where
    no answer still to be had can change the verdict."""
    candidates = set(among).difference(answers.given, set_aside)
    return [gain.question for gain in question_gains(knowledge, answers, now, candidates)]


def _uncertainty(outlooks: OutlookTable, now: VerdictOutlook) -> Numbers:
    """For each firm how much is open of what can still turn the verdict of one of them; 0 where it is settled."""
    need, ability, hurdles = outlooks.rows("need"), outlooks.rows("ability"), outlooks.hurdles
    sizes = {
        "need": (need.high - need.low) / 100,
        "ability": (ability.high - ability.low) / 100,
        "blocked": PER_FINDING * hurdles["blocker"].open,
        "conditions": PER_FINDING * hurdles["condition"].open,
        "lighter": PER_FINDING * hurdles["lighter"].open,
    }
    assert set(sizes) == set(VERDICT_DIMENSIONS)
    further = PER_VERDICT * (outlooks.possible.sum(axis=1) - 1)
    width = sum((size for name, size in sizes.items() if name in now.open_dimensions), start=np.zeros(len(outlooks)))
    return np.where(outlooks.settled, 0.0, further + width + _unread(outlooks))


def _unread(outlooks: OutlookTable) -> Numbers:
    """For each firm how much is missing until need, and ability where nothing blocks, are answered well enough to read a
    verdict; 0 where one is read."""
    enough = outlooks.scheme.enough_answers
    need, ability = (np.maximum(0.0, 1 - outlooks.rows(name).answered / enough) for name in ("need", "ability"))
    missing = need + np.where(outlooks.hurdles["blocker"].found, 0.0, ability)
    return np.where(outlooks.verdicts == NOT_ENOUGH_ANSWERS, PER_READING * missing, 0.0)


def likely_verdicts(
    knowledge: Knowledge,
    answers: Answers,
    now: VerdictOutlook,
    draws: int = COMPLETIONS,
    variants: Variants | None = None,
) -> tuple[tuple[VerdictName, float], ...]:
    """The share of random completions that lead to each verdict, the likeliest first; none once it is settled.

    Each missing answer takes any of the values it can tell apart with the same chance. The same answers give the same draws.
    ``variants`` are those of the firm, judged here where they are not given.
    """
    if now.settled:
        return ()
    variants = variants or judged(knowledge, answers, draws=draws)
    names = variants.outlooks.names[variants.completions]
    return tuple((name, round(count / len(names), 4)) for name, count in Counter(names).most_common())
