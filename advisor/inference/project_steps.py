"""How far money, IT staff and people go towards a firm's project: the steps of the facts that are read off it.

Enters: the facts of firms, and where the rules stand that ask for functions and rule out ways of running a system. Leaves:
for each fact the step of every firm as answers stand, or those that some completion of the missing answers may give.
Firms that a project cannot tell apart are worked out once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from advisor.inference.columns import Mask, Sides, mask_of
from advisor.inference.facts import FactTable
from advisor.inference.project_facts import Missing, ProjectFacts
from advisor.inference.step_columns import Steps
from advisor.knowledge.model import Knowledge
from advisor.knowledge.questions_behind import hard_ways, offered_ways, project_rules
from advisor.knowledge.schema.products import Deployment
from advisor.project.capacity import ADVISER_ENGAGED, it_step, people_step
from advisor.project.cases import Numbers
from advisor.project.demands import Demands, DemandTable
from advisor.project.firms import FirmFacts
from advisor.project.funding import OPEN, RUN_BY_SUPPLIERS, cheapest, funding_step, reference_ways, worse
from advisor.project.money import Pricing
from advisor.project.prices import Terms

Rules = Mapping[str, Sides]
Ways = Mapping[Deployment, Mask]
READINGS: tuple[Missing, ...] = ("open", "least", "most")
"""How missing answers are read where every completion of them counts."""


def steps_today(facts: FactTable, rules: Rules) -> Mapping[str, Steps]:
    """The step of each project fact as answers stand, and between which it lies where choices and lists are missing, for the
    way of running a system that money and people are held against today."""
    return facts.once(("steps_today", _sides(facts, rules)), lambda: _steps_today(facts, rules))


def steps_foreseen(facts: FactTable, rules: Rules) -> Mapping[str, Steps]:
    """The steps that each project fact may turn out to have; ``rules`` as they stand in every completion."""
    return facts.once(("steps_foreseen", _sides(facts, rules)), lambda: _steps_foreseen(facts, rules))


def _sides(facts: FactTable, rules: Rules) -> tuple[Sides, ...]:
    """All that a project reads of the rules."""
    return tuple(rules[rule.id] for rule in project_rules(facts.knowledge))


def steps_by_way(facts: FactTable, rules: Rules) -> tuple[Demands, Mapping[str, Steps]]:
    """What each way asks of firms as answers stand, and by fact the steps of each way, ways × firms."""
    return facts.once(("steps_by_way", _sides(facts, rules)), lambda: _steps_by_way(facts, rules))


def _steps_by_way(facts: FactTable, rules: Rules) -> tuple[Demands, Mapping[str, Steps]]:
    firms = ProjectFacts(facts, rules, "open")
    (asked,) = _demands(facts, [firms])
    steps = _by_way(firms, asked)
    if not any(np.isnan(step).any() for step in steps.values()):
        return asked, {name: Steps(step, step, step) for name, step in steps.items()}
    low, high = ProjectFacts(facts, rules, "low"), ProjectFacts(facts, rules, "high")
    asked_low, asked_high = _demands(facts, [low, high])
    worst, best = _by_way(low, asked_high), _by_way(high, asked_low)
    return asked, {name: _between(step, worst[name], best[name], _top(facts, name)) for name, step in steps.items()}


def _steps_today(facts: FactTable, rules: Rules) -> Mapping[str, Steps]:
    allowed, _ = ways_allowed(facts, rules)
    asked, by_way = steps_by_way(facts, rules)
    candidates = reference_ways(allowed, offered_ways(facts.knowledge))
    place = cheapest(dict(zip(candidates, asked.four_years, strict=True)), candidates)
    among = np.where(place == OPEN, np.stack(list(candidates.values())), np.arange(len(candidates))[:, None] == place)
    low = _extremes({name: steps.low for name, steps in by_way.items()}, among, np.inf, np.min)
    high = _extremes({name: steps.high for name, steps in by_way.items()}, among, -np.inf, np.max)
    return {name: Steps(np.where(low[name] == high[name], low[name], np.nan), low[name], high[name]) for name in low}


def _between(step: Numbers, worst: Numbers, best: Numbers, top: float) -> Steps:
    """Steps as answers stand between the worst and the best they allow; over the whole scale where one of them is open."""
    bounded = ~np.isnan(worst) & ~np.isnan(best)
    low, high = np.where(bounded, worst, 0.0), np.where(bounded, best, top)
    step = np.where(np.isnan(step) & (low == high), low, step)
    known = ~np.isnan(step)
    return Steps(step, np.where(known, step, low), np.where(known, step, high))


def _top(facts: FactTable, name: str) -> float:
    return float(facts.knowledge.facts[name].steps[-1])


def _steps_foreseen(facts: FactTable, rules: Rules) -> Mapping[str, Steps]:
    possible, certain = (np.stack(list(ways.values())) for ways in _references(facts, rules))
    firms = {missing: ProjectFacts(facts, rules, missing) for missing in READINGS}
    asked = dict(zip(firms, _demands(facts, list(firms.values())), strict=True))
    today = steps_today(facts, rules)
    among = _not_undercut(possible, certain, asked["least"], asked["most"])
    worst = _extremes(_by_way(firms["least"], asked["most"]), among, np.inf, np.min)
    best = _extremes(_by_way(firms["most"], asked["least"]), among, -np.inf, np.max)
    return {name: Steps(today[name].today, worst[name], best[name]) for name in worst}


def ways_allowed(facts: FactTable, rules: Rules) -> tuple[dict[Deployment, Mask], dict[Deployment, Mask]]:
    """For each way the firms that no rule forbids it, and those that none can forbid it any more. A way that no listed
    product has is open to none."""
    assert facts.knowledge.project
    offered = offered_ways(facts.knowledge)
    may = {way: np.full(facts.size, way in offered) for way in facts.knowledge.project.ways}
    sure = {way: firms.copy() for way, firms in may.items()}
    for rule, way in hard_ways(facts.knowledge):
        holds, fails = rules[rule.id]
        may[way] &= ~mask_of(holds, facts.size)
        sure[way] &= mask_of(fails, facts.size)
    return may, sure


def _references(facts: FactTable, rules: Rules) -> tuple[Ways, Ways]:
    """For each way the firms for which some completion of the missing answers makes it a candidate for the reference, and
    those for which every completion does."""
    may, sure = ways_allowed(facts, rules)
    offered = offered_ways(facts.knowledge)
    own = {way for way in offered if way not in RUN_BY_SUPPLIERS} or offered
    by_suppliers = [way for way in RUN_BY_SUPPLIERS if way in may]
    served, may_be_served = (np.logical_or.reduce([ways[way] for way in by_suppliers]) for ways in (sure, may))
    none_sure, none_left = (~np.logical_or.reduce(list(ways.values())) for ways in (sure, may))
    possible, certain = {}, {}
    for way in may:
        possible[way] = (may[way] if way in by_suppliers else may[way] & ~served) | (none_sure & (way in own))
        kept = sure[way] if way in by_suppliers else sure[way] & ~may_be_served
        certain[way] = kept | (none_left & (way in own))
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


def _demands(facts: FactTable, readings: Sequence[FirmFacts]) -> list[Demands]:
    """What each way asks of all firms in some readings of what is missing."""
    return facts.once("demands", lambda: DemandTable(pricing_of(facts.knowledge))).of(readings)


def _by_way(firms: ProjectFacts, asked: Demands) -> Mapping[str, Numbers]:
    """By fact the steps of each way, ways × firms: what firms have, held against what is asked of them."""
    scheme = firms.facts.knowledge.project
    assert scheme
    initial, yearly = firms.number("initial_budget"), firms.number("running_budget")
    staff, people = firms.number("it_staff"), firms.number("project_people")
    adviser = firms.amount("adviser_stage", {str(ADVISER_ENGAGED): 1.0})
    ways = list(scheme.ways)
    needed = np.array([scheme.it_staff[way] for way in ways])[:, None]
    stands_in = np.where(np.isin(ways, RUN_BY_SUPPLIERS)[:, None], adviser, 0.0)
    return {
        "first_year_funding": funding_step(scheme.funding, initial + yearly, asked.first_year),
        "later_year_funding": funding_step(scheme.funding, yearly, asked.later_year),
        "it_capacity": it_step(scheme.it_shares, staff, needed, stands_in),
        "people_capacity": people_step(scheme.people_weeks, people, asked.own_days, scheme.days_a_week[1]),
    }


def _extremes(
    steps: Mapping[str, Numbers], among: Mask, far: float, choose: Callable[..., Numbers]
) -> Mapping[str, Numbers]:
    """The least, or greatest, step of every firm among the ways that are possible."""
    return _with_funding({name: choose(np.where(among, by_way, far), axis=0) for name, by_way in steps.items()})


@lru_cache(maxsize=8)
def pricing_of(knowledge: Knowledge) -> Pricing:
    """The tasks and prices of a knowledge as arrays, made once."""
    assert knowledge.project
    return Pricing(knowledge.project, [task for task in knowledge.tasks if task.core], Terms.of(knowledge.cost))


def _with_funding(steps: Mapping[str, Numbers]) -> Mapping[str, Numbers]:
    return {**steps, "funding": worse(steps["first_year_funding"], steps["later_year_funding"])}
