"""Scores from 0 to 100 with the interval that missing answers leave open, for any number of firms at once.

A score is the weighted mean of its inputs, or of the strongest of them, or the largest. What was not answered, or is not
known, is never zero: the central reading is taken over what is answered, and the interval holds whatever the missing answers
may turn out to be, "does not apply" among them. What does not apply to the firm takes no part in a mean; among the strongest
it has no strength, so that what comes to apply never lowers the score.

Every input and every score is a row over the firms; scores are worked out from the rows below them, depth by depth.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from advisor.inference.columns import Column, Mask, mask_of
from advisor.inference.facts import FactTable, band_of
from advisor.inference.points import attainable, attainable_within, earned
from advisor.inference.score_rows import Combination, Combine, Numbers, ScoreRows, combined
from advisor.inference.step_columns import Steps
from advisor.interview.answers import Answer
from advisor.knowledge.margins import Margin
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import Value
from advisor.knowledge.schema import Band, Score, ScoreInput

FEW_INPUTS = 4
"""Scores of so many inputs at most are worked out together: filling them up to as many as others have would take longer."""
InputStatus = Literal["known", "within", "unknown", "not_applicable", "unanswered"]


@dataclass(frozen=True)
class InputValue:
    """One input of a score: its points (None where missing), the range still open, and how it stands.

    Points, low and high are as they count in the score: turned and multiplied where the input says so. ``sure`` is False
    where a missing answer may yet take the input out of the score: it may turn out not to apply. ``always`` marks one that
    counts beside the strongest, ``limit`` one that the score may not pass: its points are the most it may come to.
    """

    name: str
    kind: Literal["fact", "score"]
    weight: float
    points: float | None
    low: float
    high: float
    status: InputStatus
    answer: Value | Margin | None = None
    sure: bool = True
    always: bool = False
    limit: bool = False


@dataclass(frozen=True)
class ScoreValue:
    """A score: central reading (None where nothing is known), interval, and the share of its weight that is answered.

    ``room`` is how much weight the strongest inputs fill in a mean of those.
    """

    name: str
    points: float | None
    low: float
    high: float
    answered: float
    combine: Combine
    inputs: tuple[InputValue, ...]
    room: float = 0.0


class ScoreTable:
    """Some scores of all firms."""

    def __init__(self, scorer: Scorer, facts: FactTable, rows: ScoreRows, steps: Mapping[str, Steps]) -> None:
        self._scorer, self._facts, self._rows, self._steps = scorer, facts, rows, steps

    def rows(self, name: str) -> ScoreRows:
        """One score over all firms, each array of the shape (firms,)."""
        return self._rows[self._scorer.places[name]]

    def firm(self, place: int) -> dict[str, ScoreValue]:
        """The scores of one firm with their inputs, in the order asked for."""
        return {name: self.value(name, place) for name in self._scorer.names}

    def value(self, name: str, place: int) -> ScoreValue:
        """One score of one firm with its inputs."""
        scorer, rows, own = self._scorer, self._rows, self._scorer.places[name]
        score = scorer.knowledge.scores[name]
        inputs = zip(score.inputs, scorer.inputs[name], strict=True)
        return ScoreValue(
            name,
            self._points(own, place),
            float(rows.low[own, place]),
            float(rows.high[own, place]),
            float(rows.answered[own, place]),
            score.combine,
            tuple(self._input(item, row, place) for item, row in inputs),
            score.room,
        )

    def _points(self, row: int, place: int) -> float | None:
        points = float(self._rows.points[row, place])
        return None if points != points else points

    def _input(self, item: ScoreInput, row: int, place: int) -> InputValue:
        rows, points = self._rows, self._points(row, place)
        low, high = float(rows.low[row, place]), float(rows.high[row, place])
        counted, sure = bool(rows.counted[row, place]), bool(rows.sure[row, place])
        status: InputStatus = "not_applicable" if not counted else "unanswered" if points is None else "known"
        if item.score:
            if item.reversed:
                points, low, high = None if points is None else 100 - points, 100 - high, 100 - low
            points, low, high = None if points is None else item.times * points, item.times * low, item.times * high
            points = high if item.limit and points is not None else points
            return InputValue(
                item.score, "score", item.weight, points, low, high, status, None, sure, item.always, item.limit
            )
        name = item.fact or ""
        if name in self._steps:
            step = self._steps[name].value(place)
            return InputValue(name, "fact", item.weight, points, low, high, status, step, sure)
        band = self._scorer.knowledge.bands.get(name)
        answer = self._facts.answers.column(band.of if band else name).answer(place)
        if status == "unanswered" and answer and answer.status == "unknown":
            status = "unknown"
        value: Value | Margin | None = None if points is None else _value(answer, band)
        if status == "known" and answer and isinstance(answer.value, Margin):
            status, value = "within", answer.value
        return InputValue(name, "fact", item.weight, points, low, high, status, value, sure, item.always)


class Scorer:
    """Works out some scores and all below them, prepared once for a knowledge."""

    def __init__(self, knowledge: Knowledge, names: Iterable[str]) -> None:
        self.knowledge, self.names = knowledge, tuple(names)
        self.places: dict[str, int] = {}
        self.inputs: dict[str, list[int]] = {}
        self._fact_inputs: list[ScoreInput] = []
        self._rows_of: dict[str, list[int]] = {}
        fact_rows: list[int] = []
        depths: list[list[str]] = []
        self._count = 1  # the first row takes no part and fills up scores that have few inputs
        for name in self.names:
            self._enter(name, depths, fact_rows)
        self._fact_rows = np.array(fact_rows, np.int64)
        reach = [attainable(item, knowledge.facts[item.fact or ""]) for item in self._fact_inputs]
        self._least, self._most = np.array(reach).reshape(-1, 2).T[:, :, None]
        self._depths = [_Depth(self, group) for scores in depths for group in self._alike(scores)]

    def _enter(self, name: str, depths: list[list[str]], fact_rows: list[int]) -> int:
        """Give a score and all below it their rows; returns how deep below it the deepest answer is."""
        for depth, names in enumerate(depths):
            if name in names:
                return depth + 1
        below, rows = 0, []
        for item in self.knowledge.scores[name].inputs:
            if item.score:
                below = max(below, self._enter(item.score, depths, fact_rows))
                rows.append(self.places[item.score])
            else:
                self._rows_of.setdefault(item.fact or "", []).append(len(fact_rows))
                self._fact_inputs.append(item)
                fact_rows.append(self._count)
                rows.append(self._count)
                self._count += 1
        self.places[name], self.inputs[name] = self._count, rows
        self._count += 1
        depths.extend([[]] if below == len(depths) else [])
        depths[below].append(name)
        return below + 1

    def _alike(self, names: Sequence[str]) -> Iterator[list[str]]:
        """The scores that are combined in the same way, those of few inputs apart from those of many."""
        scores = self.knowledge.scores
        for combine, many in itertools.product(("mean", "max", "strongest"), (False, True)):
            alike = [name for name in names if scores[name].combine == combine]
            if group := [name for name in alike if (len(scores[name].inputs) > FEW_INPUTS) == many]:
                yield group

    def score(self, facts: FactTable, steps: Mapping[str, Steps] | None = None) -> ScoreTable:
        """The scores of all firms of a table; ``steps`` are those of the facts that are read off the project."""
        rows = ScoreRows.empty(self._count, facts.size)
        rows[self._fact_rows] = self._facts(facts, steps or {})
        for depth in self._depths:
            depth.work_out(rows)
        return ScoreTable(self, facts, rows, steps or {})

    def _facts(self, facts: FactTable, steps: Mapping[str, Steps]) -> ScoreRows:
        """What the answers earn, a row for each input that is a fact."""
        points = self._earned(facts)
        shape = points.shape
        counted, certain = np.ones(shape, np.bool_), np.ones(shape, np.bool_)
        for fact, rows in self._rows_of.items():
            if out := facts.today[fact].inapplicable:
                counted[rows] = ~mask_of(out, facts.size)
            if doubtful := facts.foreseen[fact].doubtful:
                certain[rows] = ~mask_of(doubtful, facts.size)
        points[~counted] = np.nan
        known = ~np.isnan(points)
        low, high, sure = np.where(known, points, self._least), np.where(known, points, self._most), known & certain
        answered = known.astype(np.float64)
        for row, mask, (least, most) in self._within(facts):
            points[row, mask], low[row, mask], high[row, mask] = (least + most) / 2, least, most
            whole = float(self._most[row, 0] - self._least[row, 0])
            answered[row, mask] = 1 - (most - least) / whole if whole else 1.0
            sure[row, mask] = certain[row, mask]
        for fact, reading in steps.items():
            for row in self._rows_of.get(fact, ()):
                points[row], low[row], high[row] = self._stepped(self._fact_inputs[row], reading)
                answered[row] = ~np.isnan(points[row])
                sure[row] = True  # every project has a step once nothing is missing
        return ScoreRows(points, low, high, answered, counted, sure)

    def _within(self, facts: FactTable) -> Iterator[tuple[int, Mask, tuple[float, float]]]:
        """The inputs that are known within bounds: their row, for which firms, and the points they lie between. The middle
        stands for such an answer, and it counts as answered by as much as it narrows."""
        for fact, rows in self._rows_of.items():
            column = facts.today[fact]
            for margin, who in column.margins.items() if isinstance(column, Column) else ():
                for row in rows:
                    item, fact_of = self._fact_inputs[row], self.knowledge.facts[fact]
                    yield row, mask_of(who, facts.size), attainable_within(item, fact_of, margin)

    def _stepped(self, item: ScoreInput, reading: Steps) -> tuple[Numbers, Numbers, Numbers]:
        """The points of a computed scale: as answers stand, and from its least to its greatest step."""
        fact = self.knowledge.facts[item.fact or ""]
        by_step = np.array([earned(item, fact, step) for step in fact.steps])
        known = ~np.isnan(reading.today)
        points = np.where(known, by_step[np.where(known, reading.today, 0).astype(np.int64)], np.nan)
        ends = by_step[np.stack([reading.low, reading.high]).astype(np.int64)]
        return points, ends.min(axis=0), ends.max(axis=0)

    def _earned(self, facts: FactTable) -> Numbers:
        """The points of each input for each firm, NaN where there is no value: looked up by the code of its answer."""
        earned_points: list[float] = []
        places = np.empty((len(self._fact_inputs), facts.size), np.int64)
        for fact, rows in self._rows_of.items():
            band = self.knowledge.bands.get(fact)
            column = facts.answers.column(band.of if band else fact)
            values = [_value(answer, band) for answer in column.answers]
            for row in rows:
                places[row] = len(earned_points) if column.codes is None else len(earned_points) + column.codes
                item = self._fact_inputs[row]
                known = self.knowledge.facts[fact]
                earned_points += [np.nan if value is None else earned(item, known, value) for value in values]
        return np.array(earned_points)[places] if earned_points else np.empty(places.shape)


def _value(answer: Answer | None, band: Band | None) -> Value | None:
    """The value of an answer as inputs of scores read it; None where there is none."""
    if answer is None or answer.status != "known" or answer.value is None or isinstance(answer.value, tuple | Margin):
        return None
    return band_of(answer.value, band) if band and isinstance(answer.value, int | float) else answer.value


class _Depth:
    """Scores of one depth that are combined in the same way, filled up to the same number of inputs."""

    def __init__(self, scorer: Scorer, names: Sequence[str]) -> None:
        scores = [scorer.knowledge.scores[name] for name in names]
        self._how = _combination(scorer.knowledge, scores)
        width = self._how.weights.shape[1]
        self._own = np.array([scorer.places[name] for name in names])
        self._inputs = np.array([(scorer.inputs[name] + [0] * width)[:width] for name in names])
        nested = [[item.reversed and item.score is not None for item in score.inputs] for score in scores]
        self._reversed: Mask = _filled(nested, 0.0) > 0
        self._times = _filled([[item.times if item.score else 1.0 for item in score.inputs] for score in scores], 1.0)

    def work_out(self, rows: ScoreRows) -> None:
        """Enter these scores, from the rows of their inputs."""
        rows[self._own] = combined(rows[self._inputs].turned(self._reversed, self._times), self._how)


def _combination(knowledge: Knowledge, scores: Sequence[Score]) -> Combination:
    """How scores that are combined in the same way are made of their inputs."""
    weights = _filled([[0.0 if item.limit else item.weight for item in score.inputs] for score in scores], 0.0)
    once = _filled([_weights_once(knowledge, score) for score in scores], 0.0)
    always = _filled([[item.always for item in score.inputs] for score in scores], 0.0)
    limits = _filled([[item.limit for item in score.inputs] for score in scores], 0.0)
    rooms = np.array([[score.room] for score in scores])
    return Combination(scores[0].combine, weights, once, always > 0, limits > 0, rooms)


def _weights_once(knowledge: Knowledge, score: Score) -> list[float]:
    """The weights of inputs, 0 for a limit and for one that is part of another: what is answered counts once."""
    parts = [item for item in score.inputs if not item.limit]
    below = {item.name: set(knowledge.facts_under([item.score])) if item.score else {item.name} for item in parts}
    repeated = {name for name, facts in below.items() if any(facts < others for others in below.values())}
    return [0.0 if item.limit or item.name in repeated else item.weight for item in score.inputs]


def _filled(lines: Sequence[Sequence[float]], filler: float) -> Numbers:
    """Lines of scores × inputs as an array of scores × inputs × 1, the shorter ones filled up."""
    width = max(map(len, lines))
    return np.array([([*line] + [filler] * width)[:width] for line in lines], np.float64)[:, :, None]


@functools.lru_cache(maxsize=16)
def scorer_of(knowledge: Knowledge, names: tuple[str, ...] | None = None) -> Scorer:
    """The scorer of some scores of a knowledge, by default of all, made once."""
    return Scorer(knowledge, knowledge.scores if names is None else names)
