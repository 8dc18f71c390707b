"""What was inferred about one firm: facts, scores, operating model, the rules that hold with their grounds, and those that
wait for an answer, all in an order that no engine decides."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Literal, cast

from advisor.inference.facts import Facts, FactTable
from advisor.inference.foresight import score_table
from advisor.inference.models import ModelReading
from advisor.inference.outcome import RuleOutcome
from advisor.inference.scores import ScoreValue
from advisor.interview.answer_table import AnswerTable
from advisor.interview.answers import Answers
from advisor.knowledge.model import LAYER_NAMES, CompiledRule, Knowledge
from advisor.knowledge.premises import Found, Test, Truth, Value, deciding

RuleEngine = Literal["experta", "columns"]
RULE_ENGINES: Mapping[RuleEngine, str] = {
    "experta": "advisor.inference.experta_engine",
    "columns": "advisor.inference.column_engine",
}
"""The engines by name; each module has ``judge(facts: FactTable) -> RuleOutcome``, and is imported when it is asked for."""


@dataclass(frozen=True)
class FiredRule:
    """A rule that holds: its place in the order, the facts with their values and the findings that make it hold."""

    order: int
    rule: str
    layer: str
    bindings: tuple[tuple[str, Value | None], ...]
    findings: tuple[str, ...]


@dataclass(frozen=True)
class UndecidedRule:
    """A rule that may or may not hold: the facts that are missing to decide it, and findings undecided themselves."""

    rule: str
    layer: str
    missing: tuple[str, ...]
    findings: tuple[str, ...]


@dataclass(frozen=True)
class Inference:
    """The whole outcome for one firm. ``findings`` says of each finding: concluded, ruled out or undecided (None)."""

    facts: Facts
    scores: Mapping[str, ScoreValue]
    model: ModelReading
    fired_rules: tuple[FiredRule, ...]
    undecided_rules: tuple[UndecidedRule, ...]
    findings: Mapping[str, Truth]

    def to_json(self) -> str:
        """The inference as JSON, sets in alphabetical order: the same bytes from either engine."""
        return json.dumps(dataclasses.asdict(self), default=_as_json, ensure_ascii=False)


def _as_json(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    assert isinstance(value, date)
    return value.isoformat()


def infer(knowledge: Knowledge, firms: Sequence[Answers], engine: RuleEngine = "experta") -> tuple[Inference, ...]:
    """Run all rules on the answers of each firm, by experta or by columns of firms: the same comes out of both."""
    return infer_from(FactTable(knowledge, AnswerTable.of(firms)), engine)


def infer_from(facts: FactTable, engine: RuleEngine, foreseen: RuleOutcome | None = None) -> tuple[Inference, ...]:
    """Run all rules on the facts of some firms; ``foreseen`` has what their project facts may turn out to be, worked out
    where it is not given."""
    judge = cast("Callable[[FactTable], RuleOutcome]", import_module(RULE_ENGINES[engine]).judge)
    return tuple(_inferences(facts, judge(facts), foreseen))


def _inferences(facts: FactTable, outcome: RuleOutcome, foreseen: RuleOutcome | None) -> Iterator[Inference]:
    scores = score_table(facts, today=outcome, foreseen=foreseen)
    for firm in range(facts.size):
        known, model = facts.firm(firm), outcome.models.reading(firm)
        known.set_computed(outcome.values(firm), outcome.margins(firm))
        known.findings = {name: outcome.finding(name, firm) for name in facts.knowledge.makers}
        fired: list[FiredRule] = []
        undecided: list[UndecidedRule] = []
        for rule in facts.knowledge.rules_in_order:
            truth = outcome.rule(rule.id, firm)
            if truth is not False:
                looked_at, findings = _grounds(rule, known)
                layer = LAYER_NAMES[rule.layer]
                if truth:
                    bindings = tuple((name, known.value(name)) for name in looked_at)
                    fired.append(FiredRule(len(fired) + 1, rule.id, layer, bindings, findings))
                else:
                    undecided.append(UndecidedRule(rule.id, layer, looked_at, findings))
        yield Inference(known, scores.firm(firm), model, tuple(fired), tuple(undecided), dict(known.findings))


def _grounds(rule: CompiledRule, facts: Facts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The facts and findings that make a rule hold, or that it waits for."""
    leaves = deciding(rule.premise, facts)
    tests = dict.fromkeys(leaf.fact for leaf in leaves if isinstance(leaf, Test))
    return tuple(tests), tuple(dict.fromkeys(leaf.finding for leaf in leaves if isinstance(leaf, Found)))
