"""One schedule: when each task starts and how long it takes, by prerequisites and by the days the team has.

A task takes as long as its own days need with the people freed for it, and never less than its least duration. The most
urgent come first; what is left of the team's days decides how many run side by side.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

import numpy as np

from advisor.project.cases import Cases, Numbers

SHORTEST = 0.5
"""Weeks are told in halves."""
LONGEST = 260.0
"""Five years: what would take longer has to be cut into projects of its own."""

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
    """How long a task takes, and how many days a week of which role's people it needs meanwhile."""

    weeks: float
    days_a_week: float
    role: str = ""


def duration(own_days: Numbers, least_weeks: Numbers, people: int, days_a_week: Numbers) -> Numbers:
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


def levelled(order: Sequence[str], after: Edges, loads: Mapping[str, Load], capacity: float | None) -> dict[str, float]:
    """The first week of each task where the people of a role have so many days a week, None for any number; what comes
    earlier in ``order`` takes its days first.

    Two tasks that each need the whole time of the same people come one after the other.

    >>> whole = Load(2.0, 4.0)
    >>> levelled(["a", "b"], {"a": [], "b": []}, {"a": whole, "b": whole}, 4.0)
    {'a': 0.0, 'b': 2.0}
    """
    most = math.inf if capacity is None else capacity
    length_of_all = round(sum(load.weeks for load in loads.values()) / SHORTEST)
    rooms = {load.role: np.full(length_of_all, most) for load in loads.values()}
    start: dict[str, float] = {}
    for name in order:
        load = loads[name]
        room = rooms[load.role]
        earliest = max((start[other] + loads[other].weeks for other in after[name] if other in start), default=0.0)
        length, needed = round(load.weeks / SHORTEST), min(load.days_a_week, most)
        first = _first_gap(room, round(earliest / SHORTEST), length, needed)
        room[first : first + length] -= needed
        start[name] = first * SHORTEST
    return start


def _first_gap(room: Numbers, earliest: int, length: int, needed: float) -> int:
    """The first place from ``earliest`` on from which there is room for a whole task."""
    full = np.flatnonzero(room[earliest:] < needed - 1e-9) + earliest
    first = earliest
    for place in full:
        if place >= first + length:
            break
        first = int(place) + 1
    return first
