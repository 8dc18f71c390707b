"""The project of a firm as an assessment keeps it: quantities with where they are from, tasks in one schedule, money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.assessment.firm_project import READINGS, STATED_WAY, FirmProject, base_of
from advisor.assessment.model.project import Origin, ProjectItem, ProjectTaskItem, QuantityItem
from advisor.assessment.own_figures import own_figures
from advisor.assessment.way_cost import way_cost_item
from advisor.knowledge.schema import SystemTask
from advisor.knowledge.schema.project import COUNTED, Part
from advisor.project.one_firm import MIDDLE
from advisor.project.schedule import Schedule, in_order, scheduled
from advisor.project.work import total


def project_item(project: FirmProject) -> ProjectItem:
    """All of it."""
    return _Writer(project).item()


class _Writer:
    def __init__(self, project: FirmProject) -> None:
        self.project, self.scheme, self.money = project, project.scheme, project.money
        shared = [task for task in project.tasks if all(way in task.ways for way in project.candidates)]
        self.tasks = in_order(shared)

    def item(self) -> ProjectItem:
        """All of it."""
        project, tasks = self.project, self.tasks
        quantities = tuple(map(self._quantity, self._needed()))
        schedule, go_live = scheduled(tasks, project.weeks, project.cases, READINGS), project.go_live(tasks)
        return ProjectItem(
            reference=project.reference,
            quantities=quantities,
            tasks=tuple(self._task(task, schedule) for task in tasks),
            own_days=self.project.range(total(tasks, project.own_days)),
            outside_days=self.project.range(total(tasks, project.money.outside_days)),
            go_live=None if go_live is None else self.project.range(go_live),
            currency=project.cost.currency,
            years=project.cost.years,
            ways=tuple(way_cost_item(project, way) for way in project.money.ways),
            own_figures=tuple(own_figures(project.knowledge, project.settings)),
            open=tuple(dict.fromkeys(code for q in quantities if q.origin == "open" for code in q.codes)),
            narrowed_by=tuple(dict.fromkeys(code for q in quantities if q.origin == "bounded" for code in q.codes)),
            may_change=tuple(dict.fromkeys(self._may_change())),
        )

    def _may_change(self) -> Iterator[str]:
        """The codes of questions that may still change the way tasks and weeks are based on."""
        if STATED_WAY not in self.project.facts.values:
            yield self.project.knowledge.questions[STATED_WAY].code
        for way in self.project.possible:
            yield from self.project.options[way].hard_open

    def _needed(self) -> list[str]:
        """The quantities that tasks and money grow with, and those they were read from, in the order of the scheme."""
        waiting = [self.scheme.users, self.scheme.contacts, *(name for task in self.tasks for name in _drivers(task))]
        needed: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name not in needed and name not in COUNTED:
                needed.add(name)
                parts = (part for alternative in self._alternatives(name) for part in alternative)
                waiting += [other for part in parts for other in (part.quantity, part.by) if other]
        return [name for name in self.scheme.quantities if name in needed]

    def _alternatives(self, name: str) -> Sequence[Sequence[Part]]:
        """The way of being known that was used; all of them where the quantity is open."""
        chosen, known_from = self.money.quantities.chosen[name], self.scheme.quantities[name].known_from
        return known_from if self._is_open(name) else [known_from[int(chosen[MIDDLE])]]

    def _is_open(self, name: str) -> bool:
        """Whether some reading of a quantity is not known."""
        return bool((self.money.quantities.chosen[name] < 0).any())

    def _quantity(self, name: str) -> QuantityItem:
        quantity, alternatives = self.scheme.quantities[name], self._alternatives(name)
        is_open, values = self._is_open(name), self.money.quantities[name]
        is_bounded = not is_open and bool((values[0] != values[0, MIDDLE]).any())
        parts = [] if is_open else alternatives[0]
        return QuantityItem(
            quantity=name,
            label=quantity.label,
            unit=quantity.unit,
            origin="open" if is_open else "bounded" if is_bounded else _origin(parts),
            range=None if is_open else self.project.range(self.money.quantities[name]),
            codes=tuple(dict.fromkeys(self._codes(alternatives, is_open or is_bounded))),
            why=tuple(part.why for part in parts),
            shown=quantity.shown,
        )

    def _codes(self, alternatives: Sequence[Sequence[Part]], missing: bool) -> Iterator[str]:
        """The codes of the questions that some parts are read from, through other quantities; or of the missing ones."""
        for part in (part for alternative in alternatives for part in alternative):
            if part.fact and not (missing and part.fact in self.project.facts.values):
                yield self.project.knowledge.questions[part.fact].code
            for other in (part.quantity, part.by):
                if other and other not in COUNTED:
                    yield from self._codes(self._alternatives(other), missing)

    def _task(self, task: SystemTask, schedule: Schedule) -> ProjectTaskItem:
        names = {other.id for other in self.tasks}
        return ProjectTaskItem(
            id=task.id,
            title=task.title,
            text=task.text,
            phase=task.phase,
            owner=task.owner,
            own_days=self.project.range(self.project.own_days[task.id]),
            outside_days=self.project.range(self.money.outside_days[task.id]),
            start=base_of(schedule.start[task.id]),
            weeks=base_of(schedule.weeks[task.id]),
            after=tuple(name for name in task.after if name in names),
            driven_by=_drivers(task),
            done_when=task.done_when,
        )


def _origin(parts: Sequence[Part]) -> Origin:
    if len(parts) > 1:
        return "worked_out"
    return "set" if parts[0].amount is not None else "answered" if parts[0].is_answer else "worked_out"


def _drivers(task: SystemTask) -> tuple[str, ...]:
    """The quantities a task grows with."""
    return tuple(dict.fromkeys((*task.own_days.per, *task.outside_days.per, *task.weeks.per)))
