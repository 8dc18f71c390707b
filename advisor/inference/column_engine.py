"""Every rule on many firms at once: a firm is a bit, a fact's value the set of firms that have it.

A premise over a thousand firms costs about as much as one over one. Rules are read in two ways: as answers stand today, and
as they must hold in every completion of the missing ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import cast

from advisor.inference.columns import UNDECIDED, Sides, Testable
from advisor.inference.compiled import Judge, compiled
from advisor.inference.computed import ComputedFact, Standing, computed_facts
from advisor.inference.facts import FactColumns, FactTable
from advisor.inference.outcome import RuleOutcome
from advisor.knowledge.model import CompiledRule, Knowledge
from advisor.knowledge.premises import Found, Test, facts_in, findings_in
from advisor.knowledge.schema import EvidenceThen

Compute = Callable[[ComputedFact, Standing], tuple[Testable, object]]
"""Works out a fact from the rules judged so far."""
Columns = Mapping[str, Testable] | FactColumns
Slots = list[Sides]
"""Where tests and findings stand while rules are judged."""


@dataclass(frozen=True)
class _Rule:
    id: str
    judge: Judge[Slots]
    targets: tuple[int, ...]


@dataclass
class _Layer:
    """The rules of a layer, the tests first looked at in it with their slots, and the facts computed once it is closed."""

    tests: list[tuple[int, Test, bool]] = field(default_factory=list)
    rules: list[_Rule] = field(default_factory=list)
    computed: list[ComputedFact] = field(default_factory=list)


class ColumnEngine:
    """Compiled once for a knowledge, then used for any number of firms.

    With ``kinds`` only the rules that draw findings of these kinds are judged, and whatever they build on; facts are
    computed where one of them looks at it, or where ``computed`` names them. ``rules`` are the rules judged, in their order.
    """

    def __init__(
        self, knowledge: Knowledge, kinds: Iterable[str] | None = None, computed: Iterable[str] | None = None
    ) -> None:
        self.knowledge = knowledge
        wanted = {rule.id for rule in knowledge.rules if kinds is None or rule.rule.kind in set(kinds)}
        every = {fact.name for fact in computed_facts(knowledge)}
        asked = every if kinds is None and computed is None else set(computed or ()) & every
        judged, names = _needed(knowledge, wanted, asked)
        self.rules = [rule for rule in knowledge.rules_in_order if rule.id in judged]
        self._slots: dict[tuple[Test, bool] | str, int] = {}
        last = max([*(rule.layer for rule in self.rules), *(f.after_layer for f in computed_facts(knowledge))], default=0)
        self._layers = [_Layer() for _ in range(1 + last)]
        for rule in self.rules:
            self._enter(rule)
        for fact in (fact for fact in computed_facts(knowledge) if fact.name in names):
            self._layers[fact.after_layer].computed.append(fact)
        drawn = (name for name in self._slots if isinstance(name, str) and name in knowledge.makers)
        self._findings = {name: self._slots[name] for name in drawn}

    def _enter(self, rule: CompiledRule) -> None:
        layer = self._layers[rule.layer]

        def leaf(part: Test | Found, negated: bool) -> Judge[Slots]:
            if isinstance(part, Found):
                slot = self._finding(part.finding)
                return _turned(slot) if negated else cast("Judge[Slots]", itemgetter(slot))
            key = (part, negated)
            if key not in self._slots:
                self._slots[key] = len(self._slots)
                layer.tests.append((self._slots[key], part, negated))
            return cast("Judge[Slots]", itemgetter(self._slots[key]))

        conclusions = [then.target for then in rule.rule.then if not isinstance(then, EvidenceThen)]
        judge = compiled(rule.premise, leaf)
        layer.rules.append(_Rule(rule.id, judge, tuple(map(self._finding, conclusions))))

    def _finding(self, name: str) -> int:
        return self._slots.setdefault(name, len(self._slots))

    def today(self, facts: FactTable) -> RuleOutcome:
        """Every rule on every firm, as its answers stand."""
        return self._judge(facts.today, facts.size, lambda fact, standing: fact.today(standing), facts)

    def foresee(self, facts: FactTable) -> RuleOutcome:
        """Every rule on every firm, whatever the missing answers turn out to be.

        A rule holds here only if it does in every completion of the missing answers, and fails only if it does so in all.
        """
        return self._judge(facts.foreseen, facts.size, lambda fact, standing: fact.foreseen(standing), facts)

    def with_columns(self, columns: Mapping[str, Testable], size: int) -> RuleOutcome:
        """Every rule on firms whose columns, those of computed facts among them, are there already."""
        return self._judge(columns, size, lambda fact, _: (columns[fact.name], None))

    def _judge(self, columns: Columns, size: int, compute: Compute, facts: FactTable | None = None) -> RuleOutcome:
        slots: Slots = [UNDECIDED] * len(self._slots)
        for slot in self._findings.values():
            slots[slot] = (0, (1 << size) - 1)
        computed: dict[str, Testable] = {}
        details: dict[str, object] = {}
        rules: dict[str, Sides] = {}
        for layer in self._layers:
            for slot, test, negated in layer.tests:
                column = computed[test.fact] if test.fact in computed else columns[test.fact]
                slots[slot] = column.sides(test, negated)
            for rule in layer.rules:
                holds, fails = rules[rule.id] = rule.judge(slots)
                for slot in rule.targets:
                    concluded, ruled_out = slots[slot]
                    slots[slot] = concluded | holds, ruled_out & fails
            standing = Standing(cast("FactTable", facts), rules, details)
            for fact in layer.computed:
                computed[fact.name], details[fact.name] = compute(fact, standing)
        return RuleOutcome(size, rules, {name: slots[slot] for name, slot in self._findings.items()}, details)


@lru_cache(maxsize=8)
def column_engine(
    knowledge: Knowledge, kinds: tuple[str, ...] | None = None, computed: tuple[str, ...] | None = None
) -> ColumnEngine:
    """The engine of a knowledge, made once."""
    return ColumnEngine(knowledge, kinds, computed)


def _needed(knowledge: Knowledge, wanted: set[str], computed: set[str]) -> tuple[set[str], set[str]]:
    """The rules to judge and the facts to compute for some rules and facts: with all that they build on."""
    rules, names = set(_with_grounds(knowledge, wanted)), set(computed)
    while True:
        looked_at = {fact for name in rules for fact in facts_in(knowledge.rules_by_id[name].premise)}
        facts = [fact for fact in computed_facts(knowledge) if fact.name in names | looked_at]
        names = {fact.name for fact in facts}.union(*(fact.builds_on(knowledge) for fact in facts))
        more = set(_with_grounds(knowledge, set().union(*(fact.reads(knowledge) for fact in facts))))
        if more <= rules and len(names) == len(facts):
            return rules, names
        rules |= more


def _with_grounds(knowledge: Knowledge, wanted: set[str]) -> Iterator[str]:
    """Some rules, and all that they build on."""
    done: set[str] = set()
    waiting = list(wanted)
    while waiting:
        name = waiting.pop()
        if name not in done:
            done.add(name)
            yield name
            for finding in findings_in(knowledge.rules_by_id[name].premise):
                waiting.extend(maker.id for maker in knowledge.makers.get(finding, ()))


def _turned(slot: int) -> Judge[Slots]:
    def judge(slots: Slots) -> Sides:
        holds, fails = slots[slot]
        return fails, holds

    return judge


def judge(facts: FactTable) -> RuleOutcome:
    """Every rule on every firm of a table, as answers stand."""
    return column_engine(facts.knowledge).today(facts)
