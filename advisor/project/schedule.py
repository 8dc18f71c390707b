"""One schedule: when each task starts and how long it takes, by prerequisites and by the days the team has.

A task takes as long as its own days need with the people freed for it, and never less than its least duration. The most
urgent come first; what is left of the team's days decides how many run side by side.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

import numpy as np
from numpy.typing import NDArray

from advisor.project.cases import Cases, Numbers

SHORTEST = 0.5
"""Weeks are told in halves."""
SLACK = 1e-9
"""What sums of days may be off by as numbers."""
LONGEST = 260.0
"""Five years: what would take longer has to be cut into projects of its own."""

Closed = Sequence[bool]
"""For each half week from the beginning on whether the front line frees nobody in it; free after the last of them."""
Edges = Mapping[str, Sequence[str]]
"""For each task those it waits for, in any order; the keys are all tasks, the most pressing first among equals."""


@dataclass(frozen=True)
class Schedule:
    """The first week of each task, counted from 0, and the weeks it takes: by task an array of cases × firms."""

    start: Mapping[str, Numbers]
    weeks: Mapping[str, Numbers]

    def end(self, task: str) -> Numbers:
        """The week in which a task is done."""
        return self.start[task] + self.weeks[task]


@dataclass(frozen=True)
class Load:
    """How long a task takes, and how many days a week of which role's people it needs meanwhile; ``by_freed``: the people
    freed for the project do it; ``front_line``: it takes people away from customers."""

    weeks: float
    days_a_week: float
    role: str = ""
    by_freed: bool = False
    front_line: bool = False


@dataclass(frozen=True)
class Team:
    """What there is to do tasks with: days a week of the people of one role, and of all the people freed for the project;
    None for any number. ``closed`` are the half weeks in which the front line frees nobody, as a year of them and more."""

    of_a_role: float | None = None
    freed: float | None = None
    closed: Closed = ()


@dataclass(frozen=True)
class Span:
    """When a task begins, counted from week 0, and the weeks until it is done, those included in which it is stopped."""

    start: float
    weeks: float

    @property
    def end(self) -> float:
        """The week in which it is done."""
        return self.start + self.weeks


def duration(own_days: Numbers, least_weeks: Numbers, people: float, days_a_week: Numbers) -> Numbers:
    """The weeks a task takes, in every case, to the nearest half and never under one.

    Ten days of two people who are freed two days a week take two weeks and a half; a task that must run four takes four.

    >>> days, two = np.array([[10.0]]), np.array([[2.0]])
    >>> duration(days, np.array([[1.0]]), 2, two).item(), duration(days, np.array([[4.0]]), 2, two).item()
    (2.5, 4.0)
    """
    weeks = np.maximum(least_weeks, own_days / (people * days_a_week))
    return np.clip(np.round(weeks / SHORTEST) * SHORTEST, SHORTEST, LONGEST)


def in_order(after: Edges, urgency: Mapping[str, float] | None = None) -> list[str]:
    """The tasks, each after those it waits for, the most urgent (lowest) first, otherwise in the order given.

    What an urgent task waits for is as urgent as that task. Raises ``CycleError`` for a circle.

    >>> after = {"sign": ["try"], "try": [], "brief": [], "appoint": ["brief"]}
    >>> in_order(after, {"appoint": 0, "brief": 2, "try": 1, "sign": 1})
    ['brief', 'appoint', 'try', 'sign']
    """
    place = {name: number for number, name in enumerate(after)}
    waits = {name: {other for other in others if other in place} for name, others in after.items()}
    urgent = {name: (urgency or {}).get(name, 0) for name in after}
    if urgency:
        for name in reversed([*TopologicalSorter(waits).static_order()]):
            for other in waits[name]:
                urgent[other] = min(urgent[other], urgent[name])
    waiting: dict[str, list[str]] = {name: [] for name in after}
    for name, others in waits.items():
        for other in others:
            waiting[other].append(name)
    heap = [(urgent[name], place[name], name) for name, others in waits.items() if not others]
    heapq.heapify(heap)
    ordered = []
    while heap:
        name = heapq.heappop(heap)[2]
        ordered.append(name)
        for other in waiting[name]:
            waits[other].remove(name)
            if not waits[other]:
                heapq.heappush(heap, (urgent[other], place[other], other))
    if len(ordered) < len(after):
        TopologicalSorter(waits).prepare()
    return ordered


def scheduled(
    after: Edges, weeks: Mapping[str, Numbers], cases: Cases, size: int, order: Sequence[str] | None = None
) -> Schedule:
    """Each task as early as the tasks it waits for allow; ``order`` is one in which none comes before those."""
    start: dict[str, Numbers] = {}
    for name in order or in_order(after):
        ends = [start[other] + weeks[other] for other in after[name] if other in start]
        start[name] = np.maximum.reduce(ends) if ends else np.zeros((cases.count, size))
    return Schedule(start, weeks)


def levelled(order: Sequence[str], after: Edges, loads: Mapping[str, Load], team: Team) -> dict[str, Span]:
    """When each task runs with the people there are; what comes earlier in ``order`` takes its days first. What takes people
    away from customers keeps out of the half weeks that are closed, and is stopped meanwhile where it is too long for any
    stretch between them.

    Two tasks that each need the whole time of the same people come one after the other.

    >>> whole = Load(2.0, 4.0)
    >>> spans = levelled(["a", "b"], {"a": [], "b": []}, {"a": whole, "b": whole}, Team(4.0))
    >>> spans["a"].start, spans["b"].start
    (0.0, 2.0)
    """
    rooms = _Rooms(loads.values(), team)
    spans: dict[str, Span] = {}
    for name in order:
        load, length = loads[name], round(loads[name].weeks / SHORTEST)
        earliest = max((spans[other].end for other in after[name] if other in spans), default=0.0)
        first = round(earliest / SHORTEST)
        places = np.arange(first, first + length)
        if not rooms.free(load, first, first + length).all():  # mostly there is room at once
            free = rooms.free(load, first)
            stopped = load.front_line and length > rooms.stretch
            places = first + np.flatnonzero(free)[:length] if stopped else places + _first_gap(free, length)
        rooms.take(load, places)
        spans[name] = Span(int(places[0]) * SHORTEST, (int(places[-1]) + 1 - int(places[0])) * SHORTEST)
    return spans


class _Rooms:
    """The days a week that are left in each half week: of the people of each role, and of all the people freed."""

    def __init__(self, loads: Collection[Load], team: Team) -> None:
        self.most = math.inf if team.of_a_role is None else team.of_a_role
        self.freed = math.inf if team.freed is None else team.freed
        closed = np.array(team.closed, dtype=bool)
        size = round(sum(load.weeks for load in loads) / SHORTEST) + len(closed)
        self.of_role = {load.role: np.full(size, self.most) for load in loads}
        self.of_all, self.open = np.full(size, self.freed), np.ones(size, dtype=bool)
        self.open[: len(closed)] = ~closed
        self.stretch = _longest_stretch(closed)

    def free(self, load: Load, first: int, until: int | None = None) -> NDArray[np.bool_]:
        """Whether there is room for a load in each half week from one to another."""
        free = self.of_role[load.role][first:until] >= min(load.days_a_week, self.most) - SLACK
        if load.by_freed:
            free &= self.of_all[first:until] >= min(load.days_a_week, self.freed) - SLACK
        if load.front_line:
            free &= self.open[first:until]
        return free

    def take(self, load: Load, places: NDArray[np.int_]) -> None:
        """What a load needs in some half weeks is no longer there for others."""
        self.of_role[load.role][places] -= min(load.days_a_week, self.most)
        if load.by_freed:
            self.of_all[places] -= min(load.days_a_week, self.freed)


def _longest_stretch(closed: NDArray[np.bool_]) -> float:
    """How many half weeks on end are free between closed ones; any number where none is closed."""
    shut = np.flatnonzero(closed)
    return float(np.diff(shut).max() - 1) if len(shut) > 1 else math.inf


def _first_gap(free: NDArray[np.bool_], length: int) -> int:
    """The first place from which there is room for a whole task."""
    first = 0
    for place in np.flatnonzero(~free):
        if place >= first + length:
            break
        first = int(place) + 1
    return first
