"""Forms with codes and answers that somebody wrote with words of their own."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

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


def two_sheets(first: list[list[object]], second: list[list[object]], hidden: int = -1) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.title = "一"
    book.create_sheet("二")
    for sheet, rows in zip(book.worksheets, (first, second), strict=True):
        for row in rows:
            sheet.append(row)
    if hidden >= 0:
        book.worksheets[hidden].sheet_state = "hidden"
        book.active = 1 - hidden
    book.save(out)
    return out.getvalue()


TABLE = [["企业名称", "G1"], ["甲", 4]]


@pytest.mark.parametrize(
    ("first", "second", "hidden", "sheet"),
    [
        ([HEADS, ["A2", "员工", 120]], [HEADS, ["G1", "流程", 4]], 1, "二"),
        ([["封面"]], TABLE, 1, "二"),
        ([HEADS, ["A2", "员工", 120]], TABLE, -1, "二"),
    ],
)
def test_a_hidden_sheet_that_is_read_and_one_that_is_not_are_told(knowledge, first, second, hidden, sheet):
    notes = parse_answers(two_sheets(first, second, hidden), "x.xlsx", knowledge).notes
    assert notes and all(sheet in note.message(lang) for note in notes for lang in ("zh", "en"))


def test_a_sheet_that_is_seen_goes_before_a_hidden_one(knowledge):
    assert (
        parse_answers(two_sheets([["企业名称", "G1"], ["甲", 3]], TABLE, 0), "x.xlsx", knowledge).value("process_complexity")
        == 4
    )


@pytest.mark.parametrize("more", [["编号", "问题", "答案（元）"], ["编号", "问题", "答案"]])
def test_the_unit_of_a_question_goes_before_those_of_all_answers_and_all_sums(knowledge, more):
    rows = [["H1", "首期预算（万元）", 90], ["H2", "每年预算（元）", 5], ["A3", "上年营业收入", 30], ["单位：千元"]]
    read = parse_answers(workbook(more, *rows), "x.xlsx", knowledge)
    of_all = 30 if "元" in more[2] else 30_000
    assert [read.value(name) for name in ("initial_budget", "running_budget", "annual_revenue")] == [900_000, 5, of_all]
