"""What an assessment says, as ids: everything, what a reader cannot miss, and what it advises to do or buy.

Ids are those of findings, tasks, products and questions, the name of the verdict (``not_yet``) and of the outcome
(``first_things``), three classes (``need.high``, ``ability.low``, ``budget.short``), and
``first_year_cost`` where a sum is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from advisor.assessment.model import Assessment
from advisor.assessment.model.cost import BudgetState
from advisor.assessment.model.selection import OutcomeName, Selection
from advisor.assessment.plan import ENDING_IN_A_SYSTEM
from advisor.assessment.risks import own_risks
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Level, VerdictName
from advisor.panel.figures import costed_way

COST = "first_year_cost"
FIRST_RISKS, FIRST_TASKS, FIRST_STEPS, FIRST_PRODUCTS = 5, 8, 6, 3
"""How many of each a reader is sure to see."""


@dataclass(frozen=True)
class Statements:
    """The ids an assessment says something by; ``advised`` leaves out tasks that wait for a new assessment, functions that
    could be left out, and what is told of a later system alone where none comes now."""

    everything: frozenset[str]
    prominent: frozenset[str]
    advised: frozenset[str]
    first_steps: frozenset[str]


def known_ids(knowledge: Knowledge) -> frozenset[str]:
    """Every id an assessment made with this knowledge may say something by."""
    graded = {f"{score}.{grade}" for score in ("need", "ability") for grade in get_args(Level)}
    graded |= {f"budget.{state}" for state in get_args(BudgetState)}
    fixed = {*get_args(VerdictName), *get_args(OutcomeName), *graded, COST}
    return frozenset({*knowledge.findings, *knowledge.products, *knowledge.questions, *fixed})


def statements_of(assessment: Assessment) -> Statements:
    """What an assessment says, by id."""
    a = assessment
    dropped = {item.id for item in a.functions if item.priority == "drop"}
    optional = {item.id for item in a.functions if item.priority == "could"}
    said = {item.id for item in a.findings()} - dropped
    questions = {question.question for question in a.verdict.deciding}
    headline = {*_classes(a), a.verdict.name, *_selected(a.selection)}
    hurdles = {item.id for item in (*a.blockers, *a.conditions, *a.cautions, *a.lighter)}
    tasks = (*a.plan[:FIRST_TASKS], *a.further_steps)
    first = {item.id for item in (*own_risks(a)[:FIRST_RISKS], *tasks, *a.advised_approaches, *a.legal_checks)}
    now = {item.id for item in a.first_approaches if item.timing == "now"}
    waiting = {task.id for task in a.plan if task.later} | set(_of_a_later_system(a))
    return Statements(
        everything=frozenset(said | headline | questions | {name for item in a.undecided for name in item.missing}),
        prominent=frozenset(headline | hurdles | first | questions),
        advised=frozenset(headline | said - waiting - optional),
        first_steps=frozenset(task.id for task in a.plan[:FIRST_STEPS]) | now,
    )


def _of_a_later_system(assessment: Assessment) -> Iterator[str]:
    """What holds only should a system be taken up later: functions where none comes now, hurdles that wait, and risks of a
    project there is none of."""
    a = assessment
    own = {risk.id for risk in own_risks(a)}
    yield from (item.id for item in a.waiting)
    yield from (risk.id for risk in a.risks if risk.id not in own)
    if a.verdict.name not in ENDING_IN_A_SYSTEM:
        yield from (item.id for item in a.functions)


def leading_kind(selection: Selection) -> str | None:
    """The kind of CRM with most points; None where every kind is ruled out."""
    kinds = [option for option in selection.options if option.group == "crm_type" and not option.hard]
    return max(kinds, key=lambda option: option.points).id if kinds else None


def _classes(assessment: Assessment) -> Iterator[str]:
    """Need, readiness and the first year's budget by their classes, and whether a sum is given."""
    for name, score in (("need", assessment.need), ("ability", assessment.ability)):
        if grade := assessment.scores[score].grade:
            yield f"{name}.{grade}"
    way = costed_way(assessment)
    if way and way.first_year:
        yield COST
    for budget in way.budgets if way else ():
        if budget.kind == "initial":
            yield f"budget.{budget.state}"


def _selected(selection: Selection | None) -> Iterator[str]:
    """The outcome, the leading kind, the recommended way, and the products named with their ways."""
    if selection is None:
        return
    yield selection.outcome.name
    if selection.outcome.name == "answers_first":
        return
    yield from (name for name in (leading_kind(selection), selection.recommended_way) if name)
    listed = selection.outcome.products[:FIRST_PRODUCTS]
    yield from listed
    yield from (item.way for item in selection.candidates if item.product in listed and item.rank is not None and item.way)
