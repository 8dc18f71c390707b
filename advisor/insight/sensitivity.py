"""What the verdict rests on: which weight or answer would turn it, and how often other weights would.

Rules look at answers and never at scores, so other weights move need and ability alone: the hurdles found stay found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.assessment.outlook import VerdictOutlook
from advisor.assessment.small_changes import order_of, steps_away
from advisor.assessment.variants import Variants, deciding_answers, judged, known_trials
from advisor.assessment.verdict import TOP, VERDICTS, choose
from advisor.inference.score_rows import strongest_mean
from advisor.inference.scores import ScoreValue
from advisor.insight.weight_turns import WeightTurn, hurdles_found, weight_turns
from advisor.interview.answers import Answers
from advisor.knowledge.margins import Margin
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import Value
from advisor.knowledge.schema import VerdictName

DRAWS = 10_000
"""How many random weightings are tried."""
BARS = 8
"""How many answers a tornado shows."""
_STEP = 1e-9


@dataclass(frozen=True)
class AnswerTurn:
    """One answer that would by itself turn the verdict: the value nearest to today's that does. ``steps`` is how many of the
    smallest changes away it is (see :mod:`advisor.assessment.small_changes`)."""

    question: str
    value: Value
    steps: int
    verdict: VerdictName


@dataclass(frozen=True)
class AnswerSwing:
    """How far one answer moves a score, from its worst value to its best, all else as it is."""

    question: str
    score: str
    low: float
    high: float


@dataclass(frozen=True)
class Sensitivity:
    """What the verdict rests on.

    ``weights`` are the turns by weight, the smallest change first; ``answers`` those by one answer to a value that could be
    true of the firm, the nearest first;
    ``swings`` the widest movements of need and ability; ``share`` the part of random weightings under which the verdict
    holds, and ``shares`` the part of each verdict. ``settled``: no missing answer can turn it.
    """

    verdict: VerdictName
    settled: bool
    weights: tuple[WeightTurn, ...]
    answers: tuple[AnswerTurn, ...]
    swings: tuple[AnswerSwing, ...]
    share: float
    shares: tuple[tuple[VerdictName, float], ...]

    @property
    def one_step(self) -> tuple[AnswerTurn, ...]:
        """The answers that turn the verdict one step away from what they are."""
        return tuple(turn for turn in self.answers if turn.steps == 1)


def sensitivity(
    knowledge: Knowledge, answers: Answers, now: VerdictOutlook, variants: Variants | None = None
) -> Sensitivity | None:
    """What the verdict of a firm rests on; None where there is no verdict. ``variants`` are those of the firm, judged here
    where they are not given."""
    if now.name == "not_enough_answers" or now.need.points is None or now.ability.points is None:
        return None
    variants = variants or judged(knowledge, answers, known=known_trials(knowledge, answers))
    turns, swings = _one_at_a_time(knowledge, answers, now, variants)
    share, shares = _random_weights(knowledge, now)
    return Sensitivity(now.name, now.settled, tuple(weight_turns(knowledge, now)), turns, swings, share, shares)


def _one_at_a_time(
    knowledge: Knowledge, answers: Answers, now: VerdictOutlook, variants: Variants
) -> tuple[tuple[AnswerTurn, ...], tuple[AnswerSwing, ...]]:
    """Every known answer that bears on the verdict, brought to each other value it can take beside the others."""
    options, trials, places = deciding_answers(knowledge), variants.known, variants.of_known
    turns: dict[str, list[AnswerTurn]] = {}
    for (name, answer), verdict in zip(trials, variants.outlooks.names[places], strict=True):
        value = answer.value
        if verdict not in (now.name, "not_enough_answers") and value is not None and not isinstance(value, tuple | Margin):
            steps = steps_away(knowledge.facts[name], answers.value(name), value, order_of(knowledge, name))
            if steps is not None:
                turns.setdefault(name, []).append(AnswerTurn(name, value, steps, verdict))
    reached: dict[tuple[str, str], list[float]] = {}
    for part in ("need", "ability"):
        for (name, _), points in zip(trials, variants.outlooks.rows(part).points[places].tolist(), strict=True):
            if points == points:
                reached.setdefault((name, part), []).append(points)
    nearest = [
        min(of_answer, key=lambda turn: (turn.steps, _ratio(answers.value(turn.question), turn.value)))
        for of_answer in turns.values()
    ]
    order = list(options)
    ranked = sorted(nearest, key=lambda turn: (turn.steps, order.index(turn.question)))
    return tuple(ranked), tuple(_widest(reached))


def _ratio(now: Value | None, then: Value) -> float:
    """How far apart two numbers are; anything else is all the same."""
    if not isinstance(now, float) or not isinstance(then, float) or not now or not then:
        return 1.0
    return max(now / then, then / now)


def _widest(reached: dict[tuple[str, str], list[float]]) -> Iterator[AnswerSwing]:
    for part in ("need", "ability"):
        swings = [AnswerSwing(name, part, min(points), max(points)) for (name, of), points in reached.items() if of == part]
        moving = [swing for swing in swings if swing.high - swing.low > _STEP]
        yield from sorted(moving, key=lambda swing: -(swing.high - swing.low))[:BARS]


def _random_weights(knowledge: Knowledge, now: VerdictOutlook) -> tuple[float, tuple[tuple[VerdictName, float], ...]]:
    """The verdict under weights drawn evenly from all that are possible, for the factors of need and of ability."""
    draw = np.random.Generator(np.random.PCG64(0))

    needs, abilities = (_under_random_weights(knowledge, now, score, draw) for score in (now.need, now.ability))
    verdicts = choose(knowledge.verdict, needs, abilities, **hurdles_found(now))
    shares = [(name, round(float(np.mean(verdicts == place)), 4)) for place, name in enumerate(VERDICTS)]
    drawn = [(name, share) for place, (name, share) in enumerate(shares) if (verdicts == place).any()]
    return dict(drawn).get(now.name, 0.0), tuple(sorted(drawn, key=lambda pair: -pair[1]))


def _under_random_weights(
    knowledge: Knowledge, now: VerdictOutlook, score: ScoreValue, draw: np.random.Generator
) -> NDArray[np.float64]:
    """The points of a score under each weighting drawn; the weights inside of a step of the working are drawn as well."""
    inputs, points = [], []
    limit = min((item.points for item in score.inputs if item.limit and item.points is not None), default=TOP)
    for item, authored in zip(score.inputs, knowledge.scores[score.name].inputs, strict=True):
        if item.limit:
            continue
        if item.points is not None or (item.status == "not_applicable" and score.combine == "strongest"):
            inputs.append(item)
            step = item.kind == "score" and knowledge.scores[item.name].working
            nested = _under_random_weights(knowledge, now, now.score(item.name), draw) * authored.times if step else None
            points.append(np.full(DRAWS, item.points or 0.0) if nested is None else nested)
    values = np.array(points)
    if score.combine == "max":
        largest: NDArray[np.float64] = np.minimum(values.max(axis=0), limit)
        return largest
    weights = draw.dirichlet(np.ones(len(inputs)), DRAWS).T
    if score.combine == "mean":
        mean: NDArray[np.float64] = np.minimum((weights * values).sum(axis=0), limit)
        return mean
    always = np.array([[item.always] for item in inputs])
    room = (knowledge.scores[score.name].strongest or 0) * weights[~always[:, 0]].mean(axis=0)
    strongest: NDArray[np.float64] = strongest_mean(values[None], weights[None], always[None], room[None])[0]
    return np.minimum(strongest, limit)
