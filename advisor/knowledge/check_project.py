"""Does the project hold together? Quantities read facts that fit, tasks name quantities and tasks that are there."""

from __future__ import annotations

from advisor.knowledge.check_names import NameCheck
from advisor.knowledge.draft import Path
from advisor.knowledge.schema.project import COUNTED, Part, ProjectScheme, SystemTask, Work

WORK = ("own_days", "outside_days", "weeks")
"""The amounts of a task."""


class ProjectCheck(NameCheck):
    """Follows every name in the scheme of a project and in its tasks."""

    def run(self) -> None:
        """Report every mistake."""
        scheme, tasks = self.rules.project, self.rules.system_tasks
        if scheme:
            for name, quantity in scheme.quantities.items():
                for place, parts in enumerate(quantity.known_from):
                    for index, part in enumerate(parts):
                        self._part(name, part, ("quantities", name, "known_from", place, index))
        for task in tasks:
            self._task(task, [other.id for other in tasks], scheme)
        self.no_circle("system_tasks", {task.id: task.after for task in tasks})

    def _part(self, name: str, part: Part, path: Path) -> None:
        place = self.draft.place("project", "project", path)
        if part.fact is None or not self.known(part.fact, self.facts, "fact", place):
            return
        fact = self.facts[part.fact]
        answers = part.values if part.values is not None else part.count
        for answer in answers or ():
            self.known(str(answer), fact.values, "answer", place)
        if answers is None and not fact.type.numeric:
            self.complain("K225", place, name=name, fact=part.fact)

    def _task(self, task: SystemTask, tasks: list[str], scheme: ProjectScheme | None) -> None:
        for name in task.after:
            self.known(name, tasks, "task", self.draft.place("system_tasks", task.id, ("after",)))
        quantities = [*COUNTED, *(scheme.quantities if scheme else ())]
        for part in WORK:
            work: Work = getattr(task, part)
            for name in work.per:
                self.known(name, quantities, "quantity", self.draft.place("system_tasks", task.id, (part, "per", name)))
