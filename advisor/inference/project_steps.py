"""How far money, IT staff and people go towards a firm's project: the steps of the facts that are read off it.

Enters: the facts of firms, and where the rules stand that ask for functions and rule out ways of running a system. Leaves:
for each fact the step of every firm as answers stand, or those that some completion of the missing answers may give.
Firms that a project cannot tell apart are worked out once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from advisor.inference.columns import Mask, Sides, mask_of
from advisor.inference.facts import FactTable
from advisor.inference.project_facts import Missing, ProjectFacts
from advisor.inference.step_columns import Steps
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import facts_in
from advisor.knowledge.questions_behind import STATED_WAY, hard_ways, offered_ways, project_questions
from advisor.knowledge.schema.products import Deployment
from advisor.knowledge.schema.project import COUNTED, ProjectScheme
from advisor.project.capacity import it_step, people_step
from advisor.project.cases import Numbers
from advisor.project.demands import Demands, demands
from advisor.project.firms import FirmFacts, Some, Stacked
from advisor.project.funding import OPEN, RUN_BY_SUPPLIERS, cheapest, funding_step, reference_ways, worse
from advisor.project.money import Pricing
from advisor.project.prices import Terms

Rules = Mapping[str, Sides]
Ways = Mapping[Deployment, Mask]
Places = NDArray[np.int64]
BY_WAY = ("first_year_funding", "later_year_funding", "it_capacity", "people_capacity")
"""The facts that are read off one way of running the system; ``funding`` is the worse of the first two."""


def steps_today(facts: FactTable, rules: Rules) -> Mapping[str, Numbers]:
    """The step of each project fact as answers stand; NaN where it is open."""
    allowed, _ = ways_allowed(facts, rules)
    candidates = reference_ways(allowed, ways_stated(facts))
    some = _Distinct.of(facts, rules, ("open",), tuple(candidates.values()))
    return some.of_reference(some.demands()["open"], candidates)


def steps_foreseen(facts: FactTable, rules: Rules) -> Mapping[str, Steps]:
    """The steps that each project fact may turn out to have; ``rules`` as they stand in every completion."""
    possible, certain = _references(facts, rules)
    allowed, _ = ways_allowed(facts, rules)
    candidates = reference_ways(allowed, ways_stated(facts))
    masks = (*possible.values(), *certain.values(), *candidates.values())
    some = _Distinct.of(facts, rules, ("open", "least", "most"), masks)
    asked = some.demands()
    least, most = asked["least"], asked["most"]
    among = _not_undercut(some.some(possible), some.some(certain), least, most)
    today = some.of_reference(asked["open"], candidates)
    worst = some.extremes(some.steps(most, "least"), among, np.inf, np.min)
    best = some.extremes(some.steps(least, "most"), among, -np.inf, np.max)
    return {name: Steps(today[name], worst[name], best[name]) for name in worst}


def ways_allowed(facts: FactTable, rules: Rules) -> tuple[dict[Deployment, Mask], dict[Deployment, Mask]]:
    """For each way the firms that no rule forbids it, and those that none can forbid it any more."""
    assert facts.knowledge.project
    may = {way: np.ones(facts.size, np.bool_) for way in facts.knowledge.project.ways}
    sure = {way: np.ones(facts.size, np.bool_) for way in may}
    for rule, way in hard_ways(facts.knowledge):
        holds, fails = rules[rule.id]
        may[way] &= ~mask_of(holds, facts.size)
        sure[way] &= mask_of(fails, facts.size)
    return may, sure


def ways_stated(facts: FactTable) -> dict[Deployment, Mask]:
    """For each way that a listed product has the firms that state it as the one they favour."""
    assert facts.knowledge.project
    values, offered = facts.today[STATED_WAY].values, offered_ways(facts.knowledge)
    return {way: mask_of(values.get(way, 0) if way in offered else 0, facts.size) for way in facts.knowledge.project.ways}


def _references(facts: FactTable, rules: Rules) -> tuple[Ways, Ways]:
    """For each way the firms for which some completion of the missing answers makes it a candidate for the reference, and
    those for which every completion does."""
    may, sure = ways_allowed(facts, rules)
    stated = ways_stated(facts)
    column = facts.foreseen[STATED_WAY]
    open_ = mask_of(facts.everyone & ~column.known & ~column.inapplicable, facts.size) | mask_of(column.doubtful, facts.size)
    by_suppliers = [way for way in RUN_BY_SUPPLIERS if way in may]
    wished = ~open_ & np.logical_or.reduce([stated[way] & sure[way] for way in may])
    no_wish = ~open_ & ~np.logical_or.reduce([stated[way] & may[way] for way in may])
    served, may_be_served = (np.logical_or.reduce([ways[way] for way in by_suppliers]) for ways in (sure, may))
    none_sure, none_left = (~np.logical_or.reduce(list(ways.values())) for ways in (sure, may))
    possible, certain = {}, {}
    for way in may:
        offered = ~wished if way in by_suppliers else ~wished & ~served
        possible[way] = (may[way] & (open_ | stated[way] | offered)) | (none_sure & ~wished)
        kept = sure[way] if way in by_suppliers else sure[way] & ~may_be_served
        certain[way] = (wished & stated[way]) | (no_wish & (kept | none_left))
    return possible, certain


def _not_undercut(possible: Mask, certain: Mask, least: Demands, most: Demands) -> Mask:
    """The ways that may be the cheapest: none that is a candidate for certain costs less at its most than they at their
    least. Of two that cost the same the first is taken."""
    dearest = np.where(certain, most.four_years, np.inf)
    left = possible.copy()
    for place, cost in enumerate(least.four_years):
        others = np.delete(np.arange(len(left)), place)
        tie = (others < place)[:, None] & (dearest[others] == cost)
        left[place] &= ~((dearest[others] < cost) | tie).any(axis=0)
    return left


@dataclass(frozen=True)
class _Distinct:
    """The firms of a table that a project can tell apart: one of each kind, and of which kind every firm is."""

    facts: FactTable
    scheme: ProjectScheme
    readings: Mapping[str, FirmFacts]
    first: NDArray[np.int64]
    kind: NDArray[np.int64]

    @classmethod
    def of(cls, facts: FactTable, rules: Rules, missing: Sequence[Missing], masks: Sequence[Mask]) -> _Distinct:
        """The kinds under some readings of missing answers."""
        assert facts.knowledge.project
        readings: dict[str, ProjectFacts] = {reading: ProjectFacts(facts, rules, reading) for reading in missing}
        first, kind = _kinds(facts, list(readings.values()), masks)
        some: dict[str, FirmFacts] = {name: Some(reading, first) for name, reading in readings.items()}
        return cls(facts, facts.knowledge.project, some, first, kind)

    def demands(self) -> Mapping[str, Demands]:
        """What each way asks of one firm of each kind, by reading: all at once, and once where all readings are the same."""
        firms, size = list(self.readings.values()), len(self.first)
        open_ = np.flatnonzero(~self._told) if len(firms) > 1 else np.arange(0)
        parts = [firms[0], *(Some(other, open_) for other in firms[1:] if len(open_))]
        asked = demands(pricing_of(self.facts.knowledge), Stacked(parts))
        rows = {name: np.arange(size) for name in self.readings}
        for place, name in enumerate(self.readings):
            if place:
                rows[name][open_] = size + (place - 1) * len(open_) + np.arange(len(open_))
        return {name: asked.of(row) for name, row in rows.items()}

    @property
    def _told(self) -> Mask:
        """The kinds for which nothing that a project reads is missing."""
        told = self.facts.everyone
        for name in _looked_at(self.facts.knowledge):
            column = self.facts.foreseen[name]
            told &= (column.known | column.inapplicable) & ~column.doubtful
        counts = np.stack([[firms.counted(name) for name in COUNTED] for firms in self.readings.values()])
        settled: Mask = mask_of(told, self.facts.size)[self.first] & (counts == counts[0]).all(axis=(0, 1))
        return settled

    def steps(self, asked: Demands, has: str) -> Mapping[str, Numbers]:
        """By fact the steps of each way, ways × kinds; what a firm has is read as ``has`` says."""
        firms = self.readings[has]
        initial, yearly = firms.number("initial_budget"), firms.number("running_budget")
        staff, people = firms.number("it_staff"), firms.number("crm_people")
        adviser = firms.amount("adviser_engaged", {"yes": 1.0})
        scheme, ways = self.scheme, list(self.scheme.ways)
        needed = np.array([scheme.it_staff[way] for way in ways])[:, None]
        stands_in = np.where(np.isin(ways, RUN_BY_SUPPLIERS)[:, None], adviser, 0.0)
        return {
            "first_year_funding": funding_step(scheme.funding, initial + yearly, asked.first_year),
            "later_year_funding": funding_step(scheme.funding, yearly, asked.later_year),
            "it_capacity": it_step(scheme.it_shares, staff, needed, stands_in),
            "people_capacity": people_step(scheme.people_weeks, people, asked.own_days, scheme.days_a_week[1]),
        }

    def some(self, ways: Ways) -> Mask:
        """Masks by way for one firm of each kind: ways × kinds."""
        return np.stack([mask[self.first] for mask in ways.values()])

    def of_reference(self, asked: Demands, candidates: Ways) -> Mapping[str, Numbers]:
        """The steps of the reference way of every firm; where it is open, those that all its candidates share."""
        among = self.some(candidates)
        place = cheapest(dict(zip(candidates, asked.four_years, strict=True)), dict(zip(candidates, among, strict=True)))
        steps = {}
        for name, by_way in self.steps(asked, "open").items():
            low, high = (
                choose(np.where(among, by_way, far), axis=0) for choose, far in ((np.min, np.inf), (np.max, -np.inf))
            )
            shared = np.where(low == high, low, np.nan)
            steps[name] = np.where(place == OPEN, shared, by_way[place, np.arange(len(place))])[self.kind]
        return _with_funding(steps)

    def extremes(
        self, steps: Mapping[str, Numbers], among: Mask, far: float, choose: Callable[..., Numbers]
    ) -> Mapping[str, Numbers]:
        """The least, or greatest, step of every firm among the ways that are possible."""
        return _with_funding(
            {name: choose(np.where(among, by_way, far), axis=0)[self.kind] for name, by_way in steps.items()}
        )


def _kinds(facts: FactTable, readings: Sequence[ProjectFacts], masks: Sequence[Mask]) -> tuple[Places, Places]:
    """The first firm of each kind, and the kind of every firm."""
    everyone = np.arange(facts.size)
    if facts.size < 2:
        return everyone, everyone
    codes = [facts.answers.column(name).codes for name in _looked_at(facts.knowledge)]
    counts = [reading.counted(quantity) for reading in readings for quantity in COUNTED]
    differ = [line for line in codes if line is not None]
    keys = np.stack([*differ, *counts, *masks]).astype(np.int64)
    _, first, kind = np.unique(keys, axis=1, return_index=True, return_inverse=True)
    return first, kind.reshape(-1)


@lru_cache(maxsize=8)
def pricing_of(knowledge: Knowledge) -> Pricing:
    """The tasks and prices of a knowledge as arrays, made once."""
    assert knowledge.project
    return Pricing(knowledge.project, [task for task in knowledge.tasks if task.core], Terms.of(knowledge.cost))


@lru_cache(maxsize=8)
def _looked_at(knowledge: Knowledge) -> tuple[str, ...]:
    """The questions whose answers a project reads itself, and those that decide whether they are asked."""
    own = project_questions(knowledge)
    asked_if = (knowledge.asked_if[question] for question in own if question in knowledge.asked_if)
    lead_ins = (name for premise in asked_if for name in facts_in(premise))
    return tuple(dict.fromkeys((*own, *lead_ins)))


def _with_funding(steps: Mapping[str, Numbers]) -> Mapping[str, Numbers]:
    return {**steps, "funding": worse(steps["first_year_funding"], steps["later_year_funding"])}
