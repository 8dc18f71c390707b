"""The verdict alone, without texts or trace, for any number of firms: what would be said, and what else is still possible.

Enters: a knowledge and answers. Leaves: the outlook of each firm. An assessment takes its verdict from here; so do the
questions asked of it (what if, what next, what would it take), which need thousands, and the scores of whole tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from advisor.assessment.verdict import (
    NOT_ENOUGH_ANSWERS,
    ORDER,
    TOP,
    VERDICT_DIMENSIONS,
    VERDICTS,
    Certainty,
    calls_for_project,
    certainty_of,
    choose,
    grid,
    spans,
    within,
)
from advisor.inference.column_engine import column_engine
from advisor.inference.columns import Mask, masks_of
from advisor.inference.facts import Facts, FactTable
from advisor.inference.foresight import score_table
from advisor.inference.outcome import RuleOutcome
from advisor.inference.score_rows import ScoreRows
from advisor.inference.scores import ScoreTable, ScoreValue
from advisor.interview.answer_table import AnswerTable
from advisor.interview.answers import Answers
from advisor.knowledge.facts import MODEL_FACT
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import VerdictName, VerdictScheme

HURDLE_KINDS = ("blocker", "condition", "lighter")
"""The kinds of finding a verdict looks at."""


@dataclass(frozen=True)
class Hurdles:
    """Findings of one kind, for one firm: whether any is found today, any holds whatever the missing answers are, any may
    yet be found. ``open`` counts those that some completion of the missing answers brings and another does not."""

    found: bool
    sure: bool
    possible: bool
    open: int


@dataclass(frozen=True)
class HurdleColumns:
    """The same for many firms: an array each."""

    found: Mask
    sure: Mask
    possible: Mask
    open: NDArray[np.int64]

    def firm(self, place: int) -> Hurdles:
        """Those of one firm."""
        return Hurdles(bool(self.found[place]), bool(self.sure[place]), bool(self.possible[place]), int(self.open[place]))


@dataclass(frozen=True)
class VerdictOutlook:
    """The verdict of one firm, the verdicts still possible, and what it rests on.

    ``open_dimensions`` are those of :data:`~advisor.assessment.verdict.VERDICT_DIMENSIONS` that can still turn the verdict.
    ``table`` and ``place`` are where it was read from: facts, hurdles and scores need not be worked out again.
    """

    name: VerdictName
    possible: tuple[VerdictName, ...]
    need: ScoreValue
    ability: ScoreValue
    blocked: Hurdles
    conditions: Hurdles
    lighter: Hurdles
    open_dimensions: frozenset[str]
    table: OutlookTable = field(repr=False, compare=False)
    place: int = field(repr=False, compare=False)

    @property
    def settled(self) -> bool:
        """Whether no completion of the missing answers can change the verdict."""
        return len(self.possible) == 1

    @cached_property
    def facts(self) -> Facts:
        """The firm's facts, those computed between layers of rules among them where a hurdle looks at them."""
        facts = self.table.facts.firm(self.place)
        facts.set_computed(self.table.outcome.values(self.place), self.table.outcome.margins(self.place))
        return facts

    @cached_property
    def drawn(self) -> frozenset[str]:
        """The blockers, conditions and lighter ways found, and the findings they build on."""
        return frozenset(name for name in self.table.outcome.findings if self.table.outcome.finding(name, self.place))

    def score(self, name: str) -> ScoreValue:
        """Need, ability or a score they are made of. Raises ``KeyError`` for any other."""
        return self.table.scores.value(name, self.place)


@dataclass(frozen=True)
class OutlookTable:
    """The outlook of many firms, by column.

    ``outcome`` has the rules as answers stand, ``foreseen`` as they hold in every completion of the missing ones.
    ``verdicts`` are places in :data:`~advisor.assessment.verdict.ORDER`; ``cases`` tells of each firm which cases of
    :func:`~advisor.assessment.verdict.grid` its missing answers leave open (firms × the axes of the grid).
    """

    scheme: VerdictScheme
    facts: FactTable
    scores: ScoreTable
    outcome: RuleOutcome
    foreseen: RuleOutcome
    verdicts: NDArray[np.int64]
    cases: Mask
    hurdles: Mapping[str, HurdleColumns]

    def __len__(self) -> int:
        return len(self.verdicts)

    def __iter__(self) -> Iterator[VerdictOutlook]:
        return (self.firm(place) for place in range(len(self)))

    @cached_property
    def names(self) -> list[VerdictName]:
        """The verdict of each firm."""
        return [ORDER[place] for place in self.verdicts.tolist()]

    @cached_property
    def possible(self) -> Mask:
        """The verdicts that some completion of the missing answers may give, firms × verdicts; none is missed."""
        return _possible(self.cases, grid(self.scheme))

    @cached_property
    def open_dimensions(self) -> Mask:
        """The dimensions whose outcome can still turn the verdict, some outcome of the others given: firms × dimensions."""
        verdicts, axes = grid(self.scheme)[None], range(1, 1 + len(VERDICT_DIMENSIONS))
        others = tuple(axes)[:-1]
        least, most = np.where(self.cases, verdicts, len(ORDER)), np.where(self.cases, verdicts, -1)
        turned = [(least.min(axis=axis) < most.max(axis=axis)).any(axis=others) for axis in axes]
        return np.stack(turned, axis=1)

    @property
    def settled(self) -> Mask:
        """The firms whose verdict no completion of the missing answers can change."""
        settled: Mask = self.possible.sum(axis=1) == 1
        return settled

    def rows(self, dimension: Literal["need", "ability"]) -> ScoreRows:
        """Need or ability of all firms."""
        return self.scores.rows(self.scheme.need if dimension == "need" else self.scheme.ability)

    def possible_names(self, place: int) -> tuple[VerdictName, ...]:
        """The verdicts still possible for one firm."""
        return tuple(ORDER[verdict] for verdict in np.flatnonzero(self.possible[place]).tolist())

    def in_the_way(self, kind: str) -> list[bool]:
        """For each firm whether blockers, or conditions, stand in the way of a project that its verdict calls for."""
        found = self.hurdles[kind].found.tolist()
        return [holds and calls_for_project(name) for holds, name in zip(found, self.names, strict=True)]

    def certainty(self, place: int) -> Certainty:
        """How sure the verdict of one firm is."""
        return certainty_of(self.names[place], len(self.possible_names(place)))

    def firm(self, place: int) -> VerdictOutlook:
        """The outlook of one firm."""
        live = self.open_dimensions[place].tolist()
        blocked, conditions, lighter = (self.hurdles[kind].firm(place) for kind in HURDLE_KINDS)
        return VerdictOutlook(
            name=self.names[place],
            possible=self.possible_names(place),
            need=self.scores.value(self.scheme.need, place),
            ability=self.scores.value(self.scheme.ability, place),
            blocked=blocked,
            conditions=conditions,
            lighter=lighter,
            open_dimensions=frozenset(name for name, is_open in zip(VERDICT_DIMENSIONS, live, strict=True) if is_open),
            table=self,
            place=place,
        )


def verdict_outlooks(knowledge: Knowledge, answers: AnswerTable, with_model: bool = False) -> OutlookTable:
    """The outlook of each firm of a table; with ``with_model`` the operating model is read whether or not it is needed."""
    return outlooks_from(FactTable(knowledge, answers), with_model)


def outlooks_from(facts: FactTable, with_model: bool = False) -> OutlookTable:
    """The outlook of each firm by its facts."""
    knowledge = facts.knowledge
    computed = (*knowledge.project_facts, *((MODEL_FACT,) if with_model else ()))
    today = column_engine(knowledge, HURDLE_KINDS, computed).today(facts)
    foreseen = column_engine(knowledge, HURDLE_KINDS, knowledge.project_facts).foresee(facts)
    scheme = knowledge.verdict
    scores = score_table(facts, (scheme.need, scheme.ability), today, foreseen)
    hurdles = {kind: _hurdles(knowledge, kind, today, foreseen) for kind in HURDLE_KINDS}
    verdicts, cases = read_verdicts(scheme, scores.rows(scheme.need), scores.rows(scheme.ability), hurdles)
    return OutlookTable(scheme, facts, scores, today, foreseen, verdicts, cases, hurdles)


def verdict_outlook(knowledge: Knowledge, answers: Answers) -> VerdictOutlook:
    """The outlook of one firm."""
    return verdict_outlooks(knowledge, AnswerTable.of([answers])).firm(0)


def _hurdles(knowledge: Knowledge, kind: str, today: RuleOutcome, foreseen: RuleOutcome) -> HurdleColumns:
    """For each firm how findings of a kind stand."""
    names = knowledge.drawn_by_kind.get(kind, ())
    found, sure, ruled_out = (
        masks_of(sets, today.size)
        for sets in (
            [today.findings[name][0] for name in names],
            [foreseen.findings[name][0] for name in names],
            [foreseen.findings[name][1] for name in names],
        )
    )
    undecided = ~(sure | ruled_out)
    any_found, any_sure, any_possible = (np.asarray(masks.any(axis=0), np.bool_) for masks in (found, sure, ~ruled_out))
    return HurdleColumns(any_found, any_sure, any_possible, undecided.sum(axis=0))


def _cases(scheme: VerdictScheme, need: ScoreRows, ability: ScoreRows, hurdles: Mapping[str, HurdleColumns]) -> Mask:
    """For each firm the cases of the verdict's grid that its missing answers leave open."""
    intervals = spans(scheme)
    reached = [within(need.low, need.high, intervals["need"]), within(ability.low, ability.high, intervals["ability"])]
    reached += [
        np.stack([~hurdles[kind].sure, hurdles[kind].sure | hurdles[kind].possible], axis=1) for kind in HURDLE_KINDS
    ]
    cases = np.ones((len(need.low), *(1 for _ in reached)), np.bool_)
    for axis, mask in enumerate(reached):
        shape = [1] * len(reached)
        shape[axis] = mask.shape[1]
        cases = cases & mask.reshape(len(mask), *shape)
    return cases


def _possible(cases: Mask, verdicts: NDArray[np.int64]) -> Mask:
    flat, verdicts = cases.reshape(len(cases), verdicts.size), verdicts.ravel()
    return np.stack([flat[:, verdicts == verdict].any(axis=1) for verdict in range(len(VERDICTS))], axis=1)


def read_verdicts(
    scheme: VerdictScheme, need: ScoreRows, ability: ScoreRows, hurdles: Mapping[str, HurdleColumns]
) -> tuple[NDArray[np.int64], Mask]:
    """The central reading of each firm, and the cases of the verdict's grid that its missing answers leave open.

    Where only one verdict is possible it holds, however little was answered. Otherwise need must be answered well enough
    before anything is said, and ability before anything that rests on it.
    """
    cases = _cases(scheme, need, ability, hurdles)
    blocked, conditions, lighter = (hurdles[kind].found for kind in HURDLE_KINDS)

    def read(points: float | NDArray[np.float64]) -> NDArray[np.int64]:
        return choose(scheme, need.points, points, blocked=blocked, conditions=conditions, lighter=lighter)

    at_worst, at_best = read(0.0), read(TOP)
    enough = ~np.isnan(ability.points) & (ability.answered >= scheme.enough_answers)
    read_so_far = np.select([at_worst == at_best, enough], [at_worst, read(ability.points)], NOT_ENOUGH_ANSWERS)
    enough = ~np.isnan(need.points) & (need.answered >= scheme.enough_answers)
    possible = _possible(cases, grid(scheme))
    settled = possible.sum(axis=1) == 1
    return np.select([settled, enough], [possible.argmax(axis=1), read_so_far], NOT_ENOUGH_ANSWERS), cases
