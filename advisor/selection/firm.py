"""What a selection asks of the firm itself: who would use the system, what it may cost, which functions are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from advisor.assessment.model import Assessment
from advisor.assessment.selections import DroppedItem, SettingsItem, WantedItem
from advisor.inference.facts import Facts, derive
from advisor.interview.answers import Answers
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import CostScheme, Function, FunctionThen, SelectionScheme
from advisor.knowledge.schema.base import Priority
from advisor.knowledge.schema.selecting import Span
from advisor.selection.options import codes_waited_for
from advisor.selection.words import phrase


def facts_of(assessment: Assessment, answers: Answers, knowledge: Knowledge) -> Facts:
    """What is known of the firm, its model and its findings included, as the assessment has it: no rule is run again."""
    facts = derive(knowledge, answers)
    model = assessment.model
    in_play = {model.first, model.second if model.mixed else None, *model.other_lines} - {None}
    if in_play:
        facts.set_model(frozenset(name for name in in_play if name))
    drawn = {name for support in assessment.trace if support.kind != "evidence" for name in support.concludes}
    undecided = {name for item in assessment.undecided if item.kind != "evidence" for name in item.findings}
    for name in knowledge.findings:
        facts.findings[name] = True if name in drawn else None if name in undecided else False
    return facts


ORDER: tuple[Priority, ...] = ("must", "should", "could", "drop")


@dataclass(frozen=True)
class Firm:
    """One firm as a buyer. Money in RMB; None where it was not answered."""

    facts: Facts
    users: Span
    users_known: bool
    initial_budget: float | None
    running_budget: float | None
    size: str | None
    industry: str | None
    suite: str | None
    systems: frozenset[str] | None
    wanted: tuple[WantedItem, ...]

    @cached_property
    def musts(self) -> tuple[str, ...]:
        """The functions that must be there."""
        return tuple(item.function for item in self.wanted if item.priority == "must")

    def number(self, fact: str) -> float | None:
        """The value of a number, None where it is missing."""
        value = self.facts.value(fact)
        return float(value) if isinstance(value, int | float) else None


def firm_of(
    assessment: Assessment,
    facts: Facts,
    scheme: SelectionScheme,
    cost: CostScheme,
    settings: SettingsItem,
    knowledge: Knowledge,
) -> Firm:
    """The firm as a buyer."""

    def number(name: str) -> float | None:
        value = facts.value(name)
        return float(value) if isinstance(value, int | float) else None

    def word(name: str) -> str | None:
        value = facts.value(name)
        return value if isinstance(value, str) else None

    known = number("crm_users")
    systems = facts.value("existing_systems")
    return Firm(
        facts=facts,
        users=(known, known, known) if known else _guess_users(number("field_staff"), number("employees"), cost),
        users_known=known is not None,
        initial_budget=number("initial_budget"),
        running_budget=number("running_budget"),
        size=word("firm_size"),
        industry=word("industry"),
        suite=word("suite_maker"),
        systems=systems if isinstance(systems, frozenset) else None,
        wanted=wanted(assessment, scheme, settings, knowledge),
    )


def _guess_users(field_staff: float | None, employees: float | None, cost: CostScheme) -> Span:
    """Users where the firm does not say: by its field staff or its head count, whichever gives more; five where neither is
    known."""
    guesses = [(5.0, 5.0, 5.0)]
    for count, name in ((field_staff, "users_of_field_staff"), (employees, "users_of_employees")):
        if count:
            low, base, high = cost.figures[name].span
            guesses.append((count * low, count * base, count * high))
    low, base, high = (max(guess[reading] for guess in guesses) for reading in range(3))
    return (float(round(low)), float(round(base)), float(round(high)))


def wanted(
    assessment: Assessment, scheme: SelectionScheme, settings: SettingsItem, knowledge: Knowledge
) -> tuple[WantedItem, ...]:
    """The functions asked for, each with its weight: that of its priority, or the firm's own."""
    asked: dict[str, Priority] = {item.id: item.priority for item in assessment.functions}
    own: Mapping[str, Priority | float] = settings.functions
    items = []
    for name in [*asked, *(name for name in own if name not in asked)]:
        said = own.get(name)
        priority = said if isinstance(said, str) else asked.get(name, "should")
        if priority == "drop" or said == 0:
            continue
        weight = float(said) if isinstance(said, int | float) else scheme.asking[priority]
        title = knowledge.findings[name].title
        items.append(WantedItem(function=name, title=title, priority=priority, weight=weight, changed=name in own))
    return tuple(sorted(items, key=lambda item: ORDER.index(item.priority)))


def dropped(
    knowledge: Knowledge, facts: Facts, kept: tuple[WantedItem, ...], settings: SettingsItem
) -> tuple[DroppedItem, ...]:
    """The functions left out, each with the reason: the firm's own choice, the rule that leaves it out, or nothing asks."""
    asked = {item.function for item in kept}
    items = []
    for function in knowledge.findings.values():
        if not isinstance(function, Function) or function.id in asked:
            continue
        reason, waiting = function.without, dict[str, None]()
        sources: tuple[str, ...] = ("advisor_practice",)
        if settings.functions.get(function.id) in ("drop", 0):
            reason = phrase("dropped.own")
        for compiled in knowledge.makers.get(function.id, ()):
            holds = compiled.premise.holds(facts)
            priority = next(
                c.priority for c in compiled.rule.then if isinstance(c, FunctionThen) and c.function == function.id
            )
            if priority == "drop" and holds and function.id not in settings.functions:
                reason, sources = compiled.rule.text, tuple(compiled.rule.sources)
            elif priority != "drop" and holds is None:
                waiting.update(dict.fromkeys(codes_waited_for(compiled.premise, knowledge, facts)))
        known = tuple(name for name in sources if name in knowledge.external or name in knowledge.claims)
        items.append(
            DroppedItem(function=function.id, title=function.title, reason=reason, sources=known, open=tuple(waiting))
        )
    return tuple(items)
