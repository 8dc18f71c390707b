"""Which tasks a firm has, how urgent each is, and what it waits for: the verdict decides how much of them is a plan.

A task is called for by what it lifts, meets, carries out or asks, or by a rule; the core tasks belong to every project that
ends in a system. Where the verdict does not allow a system yet, they wait for the decision that the plan ends in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from graphlib import TopologicalSorter

from advisor.knowledge.schema import Task, VerdictName
from advisor.knowledge.schema.base import PHASES, Phase
from advisor.knowledge.schema.products import Deployment
from advisor.knowledge.schema.tasks import WAYS

ENDING_IN_A_SYSTEM: tuple[VerdictName, ...] = ("feasible", "conditional")
PREPARATION: tuple[Phase, ...] = ("prepare", "data_and_process")
BEFORE_THE_CONTRACT: tuple[Phase, ...] = (*PREPARATION, "scope", "trial", "contract")
WAITS_FOR: Mapping[Phase, Phase] = {"roll_out": "pilot", "improve": "roll_out"}
"""Further tasks of a phase that work with the system wait for the core tasks of another."""


class Urgency(IntEnum):
    """What comes first among tasks that could start at the same time."""

    BLOCKER = 0
    CONDITION = 1
    PATH = 2
    RISK = 3
    CORE = 4
    REST = 5


@dataclass(frozen=True)
class Calls:
    """What calls for tasks: the verdict, the tasks rules ask for, what stands in the way, the gravest risks, the simpler
    alternatives that fit, the tasks of the path, and whether anything is left to find out."""

    verdict: VerdictName
    asked: Collection[str] = ()
    blockers: Collection[str] = ()
    conditions: Collection[str] = ()
    top_risks: Collection[str] = ()
    lighter: Collection[str] = ()
    path: Collection[str] = ()
    open_questions: bool = False


@dataclass(frozen=True)
class FirmTasks:
    """The tasks of one firm by phase and in the order of the catalogue: those of the plan, then core tasks that wait for its
    last one. ``after`` has for each what it waits for."""

    plan: tuple[Task, ...]
    later: tuple[Task, ...]
    urgency: Mapping[str, Urgency]
    after: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def all(self) -> tuple[Task, ...]:
        """All of them."""
        return (*self.plan, *self.later)


def firm_tasks(
    catalogue: Iterable[Task], calls: Calls, ways: Collection[Deployment], done: Collection[str] = ()
) -> FirmTasks:
    """The tasks that some calls ask of a firm that may run its system in some ways; ``done`` have nothing left to do."""
    fitting = sorted(
        (t for t in catalogue if all(way in t.ways for way in ways or WAYS)), key=lambda t: PHASES.index(t.phase)
    )
    lifting = {Urgency.BLOCKER: _lifting(fitting, calls.blockers, done)}
    lifting[Urgency.CONDITION] = _lifting(fitting, calls.conditions, done)
    urgency = {task.id: urgent for task in fitting if (urgent := _urgency(task, calls, lifting)) is not None}
    urgency |= _meeting_risks(fitting, calls, urgency, done)
    plan = [task for task in fitting if task.id in urgency and _is_planned(task, urgency[task.id], calls)]
    if calls.verdict == "not_yet":
        plan = _with_prerequisites(plan, [task for task in fitting if task.id in urgency and not task.core])
    planned = {task.id for task in plan}
    later = [task for task in fitting if task.core and task.id not in planned]
    tasks = FirmTasks(tuple(plan), tuple(later), urgency)
    return FirmTasks(tasks.plan, tasks.later, urgency, _edges(tasks, calls))


def _lifting(fitting: Iterable[Task], hurdles: Iterable[str], done: Collection[str]) -> set[str]:
    """The tasks that lift some hurdles: of those of a hurdle the ones with something to do, where there are any."""
    lifting: set[str] = set()
    for hurdle in hurdles:
        able = [task.id for task in fitting if hurdle in task.lifts]
        lifting.update([name for name in able if name not in done] or able)
    return lifting


def _urgency(task: Task, calls: Calls, lifting: Mapping[Urgency, Collection[str]]) -> Urgency | None:
    """How urgent a task is by itself; None where nothing but a risk may call for it."""
    if task.ends:
        return Urgency.REST if calls.verdict in task.ends else None
    if task.asks:
        wanted = calls.open_questions and (task.asks == "everyone" or calls.verdict == "not_enough_answers")
        return (Urgency.BLOCKER if task.asks == "deciders" else Urgency.CONDITION) if wanted else None
    if task.id in lifting[Urgency.BLOCKER] or set(task.meets) & set(calls.lighter):
        return Urgency.BLOCKER
    if task.id in lifting[Urgency.CONDITION]:
        return Urgency.CONDITION
    if task.id in calls.path:
        return Urgency.PATH
    if task.core:
        return Urgency.CORE
    return Urgency.REST if task.id in calls.asked else None


def _meeting_risks(
    fitting: Iterable[Task], calls: Calls, urgency: Mapping[str, Urgency], done: Collection[str]
) -> dict[str, Urgency]:
    """For each of the gravest risks the task that meets it: one that is there anyway, else the first of the catalogue that
    has something to do."""
    meeting: dict[str, Urgency] = {}
    for risk in calls.top_risks:
        able = [task for task in fitting if risk in task.meets and not task.ends]
        there = [task for task in able if task.id in urgency or task.id in meeting]
        for task in there or [task for task in able if task.id not in done][:1] or able[:1]:
            if not task.core:
                own = Urgency.RISK if task.phase in BEFORE_THE_CONTRACT else Urgency.REST
                meeting[task.id] = min(urgency.get(task.id, own), own)
    return meeting


def _is_planned(task: Task, urgency: Urgency, calls: Calls) -> bool:
    """Whether the verdict allows a task before its decision."""
    if calls.verdict in ENDING_IN_A_SYSTEM or task.ends:
        return True
    if calls.verdict == "not_enough_answers":
        return bool(task.asks)
    if calls.verdict == "not_needed_now":
        return task.without_system
    if task.core:
        return bool(set(task.lifts) & {*calls.blockers, *calls.conditions})
    return urgency <= Urgency.PATH or (urgency == Urgency.RISK and task.phase in PREPARATION)


def _with_prerequisites(plan: list[Task], available: list[Task]) -> list[Task]:
    """A plan with those available tasks that it waits for."""
    needed = {task.id: task.after for task in (*available, *plan)}
    wanted: set[str] = set()
    waiting = [task.id for task in plan]
    while waiting:
        name = waiting.pop()
        if name in needed and name not in wanted:
            wanted.add(name)
            waiting += needed[name]
    return [*plan, *(task for task in available if task.id in wanted and task not in plan)]


def _edges(tasks: FirmTasks, calls: Calls) -> dict[str, tuple[str, ...]]:
    """What each task waits for, of those that are there."""
    planned, there = {task.id for task in tasks.plan}, {task.id for task in tasks.all}
    after = {
        task.id: [name for name in task.after if name in (planned if task.id in planned else there)] for task in tasks.all
    }
    core: dict[Phase, list[str]] = {}
    for task in tasks.all:
        if task.core:
            core.setdefault(task.phase, []).append(task.id)
    for task in tasks.plan:
        if not (task.core or task.without_system or task.raises) and task.phase in WAITS_FOR:
            after[task.id] += core.get(WAITS_FOR[task.phase], [])
        if task.ends:
            after[task.id] += [other.id for other in tasks.plan if not other.ends]
    ends = [task.id for task in tasks.plan if task.ends]
    for task in tasks.later:
        after[task.id] += ends
    for name in core.get("contract", []):
        first = [task.id for task in tasks.plan if _comes_first(task, calls)]
        dependent = _waiting_for(name, after)
        after[name] += [other for other in first if other not in dependent]
    return {name: tuple(dict.fromkeys(others)) for name, others in after.items()}


def _comes_first(task: Task, calls: Calls) -> bool:
    """Whether a contract waits for a task: it lifts what stands in the way, or belongs to the path."""
    return bool(set(task.lifts) & {*calls.blockers, *calls.conditions}) or task.id in calls.path


def _waiting_for(name: str, after: Mapping[str, Collection[str]]) -> set[str]:
    """A task and all that wait for it, directly or not."""
    waiting = {name}
    for other in TopologicalSorter(after).static_order():
        if waiting & set(after[other]):
            waiting.add(other)
    return waiting
