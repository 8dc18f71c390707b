"""The ways of running a system that a project may be planned for, the best first.

Plan and cost are those of the reference way, which money and people are held against, unless another is well ahead of it in
points and the firm carries it as well: its money is enough for both at the base estimate of each year, and IT staff and
people go as far for one as for the other. Where answers leave that open, they have to leave it open alike. So the gates, the
plan and its cost never tell of different projects.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from advisor.inference.columns import mask_of
from advisor.inference.facts import FactTable
from advisor.inference.project_steps import Rules, steps_by_way, ways_allowed
from advisor.inference.step_columns import Steps
from advisor.knowledge.model import Knowledge
from advisor.knowledge.questions_behind import offered_ways
from advisor.knowledge.schema import OptionThen
from advisor.knowledge.schema.products import Deployment
from advisor.project.cases import Numbers
from advisor.project.funding import BURDEN, OPEN, Mask, cheapest, reference_ways

SLIGHT = 0.5
"""Less than any two different points are apart: who is ahead by just so many points as it takes is ahead enough."""
MOST = 100.0
"""The most points an option can have; the least is 0."""


def carried_ways(facts: FactTable, rules: Rules, references: NDArray[np.int64] | None = None) -> NDArray[np.float64]:
    """Ways of the scheme × firms: how well each way that a firm carries stands, by its points and those by which another has
    to be ahead of the reference; the lighter of two alike stands a trace better. 0 for ways that are not carried. ``rules``
    has where each rule stands that asks for a function or speaks for or against a way; ``references`` are the places of the
    reference ways where their cost is not open, worked out as answers stand where they are not given."""
    scheme, selection, everyone = facts.knowledge.project, facts.knowledge.selection, np.arange(facts.size)
    assert scheme
    ways = list(scheme.ways)
    allowed, _ = ways_allowed(facts, rules)
    asked, by_way = steps_by_way(facts, rules)
    candidates = reference_ways(allowed, offered_ways(facts.knowledge))
    place = cheapest(dict(zip(ways, asked.four_years, strict=True)), candidates) if references is None else references
    lightest = np.argmax(_by_burden(ways, np.stack([candidates[way] for way in ways])), axis=0)
    reference = np.where(place == OPEN, lightest, place)
    carried = _carried(facts.knowledge, by_way, reference) & np.stack([allowed[way] for way in ways])
    carried[reference, everyone] = True
    points = np.stack([way_points(facts.knowledge, rules, way, facts.size) for way in ways])
    points[reference, everyone] += selection.way_ahead - SLIGHT if selection else MOST
    return np.where(carried, _by_burden(ways, points + 1.0), 0.0)


def _by_burden(ways: list[Deployment], amounts: Numbers | Mask) -> Numbers:
    """Amounts of ways × firms, of those alike the more the less of a way falls to the firm."""
    trace: Numbers = 1.0 - np.array([BURDEN.index(way) for way in ways])[:, None] * 1e-6
    return trace * amounts


def _carried(knowledge: Knowledge, by_way: Mapping[str, Steps], reference: NDArray[np.int64]) -> Mask:
    """Ways × firms: which ways leave every fact of the project where the reference leaves it, with money for both."""
    everyone = np.arange(len(reference))
    carried = np.ones(by_way[next(iter(by_way))].low.shape, np.bool_)
    for name, steps in by_way.items():
        alike = (steps.low == steps.low[reference, everyone]) & (steps.high == steps.high[reference, everyone])
        if name.endswith("funding"):
            alike &= np.isnan(steps.today) | (steps.today == knowledge.facts[name].steps[-1])
        carried &= alike
    return carried


def way_points(knowledge: Knowledge, rules: Mapping[str, tuple[int, int]], way: Deployment, size: int) -> Numbers:
    """The points of a way for each firm, as answers stand: held to 0–100, as options show them."""
    points = np.full(size, knowledge.selection.start if knowledge.selection else 0.0)
    for compiled in knowledge.makers.get(way, ()):
        for then in compiled.rule.then:
            if isinstance(then, OptionThen) and then.option == way:
                points = points + then.points * mask_of(rules[compiled.id][0], size)
    held: Numbers = np.clip(points, 0.0, MOST)
    return held
