"""A table of firms holds for each firm exactly what it answered."""

from __future__ import annotations

import random

from advisor.interview import Answer, Answers
from advisor.interview.answer_table import AnswerColumn, AnswerTable
from advisor.interview.answers import UNKNOWN
from tests.random_firms import random_firm


def test_each_firm_gets_its_own_sheet_back(knowledge):
    draw = random.Random(7)
    firms = [random_firm(knowledge, draw) for _ in range(60)]
    for some in (firms, firms[:1], []):
        table = AnswerTable.of(some)
        assert [table.sheet(place) for place in range(len(table))] == [firm.given for firm in some]
        assert [table.only(place).sheet(0) for place in range(len(table))] == [firm.given for firm in some]
        for question in knowledge.questions:
            column = table.column(question)
            assert [column.answer(place) for place in range(len(table))] == [firm.given.get(question) for firm in some]


def test_a_step_and_an_equal_number_stay_what_they_are():
    table = AnswerTable.of([Answers({"step": Answer("known", 1), "number": Answer("known", 1.0)}), Answers()])
    assert repr(table.sheet(0)) == repr({"step": Answer("known", 1), "number": Answer("known", 1.0)})


def test_changes_stand_in_place_of_answers_and_all_else_is_shared():
    sheet = Answers({"size": Answer("known", 3), "aim": Answer("known", "grow")})
    table = AnswerTable.with_changes(sheet, [{"size": UNKNOWN}, {"means": Answer("known", "some")}, {}])
    assert [table.sheet(place) for place in range(3)] == [
        {"size": UNKNOWN, "aim": Answer("known", "grow")},
        {**sheet.given, "means": Answer("known", "some")},
        sheet.given,
    ]


def test_a_column_may_take_an_answer_away():
    sheet = Answers({"size": Answer("known", 3), "aim": Answer("known", "grow")})
    table = AnswerTable.with_columns(sheet, 2, {"size": AnswerColumn((None,))})
    assert table.sheet(1) == {"aim": Answer("known", "grow")}
