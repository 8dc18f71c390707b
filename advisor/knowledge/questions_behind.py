"""The questions behind a fact: the one it is the answer to, or all that it is worked out from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from advisor.knowledge.facts import MODEL_FACT, WEAK_FACTORS
from advisor.knowledge.model import CompiledRule, Knowledge
from advisor.knowledge.premises import facts_in, findings_in
from advisor.knowledge.schema import EvidenceThen, FunctionThen, OptionThen
from advisor.knowledge.schema.products import Deployment
from advisor.knowledge.schema.project import COUNTED, ProjectScheme

OWN_ANSWERS: dict[str, tuple[str, ...]] = {
    "first_year_funding": ("initial_budget", "running_budget"),
    "later_year_funding": ("running_budget",),
    "funding": ("initial_budget", "running_budget"),
    "it_capacity": ("it_staff", "adviser_stage"),
    "people_capacity": ("project_people",),
}
"""What a firm has, by the fact that holds it against what its project asks for."""
STATED_WAY = "deployment_preference"
"""The question in which a firm states the way of running a system it favours."""


@lru_cache(maxsize=2000)
def questions_behind(knowledge: Knowledge, fact: str) -> tuple[str, ...]:
    """The questions a fact is read from, in catalogue order."""
    seen: set[str] = set()
    waiting = [fact]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(_read_by(knowledge, name))
    return tuple(name for name in knowledge.questions if name in seen)


@lru_cache(maxsize=8)
def project_questions(knowledge: Knowledge) -> tuple[str, ...]:
    """The questions whose answers a project waits for, or that may rule out a way of running it; none that is a choice."""
    assert knowledge.project
    parts = (p for q in knowledge.project.quantities.values() for parts in q.known_from for p in parts)
    own = (name for names in OWN_ANSWERS.values() for name in names)
    read = (part.fact for part in parts if part.fact and not part.choice)
    return tuple(dict.fromkeys((*own, *_ruling_out_ways(knowledge), *read)))


def _ruling_out_ways(knowledge: Knowledge) -> tuple[str, ...]:
    """The questions whose answers may rule out a way of running a system."""
    rules = (name for rule, _ in hard_ways(knowledge) for name in facts_in(rule.premise) if name in knowledge.questions)
    return tuple(dict.fromkeys(rules))


def waits_for(knowledge: Knowledge, fact: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """The questions whose answers would close a fact that is open; ``known`` tells which are answered.

    Of a fact that is read off the project: what the firm has, and what its open quantities are read from.
    """
    if not knowledge.facts[fact].project or not knowledge.project:
        return tuple(name for name in questions_behind(knowledge, fact) if not known(name))
    missing = dict.fromkeys(name for name in OWN_ANSWERS[fact] if not known(name))
    if fact != "it_capacity":
        needed = (name for name in knowledge.project.quantities)
        missing.update(dict.fromkeys(name for q in needed for name in _missing_of(knowledge.project, q, known)))
    return tuple(missing) or tuple(name for name in _ruling_out_ways(knowledge) if not known(name))


def _missing_of(scheme: ProjectScheme, quantity: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """The answers that a quantity lacks: none where one of its ways of being known is there, else those of the first."""
    if quantity in COUNTED:
        return ()
    ways = []
    for parts in scheme.quantities[quantity].known_from:
        facts = [part.fact for part in parts if part.fact and not known(part.fact)]
        others = [o for p in parts for o in (p.quantity, p.by) if o]
        ways.append((*facts, *(name for other in others for name in _missing_of(scheme, other, known))))
    return () if () in ways else ways[0]


@lru_cache(maxsize=8)
def project_rules(knowledge: Knowledge) -> tuple[CompiledRule, ...]:
    """The rules a project is read from: those that ask for functions, and those that rule out a way of running it."""
    found = {rule.id: rule for rule in (*asking_rules(knowledge), *(rule for rule, _ in hard_ways(knowledge)))}
    return tuple(found.values())


@lru_cache(maxsize=8)
def asking_rules(knowledge: Knowledge) -> tuple[CompiledRule, ...]:
    """The rules that say of a function that it must or should be there."""
    return tuple(
        rule
        for rule in knowledge.rules
        if any(isinstance(then, FunctionThen) and then.priority in ("must", "should") for then in rule.rule.then)
    )


@lru_cache(maxsize=8)
def offered_ways(knowledge: Knowledge) -> frozenset[Deployment]:
    """The ways of running a system that some listed product has; all of them where none is listed. Another is told with its
    cost, and neither recommended nor held against money."""
    assert knowledge.project
    offered = {way for product in knowledge.products.values() for way in product.facts.deployments.known or ()}
    return frozenset(offered or knowledge.project.ways)


@lru_cache(maxsize=8)
def hard_ways(knowledge: Knowledge) -> tuple[tuple[CompiledRule, Deployment], ...]:
    """The rules that rule out a way of running a system, each with that way."""
    ways = knowledge.project.ways if knowledge.project else {}
    return tuple(
        (rule, then.option)
        for rule in knowledge.rules
        for then in rule.rule.then
        if isinstance(then, OptionThen) and then.hard and then.option in ways
    )


def _read_by(knowledge: Knowledge, name: str) -> Iterable[str]:
    """The facts that a fact is worked out from, one step back."""
    fact = knowledge.facts.get(name)
    if fact is None:
        return ()
    if fact.band:
        return (fact.band.of,)
    if name == MODEL_FACT:
        axes = (knowledge.models.product_axis, knowledge.models.decision_axis)
        evidence = [r for r in knowledge.rules if isinstance(r.rule.then[0], EvidenceThen)]
        return (*knowledge.facts_under(axes), *_looked_at(knowledge, evidence), "other_line_models")
    if name == WEAK_FACTORS:
        return knowledge.facts_under((knowledge.verdict.ability,))
    if fact.project and knowledge.project:
        others = {other for names in OWN_ANSWERS.values() for other in names} - set(OWN_ANSWERS[name])
        read = (question for question in project_questions(knowledge) if question not in others)
        return (*OWN_ANSWERS[name], *read, *_looked_at(knowledge, project_rules(knowledge)))
    return ()


def _looked_at(knowledge: Knowledge, rules: Iterable[CompiledRule]) -> Iterator[str]:
    """The facts that rules look at, and the rules they build on."""
    waiting, seen = list(rules), set[str]()
    while waiting:
        rule = waiting.pop()
        if rule.id not in seen:
            seen.add(rule.id)
            yield from facts_in(rule.premise)
            waiting.extend(maker for name in findings_in(rule.premise) for maker in knowledge.makers.get(name, ()))
