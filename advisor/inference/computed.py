"""Facts that are worked out between two layers of rules, from answers, scores and the rules before them.

The operating model is one: rules of the first layer are evidence for it, and every later layer may look at it. Both
engines hand over to the same computation, so that it is written once; a further computed fact joins :data:`COMPUTED`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np

from advisor.inference.columns import Bounds, Column, Sides, mask_of
from advisor.inference.facts import FactTable
from advisor.inference.models import OTHER_LINES, ModelTable, bound_models, lines_named, read_models
from advisor.inference.score_rows import ScoreRows
from advisor.inference.scores import scorer_of
from advisor.knowledge.facts import MODEL_FACT
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import MODELS, EvidenceThen


@dataclass(frozen=True)
class Standing:
    """How things stand when a layer is closed: the facts of all firms, and the sides of every rule judged so far."""

    facts: FactTable
    rules: Mapping[str, Sides]


class ComputedFact(Protocol):
    """A fact worked out once a layer is closed."""

    name: str
    after_layer: int

    def reads(self, knowledge: Knowledge) -> set[str]:
        """The rules that have to be judged before."""

    def today(self, standing: Standing) -> tuple[Column, object]:
        """The fact as answers stand, and all that was worked out with it."""

    def foreseen(self, standing: Standing) -> Column | Bounds:
        """The fact in every completion of the missing answers."""


class OperatingModel:
    """The operating models in play, read from two scores, evidence rules and the further lines a firm named."""

    name = MODEL_FACT
    after_layer = 0

    def reads(self, knowledge: Knowledge) -> set[str]:
        """Every rule that is evidence for a model."""
        return {rule.id for rule in knowledge.rules if rule.layer == self.after_layer}

    def today(self, standing: Standing) -> tuple[Column, ModelTable]:
        """As :class:`ComputedFact`; worked out besides are the shares of all four models."""
        facts = standing.facts
        evidence = np.zeros((len(MODELS), facts.size))
        for place, weight, (holds, _) in _evidence(standing):
            evidence[place] += weight * mask_of(holds, facts.size)
        lines, _ = lines_named(facts.today[OTHER_LINES], facts.size)
        models = read_models(facts.knowledge.models, *_axes(facts), evidence, lines)
        return models.column(), models

    def foreseen(self, standing: Standing) -> Bounds:
        """As :class:`ComputedFact`."""
        facts = standing.facts
        least, most = np.zeros((len(MODELS), facts.size)), np.zeros((len(MODELS), facts.size))
        for place, weight, (holds, fails) in _evidence(standing):
            sure, possible = weight * mask_of(holds, facts.size), weight * mask_of(facts.everyone & ~fails, facts.size)
            least[place] += np.minimum(sure, possible)
            most[place] += np.maximum(sure, possible)
        lines = lines_named(facts.foreseen[OTHER_LINES], facts.size)
        return bound_models(facts.knowledge.models, *_axes(facts), (least, most), lines)


def _axes(facts: FactTable) -> tuple[ScoreRows, ScoreRows]:
    scheme = facts.knowledge.models
    table = scorer_of(facts.knowledge, (scheme.product_axis, scheme.decision_axis)).score(facts)
    return table.rows(scheme.product_axis), table.rows(scheme.decision_axis)


def _evidence(standing: Standing) -> Iterator[tuple[int, float, Sides]]:
    """The place of a model, the points an evidence rule gives it, and where that rule stands."""
    for rule, place, weight in _evidence_rules(standing.facts.knowledge):
        yield place, weight, standing.rules[rule]


@lru_cache(maxsize=8)
def _evidence_rules(knowledge: Knowledge) -> tuple[tuple[str, int, float], ...]:
    conclusions = ((rule.id, then) for rule in knowledge.rules for then in rule.rule.then)
    return tuple((rule, MODELS.index(t.evidence), t.weight) for rule, t in conclusions if isinstance(t, EvidenceThen))


COMPUTED: tuple[ComputedFact, ...] = (OperatingModel(),)
"""Every computed fact, in the order they are worked out."""
