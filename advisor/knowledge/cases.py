"""The cases written beside each rule and each cross-check: what it must make of given facts, and whether it does.

Enters: a loaded :class:`~advisor.knowledge.model.Knowledge`. Leaves: one :class:`Outcome` for each case, in the order of
the files. A case speaks of one rule alone: facts are taken as given, findings as ``found`` or ``not_found``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from advisor.errors import InputError, nearest
from advisor.knowledge.cross_checks import CompiledCheck
from advisor.knowledge.facts import Fact
from advisor.knowledge.model import CompiledRule, Knowledge
from advisor.knowledge.premises import Truth, Value
from advisor.knowledge.read_premises import sound_premise

EXPECTED: Mapping[str, Truth] = {"fires": True, "silent": False, "undecided": None}
SAID: Mapping[Truth, str] = {truth: word for word, truth in EXPECTED.items()}
FINDING_WORDS = ("found", "not_found")


@dataclass(frozen=True)
class Given:
    """The facts of one case, as premises ask for them."""

    values: Mapping[str, Value]
    missing: Mapping[str, str]
    findings: Mapping[str, bool] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict, repr=False)

    def value(self, fact: str) -> Value | None:
        """The value given, None where none is."""
        return self.values.get(fact)

    def margin(self, fact: str) -> None:
        """Nothing here is known within bounds."""

    def unknown(self, fact: str) -> Truth:
        """Whether the case says that the firm does not know; None where it says nothing."""
        return False if fact in self.values else None if fact not in self.missing else self.missing[fact] == "unknown"

    def applies(self, fact: str) -> bool:
        """Whether the case neither calls the fact inapplicable nor says what leaves its question out."""
        if self.missing.get(fact) == "not_applicable":
            return False
        question = self.facts[fact].question if fact in self.facts else None
        if question is None or question.ask_if is None or fact in self.values:
            return True
        return sound_premise(question.ask_if, self.facts).holds(self) is not False

    def found(self, finding: str) -> Truth:
        """Whether the case takes a finding as concluded or ruled out."""
        return self.findings.get(finding)


@dataclass(frozen=True)
class Outcome:
    """One case: what was expected of the rule, and what it did; ``problem`` where the case itself cannot be read."""

    rule: str
    place: str
    expected: str
    actual: str
    given: Mapping[str, Any]

    @property
    def holds(self) -> bool:
        """Whether the rule did what the case expects."""
        return self.expected == self.actual


def run_cases(knowledge: Knowledge) -> Iterator[Outcome]:
    """Every case of every rule and cross-check. Raises :class:`~advisor.errors.InputError` for a case that names what is
    not there."""
    for compiled in knowledge.rules:
        yield from run_rule(compiled, knowledge)
    for check in knowledge.checks:
        yield from run_check(check, knowledge)


def run_rule(compiled: CompiledRule, knowledge: Knowledge) -> Iterator[Outcome]:
    """The cases of one rule."""
    if compiled.rule.cases is None:
        return
    for expected in EXPECTED:
        for raw in getattr(compiled.rule.cases, expected):
            actual = SAID[compiled.premise.holds(read_given(raw, knowledge))]
            yield Outcome(compiled.id, compiled.place, expected, actual, raw)


def run_check(compiled: CompiledCheck, knowledge: Knowledge) -> Iterator[Outcome]:
    """The cases of one cross-check, and those that follow: with any answer of a firing case left out it is undecided."""
    for raw in compiled.check.cases.fires:
        yield _checked(compiled, "fires", raw, knowledge)
        for name in raw:
            less = {other: value for other, value in raw.items() if other != name}
            yield _checked(compiled, "undecided", less, knowledge)
    for raw in compiled.check.cases.silent:
        yield _checked(compiled, "silent", raw, knowledge)


def _checked(compiled: CompiledCheck, expected: str, raw: Mapping[str, Any], knowledge: Knowledge) -> Outcome:
    actual = SAID[compiled.holds(read_given(raw, knowledge))]
    return Outcome(compiled.check.id, compiled.place, expected, actual, raw)


def without_cases(knowledge: Knowledge) -> tuple[CompiledRule, ...]:
    """The rules that no case fires."""
    return tuple(compiled for compiled in knowledge.rules if compiled.rule.cases is None)


def read_given(raw: Mapping[str, Any], knowledge: Knowledge) -> Given:
    """The facts that a case states. Raises :class:`~advisor.errors.InputError` where it names what is not there."""
    values: dict[str, Value] = {}
    missing: dict[str, str] = {}
    findings: dict[str, bool] = {}
    for name, value in raw.items():
        if name in FINDING_WORDS:
            for finding in value if isinstance(value, list) else [value]:
                _known(str(finding), knowledge.findings)
                findings[str(finding)] = name == "found"
        elif value in ("unknown", "not_applicable") and value not in knowledge.facts[_known(name, knowledge.facts)].values:
            missing[name] = value
        else:
            fact = knowledge.facts[_known(name, knowledge.facts)]
            values[name] = fact.type.in_case(fact, value)
    return Given(values, missing, findings, knowledge.facts)


def _known(name: str, among: Mapping[str, object]) -> str:
    if name not in among:
        raise InputError("bad_name", name=name, nearest=nearest(name, among) or "–")
    return name
