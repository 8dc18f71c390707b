"""The verdict: need and ability side by side, never averaged; blockers and conditions outside the scores.

:func:`choose` is the only place that says which verdict follows, for one firm or for arrays of firms. All else that speaks
of verdicts is worked out from it: the regions of maps, the limits a firm would have to pass, the verdicts still possible.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from advisor.inference.columns import Mask
from advisor.knowledge.schema import Level, VerdictName, VerdictScheme
from advisor.phrases import phrases, sentences
from advisor.text import Text

phrase = phrases("verdict")

Certainty = Literal["settled", "leaning", "open"]
"""Settled: no completion of the missing answers changes the verdict. Leaning: it could. Open: no verdict is given."""
VERDICTS: tuple[VerdictName, ...] = ("feasible", "conditional", "not_yet", "not_needed_now")
"""The verdicts that follow where everything is known, from the best; arrays have the place of a verdict in here."""
ORDER: tuple[VerdictName, ...] = (*VERDICTS, "not_enough_answers")
"""All verdicts."""
FEASIBLE, CONDITIONAL, NOT_YET, NOT_NEEDED_NOW, NOT_ENOUGH_ANSWERS = range(len(ORDER))

VERDICT_DIMENSIONS = ("need", "ability", "blocked", "conditions", "lighter")
"""What a verdict is drawn from, in the order of the axes of :func:`grid`."""
TOP = 100.0
"""The most points a score can have."""


class VerdictCutoffs(Protocol):
    """The limits a verdict is drawn by, in points; as the knowledge has them, or a saved assessment."""

    @property
    def need_too_low(self) -> float:
        """Need under this does not pay for a system."""

    @property
    def need_open(self) -> float:
        """Nor does need under this where a lighter way fits."""

    @property
    def ability_too_low(self) -> float:
        """Ability under this carries no project yet."""

    @property
    def ability_enough(self) -> float:
        """Ability from here on carries one without conditions."""


@dataclass(frozen=True)
class VerdictRegion:
    """Need and ability, from and up to but not including, within which the verdict is the same; 100 is included."""

    verdict: VerdictName
    need: tuple[float, float]
    ability: tuple[float, float]

    def holds(self, need: float, ability: float) -> bool:
        """Whether a firm with this need and ability lies in it."""
        spans = ((self.need, need), (self.ability, ability))
        return all(low <= value < high or value == high == TOP for (low, high), value in spans)

    def meets(self, need: tuple[float, float], ability: tuple[float, float]) -> bool:
        """Whether a firm with need and ability within these ranges, ends included, may lie in it."""
        spans = ((self.need, need), (self.ability, ability))
        return all(most >= low and (least < high or least == high == TOP) for (low, high), (least, most) in spans)


def choose(
    cutoffs: VerdictCutoffs,
    need: ArrayLike,
    ability: ArrayLike,
    *,
    blocked: ArrayLike = False,
    conditions: ArrayLike = False,
    lighter: ArrayLike = False,
) -> NDArray[np.int64]:
    """The verdict where everything is known, as place in :data:`VERDICTS`; arguments are broadcast against one another.

    First need, then blockers, then ability, then conditions.
    """
    need, ability = np.asarray(need), np.asarray(ability)
    not_needed = (need < cutoffs.need_too_low) | (np.asarray(lighter) & (need < cutoffs.need_open))
    not_yet = np.asarray(blocked) | (ability < cutoffs.ability_too_low)
    conditional = np.asarray(conditions) | (ability < cutoffs.ability_enough)
    return np.select([not_needed, not_yet, conditional], [NOT_NEEDED_NOW, NOT_YET, CONDITIONAL], FEASIBLE)


def verdict_of(
    cutoffs: VerdictCutoffs,
    need: float,
    ability: float,
    blocked: bool = False,
    conditions: bool = False,
    lighter: bool = False,
) -> VerdictName:
    """:func:`choose` for one firm, by name."""
    return VERDICTS[int(choose(cutoffs, need, ability, blocked=blocked, conditions=conditions, lighter=lighter))]


def need_decides(cutoffs: VerdictCutoffs, need: float | None) -> bool:
    """Whether "not needed now" follows from need alone; else it follows from a simpler alternative that meets the need."""
    return need is not None and need < cutoffs.need_too_low


def verdict_name(name: VerdictName) -> Text:
    """A verdict as it is called."""
    return phrase(f"{name}.name")


def verdict_with_certainty(name: VerdictName, certainty: Certainty) -> Text:
    """A verdict as it is called, which says so where it is provisional."""
    return phrase("provisionally", name=verdict_name(name)) if certainty == "leaning" else verdict_name(name)


def calls_for_project(name: VerdictName) -> bool:
    """Whether a project may follow from a verdict, so that its conditions and risks are those of the firm."""
    return name != "not_needed_now"


def verdict_sentence(name: VerdictName, certainty: Certainty, leads_to: VerdictName | None = None) -> Text:
    """A verdict as a report opens with it: no firmer than it is where a missing answer could turn it, and ``leads_to`` told
    where most of the missing answers lead to that one instead."""
    told = phrase(f"{name}.{'provisional' if certainty == 'leaning' else 'sentence'}")
    return sentences([told, phrase("leads_elsewhere", other=verdict_name(leads_to))]) if leads_to else told


def certainty_name(certainty: Certainty) -> Text:
    """How sure a verdict is, in a word."""
    return phrase(f"certainty.{certainty}.name")


def certainty_sentence(certainty: Certainty, others: Text) -> Text:
    """How sure a verdict is, with the ``others`` it may still turn into."""
    return phrase(f"certainty.{certainty}.sentence", others=others)


def certainty_of(verdict: VerdictName, possible: int) -> Certainty:
    """How sure a verdict is, where so many are possible."""
    return "open" if verdict == "not_enough_answers" else "settled" if possible == 1 else "leaning"


def need_level(scheme: VerdictScheme, points: float) -> Level:
    """What need, or a score that it is made of, is called."""
    return _level(points, scheme.need_too_low, scheme.need_open if scheme.need_high is None else scheme.need_high)


def ability_level(cutoffs: VerdictCutoffs, points: float) -> Level:
    """Where a score that ability is made of lies between the limits of ability."""
    return _level(points, cutoffs.ability_too_low, cutoffs.ability_enough)


def _level(points: float, too_low: float, enough: float) -> Level:
    return "low" if points < too_low else "medium" if points < enough else "high"


def limits(cutoffs: VerdictCutoffs) -> dict[str, tuple[float, ...]]:
    """The points of need and of ability at which a verdict may turn, lowest first."""
    need = sorted({cutoffs.need_too_low, cutoffs.need_open})
    return {"need": tuple(need), "ability": tuple(sorted({cutoffs.ability_too_low, cutoffs.ability_enough}))}


def spans(cutoffs: VerdictCutoffs) -> dict[str, list[tuple[float, float]]]:
    """Need and ability cut at their limits, lowest first."""
    return {name: list(zip((0.0, *points), (*points, TOP), strict=True)) for name, points in limits(cutoffs).items()}


@dataclass(frozen=True)
class _Limits:
    """Cut-offs that can be a key of a cache."""

    need_too_low: float
    need_open: float
    ability_too_low: float
    ability_enough: float


def grid(cutoffs: VerdictCutoffs) -> NDArray[np.int64]:
    """The verdict in each case that can be told apart: by span of need, span of ability, and whether there are blockers,
    conditions and lighter ways. Not to be written to."""
    key = _Limits(cutoffs.need_too_low, cutoffs.need_open, cutoffs.ability_too_low, cutoffs.ability_enough)
    return _grid(key)


@lru_cache(maxsize=32)
def _grid(cutoffs: _Limits) -> NDArray[np.int64]:
    intervals = spans(cutoffs)
    starts = [np.array([low for low, _ in intervals[name]]) for name in ("need", "ability")]
    no_yes = np.array([False, True])
    need, ability, blocked, conditions, lighter = np.meshgrid(*starts, no_yes, no_yes, no_yes, indexing="ij")
    verdicts = choose(cutoffs, need, ability, blocked=blocked, conditions=conditions, lighter=lighter)
    verdicts.setflags(write=False)
    return verdicts


def regions(
    cutoffs: VerdictCutoffs, blocked: bool = False, conditions: bool = False, lighter: bool = False
) -> tuple[VerdictRegion, ...]:
    """Need × ability cut into rectangles of one verdict each, for a firm with these findings; the lowest need first."""
    intervals = spans(cutoffs)
    verdicts = grid(cutoffs)[:, :, int(blocked), int(conditions), int(lighter)]
    cells: list[VerdictRegion] = []
    for row, need in enumerate(intervals["need"]):
        for column, ability in enumerate(intervals["ability"]):
            _merge_into(cells, VerdictRegion(VERDICTS[verdicts[row, column]], need, ability))
    merged: list[VerdictRegion] = []
    for region in cells:
        _merge_into(merged, region)
    return tuple(merged)


def _merge_into(rectangles: list[VerdictRegion], region: VerdictRegion) -> None:
    """Put a region with one of the same verdict that it lies beside or above, or after all others."""
    for place, other in enumerate(rectangles):
        if other.verdict == region.verdict:
            if other.need == region.need and other.ability[1] == region.ability[0]:
                rectangles[place] = VerdictRegion(region.verdict, region.need, (other.ability[0], region.ability[1]))
                return
            if other.ability == region.ability and other.need[1] == region.need[0]:
                rectangles[place] = VerdictRegion(region.verdict, (other.need[0], region.need[1]), region.ability)
                return
    rectangles.append(region)


def least_for(cutoffs: VerdictCutoffs, verdict: VerdictName, lighter: bool = False) -> tuple[float, float]:
    """The least need and ability with which a verdict can be had, all else being in its favour."""
    reaching = [region for region in regions(cutoffs, lighter=lighter) if region.verdict == verdict]
    return min(region.need[0] for region in reaching), min(region.ability[0] for region in reaching)


def within(low: NDArray[np.float64], high: NDArray[np.float64], intervals: list[tuple[float, float]]) -> Mask:
    """For each firm which spans its interval reaches into: firms × spans."""
    starts, ends = (np.array(ends) for ends in zip(*intervals, strict=True))
    reached: Mask = (low[:, None] < np.where(ends == TOP, np.inf, ends)) & (high[:, None] >= starts)
    return reached
