"""What it would take: the tasks of least effort that make the verdict feasible, in order, with other ways beside them.

Which answers a task moves, how far and at what effort stands in the catalogue; the rest stays as it is. The rules
of blockers, conditions and lighter ways and the scores become an integer program over the moves, whose cheapest solution is
a way. Every way is then judged like any other firm, so that the answer never rests on the program alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from advisor.assessment.firm_project import FirmProject
from advisor.assessment.firm_schedule import weeks_of
from advisor.assessment.outlook import VerdictOutlook, verdict_outlook, verdict_outlooks
from advisor.assessment.plan_items import project_of
from advisor.errors import InputError, shortened
from advisor.insight.moves import Move, moves_of
from advisor.insight.path_program import PathProgram
from advisor.interview.answer_table import AnswerTable
from advisor.interview.answers import Answer, Answers
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import facts_in
from advisor.knowledge.read_premises import sound_premise
from advisor.knowledge.schema import Task, VerdictName
from advisor.project.schedule import in_order

GOAL: VerdictName = "feasible"
WAYS = 3
"""How many ways are looked for: the best and two others."""
TRIES = 40
"""How often a solution that does not stand up to the full judgement is ruled out before giving up."""

TRIES_UNANSWERED = 4
"""How often where it falls short because too few answers are known: what is done changes little of that."""
TOO_FEW_ANSWERS = "answers"
"""The obstacle that what is done leaves too few answers to call the firm feasible."""

PathOutcome = Literal["already", "answers_first", "found", "none"]


@dataclass(frozen=True)
class PathStep:
    """A task in its place: it starts after ``start`` weeks and takes ``weeks``, once the tasks in ``after`` are done.

    ``find_out`` are questions it depends on whose answers are missing.
    """

    move: Move
    start: float
    weeks: float
    after: tuple[str, ...]
    find_out: tuple[str, ...]

    @property
    def end(self) -> float:
        """The week by which it is done."""
        return self.start + self.weeks


@dataclass(frozen=True)
class Way:
    """A set of tasks that makes the verdict feasible, in order. ``gap`` is by how much, as a share of its effort, a
    cheaper way might at most exist: 0 where none does."""

    steps: tuple[PathStep, ...]
    outlook: VerdictOutlook
    gap: float

    @property
    def effort(self) -> float:
        """Person-days, money included at the knowledge's rate."""
        return sum(step.move.effort for step in self.steps)

    @property
    def days(self) -> float:
        """Person-days of the firm's own people."""
        return sum(step.move.days for step in self.steps)

    @property
    def rmb(self) -> float:
        """Money, in RMB."""
        return sum(step.move.rmb for step in self.steps)

    @property
    def weeks(self) -> float:
        """Weeks until the last change is made."""
        return max((step.end for step in self.steps), default=0.0)


@dataclass(frozen=True)
class Paths:
    """What it would take. ``ways`` are best first; where there is none, ``obstacles`` name the findings that no lever lifts,
    ``need`` or ``ability`` where a score cannot be brought far enough, :data:`TOO_FEW_ANSWERS` where too much stays open."""

    outcome: PathOutcome
    ways: tuple[Way, ...] = ()
    obstacles: tuple[str, ...] = ()


def paths(
    knowledge: Knowledge,
    answers: Answers,
    ways: int = WAYS,
    now: VerdictOutlook | None = None,
    project: FirmProject | None = None,
) -> Paths:
    """The ways to a feasible verdict, at most ``ways`` of them, each leaving out a task that every earlier one has.

    ``now`` is today's outlook and ``project`` the firm's, worked out where they are not given.
    Raises :class:`~advisor.errors.InputError` for fewer ways than one.
    """
    if not isinstance(ways, int) or ways < 1:
        raise InputError("bad_ways", ways=shortened(ways))
    now = now or verdict_outlook(knowledge, answers)
    if now.name == GOAL:
        return Paths("already")
    if now.name == "not_enough_answers":
        return Paths("answers_first")
    project = project or project_of(knowledge, answers)
    program = PathProgram(knowledge, now, moves_of(knowledge, answers, project), answers)
    with program.tentatively():
        program.require_feasible()
        feasible_ways, answered_enough = _ways(knowledge, answers, program, project, ways)
    if feasible_ways:
        return Paths("found", tuple(feasible_ways))
    obstacles = tuple(_obstacles(knowledge, now, program))
    return Paths("none", obstacles=obstacles if answered_enough else (*obstacles, TOO_FEW_ANSWERS))


def changed(answers: Answers, moves: Sequence[Move]) -> Answers:
    """The firm once some tasks are done; an answer that several move takes the furthest of their values."""
    for answer in sorted((answer for move in moves for answer in move.answers), key=lambda answer: answer.reach):
        answers = answers.with_answer(answer.question, Answer("known", answer.after))
    return answers


def _ways(
    knowledge: Knowledge, answers: Answers, program: PathProgram, project: FirmProject | None, count: int
) -> tuple[list[Way], bool]:
    """The cheapest ways, at most ``count``, and whether answers were enough to judge all that was tried.

    Solutions are judged together; after one that falls short others are sought.
    """
    ways: list[Way] = []
    answered_enough = True
    tries = 0
    while len(ways) < count and tries < TRIES and (solutions := program.solutions(count - len(ways))):
        after = AnswerTable.of([changed(answers, chosen) for _, chosen in solutions])
        for (solution, chosen), outlook in zip(solutions, verdict_outlooks(knowledge, after), strict=True):
            if outlook.name != GOAL:
                answered_enough &= outlook.name != "not_enough_answers"
                program.rule_out(chosen)
                tries += 1 if outlook.name != "not_enough_answers" else TRIES // TRIES_UNANSWERED
                break
            ways.append(Way(tuple(_in_order(knowledge, answers, project, chosen)), outlook, solution.gap))
            program.leave_one_alone(chosen)
            tries = 0
        else:
            break
    return ways, answered_enough


def _in_order(
    knowledge: Knowledge, answers: Answers, project: FirmProject | None, chosen: Sequence[Move]
) -> Iterator[PathStep]:
    """The tasks, each as soon as those it waits for are done; then by week and by the order of the catalogue."""
    assert project
    moves = {move.task.id: move for move in chosen}
    raising = {answer.question: move.task.id for move in chosen for answer in move.answers}
    required = {move.task.id: _required(move.task, knowledge, answers) for move in chosen}
    after = {
        name: tuple(
            dict.fromkeys(
                other
                for other in (*(raising.get(question, "") for question in required[name]), *itertools.chain(*move.needs))
                if other in moves and other != name
            )
        )
        for name, move in moves.items()
    }
    weeks = {name: weeks_of(project, move.task) for name, move in moves.items()}
    start: dict[str, float] = {}
    for name in in_order(after):
        start[name] = max((start[other] + weeks[other] for other in after[name]), default=0.0)
    for name in sorted(start, key=lambda name: start[name]):
        missing = tuple(question for question in required[name] if answers.value(question) is None)
        yield PathStep(moves[name], start[name], weeks[name], after[name], missing)


def _required(task: Task, knowledge: Knowledge, answers: Answers) -> tuple[str, ...]:
    """The questions that a task depends on, where their answers do not suffice yet."""
    premise = sound_premise(task.requires, knowledge.facts) if task.requires else None
    if premise is None or premise.holds(answers):
        return ()
    return tuple(name for name in facts_in(premise) if name in knowledge.questions)


def _obstacles(knowledge: Knowledge, now: VerdictOutlook, program: PathProgram) -> Iterator[str]:
    """What cannot be brought about, each looked at by itself."""
    scheme = knowledge.verdict
    for part in ("need", "ability"):
        with program.tentatively():
            program.require_score(part)
            if program.program.solve() is None:
                yield scheme.need if part == "need" else scheme.ability
    for name in knowledge.makers:
        if knowledge.findings[name].kind in ("condition", "blocker") and name in now.drawn:
            with program.tentatively():
                program.require_absent(name)
                if program.program.solve() is None:
                    yield name
