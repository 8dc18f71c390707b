"""The facts that are read off a firm's project as an assessment shows them: the step, and which figures lead to it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Literal

from advisor.assessment.answer_items import answer_in_words
from advisor.assessment.firm_project import FirmProject, PricedProject
from advisor.assessment.model.project import ProjectFactItem, Range
from advisor.inference import Inference
from advisor.interview.answers import Answer
from advisor.knowledge.currency import amount, amounts, estimate, estimates
from advisor.knowledge.margins import bounds_of
from advisor.knowledge.model import Knowledge
from advisor.knowledge.questions_behind import OWN_ANSWERS, waits_for
from advisor.phrases import joined, phrases
from advisor.project.capacity import ADVISER_ENGAGED
from advisor.project.funding import RUN_BY_SUPPLIERS
from advisor.rounding import plain_number
from advisor.text import Text

phrase = phrases("project")

Year = Literal["first_year", "later_year"]
FUNDING = ("first_year_funding", "later_year_funding")
"""What money is held against, of which the worse counts."""
TOLD = ("users", "functions", "interfaces", "contacts")
"""The quantities that are named beside a figure: those that most of it hangs on."""


def project_fact_items(
    knowledge: Knowledge, inference: Inference, project: FirmProject | None
) -> tuple[ProjectFactItem, ...]:
    """Each fact with its grounds; none where the knowledge has no project."""
    if project is None or not knowledge.project_facts:
        return ()
    writer = _Grounds(knowledge, inference, project)
    return tuple(writer.item(name) for name in knowledge.project_facts)


class _Grounds:
    def __init__(self, knowledge: Knowledge, inference: Inference, project: FirmProject) -> None:
        self.knowledge, self.facts, self.project = knowledge, inference.facts, project
        self.values = self.facts.values
        self.way = knowledge.findings[project.planned_way] if project.planned_way else None
        self.by_fact: Mapping[str, Callable[[], Text | None]] = {
            "first_year_funding": lambda: self._money(("initial_budget", "running_budget"), "first_year"),
            "later_year_funding": lambda: self._money(("running_budget",), "later_year"),
            "funding": self._worse_funding,
            "it_capacity": self._staff,
            "people_capacity": self._people,
        }

    def item(self, name: str) -> ProjectFactItem:
        """One fact."""
        fact, step = self.knowledge.facts[name], self.values.get(name)
        assert fact.project and (step is None or isinstance(step, int))
        known = self.values.__contains__
        codes = [self.knowledge.questions[question].code for question in waits_for(self.knowledge, name, known)]
        is_open = phrase("fact.open", codes=", ".join(codes) or "–")
        within = self.facts.margin(name) if step is None else None
        narrow = within is not None and (within.low, within.high) != (fact.steps[0], fact.steps[-1])
        value = within if narrow else step
        grounds = self.by_fact[name]() if value is not None else None
        if step is None:
            grounds = phrase("fact.within", grounds=grounds, open=is_open) if grounds else is_open
        return ProjectFactItem(
            name=name,
            label=fact.label,
            about=fact.project.about,
            step=step,
            shown=answer_in_words(None if value is None else Answer("known", value), fact),
            grounds=grounds,
            answers=tuple(question for question in OWN_ANSWERS[name] if known(question)),
            sources=tuple(fact.project.sources),
            basis=fact.project.basis,
            limit=fact.project.limit,
        )

    def _money(self, budgets: tuple[str, ...], year: Year) -> Text | None:
        spans = [margin for name in budgets if (margin := bounds_of(self.facts, name)) is not None]
        least, most = sum(span.low for span in spans), sum(span.high for span in spans)
        needed = self._needed(year)
        if needed is None or self.way is None:
            return phrase("fact.nothing") if not most else None
        assert isinstance(self.project, PricedProject)
        currency = self.project.cost.currency
        rate = self.project.cost.rates[currency]
        low, base, high = (end / rate for end in needed)
        least, most = least / rate, most / rate
        return phrase(
            "fact.money",
            has=amount(least, currency) if least == most or math.isinf(most) else amounts(least, most, currency),
            way=self.way.title,
            span=estimates(low, high, currency),
            base=estimate(base, currency),
            drivers=self._drivers(),
        )

    def _worse_funding(self) -> Text | None:
        """Which of both years decides how far money goes, with its figures."""
        margins = ((name, bounds_of(self.facts, name)) for name in FUNDING)
        steps = {name: (margin.low, margin.high) for name, margin in margins if margin is not None}
        worse = min(steps, key=lambda name: steps[name], default=None)
        grounds = self.by_fact[worse]() if worse else None
        if worse is None or grounds is None:
            return None
        return phrase("fact.worse", label=self.knowledge.facts[worse].label, grounds=grounds)

    def _needed(self, year: Year) -> Range | None:
        """What the way that is planned costs, where money goes as far as for the reference way; None where that is open."""
        if not isinstance(self.project, PricedProject) or self.project.planned_way is None:
            return None
        cost = self.project.money.ways[self.project.planned_way]
        return self.project.range(cost.first_year if year == "first_year" else cost.later_year)

    def _drivers(self) -> Text:
        """What the figures were worked out from: quantities with their base."""
        scheme = self.project.scheme
        spans = {name: self.project.range(self.project.quantities[name]) for name in TOLD if name in scheme.quantities}
        told = {name: span[1] for name, span in spans.items() if span and span[1]}
        labels = {name: scheme.quantities[name].label for name in told}
        return joined([phrase("fact.driver", label=labels[name], number=f"{told[name]:,.0f}") for name in told])

    def _staff(self) -> Text | None:
        way, staff = self.project.planned_way, self._people_there("it_staff")
        if way is None or self.way is None or staff is None:
            return None
        needed = self.project.scheme.it_staff[way]
        stands_in = way in RUN_BY_SUPPLIERS and staff < needed and self.values.get("adviser_stage") == ADVISER_ENGAGED
        key = "fact.staff_adviser" if stands_in else "fact.staff"
        return phrase(key, has=f"{staff:,.0f}", way=self.way.title, needed=plain_number(needed))

    def _people_there(self, question: str) -> float | None:
        """How many there are; none where the question does not apply, None where it is not known exactly."""
        value = self.values.get(question)
        return value if isinstance(value, float) else None if self.facts.applies(question) else 0.0

    def _people(self) -> Text | None:
        people, days = self._people_there("project_people"), self.project.range(self.project.core_days)
        if people == 0:
            return phrase("fact.no_people", days=f"{days[1]:,.0f}") if days else phrase("fact.no_one")
        if days is None or people is None:
            return None
        rate = self.project.scheme.days_a_week[1]
        weeks = days[1] / (people * rate)
        return phrase(
            "fact.people", has=f"{people:,.0f}", days=f"{days[1]:,.0f}", rate=plain_number(rate), weeks=f"{weeks:,.0f}"
        )
