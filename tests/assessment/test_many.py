"""Many firms at once are judged as each by itself: verdict, what is possible, need, ability, model."""

from __future__ import annotations

import random

import numpy as np
import pytest

from advisor.assessment.many import outlooks
from advisor.assessment.outlook import prospects
from advisor.inference.evaluator import Evaluator
from advisor.interview.answers import Answers
from advisor.interview.coded import Coded, CodedFirms, ColumnReader
from tests.random_firms import random_firm


def coded(knowledge, firms: list[Answers]) -> CodedFirms:
    columns = {}
    for name in knowledge.questions:
        given = [firm.given.get(name) for firm in firms]
        different = list(dict.fromkeys(given))
        columns[name] = Coded(tuple(different), np.array([different.index(one) for one in given]))
    return CodedFirms(len(firms), columns)


def check(knowledge, firms: list[Answers]) -> None:
    alone = prospects(knowledge, firms)
    models = Evaluator(knowledge).evaluate(firms).models
    for one, many, model in zip(alone, outlooks(knowledge, coded(knowledge, firms)), models, strict=True):
        assert many.verdict == one.name
        assert many.possible == one.possible
        assert many.need == pytest.approx((one.need.points, one.need.low, one.need.high), abs=2e-6)
        assert many.ability == pytest.approx((one.ability.points, one.ability.low, one.ability.high), abs=2e-6)
        assert (many.blocked, many.conditions) == (one.blocked.found, one.conditions.found)
        assert many.model == model


def test_random_firms_are_judged_as_each_by_itself(knowledge):
    draw = random.Random(7)
    check(knowledge, [random_firm(knowledge, draw) for _ in range(150)])


def test_firms_of_the_tiny_knowledge_too(small):
    draw = random.Random(8)
    check(small, [random_firm(small, draw) for _ in range(400)])


@pytest.mark.slow
def test_thousands_of_random_firms_are_judged_as_each_by_itself(knowledge):
    draw = random.Random(9)
    check(knowledge, [random_firm(knowledge, draw) for _ in range(3000)])


def test_firms_that_differ_in_every_number_are_no_other_case(knowledge):
    from advisor.interview.answers import Answer

    base = random_firm(knowledge, random.Random(3))
    firms = [Answers({**base.given, "employees": Answer("known", float(10 + n))}) for n in range(300)]
    check(knowledge, firms)


def test_a_column_is_read_cell_by_cell_and_wrong_cells_are_placed(small):
    reader = ColumnReader("A5", small)
    assert len(reader.questions) == 2
    columns, problems = reader.read(["5 / 3", "", "5 / 3", "6 / 1", "unknown / 2"])
    first, second = (columns[name] for name in reader.questions)
    assert [first.answers[code] and first.answers[code].status for code in first.codes] == [
        "known", None, "known", None, "unknown",
    ]  # fmt: skip
    assert [second.answers[code] and second.answers[code].value for code in second.codes] == [3, None, 3, None, 2]
    assert [(place, [p.code for p in found]) for place, found in problems.items()] == [(3, ["A102"])]
