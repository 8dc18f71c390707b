"""Every rule on many firms at once, without experta: a firm is a bit, a fact's value the set of firms that have it.

Enters: a knowledge and the answers of any number of firms. Leaves: for every rule and finding two sets of firms, those for
which it holds and those for which it does not; whoever is in neither is undecided. Sets of firms are whole numbers used as
bits, so a premise over a thousand firms costs as much as one over one. Scores of the model's axes and the reading of the
model are the same functions experta's engine uses, remembered by their inputs. That the two agree is a property test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from advisor.inference.columns import Bounds, Column, Reading, Sides, Testable, columns_of, members
from advisor.inference.facts import Facts
from advisor.inference.models import OTHER_LINES, ModelReading, models_possible, read_model
from advisor.inference.scores import ScoreValue, score_some
from advisor.interview.answers import Answers
from advisor.knowledge.facts import MODEL_FACT
from advisor.knowledge.model import CompiledRule, Knowledge
from advisor.knowledge.premises import Truth, Value, facts_in, findings_in
from advisor.knowledge.schema import MODELS, EvidenceThen

if TYPE_CHECKING:
    from advisor.interview.coded import CodedFirms

Reach = tuple[frozenset[str], frozenset[str]]
"""Operating models in play for certain, and those that may be."""
_KEPT = 50_000


@dataclass(frozen=True)
class Evaluation:
    """What came out for each firm of a batch, by its place in it."""

    size: int
    rules: Mapping[str, Sides]
    findings: Mapping[str, Sides]
    models: tuple[ModelReading, ...]

    def rule(self, name: str, firm: int) -> Truth:
        """Whether a rule holds for a firm; None where it cannot be decided."""
        return _truth(self.rules[name], firm)

    def finding(self, name: str, firm: int) -> Truth:
        """Whether a finding is concluded for a firm, ruled out, or undecided."""
        return _truth(self.findings.get(name, (0, 0)), firm)

    def fired(self, firm: int) -> frozenset[str]:
        """The rules that hold for a firm."""
        bit = 1 << firm
        return frozenset(name for name, (holds, _) in self.rules.items() if holds & bit)


class Evaluator:
    """Compiled once for a knowledge, then used for any number of batches.

    With ``kinds`` only the rules that draw findings of these kinds are judged, and whatever they build on; the operating
    model is read where one of them looks at it, or ``with_model``. ``rules`` are the rules judged, each after those it
    builds on; ``asked`` are the facts they look at.
    """

    def __init__(self, knowledge: Knowledge, kinds: Iterable[str] | None = None, with_model: bool = False) -> None:
        self.knowledge = knowledge
        wanted = knowledge.rules if kinds is None else [r for r in knowledge.rules if r.rule.kind in set(kinds)]
        self.rules = list(_in_order(knowledge, wanted))
        self._reads_model = with_model or kinds is None or any(MODEL_FACT in facts_in(rule.premise) for rule in self.rules)
        if self._reads_model and kinds is not None:
            evidence = [rule for rule in knowledge.rules if rule.layer == 0]
            self.rules = list(_in_order(knowledge, [*evidence, *wanted]))
        scheme = knowledge.models
        self._axes = tuple(knowledge.facts_under((scheme.product_axis, scheme.decision_axis)))
        self.asked = {name for rule in self.rules for name in facts_in(rule.premise)}
        if self._reads_model:
            self.asked |= {*self._axes, OTHER_LINES}
        self._readings: dict[Any, ModelReading] = {}
        self._reaches: dict[Any, Reach] = {}

    def evaluate(self, firms: Sequence[Answers] | CodedFirms) -> Evaluation:
        """Every rule on every firm, as its answers stand."""
        columns = columns_of(self.knowledge, firms, self.asked)
        found: list[tuple[ModelReading, ...]] = [()]

        def read(rules: Mapping[str, Sides]) -> Testable:
            found[0] = self._models(len(firms), columns, rules)
            return model_column(found[0])

        evaluation = self._judge(columns, len(firms), read)
        return replace(evaluation, models=found[0])

    def foresee(self, firms: Sequence[Answers] | CodedFirms) -> Evaluation:
        """Every rule on every firm, whatever the missing answers turn out to be.

        A rule holds here only if it does in every completion of the missing answers, and fails only if it does so in
        all. ``models`` is empty: the reading of the model may still move.
        """
        columns = columns_of(self.knowledge, firms, self.asked, foresee=True)
        return self._judge(columns, len(firms), lambda rules: self._bounds(len(firms), columns, rules))

    def judge(self, columns: Mapping[str, Testable], size: int) -> Evaluation:
        """Every rule on ``size`` firms whose columns, that of the operating model among them, are there already."""
        return self._judge(dict(columns), size, lambda _: columns[MODEL_FACT])

    def _judge(self, columns: dict[str, Testable], size: int, read: Callable[[Mapping[str, Sides]], Testable]) -> Evaluation:
        """The rules in order; the model is read once evidence is in."""
        everyone = (1 << size) - 1
        rules: dict[str, Sides] = {}
        findings: dict[str, Sides] = {}
        unread = self._reads_model
        reading = Reading(columns, findings, everyone)
        for rule in self.rules:
            if rule.layer > 0 and unread:
                unread = False
                columns[MODEL_FACT] = read(rules)
            sides = reading.sides(rule.premise)
            rules[rule.id] = sides
            for conclusion in rule.rule.then:
                if isinstance(conclusion, EvidenceThen):
                    continue
                name = conclusion.target
                holds, fails = findings.get(name, (0, everyone))
                findings[name] = (holds | sides[0], fails & sides[1])
        if unread:
            read(rules)
        return Evaluation(size, rules, findings, ())

    def _models(self, size: int, columns: Mapping[str, Testable], rules: Mapping[str, Sides]) -> tuple[ModelReading, ...]:
        """The operating model of each firm; equal grounds are read once."""
        if len(self._readings) > _KEPT:
            self._readings.clear()
        evidence: list[dict[str, float]] = [{} for _ in range(size)]
        for then, (holds, _) in self._evidence(rules):
            for place in members(holds):
                evidence[place][then.evidence] = evidence[place].get(then.evidence, 0.0) + then.weight
        grounds = self._grounds(size, columns)
        return tuple(self._reading(ground, found) for ground, found in zip(grounds, evidence, strict=True))

    def _grounds(self, size: int, columns: Mapping[str, Testable]) -> list[_Ground]:
        """What is known of the axes and the further lines of each firm."""
        grounds = [_Ground() for _ in range(size)]
        for name in (*self._axes, OTHER_LINES):
            if not isinstance(column := columns.get(name), Column):
                continue
            for value, who in column.values.items():
                for place in members(who):
                    grounds[place].values[name] = value
            for place in members(column.inapplicable):
                grounds[place].out.append(name)
            for place in members(column.doubtful):
                grounds[place].doubtful.append(name)
        return grounds

    def _evidence(self, rules: Mapping[str, Sides]) -> Iterator[tuple[EvidenceThen, Sides]]:
        for rule in self.rules:
            for then in rule.rule.then:
                if isinstance(then, EvidenceThen):
                    yield then, rules[rule.id]

    def _reading(self, ground: _Ground, evidence: dict[str, float]) -> ModelReading:
        others = ground.values.pop(OTHER_LINES, None)
        key = (tuple(ground.values.items()), tuple(ground.out), tuple(sorted(evidence.items())), others)
        if key not in self._readings:
            facts = Facts(dict(ground.values), dict.fromkeys(ground.out, "not_applicable"))
            self._readings[key] = read_model(self.knowledge.models, self._axis_scores(facts), evidence, others)
        return self._readings[key]

    def _axis_scores(self, facts: Facts) -> dict[str, ScoreValue]:
        scheme = self.knowledge.models
        return score_some(self.knowledge, facts, (scheme.product_axis, scheme.decision_axis))

    def _bounds(self, size: int, columns: Mapping[str, Testable], rules: Mapping[str, Sides]) -> Bounds:
        """For each firm the operating models that are in play for certain, and those that may be; equal grounds are read
        once."""
        if len(self._reaches) > _KEPT:
            self._reaches.clear()
        bounds = Bounds()
        evidence: list[dict[str, tuple[float, float]]] = [{} for _ in range(size)]
        for then, (holds, fails) in self._evidence(rules):
            open_span = (min(0.0, then.weight), max(0.0, then.weight))
            for who, added in ((holds, (then.weight, then.weight)), (((1 << size) - 1) & ~holds & ~fails, open_span)):
                for place in members(who):
                    least, most = evidence[place].get(then.evidence, (0.0, 0.0))
                    evidence[place][then.evidence] = (least + added[0], most + added[1])
        for place, ground in enumerate(self._grounds(size, columns)):
            reach = self._reach(ground, evidence[place])
            bounds.ranges[reach] = bounds.ranges.get(reach, 0) | 1 << place
        return bounds

    def _reach(self, ground: _Ground, evidence: dict[str, tuple[float, float]]) -> Reach:
        key = (tuple(ground.values.items()), tuple(ground.out), tuple(ground.doubtful), tuple(sorted(evidence.items())))
        if key not in self._reaches:
            lines = _lines(ground)
            ground.values.pop(OTHER_LINES, None)
            facts = Facts(ground.values, dict.fromkeys(ground.out, "not_applicable"), frozenset(ground.doubtful))
            self._reaches[key] = models_possible(self.knowledge.models, self._axis_scores(facts), evidence, *lines)
        return self._reaches[key]


@lru_cache(maxsize=8)
def evaluator_of(knowledge: Knowledge, kinds: tuple[str, ...] | None = None, with_model: bool = False) -> Evaluator:
    """The evaluator of a knowledge, made once."""
    return Evaluator(knowledge, kinds, with_model)


def _in_order(knowledge: Knowledge, wanted: Iterable[CompiledRule]) -> Iterator[CompiledRule]:
    """The rules wanted and those they build on, layer by layer, each after those that draw the findings it asks for."""
    done: set[str] = set()

    def visit(rule: CompiledRule, path: tuple[str, ...]) -> Iterator[CompiledRule]:
        if rule.id in done or rule.id in path:
            return
        for name in findings_in(rule.premise):
            for maker in knowledge.makers.get(name, ()):
                yield from visit(maker, (*path, rule.id))
        done.add(rule.id)
        yield rule

    for rule in wanted:
        yield from visit(rule, ())


@dataclass
class _Ground:
    """What the axes of one firm rest on: values known, what does not apply, and of what that is open."""

    values: dict[str, Value] = field(default_factory=dict)
    out: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)


def _lines(ground: _Ground) -> tuple[frozenset[str], frozenset[str]]:
    """The models of further lines of business that a firm has for certain, and those it may have."""
    named = ground.values.get(OTHER_LINES)
    if not isinstance(named, frozenset):
        return frozenset(), frozenset() if OTHER_LINES in ground.out else frozenset(MODELS)
    return frozenset() if OTHER_LINES in ground.doubtful else named, named


def model_column(models: tuple[ModelReading, ...]) -> Column:
    """The operating models in play as a column."""
    column = Column()
    for place, reading in enumerate(models):
        if reading.in_play:
            column.add(reading.in_play, 1 << place)
    return column


def _truth(sides: Sides, firm: int) -> Truth:
    bit = 1 << firm
    return True if sides[0] & bit else False if sides[1] & bit else None
