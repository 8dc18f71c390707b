"""The rules as formulas, which other engines are given, say what the premises and the columns say."""

from __future__ import annotations

import math
import random

from advisor.inference.column_engine import ColumnEngine
from advisor.inference.facts import FactTable
from advisor.interview import Answers
from advisor.interview.answer_table import AnswerTable
from advisor.knowledge.facts import Fact
from advisor.knowledge.premises import COMPARISONS, All, Any, Not, Premise, number_word
from advisor.knowledge.premises import Test as OneTest
from benchmarks.engines.formulas import (
    Formula,
    FormulaRule,
    Row,
    columns_used,
    facts_of,
    formula_of,
    over_columns,
    row_of,
    written,
)
from benchmarks.engines.plain import SYNTAX, PlainPython
from tests.random_firms import random_firm, random_value


def fired_by_python(knowledge, firms: list[Answers]) -> list[set[str]]:
    engine = PlainPython(knowledge)
    return [set(engine.fired(engine.prepare(row_of(knowledge, facts)))) for facts in facts_of(knowledge, firms)]


def random_test(fact: Fact, draw: random.Random) -> OneTest:
    """Any test that fits a fact."""
    several, thresholds = ["includes", "includes_any", "count"], [*COMPARISONS]
    op = draw.choice(["unknown", "in", *(several if fact.type.several else thresholds if fact.type.ordered else [])])
    if op == "unknown":
        return OneTest(fact.name, op)
    if op == "count":
        return OneTest(fact.name, op, (draw.choice(list(COMPARISONS)), draw.randint(0, 3)))
    if op in COMPARISONS:
        return OneTest(fact.name, op, random_value(fact, draw))
    words = sorted(fact.values) or [number_word(random_value(fact, draw)) for _ in range(3)]
    return OneTest(fact.name, op, frozenset(draw.sample(words, draw.randint(1, min(3, len(words))))))


def random_premise(facts: list[Fact], draw: random.Random, depth: int = 3) -> Premise:
    kind = draw.choice([OneTest, OneTest, Not, All, Any]) if depth else OneTest
    if kind is OneTest:
        return random_test(draw.choice(facts), draw)
    if kind is Not:
        return Not(random_premise(facts, draw, depth - 1))
    return kind(tuple(random_premise(facts, draw, depth - 1) for _ in range(draw.randint(1, 3))))


def is_true(formula: Formula, row: Row) -> bool:
    columns = columns_used([FormulaRule("one", 0, formula, ())])
    known = {name: row.get(name, math.nan if number else "") for name, number in columns.items()}
    return eval(written(formula, SYNTAX), {}, known)


def test_formulas_are_true_where_a_premise_holds_and_where_it_fails(knowledge):
    """Also for tests that no rule makes today, such as a negated count."""
    draw = random.Random(10)
    vocabulary = [fact for fact in knowledge.facts.values() if not fact.type.free]
    premises = [random_premise(vocabulary, draw) for _ in range(250)]
    for facts in facts_of(knowledge, [random_firm(knowledge, draw) for _ in range(20)]):
        row = row_of(knowledge, facts)
        for premise in premises:
            truth = premise.holds(facts)
            assert is_true(over_columns(formula_of(knowledge, premise), knowledge), row) is (truth is True), premise
            failing = formula_of(knowledge, premise, negated=True, sure=True)
            assert is_true(over_columns(failing, knowledge), row) is (truth is False), premise


def test_generated_python_fires_what_the_columns_fire(knowledge):
    draw = random.Random(11)
    firms = [random_firm(knowledge, draw) for _ in range(300)]
    outcome = ColumnEngine(knowledge).today(FactTable(knowledge, AnswerTable.of(firms)))
    compared = 0
    for place, (fired, ours) in enumerate(zip(fired_by_python(knowledge, firms), outcome.fired(), strict=True)):
        within = outcome.margins(place).values()
        if all((margin.low, margin.high) == (0, knowledge.facts["funding"].steps[-1]) for margin in within):
            assert fired == set(ours)
            compared += 1
        assert fired <= set(ours) or not within
    assert compared > 50


def test_the_tiny_knowledge_comes_out_alike_too(small):
    draw = random.Random(12)
    firms = [Answers(), *(random_firm(small, draw) for _ in range(300))]
    expected = ColumnEngine(small).today(FactTable(small, AnswerTable.of(firms))).fired()
    for fired, ours in zip(fired_by_python(small, firms), expected, strict=True):
        assert fired == set(ours)
