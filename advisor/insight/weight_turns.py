"""The weights at which the verdict turns: for each input of need and ability the nearest, worked out backwards."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

from advisor.assessment.outlook import VerdictOutlook
from advisor.assessment.verdict import limits, verdict_of
from advisor.inference.scores import ScoreValue
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import VerdictName


@dataclass(frozen=True)
class WeightTurn:
    """The weight of an input at which the verdict turns: what it is now, what it would have to pass, and to what."""

    score: str
    input: str
    now: float
    then: float
    verdict: VerdictName

    @property
    def factor(self) -> float:
        """The weight as a multiple of today's."""
        return self.then / self.now


def _verdict(knowledge: Knowledge, now: VerdictOutlook, need: float, ability: float) -> VerdictName:
    return verdict_of(knowledge.verdict, need, ability, **hurdles_found(now))


def hurdles_found(now: VerdictOutlook) -> dict[str, bool]:
    """What of hurdles a verdict looks at, as today's answers have it."""
    return {"blocked": now.blocked.found, "conditions": now.conditions.found, "lighter": now.lighter.found}


def weight_turns(knowledge: Knowledge, now: VerdictOutlook) -> list[WeightTurn]:
    """For every weight under need and ability the nearest value, if any, at which the verdict turns."""
    nearest_turns: list[WeightTurn] = []
    for part, cutoffs in limits(knowledge.verdict).items():
        top = now.need if part == "need" else now.ability
        for chain in _chains(top, now):
            turns = []
            for cutoff in cutoffs:
                then = _crossing(chain, cutoff)
                if then is not None and (turned := _turned(knowledge, now, top, chain, then)):
                    turns.append(WeightTurn(chain[-1][0].name, chain[-1][1], _weight(chain), then, turned))
            nearest_turns += sorted(turns, key=lambda turn: abs(math.log(turn.factor)))[:1]
    return sorted(nearest_turns, key=lambda turn: (abs(math.log(turn.factor)), turn.score, turn.input))


Chain = tuple[tuple[ScoreValue, str], ...]
"""From a composite score down to one input: each score with the input that leads on."""


def _chains(score: ScoreValue, now: VerdictOutlook, above: Chain = ()) -> Iterator[Chain]:
    """Every input with a weight that counts, with the way down to it. Where only the largest counts, weights do not."""
    if score.combine == "max":
        return
    known = [item for item in score.inputs if item.points is not None]
    for item in known:
        chain = (*above, (score, item.name))
        if len(known) > 1:
            yield chain
        if item.kind == "score":
            yield from _chains(now.score(item.name), now, chain)


def _weight(chain: Chain) -> float:
    score, name = chain[-1]
    return next(item.weight for item in score.inputs if item.name == name)


def _parts(score: ScoreValue, name: str) -> tuple[float, float, float, float]:
    """Of one input of a mean: its weight and points, and the weight and weighted points of all the others."""
    known = [item for item in score.inputs if item.points is not None]
    chosen = next(item for item in known if item.name == name)
    others = [item for item in known if item.name != name]
    rest = sum(item.weight * (item.points or 0.0) for item in others)
    return chosen.weight, chosen.points or 0.0, sum(item.weight for item in others), rest


def _turns_around(score: ScoreValue, name: str, points: float) -> bool:
    """Whether the input counts the other way round, as 100 less its points."""
    nested = next(item for item in score.inputs if item.name == name)
    return abs((nested.points or 0.0) - points) > 1e-6


def _crossing(chain: Chain, cutoff: float) -> float | None:
    """The weight of the last input at which the first score comes to ``cutoff``; None where no weight brings it there."""
    target = cutoff
    for (score, name), (below, _) in itertools.pairwise(chain):
        weight, _, others, rest = _parts(score, name)
        target = (target * (weight + others) - rest) / weight
        if _turns_around(score, name, below.points or 0.0):
            target = 100 - target
    _, points, others, rest = _parts(*chain[-1])
    if abs(target - points) < 1e-12:
        return None
    then = (rest - target * others) / (target - points)
    return then if then > 1e-6 and math.isfinite(then) else None


def _reached(chain: Chain, weight: float) -> float:
    """The first score with the last input at another weight."""
    _, points, others, rest = _parts(*chain[-1])
    value = (rest + weight * points) / (others + weight)
    for (score, name), (below, _) in reversed(list(itertools.pairwise(chain))):
        inner = 100 - value if _turns_around(score, name, below.points or 0.0) else value
        nested_weight, _, others, rest = _parts(score, name)
        value = (rest + nested_weight * inner) / (nested_weight + others)
    return value


def _turned(knowledge: Knowledge, now: VerdictOutlook, top: ScoreValue, chain: Chain, then: float) -> VerdictName | None:
    """The verdict just beyond a weight, seen from today's; None where it is the same."""
    beyond = then * (1 + 1e-6) if then > _weight(chain) else then * (1 - 1e-6)
    value = _reached(chain, beyond)
    need = value if top is now.need else now.need.points
    ability = value if top is now.ability else now.ability.points
    assert need is not None and ability is not None
    verdict = _verdict(knowledge, now, need, ability)
    return verdict if verdict != now.name else None
