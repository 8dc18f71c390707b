"""The verdict of one firm in plain Python, world by world: what :mod:`advisor.assessment.outlook` works out over arrays."""

from __future__ import annotations

import itertools

from advisor.assessment.outlook import Hurdles
from advisor.assessment.verdict import ORDER, VERDICT_DIMENSIONS
from advisor.inference.scores import ScoreValue
from advisor.knowledge.schema import VerdictName, VerdictScheme


def choose(
    scheme: VerdictScheme, need: float, ability: float, *, blocked: bool, conditions: bool, lighter: bool
) -> VerdictName:
    """The verdict where everything is known. First need, then blockers, then ability, then conditions."""
    if need < scheme.need_too_low or (lighter and need < scheme.need_open):
        return "not_needed_now"
    if blocked or ability < scheme.ability_too_low:
        return "not_yet"
    if ability < scheme.ability_enough or conditions:
        return "conditional"
    return "feasible"


def possible_verdicts(
    scheme: VerdictScheme,
    need: ScoreValue,
    ability: ScoreValue,
    blocked: Hurdles,
    conditions: Hurdles,
    lighter: Hurdles,
) -> tuple[VerdictName, ...]:
    """Every verdict that some completion of the missing answers may give; a superset, so that none is missed."""
    found = set(_outcomes(scheme, need, ability, blocked, conditions, lighter).values())
    return tuple(name for name in ORDER if name in found)


def matters(
    scheme: VerdictScheme,
    need: ScoreValue,
    ability: ScoreValue,
    blocked: Hurdles,
    conditions: Hurdles,
    lighter: Hurdles,
) -> frozenset[str]:
    """The dimensions whose outcome can still turn the verdict, some outcome of the others given."""
    verdicts = _outcomes(scheme, need, ability, blocked, conditions, lighter)
    live = set()
    for place, name in enumerate(VERDICT_DIMENSIONS):
        seen: dict[tuple[float | bool, ...], VerdictName] = {}
        for world, verdict in verdicts.items():
            others = (*world[:place], *world[place + 1 :])
            if seen.setdefault(others, verdict) != verdict:
                live.add(name)
                break
    return frozenset(live)


def read_verdict(
    scheme: VerdictScheme,
    need: ScoreValue,
    ability: ScoreValue,
    blocked: Hurdles,
    conditions: Hurdles,
    lighter: Hurdles,
) -> tuple[VerdictName, tuple[VerdictName, ...]]:
    """The central reading and the verdicts still possible.

    Where only one is possible it holds, however little was answered. Otherwise need must be answered well enough before
    anything is said, and ability before anything that rests on it.
    """
    possible = possible_verdicts(scheme, need, ability, blocked, conditions, lighter)
    if len(possible) == 1:
        return possible[0], possible
    if need.points is None or need.answered < scheme.enough_answers:
        return "not_enough_answers", possible
    found = {"blocked": blocked.found, "conditions": conditions.found, "lighter": lighter.found}
    with_any_ability = {choose(scheme, need.points, points, **found) for points in (0.0, 100.0)}
    if len(with_any_ability) == 1:
        return with_any_ability.pop(), possible
    if ability.points is None or ability.answered < scheme.enough_answers:
        return "not_enough_answers", possible
    return choose(scheme, need.points, ability.points, **found), possible


def _outcomes(
    scheme: VerdictScheme, need: ScoreValue, ability: ScoreValue, blocked: Hurdles, conditions: Hurdles, lighter: Hurdles
) -> dict[tuple[float, float, bool, bool, bool], VerdictName]:
    """The verdict in each world that can be told apart, by need, ability, blocked, conditions and lighter."""
    every = itertools.product(
        _probes(need, (scheme.need_too_low, scheme.need_open)),
        _probes(ability, (scheme.ability_too_low, scheme.ability_enough)),
        worlds(blocked),
        worlds(conditions),
        worlds(lighter),
    )
    return {w: choose(scheme, w[0], w[1], blocked=w[2], conditions=w[3], lighter=w[4]) for w in every}


def _probes(score: ScoreValue, limits: tuple[float, ...]) -> list[float]:
    """Points of the interval that meet every side of every limit inside it."""
    inside = [limit + step for limit in limits for step in (-1e-9, 0.0) if score.low <= limit + step <= score.high]
    return [score.low, *inside, score.high]


def worlds(hurdles: Hurdles) -> tuple[bool, ...]:
    """The values that findings of a kind may still take."""
    return (True,) if hurdles.sure else (False, True) if hurdles.possible else (False,)
