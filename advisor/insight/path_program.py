"""Rules and scores of one firm as linear conditions over the moves open to it.

A move is a task that is done or not. A test of an answer that tasks move is the sum of the values that pass it; any other
test is what it is today. A premise then is true exactly where its linear form is 1. A rule that must not hold keeps it at 0,
and so does a task that needs one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from advisor.assessment.outlook import VerdictOutlook
from advisor.assessment.verdict import least_for
from advisor.inference.facts import band_of
from advisor.inference.points import map_points
from advisor.insight.integer_program import NO, YES, IntegerProgram, LinearExpression, Solution
from advisor.insight.moves import Move
from advisor.insight.project_choices import ProjectChoices, project_choices
from advisor.interview.answers import Answers
from advisor.knowledge.facts import WEAK_FACTORS
from advisor.knowledge.margins import Margin
from advisor.knowledge.model import Knowledge
from advisor.knowledge.premises import All, Found, Not, Premise, Test, Value
from advisor.knowledge.premises import Any as AnyOf
from advisor.knowledge.read_premises import sound_premise
from advisor.knowledge.schema import Band, Score, ScoreInput

TIDINESS = 0.001
"""What a move costs beyond its effort, so that of two equal ways the one with fewer moves is taken."""
MOST_POINTS = 100.0
TINY = 1e-9
"""Room that is full but for rounding."""
LEAST_STEP = 1e-4
"""By how much a score under a line lies under it at least, for the solver to tell it from one on the line."""


class PathProgram:
    """The moves of one firm as choices of a program, with the conditions asked for; ``now`` is today's outlook."""

    def __init__(self, knowledge: Knowledge, now: VerdictOutlook, moves: Sequence[Move], answers: Answers) -> None:
        self.knowledge, self.now, self.facts, self.program = knowledge, now, now.facts, IntegerProgram()
        self._taken = [(move, self.program.choice(move.effort + TIDINESS)) for move in moves]
        self._values_of: dict[str, list[tuple[Value, LinearExpression]]] = {}
        self._computed: dict[str, list[tuple[Value | Margin | None, LinearExpression]]] = {}
        self._weak: dict[str, LinearExpression] = {}
        for question in dict.fromkeys(answer.question for move in moves for answer in move.answers):
            self._values_of[question] = list(self._reachable(question))
        reachable = {question: [value for value, _ in options] for question, options in self._values_of.items()}
        for name, choices in project_choices(knowledge, answers, reachable).items():
            self._computed[name] = self._stepped(choices)
        if WEAK_FACTORS in self.facts.values:
            self._weak = {factor: self._weakness(factor) for factor in knowledge.facts[WEAK_FACTORS].values}
        for move, taken in self._taken:
            if move.task.requires:
                self._unless_ruled_out(taken, sound_premise(move.task.requires, knowledge.facts))
            for group in move.needs:
                first = LinearExpression.total(other for m, other in self._taken if m.task.id in group)
                self.program.at_most(taken + first.times(-1.0), 0.0)

    def require_feasible(self) -> None:
        """Ask for everything a feasible verdict takes."""
        for name in self.knowledge.makers:
            if self._kind(name) in ("condition", "blocker"):
                self.require_absent(name)
        for part in ("need", "ability"):
            self.require_score(part)

    def require_absent(self, finding: str) -> None:
        """Ask that no rule draws a finding."""
        for rule in self.knowledge.makers[finding]:
            self.program.at_most(self._holds(rule.premise), 0.0)

    def require_score(self, part: str) -> None:
        """Ask that need, or ability, is high enough; where a lighter way would fit, need must be so much the higher."""
        scheme = self.knowledge.verdict
        least_need, least_ability = least_for(scheme, "feasible")
        if part == "ability":
            self.program.at_least(self._score(scheme.ability), least_ability)
            return
        need = self._score(scheme.need)
        self.program.at_least(need, least_need)
        lighter = self.program.amount(1.0)
        for name in self.knowledge.makers:
            if self._kind(name) == "lighter":
                for rule in self.knowledge.makers[name]:
                    self.program.at_least(lighter + self._holds(rule.premise).times(-1.0), 0.0)
        beside_lighter, _ = least_for(scheme, "feasible", lighter=True)
        self.program.at_least(need + lighter.times(least_need - beside_lighter), least_need)

    def _reachable(self, question: str) -> Iterator[tuple[Value, LinearExpression]]:
        """The values that tasks bring an answer to, from the first step to the furthest, each with its choice: the answer
        takes the furthest value of the tasks that are done."""
        bringing: dict[Value, list[LinearExpression]] = {}
        reach: dict[Value, float] = {}
        for move, taken in self._taken:
            for answer in (answer for answer in move.answers if answer.question == question):
                bringing.setdefault(answer.after, []).append(taken)
                reach[answer.after] = max(reach.get(answer.after, 0.0), answer.reach)
        furthest_last = sorted(bringing, key=reach.__getitem__)
        choices = [self.program.choice() for _ in furthest_last]
        for place, (value, choice) in enumerate(zip(furthest_last, choices, strict=True)):
            self.program.at_most(choice + LinearExpression.total(bringing[value]).times(-1.0), 0.0)
            for taken in bringing[value]:
                self.program.at_most(taken + LinearExpression.total(choices[place:]).times(-1.0), 0.0)
            yield value, choice
        self.program.at_most(LinearExpression.total(choices), 1.0)

    def leave_one_alone(self, moves: Sequence[Move]) -> None:
        """Ask that at least one of some tasks is not done."""
        done = {move.task.id for move in moves}
        self.program.at_most(
            LinearExpression.total(taken for move, taken in self._taken if move.task.id in done), len(done) - 1.0
        )

    def rule_out(self, chosen: Sequence[Move]) -> None:
        """Ask for anything but exactly these tasks."""
        picked = {move.task.id for move in chosen}
        signs = (taken if move.task.id in picked else taken.times(-1.0) for move, taken in self._taken)
        self.program.at_most(LinearExpression.total(signs), len(picked) - 1.0)

    def solutions(self, count: int) -> list[tuple[Solution, list[Move]]]:
        """The cheapest solution with the moves it makes, then others that each leave alone something every earlier one
        changes; at most ``count``."""
        solutions: list[tuple[Solution, list[Move]]] = []
        with self.tentatively():
            while len(solutions) < count and (solution := self.program.solve()):
                solutions.append((solution, self._chosen(solution)))
                self.leave_one_alone(solutions[-1][1])
        return solutions

    @contextmanager
    def tentatively(self) -> Iterator[None]:
        """Take back afterwards what is asked for inside."""
        conditions = self.program
        self.program = conditions.copy()
        try:
            yield
        finally:
            self.program = conditions

    def _chosen(self, solution: Solution) -> list[Move]:
        return [move for move, taken in self._taken if solution.values[taken.terms[0][0]] > 0.5]

    def _kind(self, finding: str) -> str:
        return self.knowledge.findings[finding].kind

    def _values(self, fact: str) -> list[tuple[Value | Margin | None, LinearExpression]]:
        """The values a fact can take, or bounds of them, each with the choice that gives it; today's is what is left."""
        if fact in self._computed:
            return self._computed[fact]
        band = self.knowledge.bands.get(fact)
        options = self._values_of.get(band.of if band else fact, [])
        stays = YES + LinearExpression.total(choice for _, choice in options).times(-1.0)
        moved = [(_banded(value, band), choice) for value, choice in options]
        value = self.facts.value(fact)
        today = self.facts.margin(fact) if value is None else value
        return [(today, stays), *moved]

    def _stepped(self, choices: ProjectChoices) -> list[tuple[Value | Margin | None, LinearExpression]]:
        """The steps of a fact that is read off the project, each with a choice that the moves decide."""
        options = [[choice for _, choice in self._values(question)] for question in choices.questions]
        steps: list[tuple[Value | Margin | None, LinearExpression]] = []
        for step, combinations in choices.combinations().items():
            truth = self.program.choice()
            steps.append((step, truth))
            for places in combinations:
                parts = [line[place] for line, place in zip(options, places, strict=True)]
                self.program.at_least(truth + LinearExpression.total(p.times(-1.0) for p in parts), 1.0 - len(parts))
        self._exactly(LinearExpression.total(truth for _, truth in steps), 1.0)
        return steps

    def _exactly(self, what: LinearExpression, amount: float) -> None:
        self.program.at_least(what, amount)
        self.program.at_most(what, amount)

    def _weakness(self, factor: str) -> LinearExpression:
        """1 where a factor of ability lies under the weak line; as today where no move bears on it."""
        line, weak = self.knowledge.verdict.weak_factor, self.facts.value(WEAK_FACTORS)
        assert isinstance(weak, frozenset)
        today = self.now.score(factor)
        if today.points is None or today.answered < self.knowledge.verdict.weak_factor_answered:
            return NO
        points = self._score(factor)
        if not points.terms:
            return YES if factor in weak else NO
        truth = self.program.choice()
        self.program.at_least(points + truth.times(line), line)
        self.program.at_most(points + truth.times(MOST_POINTS), line - LEAST_STEP + MOST_POINTS)
        return truth

    def _test(self, test: Test, negated: bool) -> LinearExpression:
        if test.fact == WEAK_FACTORS and isinstance(test.argument, frozenset):
            parts = [self._weak[factor] for factor in sorted(test.argument)]
            sides = [YES + part.times(-1.0) for part in parts] if negated else parts
            return self._all(sides) if (test.op == "includes") != negated else self._any(sides)
        passing = []
        for value, choice in self._values(test.fact):
            bounds = {test.fact: value} if isinstance(value, Margin) else {}
            values = {test.fact: value} if value is not None and not isinstance(value, Margin) else {}
            known = replace(self.facts, values=values, margins=bounds)
            if test.holds(known, negated) is True:
                passing.append(choice)
        return LinearExpression.total(passing)

    def _holds(self, premise: Premise, negated: bool = False) -> LinearExpression:
        """1 where a premise is true, 0 where it is false or undecided."""
        match premise:
            case Test():
                return self._test(premise, negated)
            case Not(part):
                return self._holds(part, not negated)
            case Found(finding):
                parts = [self._holds(rule.premise, negated) for rule in self.knowledge.makers.get(finding, ())]
                return self._all(parts) if negated else self._any(parts)
            case All(inner) | AnyOf(inner):
                parts = [self._holds(part, negated) for part in inner]
                return self._all(parts) if isinstance(premise, All) != negated else self._any(parts)

    def _all(self, parts: list[LinearExpression]) -> LinearExpression:
        """1 where all parts are 1."""
        if any(not part.terms and part.constant < 0.5 for part in parts):
            return NO
        open_parts = [part for part in parts if part.terms]
        if len(open_parts) < 2:
            return open_parts[0] if open_parts else YES
        truth = self.program.choice()
        self.program.at_least(truth + LinearExpression.total(part.times(-1.0) for part in open_parts), 1.0 - len(open_parts))
        for part in open_parts:
            self.program.at_least(part + truth.times(-1.0), 0.0)
        return truth

    def _any(self, parts: list[LinearExpression]) -> LinearExpression:
        """1 where at least one part is 1."""
        if any(not part.terms and part.constant > 0.5 for part in parts):
            return YES
        open_parts = [part for part in parts if part.terms]
        if len(open_parts) < 2:
            return open_parts[0] if open_parts else NO
        truth = self.program.choice()
        self.program.at_least(LinearExpression.total(open_parts) + truth.times(-1.0), 0.0)
        for part in open_parts:
            self.program.at_least(truth + part.times(-1.0), 0.0)
        return truth

    def _unless_ruled_out(self, moved: LinearExpression, premise: Premise) -> None:
        """A move must wait where what it requires is known to be wanting; what is not known is to be found out first."""
        self.program.at_most(self._holds(premise, negated=True) + moved, 1.0)

    def _score(self, name: str) -> LinearExpression:
        """A score as today's weights make it out of the inputs that are known."""
        limits = [self._most(item.name) for item in self.knowledge.scores[name].inputs if item.limit]
        points = self._unlimited(name)
        if not limits:
            return points
        whole = LinearExpression(MOST_POINTS)
        return whole + self._largest([whole + part.times(-1.0) for part in (points, *limits)]).times(-1.0)

    def _most(self, name: str) -> LinearExpression:
        """The most that a limit may come to: all points as long as anything it is made of is missing."""
        facts = [fact for fact in self.knowledge.facts_under([name]) if self.facts.applies(fact)]
        known = facts and all(self.facts.value(fact) is not None for fact in facts)
        return self._score(name) if known else LinearExpression(MOST_POINTS)

    def _unlimited(self, name: str) -> LinearExpression:
        score = self.knowledge.scores[name]
        entering = [item for item in score.inputs if not item.limit]
        parts = [(item, points) for item in entering if (points := self._input(item, score)) is not None]
        if score.combine == "max":
            return self._largest([points for _, points in parts])
        if score.combine == "strongest":
            return self._strongest(score, parts)
        weight = sum(item.weight for item, _ in parts)
        return LinearExpression.total(points.times(item.weight / weight) for item, points in parts)

    def _input(self, item: ScoreInput, score: Score) -> LinearExpression | None:
        """What an input brings; None where it is missing, 0 among the strongest where it does not apply."""
        below = self.knowledge.facts_under([item.score]) if item.score else {item.fact or "": None}
        if not any(self.facts.value(fact) is not None for fact in below):
            out = score.combine == "strongest" and not any(self.facts.applies(fact) for fact in below)
            return NO if out else None
        points = self._score(item.score) if item.score else self._points(item)
        turned = LinearExpression(MOST_POINTS) + points.times(-1.0) if item.reversed else points
        return turned.times(item.times)

    def _points(self, item: ScoreInput) -> LinearExpression:
        """The points of an answer; a value that would become open counts in full: whether it helps is judged afterwards."""
        fact = self.knowledge.facts[item.fact or ""]
        return LinearExpression.total(
            choice.times(MOST_POINTS if v is None or isinstance(v, Margin) else map_points(item, fact, v))
            for v, choice in self._values(fact.name)
        )

    def _strongest(self, score: Score, parts: list[tuple[ScoreInput, LinearExpression]]) -> LinearExpression:
        """The mean of what always counts and of the strongest others: the largest there is over all ways to fill the room.

        What missing answers keep out of reach is not cut off here: every way is assessed again.
        """
        always = [(item.weight, points) for item, points in parts if item.always]
        others = [(item.weight, points) for item, points in parts if not item.always]
        room = min(score.room, sum(weight for weight, _ in others))
        means = [LinearExpression.total(p.times(w / room) for w, p in taken) for taken in fillings(others, room)]
        shares = [*always, *([(room, self._largest(means))] if others else [])]
        whole = sum(weight for weight, _ in shares)
        return LinearExpression.total(points.times(weight / whole) for weight, points in shares)

    def _largest(self, parts: list[LinearExpression]) -> LinearExpression:
        if not any(part.terms for part in parts):
            return LinearExpression(max(part.constant for part in parts))
        top = self.program.amount(MOST_POINTS)
        picks = [self.program.choice() for _ in parts]
        self.program.at_least(LinearExpression.total(picks), 1.0)
        for part, pick in zip(parts, picks, strict=True):
            self.program.at_least(top + part.times(-1.0), 0.0)
            self.program.at_most(top + part.times(-1.0) + pick.times(MOST_POINTS), MOST_POINTS)
        return top


Weighted = tuple[float, LinearExpression]
"""A weight, and the points that have it."""


def fillings(parts: Sequence[Weighted], room: float) -> list[list[Weighted]]:
    """Every way the strongest can fill the room: in each order of the parts, those that stand fast in their own order."""
    ordered = sorted(parts, key=lambda part: -part[1].constant)
    moving = [bool(points.terms) for _, points in ordered]
    ways: dict[frozenset[tuple[int, float]], None] = {}

    def fill(left: tuple[int, ...], room: float, taken: frozenset[tuple[int, float]]) -> None:
        if room < TINY or not left:
            ways[taken] = None
            return
        first_fixed = next((place for place in left if not moving[place]), None)
        for place in left:
            if moving[place] or place == first_fixed:
                weight = min(ordered[place][0], room)
                fill(tuple(p for p in left if p != place), room - weight, taken | {(place, weight)})

    fill(tuple(range(len(ordered))), room, frozenset())
    return [[(weight, ordered[place][1]) for place, weight in sorted(way)] for way in ways]


def _banded(value: Value, band: Band | None) -> Value:
    return band_of(value, band) if band and isinstance(value, int | float) else value
