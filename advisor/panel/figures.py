"""The three figures of an assessment that a panel compares: users, first-year cost, weeks; each low, base and high."""

from __future__ import annotations

from advisor.assessment.base import Item
from advisor.assessment.model import Assessment
from advisor.assessment.model.cost import RouteItem, Span
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema.rules import FunctionThen
from advisor.panel.firm_file import Range


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


def recommended_route(assessment: Assessment) -> RouteItem | None:
    """What the recommended way of running a system costs; None where no way is recommended."""
    selection = assessment.selection
    return next((r for r in selection.routes if r.way == selection.recommended_way), None) if selection else None


def users_of(assessment: Assessment) -> Span | None:
    """How many would use the system."""
    route = recommended_route(assessment)
    return route.users if route else None


def first_year_cost_of(assessment: Assessment) -> Span | None:
    """What is paid to others in the first year, in the currency of the selection (RMB unless it was set)."""
    route = recommended_route(assessment)
    return route.first_year if route else None


def weeks_of(assessment: Assessment) -> Span | None:
    """How long it takes: until the last site has switched, where the plan ends in a system; else until its last task is
    done, in one reading. None where there is no plan."""
    project = assessment.project
    if project and project.go_live and any(task.core and task.phase == "roll_out" for task in assessment.plan):
        return project.go_live
    last = max((task.start + task.weeks for task in assessment.plan), default=0.0)
    return (last, last, last) if last else None


def cost_spread_of(assessment: Assessment, knowledge: Knowledge) -> float | None:
    """First-year cost, its high figure by its low one; None where users, or functions that must be there, are open."""
    route = recommended_route(assessment)
    if (
        route is None
        or route.users[0] != route.users[2]
        or _open_functions(assessment, knowledge)
        or not route.first_year[0]
    ):
        return None
    return route.first_year[2] / route.first_year[0]


def _open_functions(assessment: Assessment, knowledge: Knowledge) -> set[str]:
    """The functions that some missing answer would make ones that must be there."""
    rules = [knowledge.rules_by_id[item.rule].rule for item in assessment.undecided if item.kind == "function"]
    must = {c.target for rule in rules for c in rule.then if isinstance(c, FunctionThen) and c.priority == "must"}
    return must - {item.id for item in assessment.functions}
