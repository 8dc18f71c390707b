"""Forward chaining in experta: the rules of a :class:`Knowledge` as experta rules, run layer by layer.

The answers of a firm are one wide fact; each finding is a fact of its own; a rule's salience is its layer, then its place
in the files, so the order is the same every run. A test matches only a known value, negations are pushed down to the
tests (``not at_least 4`` becomes ``below 4`` of a known value), and a finding counts as ruled out only once its layer is
closed and every rule for it is false: so what is missing is never taken for false. Closing a layer is itself a rule, and
so is a choice between alternatives inside a premise: experta would need every combination of them written out.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from advisor.inference._experta import AND, OR, Fact, KnowledgeEngine, P, ReteMatcher, Rule
from advisor.inference.columns import Sides
from advisor.inference.computed import COMPUTED, ComputedFact, Standing, computed_facts
from advisor.inference.facts import FactTable
from advisor.inference.outcome import RuleOutcome
from advisor.knowledge.margins import Margin
from advisor.knowledge.model import LAYER_NAMES, CompiledRule, Knowledge
from advisor.knowledge.premises import All, Found, Not, Premise, Test, Truth, findings_in
from advisor.knowledge.premises import Any as AnyOf
from advisor.knowledge.schema import EvidenceThen

KEPT = 3
"""How many knowledges an engine is kept for: two to compare and one to spare."""
_STEP = 100_000
_COMPUTED_NAMES = frozenset(fact.name for fact in COMPUTED)


class AnswersFact(Fact):  # type: ignore[misc]
    """The answers of one firm: a field for the value of each known fact, and one for whether it is unknown."""


class FindingFact(Fact):  # type: ignore[misc]
    """A finding and whether it was concluded (True) or ruled out (False)."""


class ComputedFactValue(Fact):  # type: ignore[misc]
    """A fact worked out between two layers, by its name."""


class ChoiceFact(Fact):  # type: ignore[misc]
    """A choice between alternatives, by its number, of which one holds."""


class OpenLayer(Fact):  # type: ignore[misc]
    """The layer being worked on."""


class _Network(ReteMatcher):  # type: ignore[misc]
    """experta's network, asked more cheaply.

    experta keeps one list of end nodes for all networks together, so that two threads with an engine each would have it
    searched for anew at every step; and after each step it empties every node, changed or not. Bringing rules into normal
    form takes it longer than all the rest of building a network: ours are in that form already.
    """

    @staticmethod
    def prepare_ruleset(engine: Any) -> set[Any]:
        """The rules as they are."""
        return set(engine.get_rules())

    def changes(self, adding: Any = None, deleting: Any = None) -> tuple[list[Any], list[Any]]:
        """Pass changes on and gather the activations they add and remove, in the order of the nodes."""
        for fact in deleting or ():
            self.root_node.remove(fact)
        for fact in adding or ():
            self.root_node.add(fact)
        added, removed = list[Any](), list[Any]()
        for node in self._ends():
            if node.added or node.removed:
                more, less = node.get_activations()
                added.extend(more)
                removed.extend(less)
        return added, removed

    def _ends(self) -> tuple[Any, ...]:
        found: tuple[Any, ...] | None = self.__dict__.get("ends")
        if found is None:
            found = self.ends = tuple(self._get_conflict_set_nodes.__wrapped__(self))
        return found


_engines: list[_Engine] = []
_turn = threading.Lock()


def judge(facts: FactTable) -> RuleOutcome:
    """Every rule on every firm of a table, one firm after another, as answers stand.

    An engine is built once and kept for the last few knowledges; threads take turns at it, since an engine of its own
    would make none of them faster.
    """
    with _turn:
        engine = next((engine for engine in _engines if engine.knowledge is facts.knowledge), None)
        if engine is None:
            engine = _Engine(facts.knowledge)
            _engines[:] = [engine, *_engines[: KEPT - 1]]
        judged = [engine.judge(facts.only(firm)) for firm in range(facts.size)]
    rules = _together([rules for rules, _ in judged], (rule.id for rule in facts.knowledge.rules_in_order))
    findings = _together([findings for _, findings in judged], facts.knowledge.makers)
    details: dict[str, object] = {}
    standing = Standing(facts, rules, details)
    for fact in computed_facts(facts.knowledge):
        details[fact.name] = fact.today(standing)[1]
    return RuleOutcome(facts.size, rules, findings, details)


def _together(firms: Sequence[Mapping[str, Truth]], names: Iterable[str]) -> dict[str, Sides]:
    """What was found of each firm, as sets of firms."""
    return {
        name: (
            sum(1 << place for place, truths in enumerate(firms) if truths[name] is True),
            sum(1 << place for place, truths in enumerate(firms) if truths[name] is False),
        )
        for name in names
    }


class _Engine(KnowledgeEngine):  # type: ignore[misc]
    """One firm at a time: ``reset``, declare the answers, run."""

    __matcher__ = _Network

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.layers = [[r for r in knowledge.rules_in_order if r.layer == i] for i in range(len(LAYER_NAMES))]
        self._rules: list[Any] = []
        for rules in self.layers:
            for index, rule in enumerate(rules):
                self._add_rule(rule, index)
        self._rules += [self._closing_rule(index) for index in range(len(LAYER_NAMES))]
        self.looked_at = {name for rule in knowledge.rules for name in findings_in(rule.premise)}
        super().__init__()
        self._deffacts = super().get_deffacts()

    def get_deffacts(self) -> list[Any]:
        """The initial fact; looked up once, where experta would search all attributes at every reset."""
        found: list[Any] = getattr(self, "_deffacts", None) or super().get_deffacts()
        return found

    def get_rules(self) -> list[Any]:
        """The rules built from YAML (experta would look for decorated methods)."""
        return self._rules

    def _add_rule(self, compiled: CompiledRule, index: int) -> None:
        salience = (len(LAYER_NAMES) - compiled.layer) * _STEP - index

        def fire(engine: _Engine) -> None:
            engine.fire(compiled)

        fire.__name__ = compiled.id
        self._rules.append(_either(self._alternatives(compiled.premise, False, salience), salience)(fire))

    def _alternatives(self, premise: Premise, negated: bool, salience: int) -> list[list[Any]]:
        """The ways in which a premise can hold, each a list of patterns; negation is carried down to the tests."""
        match premise:
            case Not(part):
                return self._alternatives(part, not negated, salience)
            case Found(finding):
                return [[FindingFact(finding=finding, holds=not negated)]]
            case Test():
                return [[_pattern(premise, negated)]]
            case All(parts) | AnyOf(parts):
                ways = [self._alternatives(part, negated, salience) for part in parts]
                if isinstance(premise, AnyOf) != negated:
                    return [way for part in ways for way in part]
                return [[pattern for part in ways for pattern in self._one_of(part, salience)]]

    def _one_of(self, ways: list[list[Any]], salience: int) -> list[Any]:
        """Patterns that match where one of some ways does: those of the only way, or a choice with a rule of its own."""
        if len(ways) == 1:
            return ways[0]
        number = len(self._rules)

        def choose(engine: _Engine) -> None:
            engine.declare(ChoiceFact(number=number))

        choose.__name__ = f"choice_{number}"
        self._rules.append(_either(ways, salience)(choose))
        return [ChoiceFact(number=number)]

    def _closing_rule(self, layer: int) -> Any:
        salience = (len(LAYER_NAMES) - layer - 1) * _STEP + 1

        def close(engine: _Engine) -> None:
            engine.close(layer)

        close.__name__ = f"close_{LAYER_NAMES[layer]}"
        return Rule(OpenLayer(layer=layer), salience=salience)(close)

    def judge(self, facts: FactTable) -> tuple[dict[str, Truth], dict[str, Truth]]:
        """Of the only firm of a table, whether each rule holds, and each finding."""
        self.table, self.firm = facts, facts.firm(0)
        self.truths: dict[str, Truth] = {}
        self.details: dict[str, object] = {}
        self.reset()
        asked = {name: status for name, status in self.firm.status.items() if status != "not_applicable"}
        values = {_field("value", name): value for name, value in {**self.firm.margins, **self.firm.values}.items()}
        unknown = {_field("unknown", name): status == "unknown" for name, status in asked.items()}
        self.declare(AnswersFact(**values, **unknown), OpenLayer(layer=0))
        self.run()
        return self.truths, {name: self.firm.found(name) for name in self.knowledge.makers}

    def fire(self, rule: CompiledRule) -> None:
        """Enter a rule that holds; one whose alternatives both hold still fires once."""
        if rule.id not in self.truths:
            self.truths[rule.id] = True
            for conclusion in rule.rule.then:
                if not isinstance(conclusion, EvidenceThen) and self.firm.found(conclusion.target) is None:
                    self._conclude(conclusion.target, True)

    def _conclude(self, finding: str, holds: bool) -> None:
        """Enter a finding, and make it known to the rules if any looks at it."""
        self.firm.findings[finding] = holds
        if finding in self.looked_at:
            self.declare(FindingFact(finding=finding, holds=holds))

    def close(self, layer: int) -> None:
        """Settle what the layer leaves: rules that fail or are undecided, findings ruled out, facts computed from it."""
        for rule in self.layers[layer]:
            if rule.id not in self.truths:
                self.truths[rule.id] = False if rule.premise.holds(self.firm) is False else None
            for conclusion in rule.rule.then:
                if not isinstance(conclusion, EvidenceThen) and self._is_ruled_out(conclusion.target):
                    self._conclude(conclusion.target, False)
        facts = [fact for fact in computed_facts(self.knowledge) if fact.after_layer == layer]
        if facts:
            sides = {name: (int(truth is True), int(truth is False)) for name, truth in self.truths.items()}
            standing = Standing(self.table, sides, self.details)
            for fact in facts:
                self._compute(fact, standing)
        if layer + 1 < len(LAYER_NAMES):
            self.declare(OpenLayer(layer=layer + 1))

    def _is_ruled_out(self, finding: str) -> bool:
        """Whether a finding not concluded can no longer be: every rule for it fails."""
        makers = self.knowledge.makers[finding]
        return self.firm.found(finding) is None and all(self.truths.get(maker.id) is False for maker in makers)

    def _compute(self, fact: ComputedFact, standing: Standing) -> None:
        """Work out a fact from the layers closed so far, and make it known."""
        column, self.details[fact.name] = fact.today(standing)
        for value in column.values:
            self.firm.values[fact.name] = value
            self.declare(ComputedFactValue(**{_field("value", fact.name): value}))
        for margin in column.margins:
            self.firm.margins[fact.name] = margin
            self.declare(ComputedFactValue(**{_field("value", fact.name): margin}))


def _either(ways: Sequence[Sequence[Any]], salience: int) -> Any:
    """An experta rule that holds where the patterns of one of some ways match."""
    if len(ways) == 1:
        return Rule(*ways[0], salience=salience)
    return Rule(OR(*(patterns[0] if len(patterns) == 1 else AND(*patterns) for patterns in ways)), salience=salience)


def _field(kind: str, fact: str) -> str:
    """The name of a fact's field, such as ``value-sponsor``: experta gives underscores in names a meaning of its own."""
    return f"{kind}-{fact.replace('_', '-')}"


@cache
def _pattern(test: Test, negated: bool) -> Any:
    """What matches where a test passes; rules with the same test share it, and with it a node of experta's network."""
    if test.op == "unknown":
        return AnswersFact(**{_field("unknown", test.fact): not negated})
    holder = ComputedFactValue if test.fact in _COMPUTED_NAMES else AnswersFact

    def passes(value: Any) -> bool:
        truth = test.of_all(value) if isinstance(value, Margin) else test.accepts(value)
        return truth is not None and truth != negated

    return holder(**{_field("value", test.fact): P(passes)})
