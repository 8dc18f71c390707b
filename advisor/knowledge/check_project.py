"""Does the project hold together? Quantities read facts that fit; tasks name what is there, and are in some plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from advisor.errors import Place
from advisor.knowledge.check_names import NameCheck
from advisor.knowledge.draft import Path
from advisor.knowledge.facts import WEAK_FACTORS
from advisor.knowledge.read_premises import compile_premise
from advisor.knowledge.schema import CostScheme, Task, ValueScheme, Work
from advisor.knowledge.schema.project import COUNTED, UNANSWERED, Part, ProjectScheme

WORK = ("own_days", "outside_days", "weeks", "rmb")
"""The amounts of a task."""
LIFTED = ("condition", "blocker")
MET = ("risk", "caution", "misconception", "lighter", "legal_check", "condition")
"""The kinds of findings that a task lifts, and that it meets."""
IN_NEED_OF_A_TASK = ("condition", "blocker", "risk", "lighter")


class ProjectCheck(NameCheck):
    """Follows every name in the scheme of a project and in its tasks."""

    def run(self) -> None:
        """Report every mistake."""
        scheme, tasks = self.rules.project, self.rules.tasks
        if scheme:
            for name, quantity in scheme.quantities.items():
                for place, parts in enumerate(quantity.known_from):
                    for index, part in enumerate(parts):
                        self._part(name, part, ("quantities", name, "known_from", place, index))
        if self.rules.value:
            quantities = scheme.quantities if scheme else ()
            self._value(self.rules.value, quantities, self.rules.cost.figures if self.rules.cost else ())
        if self.rules.cost:
            self._figures(self.rules.cost)
        if not scheme and tasks and self.entries.complete:
            self.complain("K211", Place("rules/project"), section="project")
        for task in tasks:
            if any(finding.id == task.id for finding in self.rules.findings):
                first = self.draft.place("findings", task.id)
                self.complain("K201", self.draft.place("tasks", task.id), kind="task", name=task.id, first=first)
            self._task(task, [other.id for other in tasks], scheme)
            self._answers(task)
        self.no_circle("tasks", {task.id: task.after for task in tasks})
        if tasks:
            self._covered(tasks)

    def _value(self, scheme: ValueScheme, quantities: Iterable[str], figures: Iterable[str]) -> None:
        """Every name that a lever multiplies, holds for or cites is there, and what is multiplied is a number."""
        for name, lever in scheme.levers.items():
            place = self.draft.place("value", "value", ("levers", name))
            self.cites(lever.sources, place)
            for people in lever.people:
                self.known(people, quantities, "quantity", place)
            for factor in lever.factors:
                self._conditions(factor.whole_if, place)
                if factor.quantity:
                    self.known(factor.quantity, quantities, "quantity", place)
                if factor.figure:
                    self.known(factor.figure, figures, "figure", place)
                if (
                    factor.answer
                    and self.known(factor.answer, self.facts, "fact", place)
                    and not self.facts[factor.answer].type.numeric
                ):
                    self.complain("K225", place, name=name, fact=factor.answer)
            for fact in lever.needs:
                self.known(fact, self.facts, "fact", place)
            self._conditions(lever.only, place)
            self._conditions(lever.unless, place)
        if scheme.most and self.known(
            scheme.most.revenue_from, self.facts, "fact", self.draft.place("value", "value", ("most",))
        ):
            fact = scheme.most.revenue_from
            if not self.facts[fact].type.numeric:
                self.complain("K225", self.draft.place("value", "value", ("most",)), name="most", fact=fact)

    def _figures(self, cost: CostScheme) -> None:
        """Every question that a figure or the currency goes by is there, and has the answers that are told apart."""
        for name, figure in cost.figures.items():
            if figure.by:
                self._conditions({figure.by: list(figure.spans)}, self.draft.place("cost", "cost", ("figures", name)))
        if homes := [*cost.currencies, *cost.several_currencies]:
            self._conditions({"home_country": homes}, self.draft.place("cost", "cost", ("currencies",)))

    def _conditions(self, told_apart: Mapping[str, Sequence[str]], place: Place) -> None:
        """Questions with answers of theirs."""
        for fact, answers in told_apart.items():
            if self.known(fact, self.facts, "fact", place):
                for answer in answers:
                    self.known(answer, self.facts[fact].values, "answer", place)

    def _part(self, name: str, part: Part, path: Path) -> None:
        place = self.draft.place("project", "project", path)
        if part.fact is None or not self.known(part.fact, self.facts, "fact", place):
            return
        fact = self.facts[part.fact]
        answers = part.values if part.values is not None else part.count
        for answer in answers or ():
            if answer != UNANSWERED:
                self.known(str(answer), fact.values, "answer", place)
        if answers is None and not fact.type.numeric:
            self.complain("K225", place, name=name, fact=part.fact)

    def _task(self, task: Task, tasks: list[str], scheme: ProjectScheme | None) -> None:
        def place(*path: str) -> Place:
            return self.draft.place("tasks", task.id, path)

        self.cites(task.sources, place("sources"))
        for name in task.after:
            self.known(name, tasks, "task", place("after"))
        for name in task.lifts:
            self.of_kind(name, LIFTED, place("lifts"))
        for name in task.meets:
            self.of_kind(name, MET, place("meets"))
        quantities = [*COUNTED, *(scheme.quantities if scheme else ())]
        for part in WORK:
            work: Work = getattr(task, part)
            for name in work.per:
                self.known(name, quantities, "quantity", place(part, "per", name))

    def _answers(self, task: Task) -> None:
        """The answers a task moves can take the values it moves them to, and are not fixed."""
        questions = {question.id for question in self.questions.questions}
        for name, along in task.raises.items():
            place = self.draft.place("tasks", task.id, ("raises", name))
            if not self.known(name, questions, "question", place) or name not in self.facts:
                continue
            for value in along.order:
                if not self.facts[name].type.moves_to(self.facts[name], value):
                    self.complain("K215", place, name=name, value=value)
            if name in self.rules.fixed:
                self.complain("K216", self.draft.place("fixed", name), name=name)
        if task.requires:
            compile_premise(task.requires, self.facts, self.at("tasks", task.id), ("requires",))

    def _covered(self, tasks: list[Task]) -> None:
        """Whatever stands in the way, every risk and every simpler alternative has a task; every task comes into a plan.

        Weak factors are lifted by the tasks that move their answers.
        """
        asked = {conclusion.target for rule in self.rules.rules for conclusion in rule.then}
        served = {name for task in tasks for name in (*task.lifts, *task.meets)}
        served |= {c.target for rule in self.rules.rules if WEAK_FACTORS in rule.when for c in rule.then}
        for finding in self.rules.findings:
            if finding.kind in IN_NEED_OF_A_TASK and finding.id not in served:
                self.complain("K234", self.draft.place("findings", finding.id), "warning", name=finding.id)
        awaited = {name for task in tasks for name in task.after}
        for task in tasks:
            used = task.core or task.lifts or task.meets or task.asks or task.ends or task.raises
            if not (used or task.id in asked or task.id in awaited):
                self.complain("K235", self.draft.place("tasks", task.id), "warning", name=task.id)
