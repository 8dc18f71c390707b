"""What it would take: the least-effort changes that make the verdict feasible, in order, with other ways beside them.

What a firm can change, how far and at what effort stands in the levers of the knowledge; the rest stays as it is. The rules
of blockers, conditions and lighter ways and the scores become an integer program over the moves, whose cheapest solution is
a way. Every way is then judged like any other firm, so that the answer never rests on the program alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from advisor.assessment.outlook import VerdictOutlook, verdict_outlook, verdict_outlooks
from advisor.errors import InputError, shortened
from advisor.insight.moves import Move, moves_of
from advisor.insight.path_program import PathProgram
from advisor.interview.answer_table import AnswerTable
from advisor.interview.answers import Answer, Answers
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import facts_in
from advisor.knowledge.read_premises import sound_premise
from advisor.knowledge.schema import VerdictName

GOAL: VerdictName = "feasible"
WAYS = 3
"""How many ways are looked for: the best and two others."""
TRIES = 40
"""How often a solution that does not stand up to the full judgement is ruled out before giving up."""

PathOutcome = Literal["already", "answers_first", "found", "none"]


@dataclass(frozen=True)
class PathStep:
    """A move in its place: it starts after ``start`` weeks, once the questions in ``after`` have been moved.

    ``find_out`` are questions it depends on whose answers are missing.
    """

    move: Move
    start: int
    after: tuple[str, ...]
    find_out: tuple[str, ...]

    @property
    def end(self) -> int:
        """The week by which it is done."""
        return self.start + self.move.weeks


@dataclass(frozen=True)
class Way:
    """A set of changes that makes the verdict feasible, in order. ``gap`` is by how much, as a share of its effort, a
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
        """Person-days of work."""
        return sum(step.move.days for step in self.steps)

    @property
    def rmb(self) -> float:
        """Money, in RMB."""
        return sum(step.move.rmb for step in self.steps)

    @property
    def weeks(self) -> int:
        """Weeks until the last change is made."""
        return max((step.end for step in self.steps), default=0)


@dataclass(frozen=True)
class Paths:
    """What it would take. ``ways`` are best first; where there is none, ``obstacles`` name the findings that no lever lifts,
    and ``need`` or ``ability`` where a score cannot be brought far enough."""

    outcome: PathOutcome
    ways: tuple[Way, ...] = ()
    obstacles: tuple[str, ...] = ()


def paths(knowledge: Knowledge, answers: Answers, ways: int = WAYS, now: VerdictOutlook | None = None) -> Paths:
    """The ways to a feasible verdict, at most ``ways`` of them, each leaving alone something every earlier one changes.

    ``now`` is today's outlook, worked out where it is not given. Raises :class:`~advisor.errors.InputError` for fewer ways
    than one.
    """
    if not isinstance(ways, int) or ways < 1:
        raise InputError("bad_ways", ways=shortened(ways))
    now = now or verdict_outlook(knowledge, answers)
    if now.name == GOAL:
        return Paths("already")
    if now.name == "not_enough_answers":
        return Paths("answers_first")
    program = PathProgram(knowledge, now, moves_of(knowledge, answers), answers)
    with program.tentatively():
        program.require_feasible()
        feasible_ways = _ways(knowledge, answers, program, ways)
    if feasible_ways:
        return Paths("found", tuple(feasible_ways))
    return Paths("none", obstacles=tuple(_obstacles(knowledge, now, program)))


def changed(answers: Answers, moves: Sequence[Move]) -> Answers:
    """The firm once some moves have been made."""
    for move in moves:
        answers = answers.with_answer(move.question, Answer("known", move.after))
    return answers


def _ways(knowledge: Knowledge, answers: Answers, program: PathProgram, count: int) -> list[Way]:
    """The cheapest ways, at most ``count``. Solutions are judged together; after one that falls short others are sought."""
    ways: list[Way] = []
    tries = 0
    while len(ways) < count and tries < TRIES and (solutions := program.solutions(count - len(ways))):
        after = AnswerTable.of([changed(answers, chosen) for _, chosen in solutions])
        for (solution, chosen), outlook in zip(solutions, verdict_outlooks(knowledge, after), strict=True):
            if outlook.name != GOAL:
                program.rule_out(chosen)
                tries += 1
                break
            ways.append(Way(tuple(_in_order(knowledge, answers, chosen)), outlook, solution.gap))
            program.leave_one_alone(chosen)
            tries = 0
        else:
            break
    return ways


def _in_order(knowledge: Knowledge, answers: Answers, chosen: Sequence[Move]) -> Iterator[PathStep]:
    """The moves, each as soon as those it requires are made; then by week and by the order of the questionnaire."""
    by_question = {move.question: move for move in chosen}
    placed: dict[str, PathStep] = {}

    def place(move: Move) -> PathStep:
        if move.question not in placed:
            requires = knowledge.levers[move.question].requires
            premise = sound_premise(requires, knowledge.facts) if requires else None
            required = () if premise is None or premise.holds(answers) else facts_in(premise)
            before = [place(by_question[name]) for name in required if name in by_question and name != move.question]
            start = max((step.end for step in before), default=0)
            missing = tuple(name for name in required if name in knowledge.questions and answers.value(name) is None)
            placed[move.question] = PathStep(move, start, tuple(step.move.question for step in before), missing)
        return placed[move.question]

    catalogue = list(knowledge.questions)
    yield from sorted((place(move) for move in chosen), key=lambda s: (s.start, catalogue.index(s.move.question)))


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
