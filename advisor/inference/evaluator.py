"""Every rule on many firms at once, without experta: a firm is a bit, a fact's value the set of firms that have it.

Enters: a knowledge and the answers of any number of firms. Leaves: for every rule and finding two sets of firms, those for
which it holds and those for which it does not; whoever is in neither is undecided. Sets of firms are whole numbers used as
bits, so a premise over a thousand firms costs as much as one over one. Scores of the model's axes and the reading of the
model are the same functions experta's engine uses, remembered by their inputs. That the two agree is a property test.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from advisor.inference.experta_engine import OTHER_LINES
from advisor.inference.facts import Facts, band_of
from advisor.inference.models import ModelReading, read_model
from advisor.inference.scores import ScoreValue, score_some
from advisor.interview.answers import Answers
from advisor.knowledge.facts import MODEL_FACT
from advisor.knowledge.model import CompiledRule, Knowledge
from advisor.knowledge.premises import All, Found, Not, Premise, Test, Truth, Value, findings_in
from advisor.knowledge.premises import Any as AnyOf
from advisor.knowledge.read_premises import sound_premise
from advisor.knowledge.schema import EvidenceThen

Firms = int
"""A set of firms: bit ``i`` stands for firm ``i``."""
Sides = tuple[Firms, Firms]
"""The firms for which something holds, and those for which it does not."""


@dataclass
class Column:
    """One fact over all firms: who has which value, who was asked, who does not know, to whom it does not apply."""

    values: dict[Value, Firms] = field(default_factory=dict)
    known: Firms = 0
    asked: Firms = 0
    unknown: Firms = 0
    inapplicable: Firms = 0

    def add(self, value: Value, firms: Firms) -> None:
        """Note that some firms have a value."""
        self.values[value] = self.values.get(value, 0) | firms
        self.known |= firms

    def without(self, firms: Firms) -> Column:
        """The column with some firms declared outside its reach."""
        values = {value: left for value, who in self.values.items() if (left := who & ~firms)}
        return Column(values, self.known & ~firms, self.asked & ~firms, self.unknown & ~firms, self.inapplicable | firms)


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
    """Compiled once for a knowledge, then used for any number of batches; holds nothing of a batch between them."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._makers: dict[str, list[CompiledRule]] = {}
        for rule in knowledge.rules:
            for conclusion in rule.rule.then:
                if not isinstance(conclusion, EvidenceThen):
                    self._makers.setdefault(conclusion.target, []).append(rule)
        self._order = list(self._rules_in_order())
        self._conditional = [
            (name, sound_premise(question.ask_if, knowledge.facts))
            for name, question in knowledge.questions.items()
            if question.ask_if
        ]
        self._axes = _facts_under(knowledge, (knowledge.models.product_axis, knowledge.models.decision_axis))
        self._scores: dict[Any, dict[str, ScoreValue]] = {}
        self._readings: dict[Any, ModelReading] = {}

    def evaluate(self, firms: Sequence[Answers]) -> Evaluation:
        """Every rule on every firm."""
        everyone = (1 << len(firms)) - 1
        columns = self._columns(firms, everyone)
        rules: dict[str, Sides] = {}
        findings: dict[str, Sides] = {}
        models: tuple[ModelReading, ...] = ()
        for rule in self._order:
            if rule.layer > 0 and not models:
                models = self._models(firms, columns, rules)
                columns[MODEL_FACT] = _model_column(models)
            sides = _sides(rule.premise, columns, findings, everyone)
            rules[rule.id] = sides
            for conclusion in rule.rule.then:
                if isinstance(conclusion, EvidenceThen):
                    continue
                name = conclusion.target
                holds, fails = findings.get(name, (0, everyone))
                findings[name] = (holds | sides[0], fails & sides[1])
        return Evaluation(len(firms), rules, findings, models or self._models(firms, columns, rules))

    def _rules_in_order(self) -> Iterator[CompiledRule]:
        """Rules layer by layer, each after those that draw the findings it asks for."""
        done: set[str] = set()

        def visit(rule: CompiledRule, path: tuple[str, ...]) -> Iterator[CompiledRule]:
            if rule.id in done or rule.id in path:
                return
            for name in findings_in(rule.premise):
                for maker in self._makers.get(name, []):
                    yield from visit(maker, (*path, rule.id))
            done.add(rule.id)
            yield rule

        for rule in self.knowledge.rules:
            yield from visit(rule, ())

    def _columns(self, firms: Sequence[Answers], everyone: Firms) -> dict[str, Column]:
        raw = {name: Column() for name in self.knowledge.questions}
        for place, answers in enumerate(firms):
            bit = 1 << place
            for name, answer in answers.given.items():
                column = raw[name]
                if answer.status == "not_applicable":
                    column.inapplicable |= bit
                    continue
                column.asked |= bit
                if answer.status == "unknown":
                    column.unknown |= bit
                elif answer.value is not None and not isinstance(answer.value, tuple):
                    column.add(answer.value, bit)
        columns = dict(raw)
        for name, premise in self._conditional:
            _, out = _sides(premise, raw, {}, everyone)
            if out:
                columns[name] = raw[name].without(out)
        for name, fact in self.knowledge.facts.items():
            if fact.band:
                source = columns[fact.band.of]
                banded = Column({}, 0, source.asked, source.unknown, source.inapplicable)
                for value, who in source.values.items():
                    assert isinstance(value, int | float)
                    banded.add(band_of(value, fact.band), who)
                columns[name] = banded
        return columns

    def _models(
        self, firms: Sequence[Answers], columns: dict[str, Column], rules: dict[str, Sides]
    ) -> tuple[ModelReading, ...]:
        """The operating model of each firm; equal grounds are read once."""
        evidence: list[dict[str, float]] = [{} for _ in firms]
        for rule in self.knowledge.rules:
            if rule.layer == 0:
                for place in _members(rules[rule.id][0]):
                    found = evidence[place]
                    for then in rule.rule.then:
                        assert isinstance(then, EvidenceThen)
                        found[then.evidence] = found.get(then.evidence, 0.0) + then.weight
        grounds = [_Ground() for _ in firms]
        for name in (*self._axes, OTHER_LINES):
            if (column := columns.get(name)) is None:
                continue
            for value, who in column.values.items():
                for place in _members(who):
                    grounds[place].values[name] = value
            for place in _members(column.inapplicable):
                grounds[place].out.append(name)
        return tuple(self._reading(ground, found) for ground, found in zip(grounds, evidence, strict=True))

    def _reading(self, ground: _Ground, evidence: dict[str, float]) -> ModelReading:
        others = ground.values.pop(OTHER_LINES, None)
        known = (tuple(ground.values.items()), tuple(ground.out))
        key = (known, tuple(sorted(evidence.items())), others)
        if key not in self._readings:
            if known not in self._scores:
                facts = Facts(dict(ground.values), dict.fromkeys(ground.out, "not_applicable"))
                scheme = self.knowledge.models
                self._scores[known] = score_some(self.knowledge, facts, (scheme.product_axis, scheme.decision_axis))
            self._readings[key] = read_model(self.knowledge.models, self._scores[known], evidence, others)
        return self._readings[key]


@dataclass
class _Ground:
    """What the axes of one firm rest on."""

    values: dict[str, Value] = field(default_factory=dict)
    out: list[str] = field(default_factory=list)


def _sides(
    premise: Premise, columns: Mapping[str, Column], findings: Mapping[str, Sides], everyone: Firms, negated: bool = False
) -> Sides:
    """For whom a premise holds and for whom it does not; negation is carried down to the tests, as in ``holds``."""
    match premise:
        case Test():
            return _test(premise, columns, negated)
        case Found(finding):
            holds, fails = findings.get(finding, (0, 0))
            return (fails, holds) if negated else (holds, fails)
        case Not(part):
            return _sides(part, columns, findings, everyone, not negated)
        case All(parts) | AnyOf(parts):
            both = [_sides(part, columns, findings, everyone, negated) for part in parts]
            if isinstance(premise, All) != negated:
                holds, fails = everyone, 0
                for one, other in both:
                    holds, fails = holds & one, fails | other
            else:
                holds, fails = 0, everyone
                for one, other in both:
                    holds, fails = holds | one, fails & other
            return holds, fails


def _test(test: Test, columns: Mapping[str, Column], negated: bool) -> Sides:
    column = columns.get(test.fact)
    if column is None:
        return 0, 0
    if test.op == "unknown":
        holds, fails = column.unknown, column.asked & ~column.unknown
    else:
        holds = 0
        for value, who in column.values.items():
            if test.accepts(value):
                holds |= who
        fails = column.known & ~holds
    if negated:
        holds, fails = fails, holds
    return holds, fails | column.inapplicable


def _model_column(models: tuple[ModelReading, ...]) -> Column:
    column = Column()
    for place, reading in enumerate(models):
        if reading.in_play:
            column.add(reading.in_play, 1 << place)
    return column


def _facts_under(knowledge: Knowledge, names: tuple[str, ...]) -> tuple[str, ...]:
    """The facts some scores are made of, all the way down."""
    found: dict[str, None] = {}
    for name in names:
        for item in knowledge.scores[name].inputs:
            if item.score:
                found.update(dict.fromkeys(_facts_under(knowledge, (item.score,))))
            elif item.fact:
                found[item.fact] = None
    return tuple(found)


def _members(firms: Firms) -> Iterator[int]:
    """The places of a set of firms, lowest first."""
    while firms:
        lowest = firms & -firms
        yield lowest.bit_length() - 1
        firms ^= lowest


def _truth(sides: Sides, firm: int) -> Truth:
    bit = 1 << firm
    return True if sides[0] & bit else False if sides[1] & bit else None
