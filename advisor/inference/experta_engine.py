"""Forward chaining in experta: the rules of a :class:`Knowledge` as experta rules, run layer by layer.

The answers of a firm are one wide fact; each finding is a fact of its own; a rule's salience is its layer, then its place
in the files, so the order is the same every run. A test matches only a known value, negations are pushed down to the
tests (``not at_least 4`` becomes ``below 4`` of a known value), and a finding counts as ruled out only once its layer is
closed and every rule for it is false: so what is missing is never taken for false. Closing a layer is itself a rule.
"""

from __future__ import annotations

import threading
from typing import Any

from advisor.inference._experta import AND, OR, Fact, KnowledgeEngine, P, ReteMatcher, Rule
from advisor.inference.facts import Facts, derive
from advisor.inference.models import OTHER_LINES, ModelReading, read_model
from advisor.inference.scores import ScoreValue, score_all
from advisor.inference.trace import Firing, Inference, Undecided
from advisor.interview.answers import Answers
from advisor.knowledge.facts import MODEL_FACT
from advisor.knowledge.model import LAYER_NAMES, CompiledRule, Knowledge
from advisor.knowledge.premises import All, Found, Not, Premise, Test, deciding, findings_in
from advisor.knowledge.premises import Any as AnyOf
from advisor.knowledge.schema import EvidenceThen

KEPT = 3
"""How many knowledges an engine is kept for: two to compare and one to spare."""
_STEP = 100_000


class Case(Fact):  # type: ignore[misc]
    """The answers of one firm: one field per known fact, and ``<fact>_is_unknown`` for each question answered."""


class Concluded(Fact):  # type: ignore[misc]
    """A finding and whether it was concluded (True) or ruled out (False)."""


class OperatingModel(Fact):  # type: ignore[misc]
    """The operating models in play."""


class Open(Fact):  # type: ignore[misc]
    """The layer being worked on."""


class _Network(ReteMatcher):  # type: ignore[misc]
    """experta's network, asked more cheaply.

    experta keeps one list of end nodes for all networks together, so that two threads with an engine each would have it
    searched for anew at every step; and after each step it empties every node, changed or not.
    """

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


def infer(knowledge: Knowledge, answers: Answers) -> Inference:
    """Run all rules on the answers of one firm. An engine is built once and kept for the last few knowledges; threads take
    turns at it, since an engine of its own would make none of them faster."""
    with _turn:
        engine = next((engine for engine in _engines if engine.knowledge is knowledge), None)
        if engine is None:
            engine = _Engine(knowledge)
            _engines[:] = [engine, *_engines[: KEPT - 1]]
        return engine.infer(answers)


class _Engine(KnowledgeEngine):  # type: ignore[misc]
    """One firm at a time: ``reset``, declare the answers, run."""

    __matcher__ = _Network

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.layers = [[r for r in knowledge.rules if r.layer == i] for i in range(len(LAYER_NAMES))]
        self._rules = [self._experta_rule(r, i) for layer in self.layers for i, r in enumerate(layer)]
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

    def _experta_rule(self, compiled: CompiledRule, index: int) -> Any:
        salience = (len(LAYER_NAMES) - compiled.layer) * _STEP - index
        rule = Rule(_pattern(compiled.premise), salience=salience)

        def fire(engine: _Engine) -> None:
            engine.fire(compiled)

        fire.__name__ = compiled.id
        return rule(fire)

    def _closing_rule(self, layer: int) -> Any:
        salience = (len(LAYER_NAMES) - layer - 1) * _STEP + 1

        def close(engine: _Engine) -> None:
            engine.close(layer)

        close.__name__ = f"close_{LAYER_NAMES[layer]}"
        return Rule(Open(layer=layer), salience=salience)(close)

    def infer(self, answers: Answers) -> Inference:
        self.facts_of_firm: Facts = derive(self.knowledge, answers)
        self.scores: dict[str, ScoreValue] = score_all(self.knowledge, self.facts_of_firm)
        self.fired: dict[str, Firing] = {}
        self.undecided: list[Undecided] = []
        self.evidence: dict[str, float] = {}
        self.model: ModelReading | None = None
        self.reset()
        asked = {name: s for name, s in self.facts_of_firm.status.items() if s != "not_applicable"}
        unknown = {f"{name}_is_unknown": status == "unknown" for name, status in asked.items()}
        self.declare(Case(**self.facts_of_firm.values, **unknown), Open(layer=0))
        self.run()
        assert self.model is not None
        return Inference(
            facts=self.facts_of_firm,
            scores=self.scores,
            model=self.model,
            firings=tuple(self.fired.values()),
            undecided=tuple(self.undecided),
            findings=dict(self.facts_of_firm.findings),
        )

    def fire(self, compiled: CompiledRule) -> None:
        """Enter a firing; a rule whose alternatives both hold still fires once."""
        if compiled.id in self.fired:
            return
        leaves = deciding(compiled.premise, self.facts_of_firm)
        tests = dict.fromkeys(leaf.fact for leaf in leaves if isinstance(leaf, Test))
        found = dict.fromkeys(leaf.finding for leaf in leaves if isinstance(leaf, Found))
        bindings = tuple((name, self.facts_of_firm.value(name)) for name in tests)
        layer = LAYER_NAMES[compiled.layer]
        self.fired[compiled.id] = Firing(len(self.fired) + 1, compiled.id, layer, bindings, tuple(found))
        for conclusion in compiled.rule.then:
            if isinstance(conclusion, EvidenceThen):
                self.evidence[conclusion.evidence] = self.evidence.get(conclusion.evidence, 0.0) + conclusion.weight
            elif self.facts_of_firm.findings.get(conclusion.target) is None:
                self.facts_of_firm.findings[conclusion.target] = True
                self._tell(conclusion.target, True)

    def _tell(self, finding: str, holds: bool) -> None:
        """Make a finding known to the rules, if any looks at it."""
        if finding in self.looked_at:
            self.declare(Concluded(finding=finding, holds=holds))

    def close(self, layer: int) -> None:
        """Settle what the layer leaves: findings ruled out, rules undecided, and after evidence the model."""
        silent = [rule for rule in self.layers[layer] if rule.id not in self.fired]
        self._rule_out(self.layers[layer])
        for rule in silent:
            if rule.premise.holds(self.facts_of_firm) is None:
                self.undecided.append(self._undecided(rule))
        if layer == 0:
            others = self.facts_of_firm.value(OTHER_LINES)
            self.model = read_model(self.knowledge.models, self.scores, self.evidence, others)
            if self.model.in_play:
                self.facts_of_firm.set_model(self.model.in_play)
                self.declare(OperatingModel(model=self.model.in_play))
        if layer + 1 < len(LAYER_NAMES):
            self.declare(Open(layer=layer + 1))

    def _rule_out(self, rules: list[CompiledRule]) -> None:
        """Mark findings of the layer false where every rule for them is; repeat while that decides more."""
        findings = self.facts_of_firm.findings
        makers: dict[str, list[CompiledRule]] = {}
        for rule in rules:
            for conclusion in rule.rule.then:
                if not isinstance(conclusion, EvidenceThen):
                    makers.setdefault(conclusion.target, []).append(rule)
        changed = True
        while changed:
            changed = False
            for name, group in makers.items():
                if findings.get(name) is None and all(r.premise.holds(self.facts_of_firm) is False for r in group):
                    findings[name] = False
                    changed = True
        for name in makers:
            if findings.get(name) is False:
                self._tell(name, False)

    def _undecided(self, rule: CompiledRule) -> Undecided:
        leaves = deciding(rule.premise, self.facts_of_firm)
        missing = dict.fromkeys(leaf.fact for leaf in leaves if isinstance(leaf, Test))
        found = dict.fromkeys(leaf.finding for leaf in leaves if isinstance(leaf, Found))
        return Undecided(rule.id, LAYER_NAMES[rule.layer], tuple(missing), tuple(found))


def _pattern(premise: Premise, negated: bool = False) -> Any:
    """The experta pattern of a premise; negation is carried down to the tests."""
    match premise:
        case Not(part):
            return _pattern(part, not negated)
        case Found(finding):
            return Concluded(finding=finding, holds=not negated)
        case Test():
            return _test(premise, negated)
        case All(parts) | AnyOf(parts):
            inner = [_pattern(part, negated) for part in parts]
            if len(inner) == 1:
                return inner[0]
            return AND(*inner) if isinstance(premise, All) != negated else OR(*inner)


def _test(test: Test, negated: bool) -> Any:
    if test.op == "unknown":
        return Case(**{f"{test.fact}_is_unknown": not negated})
    holder = OperatingModel if test.fact == MODEL_FACT else Case

    def passes(value: Any) -> bool:
        return test.accepts(value) != negated

    return holder(**{test.fact: P(passes)})
