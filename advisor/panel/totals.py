"""How well the advice does over a group of firms: each measure as so many of so many."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from advisor.assessment.base import Item
from advisor.panel.results import FirmComparison


class Measure(Item):
    """``met`` of ``count``; ``not_read`` of these nobody has yet said by which ids they would be met."""

    name: str
    met: int
    count: int
    not_read: int = 0


class GroupTotals(Item):
    """The measures of the firms whose ids begin with the same letters. ``cost_spread`` is the median of high by low."""

    group: str
    firms: int
    measures: tuple[Measure, ...]
    cost_spread: float | None
    cost_spread_of: int


def totals_of(firms: Iterable[FirmComparison]) -> tuple[GroupTotals, ...]:
    """The totals of each group, in order of its letters."""
    ordered = sorted(firms, key=lambda firm: firm.group)
    return tuple(_totals(group, list(members)) for group, members in groupby(ordered, key=lambda firm: firm.group))


def _totals(group: str, firms: Sequence[FirmComparison]) -> GroupTotals:
    spreads = [firm.cost_spread for firm in firms if firm.cost_spread is not None]
    return GroupTotals(
        group=group,
        firms=len(firms),
        measures=(*_verdicts(firms), *_words(firms), *_systems(firms), *_figures(firms)),
        cost_spread=statistics.median(spreads) if spreads else None,
        cost_spread_of=len(spreads),
    )


def _verdicts(firms: Sequence[FirmComparison]) -> Iterator[Measure]:
    count = len(firms)
    twice = [firm for firm in firms if len(firm.judged) > 1]
    yield Measure(name="judges_agree", met=sum(len(set(firm.judged)) == 1 for firm in twice), count=len(twice))
    yield Measure(name="verdict_exact", met=sum(firm.agreement == "exact" for firm in firms), count=count)
    yield Measure(name="verdict_acceptable", met=sum(firm.agreement != "wrong" for firm in firms), count=count)
    yield Measure(name="need_class", met=sum(firm.need in firm.judged_need for firm in firms), count=count)


def _words(firms: Sequence[FirmComparison]) -> Iterator[Measure]:
    raised = [item.state for firm in firms for item in firm.must_raise if item.state != "outside"]
    prominent, found, open_items = (raised.count(state) for state in ("prominent", "found", "not_read"))
    yield Measure(name="raised_prominently", met=prominent, count=len(raised), not_read=open_items)
    yield Measure(name="raised_at_all", met=prominent + found, count=len(raised), not_read=open_items)
    bans = [item.state for firm in firms for item in firm.must_not if item.state != "unchecked"]
    yield Measure(name="must_not_kept", met=bans.count("kept"), count=len(bans), not_read=bans.count("not_read"))
    steps = [firm.first_step.state for firm in firms if firm.first_step and firm.first_step.state != "outside"]
    yield Measure(name="first_step", met=steps.count("named"), count=len(steps), not_read=steps.count("not_read"))


def _systems(firms: Sequence[FirmComparison]) -> Iterator[Measure]:
    suits = [firm.system.suits for firm in firms]
    yield Measure(name="system_suits", met=suits.count(True), count=len(suits), not_read=suits.count(None))
    listed = [firm.system for firm in firms if firm.system.products]
    read = [system.plausible_products for system in listed if system.plausible_products is not None]
    products, not_read = (
        sum(len(s.products) for s in listed),
        sum(len(s.products) for s in listed if s.plausible_products is None),
    )
    yield Measure(name="products_plausible", met=sum(read), count=products, not_read=not_read)


def _figures(firms: Sequence[FirmComparison]) -> Iterator[Measure]:
    for name in ("users", "first_year_cost", "weeks"):
        figures = [getattr(firm, name) for firm in firms]
        compared = [figure for figure in figures if figure.overlaps is not None]
        yield Measure(name=f"{name}_overlaps", met=sum(f.overlaps for f in compared), count=len(compared))
        yield Measure(name=f"{name}_middle", met=sum(f.middle_inside for f in compared), count=len(compared))
