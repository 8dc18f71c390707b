"""The evaluator over many firms agrees with experta, rule by rule and finding by finding."""

from __future__ import annotations

import random

import pytest

from advisor.inference import infer
from advisor.inference.evaluator import Evaluator
from advisor.interview import Answer, Answers
from tests.random_firms import completed, random_firm


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


@pytest.mark.parametrize("seed", range(4))
def test_what_is_foreseen_holds_in_every_completion(knowledge, seed):
    """A rule foreseen to hold does so however the missing answers turn out, and one foreseen to fail never holds."""
    draw = random.Random(seed)
    firms = [random_firm(knowledge, draw) for _ in range(60)]
    evaluator = Evaluator(knowledge)
    foreseen = evaluator.foresee(firms)
    decided = 0
    for _ in range(20):
        outcome = evaluator.evaluate([completed(firm, knowledge, draw) for firm in firms])
        for name, (holds, fails) in foreseen.rules.items():
            fired = outcome.rules[name][0]
            assert holds & ~fired == 0, name
            assert fails & fired == 0, name
            decided += (holds | fails).bit_count()
    assert decided > 0.3 * 20 * len(firms) * len(foreseen.rules)


def test_what_may_yet_not_apply_holds_today_and_is_not_foreseen(knowledge):
    """What was said of field staff stands today, and falls should it turn out that there are none."""
    firm = Answers({"field_autonomy": Answer("known", 5), "activity_result_pay": Answer("known", 1)})
    evaluator, rule = Evaluator(knowledge), "free_reps_without_tied_pay"
    assert evaluator.evaluate([firm]).rule(rule, 0)
    assert evaluator.foresee([firm]).rule(rule, 0) is None
    assert evaluator.foresee([firm.with_answer("field_staff", Answer("known", 9.0))]).rule(rule, 0)
    assert evaluator.evaluate([firm.with_answer("field_staff", Answer("known", 0.0))]).rule(rule, 0) is False


def test_some_kinds_alone_come_out_as_among_all(knowledge):
    draw = random.Random(7)
    firms = [random_firm(knowledge, draw) for _ in range(40)]
    whole, part = Evaluator(knowledge), Evaluator(knowledge, ("function", "risk"))
    for one, other in ((whole.evaluate(firms), part.evaluate(firms)), (whole.foresee(firms), part.foresee(firms))):
        assert {r.id for r in knowledge.rules if r.rule.kind in ("function", "risk")} <= set(other.rules)
        assert all(one.rules[name] == sides for name, sides in other.rules.items())
