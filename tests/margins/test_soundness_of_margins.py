"""Whatever value inside a margin turns out to be right, its assessment lies within what was said before; in both engines."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest

from advisor.assessment.next_question import question_gains
from advisor.assessment.outlook import verdict_outlook
from advisor.inference import infer
from advisor.interview import Answer, Answers
from advisor.knowledge import Knowledge
from advisor.knowledge.facts import Fact
from advisor.knowledge.margins import Margin
from tests.random_firms import random_firm

SLACK = 1e-6


def blurred(answers: Answers, knowledge: Knowledge, draw: random.Random) -> Answers:
    """The sheet with some numbers and steps known only within bounds that hold the value given."""
    given = dict(answers.given)
    for name, answer in answers.given.items():
        fact = knowledge.facts[name]
        if answer.status == "known" and fact.type.numeric and draw.random() < 0.4:
            margin = around(answer.value, fact, draw)
            if margin.low < margin.high:
                given[name] = Answer("within", margin)
    return replace(answers, given=given)


def around(value: float, fact: Fact, draw: random.Random) -> Margin:
    if fact.values:
        steps = [step for step in fact.steps if abs(step - value) <= draw.randint(0, 2)]
        return Margin(min(steps), max(steps), whole=True)
    low = max(fact.low or 0.0, math.floor(value * draw.uniform(0.3, 1)))
    high = math.inf if draw.random() < 0.15 else math.ceil(value * draw.uniform(1, 3))
    if fact.high is not None and not math.isinf(high):
        high = min(high, fact.high)
    return Margin(float(low), float(max(high, value)), whole=bool(fact.question and fact.question.integer))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_every_value_inside_stays_inside_intervals_and_possible_verdicts(knowledge: Knowledge, small: Knowledge, seed: int):
    draw = random.Random(seed)
    for some in [knowledge] * 6 + [small] * 25:
        exact = random_firm(some, draw)
        rough = blurred(exact, some, draw)
        (of_exact,), (of_rough,) = infer(some, [exact], "columns"), infer(some, [rough], "columns")
        for name, wide in of_rough.scores.items():
            narrow = of_exact.scores[name]
            assert wide.low - SLACK <= narrow.low and narrow.high <= wide.high + SLACK, name
        said, right = verdict_outlook(some, rough), verdict_outlook(some, exact)
        assert set(right.possible) <= set(said.possible)
        assert not said.settled or said.name == right.name


@pytest.mark.parametrize("seed", range(4))
def test_a_margin_never_says_more_than_the_value_and_never_less_than_no_answer(knowledge: Knowledge, seed: int):
    draw = random.Random(100 + seed)
    for _ in range(6):
        exact = random_firm(knowledge, draw)
        rough = blurred(exact, knowledge, draw)
        blank = Answers({name: answer for name, answer in rough.given.items() if answer.status != "within"})
        (of_rough,), (of_blank,) = infer(knowledge, [rough], "columns"), infer(knowledge, [blank], "columns")
        for name, narrow in of_rough.scores.items():
            wide = of_blank.scores[name]
            assert wide.low - SLACK <= narrow.low and narrow.high <= wide.high + SLACK, name


def test_both_engines_infer_the_same(knowledge: Knowledge, small: Knowledge):
    draw = random.Random(7)
    for some in (knowledge, small):
        firms = [blurred(random_firm(some, draw), some, draw) for _ in range(15)]
        for one, other in zip(infer(some, firms, "experta"), infer(some, firms, "columns"), strict=True):
            assert one.to_json() == other.to_json()


def test_a_margin_on_one_side_of_a_cut_off_decides_and_one_across_it_waits(small: Knowledge):
    def fired(margin: Margin) -> set[str]:
        (inference,) = infer(small, [Answers({"wish": Answer("within", margin)})], "columns")
        return {rule.rule for rule in inference.fired_rules}

    assert "files_needed" in fired(Margin(2, 3, whole=True))
    assert "files_needed" not in fired(Margin(1, 2, whole=True))


def test_the_next_question_may_be_to_narrow_one_and_tries_no_value_outside(small: Knowledge):
    answers = Answers({"wish": Answer("within", Margin(1, 5, whole=True)), "means": Answer("known", 3)})
    gains = {gain.question for gain in question_gains(small, answers, verdict_outlook(small, answers))}
    assert "wish" in gains
