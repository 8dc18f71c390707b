"""Facts that are worked out between two layers of rules, from answers, scores and the rules before them.

Rules of the first layer are evidence for the operating model. Once needs and functions are known, money, IT staff and people
are held against the project, and the weak factors of ability are read. Every later layer may look at these facts. Both
engines hand over to the same computation, so that it is written once; a further computed fact joins :data:`COMPUTED`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Protocol

import numpy as np

from advisor.inference.columns import Bounds, Column, Mask, Sides, Testable, alike, mask_of
from advisor.inference.facts import FactTable
from advisor.inference.models import OTHER_LINES, ModelTable, bound_models, lines_named, read_models
from advisor.inference.project_steps import steps_foreseen, steps_today
from advisor.inference.score_rows import ScoreRows
from advisor.inference.scores import scorer_of
from advisor.inference.signs import SignTable, signs_foreseen, signs_today
from advisor.inference.step_columns import StepRanges, Steps
from advisor.knowledge.facts import MODEL_FACT, PROJECT_FACTS, SIGN_FACTS, WEAK_FACTORS
from advisor.knowledge.model import Knowledge, layer_of
from advisor.knowledge.premises import Value
from advisor.knowledge.questions_behind import project_rules
from advisor.knowledge.schema import MODELS, EvidenceThen


@dataclass(frozen=True)
class Standing:
    """How things stand when a layer is closed: the facts of all firms, the sides of every rule judged so far, and what was
    worked out with the facts computed so far."""

    facts: FactTable
    rules: Mapping[str, Sides]
    details: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def steps_today(self) -> Mapping[str, Steps]:
        """The steps of all project facts as answers stand."""
        return steps_today(self.facts, self.rules)

    @cached_property
    def steps_foreseen(self) -> Mapping[str, Steps]:
        """The steps that all project facts may turn out to have."""
        return steps_foreseen(self.facts, self.rules)

    def steps(self) -> Mapping[str, Steps]:
        """The steps of the project facts computed so far."""
        return {name: detail for name, detail in self.details.items() if isinstance(detail, Steps)}


class Detail(Protocol):
    """What was worked out with a computed fact."""

    def value(self, firm: int) -> Value | None:
        """The value of the fact for one firm; None where it has none."""


class ComputedFact(Protocol):
    """A fact worked out once a layer is closed."""

    @property
    def name(self) -> str:
        """What rules call it."""

    @property
    def after_layer(self) -> int:
        """The layer that has to be closed before."""

    def reads(self, knowledge: Knowledge) -> set[str]:
        """The rules that have to be judged before."""

    def builds_on(self, knowledge: Knowledge) -> set[str]:
        """The computed facts that have to be worked out before."""

    def today(self, standing: Standing) -> tuple[Column, Detail]:
        """The fact as answers stand, and all that was worked out with it."""

    def foreseen(self, standing: Standing) -> tuple[Testable, object]:
        """The fact in every completion of the missing answers, and what was worked out with it."""


class OperatingModel:
    """The operating models in play, read from two scores, evidence rules and the further lines a firm named."""

    name = MODEL_FACT
    after_layer = 0

    def reads(self, knowledge: Knowledge) -> set[str]:
        """Every rule that is evidence for a model."""
        return {rule.id for rule in knowledge.rules if rule.layer == self.after_layer}

    def builds_on(self, knowledge: Knowledge) -> set[str]:
        """None."""
        return set()

    def today(self, standing: Standing) -> tuple[Column, ModelTable]:
        """As :class:`ComputedFact`; worked out besides are the shares of all four models."""
        facts = standing.facts
        evidence = np.zeros((len(MODELS), facts.size))
        for place, weight, (holds, _) in _evidence(standing):
            evidence[place] += weight * mask_of(holds, facts.size)
        lines, _ = lines_named(facts.today[OTHER_LINES], facts.size)
        models = read_models(facts.knowledge.models, *_axes(facts), evidence, lines)
        return models.column(), models

    def foreseen(self, standing: Standing) -> tuple[Bounds, None]:
        """As :class:`ComputedFact`."""
        facts = standing.facts
        least, most = np.zeros((len(MODELS), facts.size)), np.zeros((len(MODELS), facts.size))
        for place, weight, (holds, fails) in _evidence(standing):
            sure, possible = weight * mask_of(holds, facts.size), weight * mask_of(facts.everyone & ~fails, facts.size)
            least[place] += np.minimum(sure, possible)
            most[place] += np.maximum(sure, possible)
        lines = lines_named(facts.foreseen[OTHER_LINES], facts.size)
        return bound_models(facts.knowledge.models, *_axes(facts), (least, most), lines), None


def _axes(facts: FactTable) -> tuple[ScoreRows, ScoreRows]:
    scheme = facts.knowledge.models
    axes = (scheme.product_axis, scheme.decision_axis)
    table = facts.once(("axes", axes), lambda: scorer_of(facts.knowledge, axes).score(facts))
    return table.rows(scheme.product_axis), table.rows(scheme.decision_axis)


def _evidence(standing: Standing) -> Iterator[tuple[int, float, Sides]]:
    """The place of a model, the points an evidence rule gives it, and where that rule stands."""
    for rule, place, weight in _evidence_rules(standing.facts.knowledge):
        yield place, weight, standing.rules[rule]


@lru_cache(maxsize=8)
def _evidence_rules(knowledge: Knowledge) -> tuple[tuple[str, int, float], ...]:
    conclusions = ((rule.id, then) for rule in knowledge.rules for then in rule.rule.then)
    return tuple((rule, MODELS.index(t.evidence), t.weight) for rule, t in conclusions if isinstance(t, EvidenceThen))


@dataclass(frozen=True)
class ProjectScale:
    """A scale that is read off the project: money, IT staff or people held against what the project asks for."""

    name: str
    after_layer: int = layer_of("function")

    def reads(self, knowledge: Knowledge) -> set[str]:
        """The rules that ask for functions, and those that rule out a way of running the system."""
        return {rule.id for rule in project_rules(knowledge)}

    def builds_on(self, knowledge: Knowledge) -> set[str]:
        """None."""
        return set()

    def today(self, standing: Standing) -> tuple[Column, Steps]:
        """As :class:`ComputedFact`."""
        steps = standing.steps_today[self.name]
        return steps.column(), steps

    def foreseen(self, standing: Standing) -> tuple[StepRanges, Steps]:
        """As :class:`ComputedFact`."""
        steps = standing.steps_foreseen[self.name]
        return steps.foreseen(standing.facts.knowledge.facts[self.name].steps[-1]), steps


@dataclass(frozen=True)
class WeakTable:
    """The factors of ability that are weak, a row a factor and a column a firm."""

    factors: tuple[str, ...]
    weak: Mask

    def value(self, firm: int) -> frozenset[str]:
        """Those of one firm."""
        return frozenset(name for name, is_weak in zip(self.factors, self.weak[:, firm].tolist(), strict=True) if is_weak)

    def column(self) -> Column:
        """Those of all firms, as a fact."""
        column = Column()
        for bits, who in alike(self.weak):
            column.add(_named(self.factors, bits), who)
        return column


@lru_cache(maxsize=2000)
def _named(factors: tuple[str, ...], bits: int) -> frozenset[str]:
    """The factors that some bits stand for, the first by the lowest."""
    return frozenset(name for place, name in enumerate(factors) if bits >> place & 1)


class WeakFactors:
    """The factors of ability that lie under the weak line, where enough of their weight is answered to say so."""

    name = WEAK_FACTORS
    after_layer = layer_of("function")

    def reads(self, knowledge: Knowledge) -> set[str]:
        """None: scores rest on facts alone."""
        return set()

    def builds_on(self, knowledge: Knowledge) -> set[str]:
        """The computed facts that are inputs of the factors."""
        return set(knowledge.facts_under((knowledge.verdict.ability,))) & {fact.name for fact in COMPUTED}

    def today(self, standing: Standing) -> tuple[Column, WeakTable]:
        """As :class:`ComputedFact`."""
        factors, rows = self._rows(standing)
        scheme = standing.facts.knowledge.verdict
        weak = np.stack([(r.points < scheme.weak_factor) & (r.answered >= scheme.weak_factor_answered) for r in rows])
        table = WeakTable(factors, weak)
        return table.column(), table

    def foreseen(self, standing: Standing) -> tuple[Bounds, None]:
        """As :class:`ComputedFact`; an answer still missing can only add to what is answered."""
        factors, rows = self._rows(standing)
        scheme = standing.facts.knowledge.verdict
        possible = np.stack([r.counted & (r.low < scheme.weak_factor) for r in rows])
        sure = np.stack([r.sure & (r.high < scheme.weak_factor) & (r.answered >= scheme.weak_factor_answered) for r in rows])
        bounds = Bounds()
        for bits, who in alike(np.concatenate([sure, possible])):
            least, most = bits & (1 << len(factors)) - 1, bits >> len(factors)
            bounds.ranges[_named(factors, least), _named(factors, most)] = who
        return bounds, None

    def _rows(self, standing: Standing) -> tuple[tuple[str, ...], list[ScoreRows]]:
        knowledge = standing.facts.knowledge
        factors = tuple(knowledge.facts[WEAK_FACTORS].values)
        table = scorer_of(knowledge, factors).score(standing.facts, standing.steps())
        return factors, [table.rows(name) for name in factors]


class Signs:
    """The strong, or the weak, signs of complexity."""

    after_layer = 0

    def __init__(self, name: str) -> None:
        self.name, self._strength = name, SIGN_FACTS[name]

    def reads(self, knowledge: Knowledge) -> set[str]:
        """No rule: signs are read off answers."""
        return set()

    def builds_on(self, knowledge: Knowledge) -> set[str]:
        """None."""
        return set()

    def today(self, standing: Standing) -> tuple[Column, SignTable]:
        """As :class:`ComputedFact`."""
        column = signs_today(standing.facts, self._strength)
        return column, SignTable(column)

    def foreseen(self, standing: Standing) -> tuple[Bounds, None]:
        """As :class:`ComputedFact`."""
        return signs_foreseen(standing.facts, self._strength), None


COMPUTED: tuple[ComputedFact, ...] = (
    OperatingModel(),
    *map(Signs, SIGN_FACTS),
    *(ProjectScale(name) for name in PROJECT_FACTS),
    WeakFactors(),
)
"""Every computed fact, in the order they are worked out."""


@lru_cache(maxsize=8)
def computed_facts(knowledge: Knowledge) -> tuple[ComputedFact, ...]:
    """The computed facts that a knowledge has."""
    absent = set(PROJECT_FACTS) - set(knowledge.project_facts)
    return tuple(fact for fact in COMPUTED if fact.name in knowledge.facts and fact.name not in absent)
