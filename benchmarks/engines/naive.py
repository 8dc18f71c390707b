"""experta as a newcomer would write it: a new engine for each firm and one fact per answer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from advisor.inference._experta import AND, OR, Fact, KnowledgeEngine, P, Rule
from advisor.inference.facts import Facts
from advisor.interview import Answers
from advisor.knowledge import Knowledge, load_knowledge
from advisor.knowledge.model import LAYERS
from benchmarks.engines.formulas import Drawn, Every, Formula, FormulaRule, Outside, Passes, Some, facts_of, formula_rules


class Answered(Fact):  # type: ignore[misc]
    """One known answer, or one class read off it."""


class Status(Fact):  # type: ignore[misc]
    """Whether a question was answered, not known or does not apply."""


class Concluded(Fact):  # type: ignore[misc]
    """A finding that was drawn."""


class NaiveExperta:
    """The rules of a knowledge, given anew to an engine of experta for each firm."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._rules = formula_rules(knowledge)

    def prepare(self, facts: Facts) -> list[Any]:
        """A firm as the engine takes it: a fact per answer."""
        answered = [Answered(**{name: value}) for name, value in facts.values.items()]
        return [*answered, *(Status(**{name: status}) for name, status in facts.status.items())]

    def fired(self, facts: Sequence[Any]) -> set[str]:
        """The rules that fire for a firm."""
        engine = _Engine(self._rules)
        engine.reset()
        for fact in facts:
            engine.declare(fact)
        engine.run()
        return engine.fired


class _Engine(KnowledgeEngine):  # type: ignore[misc]
    def __init__(self, rules: Sequence[FormulaRule]) -> None:
        self._rules = [_experta_rule(rule) for rule in rules]
        self.fired: set[str] = set()
        super().__init__()

    def get_rules(self) -> list[Any]:
        return self._rules


def _experta_rule(rule: FormulaRule) -> Any:
    def fire(engine: _Engine) -> None:
        engine.fired.add(rule.id)
        for finding in rule.draws:
            engine.declare(Concluded(finding=finding))

    fire.__name__ = rule.id
    return Rule(_pattern(rule.formula), salience=len(LAYERS) - rule.layer)(fire)


def _pattern(formula: Formula) -> Any:
    match formula:
        case Passes(test, negated) if test.op == "unknown":
            return Status(**{test.fact: "known" if negated else "unknown"})
        case Passes(test, negated):
            return Answered(**{test.fact: P(lambda value: test.accepts(value) != negated)})
        case Outside(fact):
            return Status(**{fact: "not_applicable"})
        case Drawn(finding):
            return Concluded(finding=finding)
        case Every(parts):
            return AND(*map(_pattern, parts))
        case Some(parts):
            return OR(*map(_pattern, parts))
        case _:
            raise TypeError(f"not over tests: {formula}")


def naively_fired(firms: Sequence[Answers]) -> list[set[str]]:
    """The rules that fire for each firm; for a process of its own."""
    knowledge = _knowledge()
    engine = NaiveExperta(knowledge)
    return [engine.fired(engine.prepare(facts)) for facts in facts_of(knowledge, firms)]


@cache
def _knowledge() -> Knowledge:
    return load_knowledge()
