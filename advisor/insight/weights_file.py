"""A person's own weights from a YAML file: set outright, or judged pair by pair.

    title: {zh: 本公司的权重, en: Our own weights}
    weights: {need_aspects: {need_complexity: 2}}
    judgements:
      ability:
        leadership_factor: {economy_factor: 3, culture_factor: 1/2}
        economy_factor: {culture_factor: 1/4}

A factor not named keeps the weight it has; judgements weigh the factors they name against one another and leave the weight
they have together unchanged. In a mean of the strongest a weight says how many of the places a factor may fill where it is
among them; where only the largest counts, weights are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from advisor import yaml_source
from advisor.errors import AnswersError, Place, Problem, nearest
from advisor.files import read_file
from advisor.insight.ahp import LARGEST_ORDER, Priorities, priorities, reciprocal
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Weighting
from advisor.text import LANGS, Text

LIMIT = 1000.0
NUMBER = re.compile(r"[0-9]{1,4}(\.[0-9]{1,12})?(/[0-9]{1,4})?|\.[0-9]{1,12}")
"""A number or a fraction as people write them; no powers of ten, which a few characters can make endless."""
FIELDS = ("title", "weights", "judgements")


@dataclass(frozen=True)
class JudgedScore:
    """The judgements about the inputs of one score, in order, and the priorities they come to."""

    score: str
    inputs: tuple[str, ...]
    priorities: Priorities


@dataclass(frozen=True)
class CustomWeights:
    """A weighting read from a file, and what it was judged from."""

    weighting: Weighting
    judged: tuple[JudgedScore, ...]


def read_weights(path: Path, knowledge: Knowledge) -> CustomWeights:
    """The weights in the file at ``path``.

    Raises :class:`~advisor.errors.AnswersError` with every mistake and its line, :class:`~advisor.errors.InputError` where
    the file cannot be read.
    """
    return parse_weights(read_file(path), str(path), knowledge)


def parse_weights(content: bytes, name: str, knowledge: Knowledge) -> CustomWeights:
    """The weights in ``content``; ``name`` is what errors call the file."""
    return _WeightsReader(name, yaml_source.parse_bytes(content, name), knowledge).weights()


class _WeightsReader:
    def __init__(self, name: str, raw: Any, knowledge: Knowledge) -> None:
        self.name, self.raw, self.knowledge = name, raw, knowledge
        self.problems: list[Problem] = []

    def weights(self) -> CustomWeights:
        if not isinstance(self.raw, Mapping) or not set(self.raw) & {"weights", "judgements"}:
            self.add_problem("W101", ())
            raise AnswersError(self.problems)
        for key in self.raw:
            if key not in FIELDS:
                self.add_problem("W102", (key,), name=key, nearest=nearest(str(key), FIELDS) or ", ".join(FIELDS))
        weights = {score: dict(factors) for score, factors in self.direct_weights()}
        judged = list(self.judged_scores())
        for judgement in judged:
            score = judgement.score
            total = sum(self.current_weights(score)[name] for name in judgement.inputs)
            for name, share in zip(judgement.inputs, judgement.priorities.weights, strict=True):
                if name in weights.get(score, {}):
                    self.add_problem("W111", ("judgements", score), name=name)
                weights.setdefault(score, {})[name] = round(share * total, 9)
        title = self.title()
        if self.problems:
            raise AnswersError(self.problems)
        name = "".join(c if c.isprintable() else "?" for c in Path(self.name).name)
        about = Text(zh=f"取自{name}。", en=f"From {name}.")
        return CustomWeights(Weighting(title=title, about=about, weights=weights), tuple(judged))

    def add_problem(self, code: str, path: tuple[str | int, ...], /, **values: object) -> None:
        self.problems.append(Problem(code, Place(self.name, *yaml_source.locate(self.raw, path)), values))

    def title(self) -> Text:
        raw = self.raw.get("title") or {"zh": "自定权重", "en": "Own weights"}
        titles = raw if isinstance(raw, Mapping) else dict.fromkeys(LANGS, raw)
        if set(titles) == set(LANGS) and all(isinstance(text, str) and 0 < len(text) <= 80 for text in titles.values()):
            try:
                return Text(**titles)
            except ValueError:
                pass
        self.add_problem("W106", ("title",))
        return Text(zh="–", en="–")

    def current_weights(self, score: str) -> dict[str, float]:
        return {item.name: item.weight for item in self.knowledge.scores[score].inputs}

    def section(self, section: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        raw = self.raw.get(section)
        if raw is not None and not isinstance(raw, Mapping):
            self.add_problem("W103", (section,), section=section)
            return
        for score, entries in (raw or {}).items():
            if score not in self.knowledge.scores:
                near = nearest(str(score), self.knowledge.scores) or "–"
                self.add_problem("W104", (section, score), name=score, nearest=near)
            elif not isinstance(entries, Mapping):
                self.add_problem("W103", (section, score), section=score)
            elif self.knowledge.scores[score].combine == "max":
                weighed = [item.score for item in self.knowledge.scores[score].inputs if item.score]
                self.add_problem("W112", (section, score), name=score, others=", ".join(weighed) or "–")
            else:
                yield score, entries

    def input_of(self, score: str, name: Any, path: tuple[str | int, ...]) -> bool:
        inputs = self.current_weights(score)
        if name not in inputs:
            self.add_problem("W105", path, score=score, name=name, nearest=nearest(str(name), inputs) or ", ".join(inputs))
        return name in inputs

    def number(self, value: Any, path: tuple[str | int, ...]) -> float | None:
        text = str(value).strip()
        try:
            number = float(Fraction(text)) if NUMBER.fullmatch(text) else 0.0
        except ZeroDivisionError:
            number = 0.0
        if 1 / LIMIT <= number <= LIMIT:
            return number
        self.add_problem("W107", path, value=str(value)[:40])
        return None

    def direct_weights(self) -> Iterator[tuple[str, dict[str, float]]]:
        for score, entries in self.section("weights"):
            weights = {}
            for name, value in entries.items():
                path = ("weights", score, name)
                if self.input_of(score, name, path) and (number := self.number(value, path)):
                    weights[name] = number
            yield score, weights

    def judged_scores(self) -> Iterator[JudgedScore]:
        for score, entries in self.section("judgements"):
            pairs: dict[tuple[str, str], float] = {}
            before = len(self.problems)
            for row, columns in entries.items():
                path = ("judgements", score, row)
                if not isinstance(columns, Mapping):
                    self.add_problem("W103", path, section=row)
                elif self.input_of(score, row, path):
                    for column, value in columns.items():
                        here = (*path, column)
                        if self.input_of(score, column, here) and (number := self.number(value, here)):
                            if (row, column) in pairs or (column, row) in pairs or row == column:
                                self.add_problem("W108", here, one=row, other=column)
                            pairs[row, column] = number
            if len(self.problems) == before and (judged := self.complete(score, pairs)):
                yield judged

    def complete(self, score: str, pairs: Mapping[tuple[str, str], float]) -> JudgedScore | None:
        """The priorities of the inputs judged; None where a pair is missing or there are too many."""
        named = {name for pair in pairs for name in pair}
        inputs = tuple(name for name in self.current_weights(score) if name in named)
        path = ("judgements", score)
        if not 2 <= len(inputs) <= LARGEST_ORDER:
            self.add_problem("W109", path, limit=LARGEST_ORDER)
            return None
        upper: dict[tuple[int, int], float] = {}
        for i, row in enumerate(inputs):
            for j, column in enumerate(inputs[i + 1 :], i + 1):
                value = pairs.get((row, column)) or (1 / pairs[column, row] if (column, row) in pairs else None)
                if value is None:
                    self.add_problem("W110", path, one=row, other=column)
                else:
                    upper[i, j] = value
        if len(upper) < len(inputs) * (len(inputs) - 1) // 2:
            return None
        return JudgedScore(score, inputs, priorities(reciprocal(len(inputs), upper)))
