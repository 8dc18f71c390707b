"""The three figures of an assessment that a panel compares: users, first-year cost, weeks; each low, base and high."""

from __future__ import annotations

from advisor.assessment.base import Item
from advisor.assessment.model import Assessment
from advisor.assessment.model.cost import Span
from advisor.assessment.model.project import WayCostItem
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import VerdictName
from advisor.knowledge.schema.rules import FunctionThen
from advisor.panel.firm_file import Range

WITH_SYSTEM: tuple[VerdictName, ...] = ("feasible", "conditional", "not_yet")
"""Verdicts under which a system is brought in, be it after a new decision."""
USERS = "users"
"""The quantity that says how many would use the system."""


class FigureComparison(Item):
    """A figure beside what is plausible; ``overlaps`` and ``middle_inside`` None where no judge gave a range."""

    figure: Span | None
    plausible: tuple[Range, ...]
    overlaps: bool | None
    middle_inside: bool | None


def compare_figure(figure: Span | None, judged: tuple[Range | None, ...]) -> FigureComparison:
    """A figure against the ranges of the judges, None where a judge says that nothing should be bought.

    Any one of the judges suffices, and no figure is as one would have it who gave no range.

    >>> compare_figure((8, 14, 28), ((10, 60), (20, 60))).overlaps
    True
    >>> compare_figure(None, ((10, 60), None)).middle_inside
    True
    """
    ranges = tuple(ends for ends in judged if ends is not None)
    if not ranges:
        return FigureComparison(figure=figure, plausible=(), overlaps=None, middle_inside=None)
    if figure is None:
        agrees = len(ranges) < len(judged)
        return FigureComparison(figure=None, plausible=ranges, overlaps=agrees, middle_inside=agrees)
    low, middle, high = figure
    return FigureComparison(
        figure=figure,
        plausible=ranges,
        overlaps=any(low <= most and high >= least for least, most in ranges),
        middle_inside=any(least <= middle <= most for least, most in ranges),
    )


def costed_way(assessment: Assessment) -> WayCostItem | None:
    """What the way of running a system that is told in detail costs; None where there is no project."""
    return assessment.costed()


def users_of(assessment: Assessment) -> Span | None:
    """How many would use the system; None where it is open."""
    if assessment.project is None:
        return None
    return next((item.range for item in assessment.project.quantities if item.quantity == USERS), None)


def first_year_cost_of(assessment: Assessment) -> Span | None:
    """What is paid to others in the first year, in RMB, in which a panel is assessed."""
    way = costed_way(assessment)
    return way.first_year if way else None


def weeks_of(assessment: Assessment) -> Span | None:
    """How long it takes: until the last site has switched, where a system comes now or once the obstacles are gone; else
    until the last task of the plan is done, in one reading. None where there is no plan."""
    project = assessment.project
    if project and project.go_live and assessment.verdict.name in WITH_SYSTEM:
        return project.go_live
    last = max((task.start + task.weeks for task in assessment.plan), default=0.0)
    return (last, last, last) if last else None


def cost_spread_of(assessment: Assessment, knowledge: Knowledge) -> float | None:
    """First-year cost, its high figure by its low one; None where users, or functions that must be there, are open."""
    cost, users = first_year_cost_of(assessment), users_of(assessment)
    if cost is None or users is None or users[0] != users[2] or _open_functions(assessment, knowledge) or not cost[0]:
        return None
    return cost[2] / cost[0]


def _open_functions(assessment: Assessment, knowledge: Knowledge) -> set[str]:
    """The functions that some missing answer would make ones that must be there."""
    rules = [knowledge.rules_by_id[item.rule].rule for item in assessment.undecided if item.kind == "function"]
    must = {c.target for rule in rules for c in rule.then if isinstance(c, FunctionThen) and c.priority == "must"}
    return must - {item.id for item in assessment.functions}
