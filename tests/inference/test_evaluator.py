"""The evaluator over many firms agrees with experta, rule by rule and finding by finding."""

from __future__ import annotations

import random

import pytest

from advisor.inference import infer
from advisor.inference.evaluator import Evaluator
from advisor.interview import Answer, Answers
from advisor.interview.answers import NOT_APPLICABLE, UNKNOWN
from advisor.knowledge.facts import Fact
from advisor.knowledge.model import Knowledge

AMOUNTS = (0, 1, 2, 5, 10, 15, 20, 30, 60, 100, 500, 1000, 300_000, 1_000_000)


def random_value(fact: Fact, draw: random.Random) -> object:
    match fact.kind:
        case "ordered":
            return draw.choice(fact.steps)
        case "choice":
            return draw.choice(sorted(fact.values))
        case "multi":
            return frozenset(value for value in sorted(fact.values) if draw.random() < 0.3)
        case _:
            return float(draw.randint(0, 100) if (fact.high or 1e6) <= 100 else draw.choice(AMOUNTS))


def random_firm(knowledge: Knowledge, draw: random.Random) -> Answers:
    """Anything from a blank sheet to a full one, with some answers not known and some inapplicable."""
    share = draw.random()
    given: dict[str, Answer] = {}
    for name in knowledge.questions:
        fact = knowledge.facts[name]
        if fact.kind == "text" or draw.random() > share:
            continue
        turn = draw.random()
        given[name] = (
            UNKNOWN if turn < 0.08 else NOT_APPLICABLE if turn < 0.12 else Answer("known", random_value(fact, draw))
        )
    return Answers(given)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_rules_and_findings_come_out_as_with_experta(knowledge, seed):
    draw = random.Random(seed)
    firms = [random_firm(knowledge, draw) for _ in range(500)]
    evaluation = Evaluator(knowledge).evaluate(firms)
    for place, answers in enumerate(firms):
        expected = infer(knowledge, answers)
        assert evaluation.fired(place) == {firing.rule for firing in expected.firings}
        assert evaluation.models[place] == expected.model
        undecided = {entry.rule for entry in expected.undecided}
        assert {name for name in evaluation.rules if evaluation.rule(name, place) is None} == undecided
        for name in knowledge.findings:
            assert evaluation.finding(name, place) is expected.findings.get(name), name


def test_a_batch_says_of_each_firm_what_it_says_alone(knowledge, firms):
    together = Evaluator(knowledge).evaluate(list(firms.values()))
    for place, answers in enumerate(firms.values()):
        alone = Evaluator(knowledge).evaluate([answers])
        assert together.fired(place) == alone.fired(0)


def test_no_firms_make_an_empty_evaluation(knowledge):
    evaluation = Evaluator(knowledge).evaluate([])
    assert evaluation.size == 0 and evaluation.models == ()
