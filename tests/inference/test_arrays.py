"""Scores and operating models over arrays are what plain Python works out for one firm after another."""

from __future__ import annotations

import random

import pytest

from advisor.inference.column_engine import ColumnEngine
from advisor.inference.computed import OperatingModel, Standing
from advisor.inference.facts import FactTable
from advisor.inference.models import OTHER_LINES
from advisor.inference.scores import scorer_of
from advisor.interview.answer_table import AnswerTable
from advisor.knowledge.schema import MODELS, EvidenceThen
from tests.plain.models import models_possible, read_model
from tests.plain.scores import plain_scores
from tests.random_firms import random_firm

pytestmark = pytest.mark.slow
NEAR = 2e-6
"""Rounding to six digits may fall either way."""


@pytest.fixture(params=["knowledge", "small"])
def some(request, knowledge, small):
    return knowledge if request.param == "knowledge" else small


def firms_of(some, count, seed):
    draw = random.Random(seed)
    return [random_firm(some, draw) for _ in range(count)]


def same(one, other):
    assert (one.name, one.kind, one.weight, one.status, one.answer, one.sure) == (
        other.name, other.kind, other.weight, other.status, other.answer, other.sure
    )  # fmt: skip
    assert (one.points, one.low, one.high) == pytest.approx((other.points, other.low, other.high), abs=NEAR)


def test_every_score_of_every_firm_is_that_of_plain_python(some):
    facts = FactTable(some, AnswerTable.of(firms_of(some, 250, 3)))
    table = scorer_of(some).score(facts)
    for place in range(facts.size):
        plain = plain_scores(some, facts.firm(place))
        for name, score in table.firm(place).items():
            expected = plain[name]
            assert score.points == pytest.approx(expected.points, abs=NEAR), name
            assert (score.low, score.high, score.answered) == pytest.approx(
                (expected.low, expected.high, expected.answered), abs=NEAR
            )
            for one, other in zip(score.inputs, expected.inputs, strict=True):
                same(one, other)


def test_a_firm_scores_among_many_to_the_last_bit_what_it_scores_alone(some):
    firms = firms_of(some, 120, 4)
    together = scorer_of(some).score(FactTable(some, AnswerTable.of(firms)))
    for place, firm in enumerate(firms):
        alone = scorer_of(some).score(FactTable(some, AnswerTable.of([firm])))
        assert together.firm(place) == alone.firm(0)


def evidence_of(some, outcome, place):
    """What evidence rules add up to today, and the least and most they still may."""
    found = {}
    for rule in some.rules:
        for then in rule.rule.then:
            if isinstance(then, EvidenceThen):
                truth, (low, high) = outcome.rule(rule.id, place), found.get(then.evidence, (0.0, 0.0))
                least, most = (0.0 if truth is not True else then.weight), (0.0 if truth is False else then.weight)
                found[then.evidence] = low + min(least, most), high + max(least, most)
    return found


def test_the_model_and_its_bounds_are_those_of_plain_python(some):
    facts = FactTable(some, AnswerTable.of(firms_of(some, 250, 5)))
    engine = ColumnEngine(some)
    today, foreseen = engine.today(facts), engine.foresee(facts)
    bounds, _ = OperatingModel().foreseen(Standing(facts, foreseen.rules))
    for place in range(facts.size):
        known = facts.firm(place)
        scores, others = plain_scores(some, known), known.value(OTHER_LINES)
        evidence = {model: low for model, (low, _) in evidence_of(some, today, place).items()}
        rules = [(rule, then) for rule in some.rules for then in rule.rule.then if isinstance(then, EvidenceThen)]
        evidence = {}
        for rule, then in rules:
            if today.rule(rule.id, place):
                evidence[then.evidence] = evidence.get(then.evidence, 0.0) + then.weight
        assert today.models.reading(place) == read_model(some.models, scores, evidence, others)
        named = others if isinstance(others, frozenset) else frozenset()
        open_lines = named if known.value(OTHER_LINES) is not None or not known.applies(OTHER_LINES) else frozenset(MODELS)
        lines = frozenset() if OTHER_LINES in known.doubtful else named
        expected = models_possible(some.models, scores, evidence_of(some, foreseen, place), lines, open_lines)
        assert next(reach for reach, who in bounds.ranges.items() if who >> place & 1) == expected
