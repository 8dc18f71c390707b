"""From recommendations to a plan: phases in order, prerequisites first, each task given its weeks.

Phases follow one another (culture and sponsor before data, data before system); inside a phase tasks run side by side
unless one needs another. A firm that is not ready yet gets the first two phases; what comes later waits for a new look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.knowledge.schema import PHASES, Recommendation, VerdictName

FIRST_PHASES = ("prepare", "data_and_process")


@dataclass(frozen=True)
class PlacedTask:
    """A recommendation with its first week, counted from 0, and whether it waits for a new assessment."""

    recommendation: Recommendation
    start: int
    later: bool


def place_tasks(recommendations: Sequence[Recommendation], verdict: VerdictName) -> list[PlacedTask]:
    """The recommendations that suit the verdict, in the order they are to be taken up."""
    fitting = [r for r in recommendations if verdict in r.fits]
    placed: list[PlacedTask] = []
    end: dict[str, int] = {}
    phase_start = 0
    for phase in PHASES:
        tasks = _prerequisites_first([r for r in fitting if r.phase == phase])
        for task in tasks:
            start = max([phase_start, *(end[name] for name in task.after if name in end)])
            end[task.id] = start + task.weeks
            placed.append(PlacedTask(task, start, verdict == "not_yet" and phase not in FIRST_PHASES))
        phase_start = max([phase_start, *(end[task.id] for task in tasks)])
    return placed


def _prerequisites_first(tasks: list[Recommendation]) -> list[Recommendation]:
    """What a task needs right before it: graphlib would put all that need nothing before the most urgent of the others."""
    waiting = {task.id: task for task in tasks}
    ordered: list[Recommendation] = []

    def visit(task: Recommendation) -> None:
        if waiting.pop(task.id, None) is None:
            return
        for name in task.after:
            if name in waiting:
                visit(waiting[name])
        ordered.append(task)

    for task in tasks:
        visit(task)
    return ordered
