"""experta and columns of firms, which know nothing of one another, come to the same inference to the last byte."""

from __future__ import annotations

import dataclasses
import random
from datetime import date

import pytest

from advisor.assessment import assess
from advisor.assessment.outlook import verdict_outlook
from advisor.assessment.pipeline import build_assessment
from advisor.inference import column_engine, infer
from advisor.insight.full_assessment import assess_fully
from advisor.knowledge import premises
from advisor.knowledge.premises import COMPARISONS, All, Any, Not
from tests.random_firms import random_firm


def both(knowledge, firms):
    return zip(infer(knowledge, firms, "experta"), infer(knowledge, firms, "columns"), strict=True)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_three_hundred_random_sheets_come_to_the_same_inference_and_verdict(knowledge, seed):
    draw = random.Random(seed)
    firms = [random_firm(knowledge, draw) for _ in range(60)]
    for place, (one, other) in enumerate(both(knowledge, firms)):
        assert one.to_json() == other.to_json()
        if place % 4 == 0:
            firm, outlook = firms[place], verdict_outlook(knowledge, firms[place])
            verdicts = [
                build_assessment(inference, outlook, firm, knowledge, None, None).verdict.model_dump_json()
                for inference in (one, other)
            ]
            assert verdicts[0] == verdicts[1]


def test_some_random_sheets_come_to_the_same_inference(knowledge, small):
    draw = random.Random(99)
    for some in (knowledge, small):
        for one, other in both(some, [random_firm(some, draw) for _ in range(40)]):
            assert one.to_json() == other.to_json()


def test_a_firm_among_many_is_inferred_as_alone(knowledge):
    draw = random.Random(98)
    firms = [random_firm(knowledge, draw) for _ in range(25)]
    for firm, together in zip(firms, infer(knowledge, firms, "columns"), strict=True):
        assert infer(knowledge, [firm], "columns")[0].to_json() == together.to_json()


def test_sample_firms_are_assessed_to_the_same_bytes(knowledge, firms):
    for answers in list(firms.values())[::3]:
        each = [
            assess_fully(answers, knowledge, date(2026, 1, 2), engine=engine).to_json() for engine in ("experta", "columns")
        ]
        assert each[0] == each[1]


@pytest.mark.slow
def test_further_and_random_firms_are_assessed_to_the_same_bytes(knowledge, firms, further_firms):
    draw = random.Random(5)
    for answers in [*firms.values(), *further_firms.values(), *(random_firm(knowledge, draw) for _ in range(12))]:
        each = [assess_fully(answers, knowledge, None, engine=engine).to_json() for engine in ("experta", "columns")]
        assert each[0] == each[1]


def test_no_firms_make_no_inference(knowledge):
    assert infer(knowledge, [], "columns") == infer(knowledge, [], "experta") == ()


def falsified(premise, number):
    """A premise with the limit of one of its comparisons moved by a step."""
    match premise:
        case premises.Test(fact, op, argument) if op in COMPARISONS and isinstance(argument, int | float):
            return premises.Test(fact, op, argument + number)
        case Not(part):
            return Not(falsified(part, number))
        case All(parts) | Any(parts):
            return type(premise)((falsified(parts[0], number), *parts[1:]))
    return premise


@pytest.mark.slow
def test_a_limit_falsified_in_one_engine_is_seen(knowledge, monkeypatch):
    """The columns judge by a knowledge whose limits are off by one here and there; the comparison must notice each."""
    draw = random.Random(6)
    firms = [random_firm(knowledge, draw) for _ in range(40)]
    by_experta = infer(knowledge, firms, "experta")
    truth, known = [found.to_json() for found in by_experta], [found.facts for found in by_experta]
    moved = [
        (rule, wrong)
        for rule in knowledge.rules
        if any((wrong := falsified(rule.premise, 1)).holds(facts) is not rule.premise.holds(facts) for facts in known)
    ][::40]
    assert len(moved) >= 4
    seen = 0
    for rule, premise in moved:
        wrong = dataclasses.replace(rule, premise=premise)
        rules = tuple(wrong if other is rule else other for other in knowledge.rules)
        engine = column_engine.ColumnEngine(dataclasses.replace(knowledge, rules=rules))
        with monkeypatch.context() as patch:
            patch.setattr(column_engine, "column_engine", lambda _, engine=engine: engine)
            seen += [found.to_json() for found in infer(knowledge, firms, "columns")] != truth
    assert seen == len(moved)


def test_neither_engine_calls_the_other(knowledge, firms, monkeypatch):
    from advisor.inference import experta_engine

    answers = list(firms.values())[:2]
    expected = [found.to_json() for found in infer(knowledge, answers)]
    with monkeypatch.context() as patch:
        patch.setattr(column_engine.ColumnEngine, "today", None)  # what may yet come out is foreseen by columns for both
        assert [found.to_json() for found in infer(knowledge, answers, "experta")] == expected
    monkeypatch.setattr(experta_engine, "_Engine", None)
    monkeypatch.setattr(experta_engine, "_engines", [])
    assert [found.to_json() for found in infer(knowledge, answers, "columns")] == expected


def test_assess_is_by_experta_unless_told_otherwise(knowledge, firms, monkeypatch):
    answers = next(iter(firms.values()))
    monkeypatch.setattr(column_engine, "judge", None)
    assert assess(answers, knowledge).verdict
    with pytest.raises(TypeError):
        assess(answers, knowledge, engine="columns")
