"""The facts that are read off a firm's project as an assessment shows them: the step, and which figures lead to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from advisor.assessment.answer_items import answer_in_words
from advisor.assessment.firm_project import firm_project
from advisor.assessment.model.project import ProjectFactItem, ProjectItem, Range
from advisor.inference import Inference
from advisor.inference.facts import FactTable
from advisor.interview.answer_table import AnswerTable
from advisor.interview.answers import Answer, Answers
from advisor.knowledge.currency import HOME, amount, amounts
from advisor.knowledge.model import Knowledge
from advisor.knowledge.questions_behind import OWN_ANSWERS, waits_for
from advisor.phrases import joined, phrases
from advisor.text import Text

phrase = phrases("project")

TOLD = ("users", "functions", "interfaces", "contacts")
"""The quantities that are named beside a figure: those that most of it hangs on."""


def project_fact_items(knowledge: Knowledge, inference: Inference, answers: Answers) -> tuple[ProjectFactItem, ...]:
    """Each fact with its grounds; none where the knowledge has no project."""
    if not knowledge.project_facts:
        return ()
    writer = _Grounds(knowledge, inference, firm_project(FactTable(knowledge, AnswerTable.of([answers]))))
    return tuple(writer.item(name) for name in knowledge.project_facts)


class _Grounds:
    def __init__(self, knowledge: Knowledge, inference: Inference, project: ProjectItem) -> None:
        self.knowledge, self.values, self.project = knowledge, inference.facts.values, project
        self.way = next((way for way in project.ways if way.way == project.reference), None)
        self.by_fact: Mapping[str, Callable[[], Text | None]] = {
            "first_year_funding": lambda: self._money(("initial_budget", "running_budget"), "first_year"),
            "later_year_funding": lambda: self._money(("running_budget",), "later_year"),
            "funding": lambda: None,
            "it_capacity": self._staff,
            "people_capacity": self._people,
        }

    def item(self, name: str) -> ProjectFactItem:
        """One fact."""
        fact, step = self.knowledge.facts[name], self.values.get(name)
        assert fact.project and (step is None or isinstance(step, int))
        known = self.values.__contains__
        codes = [self.knowledge.questions[question].code for question in waits_for(self.knowledge, name, known)]
        return ProjectFactItem(
            name=name,
            label=fact.label,
            about=fact.project.about,
            step=step,
            shown=answer_in_words(None if step is None else Answer("known", step), fact),
            grounds=self.by_fact[name]() if step is not None else phrase("fact.open", codes=", ".join(codes) or "–"),
            answers=tuple(question for question in OWN_ANSWERS[name] if known(question)),
            sources=tuple(fact.project.sources),
            basis=fact.project.basis,
            limit=fact.project.limit,
        )

    def _money(self, budgets: tuple[str, ...], year: str) -> Text | None:
        has = sum(value for name in budgets if isinstance(value := self.values.get(name), float))
        needed: Range | None = getattr(self.way, year) if self.way else None
        if needed is None or self.way is None:
            return phrase("fact.nothing") if not has else None
        low, base, high = needed
        return phrase(
            "fact.money",
            has=amount(has, HOME),
            way=self.way.title,
            span=amounts(low, high, HOME),
            base=amount(base, HOME),
            drivers=self._drivers(),
        )

    def _drivers(self) -> Text:
        """What the figures were worked out from: quantities with their base."""
        told = [q for name in TOLD for q in self.project.quantities if q.quantity == name and q.range and q.range[1]]
        return joined([phrase("fact.driver", label=q.label, number=f"{q.range[1]:,.0f}") for q in told if q.range])

    def _staff(self) -> Text | None:
        scheme, staff = self.knowledge.project, self.values.get("it_staff")
        if scheme is None or self.way is None or not isinstance(staff, float):
            return None
        needed = f"{scheme.it_staff[self.way.way]:g}"
        return phrase("fact.staff", has=f"{staff:,.0f}", way=self.way.title, needed=needed)

    def _people(self) -> Text | None:
        scheme, people, days = self.knowledge.project, self.values.get("crm_people"), self.project.own_days
        if scheme is None or days is None or not isinstance(people, float) or not people:
            return None
        rate = scheme.days_a_week[1]
        weeks = days[1] / (people * rate)
        return phrase("fact.people", has=f"{people:,.0f}", days=f"{days[1]:,.0f}", rate=f"{rate:g}", weeks=f"{weeks:,.0f}")
