"""Forms with codes and answers that somebody wrote with words of their own."""

from __future__ import annotations

import pytest

from advisor.errors import AnswersError
from advisor.interview.answer_files import parse_answers
from tests.tables.test_files import workbook

HEADS = ["编号", "问题", "答案"]


def test_a_unit_in_the_words_of_a_question_counts_and_is_told(knowledge):
    rows = [
        ["A2", "员工人数（百人）", 1.2],
        ["H1", "首期预算（万元）", 90],
        ["B6", "决策时间（天）", 28],
        ["H2", "每年预算（元）", 5],
    ]
    read = parse_answers(workbook(HEADS, *rows), "x.xlsx", knowledge)
    asked = ("employees", "initial_budget", "decision_weeks", "running_budget")
    assert [read.value(name) for name in asked] == [120, 900_000, 4, 5]
    assert [note.place.cell for note in read.notes if "按" in note.message("zh")] == ["C2", "C3", "C4"]


def test_a_unit_of_a_cell_goes_before_that_of_the_question(knowledge):
    read = parse_answers(workbook(HEADS, ["H1", "首期预算（万元）", "900000元"]), "x.xlsx", knowledge)
    assert read.value("initial_budget") == 900_000


def test_a_unit_that_cannot_be_brought_to_that_of_the_question_is_asked(knowledge):
    with pytest.raises(AnswersError, match="A152"):
        parse_answers(workbook(HEADS, ["H2", "每年预算（万元/月）", 5]), "x.xlsx", knowledge)
