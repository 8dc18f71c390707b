"""Which tasks a firm has, how urgent each is, and what it waits for: the verdict decides how much of them is a plan.

A task is called for by what it lifts, meets, carries out or asks, or by a rule; the core tasks belong to every project that
ends in a system. Where the verdict does not allow a system yet, they wait for the decision that the plan ends in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from graphlib import TopologicalSorter

from advisor.knowledge.lifting import lifting_tasks, superseding_tasks
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Task, VerdictName
from advisor.knowledge.schema.base import PHASES, Phase
from advisor.knowledge.schema.products import Deployment
from advisor.knowledge.schema.tasks import WAYS

ENDING_IN_A_SYSTEM: tuple[VerdictName, ...] = ("feasible", "conditional")
PREPARATION: tuple[Phase, ...] = ("prepare", "data_and_process")
WAITS_FOR: Mapping[Phase, Phase] = {"roll_out": "pilot", "improve": "roll_out"}
"""Further tasks of a phase that work with the system wait for the core tasks of another."""


FEW = 0.3
"""What no more than three firms in ten are told is a firm's own."""
SOON = 4.0
"""Weeks within which a task begins at once, as a reader sees it."""
FAR = 13.0
"""Weeks after which what begins is no first step, however much it lifts."""
AFTER_THE_FIRST = 0.1
"""What cannot wait comes so far behind what a day that passes by itself would settle."""
LATEST = 1000.0
"""More weeks than any task begins after."""


SIGNING: tuple[Phase, ...] = ("trial", "contract")
"""The phases in which a firm of any size may lose money by what it leaves out."""


class Urgency(IntEnum):
    """What comes first among tasks that could start at the same time."""

    BLOCKER = 0
    PRESSING = 1
    CONDITION = 2
    PATH = 3
    RISK = 4
    CORE = 5
    REST = 6


@dataclass(frozen=True)
class Calls:
    """What calls for tasks: the verdict, the tasks rules ask for, what stands in the way (``shortfalls`` are conditions read
    off the factors in which ability falls short, ``covered`` those that are told within another), the gravest risks, the
    simpler alternatives that fit, the tasks of the path, whether anything is left to find out, and whether the present CRM
    system stays."""

    verdict: VerdictName
    asked: frozenset[str] = frozenset()
    blockers: frozenset[str] = frozenset()
    conditions: Collection[str] = ()
    covered: Collection[str] = ()
    shortfalls: Collection[str] = ()
    top_risks: Sequence[str] = ()
    lighter: Collection[str] = ()
    path: Collection[str] = ()
    open_questions: bool = False
    stays: bool = False


@dataclass(frozen=True)
class FirmTasks:
    """The tasks of one firm by phase and in the order of the catalogue: those of the plan, then core tasks that
    wait for its last one; ``spared`` are those that are too much for so few users and are advice for afterwards.
    ``lifts`` has what each lifts of what stands in the way, ``after`` what it waits for."""

    plan: tuple[Task, ...]
    later: tuple[Task, ...]
    urgency: Mapping[str, Urgency]
    lifts: Mapping[str, tuple[str, ...]]
    after: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    spared: tuple[Task, ...] = ()

    @property
    def all(self) -> tuple[Task, ...]:
        """All of them."""
        return (*self.plan, *self.later)


def firm_tasks(
    knowledge: Knowledge,
    calls: Calls,
    ways: Collection[Deployment],
    done: Collection[str] = (),
    empty: Collection[str] = (),
    too_large: Collection[str] = (),
    few_users: bool = False,
) -> FirmTasks:
    """The tasks that some calls ask of a firm that may run its system in some ways; ``done`` have nothing left to
    do, and ``empty`` never had: they are no task of this firm. Those ``too_large`` for it come only where nothing
    else will do. Where there are ``few_users`` a plan that ends in a system keeps to what cannot be left out."""
    fitting = sorted(
        (t for t in knowledge.tasks if t.id not in empty and all(way in t.ways for way in ways or WAYS)),
        key=lambda t: PHASES.index(t.phase),
    )
    superseding = superseding_tasks(knowledge)
    lifts = _lifts(fitting, calls, lifting_tasks(knowledge), superseding, done)
    called = calls.asked.union(lifts, calls.path)
    silent = {task.id for task in fitting if task.id in too_large or not called.isdisjoint(task.unless)}
    calls = replace(calls, asked=calls.asked - silent)
    pressing = {*lifts, *calls.path}
    fitting = [task for task in fitting if task.id in calls.path or not pressing.intersection(superseding.get(task.id, ()))]
    urgency = {task.id: urgent for task in fitting if (urgent := _urgency(task, calls, lifts)) is not None}
    urgency |= (meeting := _meeting_risks(fitting, calls, urgency, {*done, *too_large}))
    core = frozenset(task.id for task in fitting if task.core)
    plan = [task for task in fitting if task.id in urgency and _is_planned(task, urgency[task.id], calls, lifts, core)]
    if calls.verdict == "not_yet":
        before_decision = [t for t in fitting if t.id in urgency and not (t.core or core.intersection(t.after))]
        plan = _with_prerequisites(plan, before_decision)
    spared = [
        task
        for task in plan
        if few_users and calls.verdict in ENDING_IN_A_SYSTEM and not calls.stays and _can_wait(task, urgency, meeting)
    ]
    plan = [task for task in plan if task not in spared]
    planned = {task.id for task in plan}
    if calls.stays:
        urgency |= {task.id: min(urgency[task.id], Urgency.RISK) for task in plan if not (task.core or task.asks)}
    later = [task for task in fitting if task.core and task.id not in planned]
    tasks = FirmTasks(tuple(plan), tuple(later), urgency, lifts, spared=tuple(spared))
    return replace(tasks, after=_edges(tasks, calls, superseding, done))


def _lifts(
    fitting: Iterable[Task],
    calls: Calls,
    lifting: Mapping[str, Collection[str]],
    superseding: Mapping[str, Collection[str]],
    done: Collection[str],
) -> dict[str, tuple[str, ...]]:
    """What each task lifts of what stands in the way.

    Of the tasks that can lift something, those of the path do; where there is none, those with something to do; else all. A
    task that supersedes another lifts in its place. Ability that falls short is raised as the path does it.
    """
    there = {task.id for task in fitting}
    lifts: dict[str, list[str]] = {}
    for hurdle in (*calls.blockers, *calls.conditions):
        able = [name for name in lifting.get(hurdle, ()) if name in there]
        further = [other for name in able for other in superseding.get(name, ()) if other in there]
        on_path = [name for name in dict.fromkeys((*able, *further)) if name in calls.path]
        if on_path or not (calls.path and hurdle in calls.shortfalls):
            for name in on_path or [name for name in able if name not in done] or able:
                lifts.setdefault(name, []).append(hurdle)
    for name in [name for name in lifts if name not in calls.path]:
        if further := [other for other in superseding.get(name, ()) if other in lifts]:
            lifts[further[0]] += lifts.pop(name)
    return {name: tuple(sorted(set(hurdles))) for name, hurdles in lifts.items()}


def _urgency(task: Task, calls: Calls, lifts: Mapping[str, Collection[str]]) -> Urgency | None:
    """How urgent a task is by itself; None where nothing but a risk may call for it."""
    if task.ends:
        return Urgency.REST if calls.verdict in task.ends else None
    if task.asks:
        wanted = calls.open_questions and (task.asks == "everyone" or calls.verdict == "not_enough_answers")
        return (Urgency.BLOCKER if task.asks == "deciders" else Urgency.CONDITION) if wanted else None
    lifted = set(lifts.get(task.id, ()))
    if lifted & set(calls.blockers) or set(task.meets) & set(calls.lighter):
        return Urgency.BLOCKER
    if task.pressing and task.id in calls.asked:
        return Urgency.PRESSING
    if lifted:
        return Urgency.CONDITION
    if task.id in calls.path:
        return Urgency.PATH
    if calls.stays and task.id in calls.asked and set(task.meets) & set(calls.conditions):
        return Urgency.CONDITION  # a cure of what is to be mended
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
                own = Urgency.RISK if task.before_contract else Urgency.REST
                meeting[task.id] = min(urgency.get(task.id, own), own)
    return meeting


def _can_wait(task: Task, urgency: Mapping[str, Urgency], meeting: Collection[str]) -> bool:
    """Whether a task is only worth doing: it lifts nothing, meets none of the gravest risks and is no part of signing."""
    only_asked = urgency[task.id] == Urgency.REST and task.id not in meeting
    return only_asked and not (task.core or task.ends or task.phase in SIGNING)


def _called(task: Task, urgency: Urgency) -> float:
    """How urgent a task is; what cannot wait comes behind what a day that passes by itself would settle."""
    later = urgency == Urgency.PRESSING and task.pressing != "first"
    return urgency + (AFTER_THE_FIRST if later else 0.0)


def told_first(tasks: FirmTasks, start: Mapping[str, float], calls: Calls, share: Mapping[str, float]) -> dict[str, float]:
    """Which tasks a reader is told first, lowest first: what stands in the way and answers the occasion, then what meets the
    gravest risks, then what every project has in the order of its weeks. What few firms are asked to do follows the decision
    to go ahead; all else that can be prepared comes before the contract. ``share`` has for each task how many firms have it.
    """
    asking = {task.id for task in tasks.all if task.asks == "everyone" and calls.verdict != "not_enough_answers"}
    waiting = _waiting_for(asking | {task.id for task in tasks.all if task.core}, tasks.after)
    signing = min((start[task.id] for task in tasks.all if task.core and task.phase == "contract"), default=0.0)
    decision = max((start[task.id] for task in tasks.all if task.core and task.phase == "prepare"), default=0.0)
    project = [start[task.id] for task in tasks.all if task.core and task.phase != "prepare"]
    opening = min((week for week in project if week > decision), default=0.0)
    told: dict[str, float] = {}
    for task in tasks.all:
        rank = _called(task, tasks.urgency.get(task.id, Urgency.CORE))
        free = task.before_contract and not task.ends and task.id not in waiting and start[task.id] <= SOON
        if set(task.lifts) & set(calls.covered):
            rank = min(rank, Urgency.CONDITION)
        for_later = any(moved.money for moved in task.raises.values()) and calls.verdict not in ENDING_IN_A_SYSTEM
        if for_later and calls.blockers.isdisjoint(tasks.lifts.get(task.id, ())):
            rank = Urgency.REST  # no money is sought for a system that may not come
        elif task.id in asking:
            rank = Urgency.CORE + signing / LATEST
        elif rank <= Urgency.CONDITION and task.id in waiting:
            rank += 0.5  # what it waits for comes after what can lift at once
        elif rank == Urgency.RISK and task.id in waiting:
            rank = Urgency.CORE + (start[task.id] + 1) / LATEST
        elif rank == Urgency.RISK:
            places = [calls.top_risks.index(risk) for risk in task.meets if risk in calls.top_risks]
            rank += min(min(places, default=len(calls.top_risks)) + start[task.id], SOON + len(calls.top_risks)) / 100
        elif rank == Urgency.REST and free:
            rare = share[task.id] <= FEW
            rank = Urgency.CORE + (decision + share[task.id]) / LATEST if rare else Urgency.CORE + signing / LATEST
        elif rank == Urgency.CORE:
            rank += (start[task.id] if task.phase == "prepare" else max(start[task.id], opening)) / LATEST
        elif rank <= Urgency.CONDITION:
            rank += max(0.0, start[task.id] - FAR) / LATEST
        if calls.verdict not in ENDING_IN_A_SYSTEM and task.id in tasks.urgency and not (task.core or task.ends):
            rank = min(rank, Urgency.CORE)  # before the decision that the plan ends in
        told[task.id] = rank
    return told


def _is_planned(
    task: Task, urgency: Urgency, calls: Calls, lifts: Mapping[str, Collection[str]], core: frozenset[str]
) -> bool:
    """Whether the verdict allows a task before its decision: what waits for a core task waits for the decision too. Where
    the CRM system there is stays, nothing that brings in another is planned."""
    if calls.stays:
        return task.id in lifts or task.phase in PREPARATION or task.without_system
    if calls.verdict in ENDING_IN_A_SYSTEM or task.ends:
        return True
    if calls.verdict == "not_enough_answers":
        return bool(task.asks) or (task.without_system and task.phase == "prepare")
    if calls.verdict == "not_needed_now":
        return task.without_system
    if task.core:
        return task.id in lifts
    if task.id in calls.path or urgency == Urgency.BLOCKER or task.without_system:
        return True
    return urgency <= Urgency.RISK and task.phase in PREPARATION and not core.intersection(task.after)


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


def _edges(
    tasks: FirmTasks, calls: Calls, superseding: Mapping[str, Collection[str]], done: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """What each task waits for, of those that are there: not for one with nothing left to do, and for one that supersedes
    another in its place. A task of the path waits for none that the path does without, core tasks apart."""
    planned, there = {task.id for task in tasks.plan}, {task.id for task in tasks.all}
    optional = {task.id for task in tasks.plan if not task.core and task.id not in calls.path}
    after = {
        task.id: [
            name
            for earlier in task.after
            if earlier not in done
            for name in (earlier, *superseding.get(earlier, ()))
            if name in (planned if task.id in planned else there)
            and name != task.id
            and not (task.id in calls.path and name in optional)
        ]
        for task in tasks.all
    }
    core: dict[Phase, list[str]] = {}
    for task in tasks.all:
        if task.core:
            core.setdefault(task.phase, []).append(task.id)
    for task in tasks.plan:
        if not (calls.stays or task.core or task.without_system or task.raises) and task.phase in WAITS_FOR:
            after[task.id] += core.get(WAITS_FOR[task.phase], [])
        if task.ends:
            beside = calls.verdict != "not_needed_now"
            awaited = [other for other in tasks.plan if not (beside and tasks.urgency[other.id] == Urgency.REST)]
            after[task.id] += [other.id for other in awaited if not other.ends]
    ends = [task.id for task in tasks.plan if task.ends]
    for task in tasks.later:
        after[task.id] += ends
    for name in core.get("contract", []):
        first = [task.id for task in tasks.plan if task.id in tasks.lifts or task.id in calls.path]
        dependent = _waiting_for([name], after)
        after[name] += [other for other in first if other not in dependent]
    return {name: tuple(dict.fromkeys(others)) for name, others in after.items()}


def _waiting_for(names: Iterable[str], after: Mapping[str, Collection[str]]) -> set[str]:
    """Some tasks and all that wait for one of them, directly or not."""
    waiting = set(names)
    for other in TopologicalSorter(after).static_order():
        if waiting & set(after[other]):
            waiting.add(other)
    return waiting
