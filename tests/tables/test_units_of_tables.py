"""Units that a table names once for many columns, and numbers that may be read in two ways."""

from __future__ import annotations

import pytest

from advisor.batch.score_table import score_table
from advisor.errors import ProblemsError
from advisor.interview.answer_parsing import answer_to
from advisor.interview.head_words import match
from advisor.knowledge import Knowledge
from advisor.knowledge.answer_types import RefusedError
from tests.batch.conftest import write_csv
from tests.tables.test_units_and_rows import keys, read, values

HEADS = ["企业名称", "员工人数", "首期预算", "G1", "决策快慢"]


@pytest.mark.parametrize(
    "units",
    [
        ["", "人", "万元", "", "天"],
        ["单位", "人", "万元", "1-5", "天"],
        ["", "（人）", "（万元）", "（1-5分）", ""],
        ["", "单位：人", "单位：万元", "分", ""],
        ["/", "人", "万元", "/", "/"],
    ],
)
def test_a_row_of_units_under_the_heads_counts_for_its_columns(tmp_path, knowledge, units):
    firms = read(tmp_path, knowledge, HEADS, units, ["甲", "120", "90", "4", "28"])
    assert values(firms, "A2", "H1", "G1") == [(120, 900_000, 4)]
    assert "note.unit" in keys(firms)


def test_a_firm_whose_answers_are_no_numbers_is_no_row_of_units(tmp_path, knowledge):
    firms = read(tmp_path, knowledge, HEADS[:4], ["甲", "人", "万元", "4"], ["乙", "120", "90万", "4"])
    assert values(firms, "A2", "H1") == [None, (120, 900_000)]


@pytest.mark.parametrize(
    "rows",
    [
        [["单位：万元"], ["企业名称", "A2", "H1"], ["甲", "120", "90"]],
        [["调查表", "", "", "（金额单位：万元）"], ["企业名称", "A2", "H1"], ["甲", "120", "90"]],
        [["企业名称（金额单位：万元）", "A2", "H1"], ["甲", "120", "90"]],
        [["企业名称", "A2", "H1"], ["甲", "120", "90"], ["注：金额单位为万元"]],
        [["Amounts in RMB 10k"], ["Firm", "A2", "H1"], ["X", "120", "90"]],
    ],
)
def test_a_unit_that_a_table_names_for_all_its_sums_counts(tmp_path, knowledge, rows):
    firms = read(tmp_path, knowledge, *rows)
    assert values(firms, "A2", "H1") == [(120, 900_000)]
    assert "note.unit" in keys(firms)


@pytest.mark.parametrize("firms", [3, 1_500])
def test_a_unit_named_below_the_firms_counts_for_scores_too(tmp_path, knowledge, firms):
    """The scores of a long CSV are read row by row; its foot is looked at before."""
    rows = [["企业名称", "A2", "H1"], *([f"公司{number}", "120", "90"] for number in range(firms)), ["单位：万元"]]
    path = write_csv(tmp_path / "f.csv", rows)
    result = score_table(path, tmp_path / "out", knowledge, "en")
    told = [note.message("en") for note in result.notes]
    assert "Column 'H1' was read as 万元: 90 → RMB 900,000." in told
    assert next(note.key for note in result.notes if note.key.startswith("note.rows")) == "note.rows_note"
    assert result.scored == firms


def test_scores_of_a_csv_with_a_firm_in_each_column(tmp_path, knowledge):
    rows = [["企业名称", "甲", "乙"], ["A2", "120", "130"], ["H1", "90", "80"], ["单位：万元"]]
    result = score_table(write_csv(tmp_path / "f.csv", rows), tmp_path / "out", knowledge, "en")
    assert (result.scored, result.failed) == (2, 0)
    assert {"note.turned", "note.unit"} <= {note.key for note in result.notes}


def test_the_unit_of_a_head_or_a_cell_goes_before_that_of_the_table(tmp_path, knowledge):
    rows = [["填报单位：某商会；单位：万元"], ["企业名称", "H1（元）", "H2（千元）", "A3"], ["甲", "90000", "5", "300元"]]
    given = read(tmp_path, knowledge, *rows).rows[0].answers
    assert [given.value(key) for key in ("initial_budget", "running_budget", "annual_revenue")] == [90_000, 5_000, 300]


def test_two_units_for_all_sums_are_asked(tmp_path, knowledge):
    with pytest.raises(ProblemsError) as caught:
        read(tmp_path, knowledge, ["单位：万元"], ["企业名称", "H1"], ["甲", "90"], ["注：金额单位为千元"])
    assert caught.value.problems[0].code == "B108"


@pytest.mark.parametrize("head", ["H2（万元/月）", "A3（月均，万元）", "H1（每人/元）"])
def test_a_unit_with_more_beside_it_is_asked(tmp_path, knowledge, head):
    with pytest.raises(ProblemsError) as caught:
        read(tmp_path, knowledge, ["企业名称", head], ["甲", "90"])
    assert caught.value.problems[0].code == "B108"


@pytest.mark.parametrize("units", [1, 3])
def test_a_firm_in_each_column_keeps_its_name_and_the_units_beside_the_questions(tmp_path, knowledge, units):
    rows = [["题目", "甲厂", "乙厂"], ["A2 现有员工", "120", "80"], ["H1 首期预算", "90", "50"], ["G1", "4", "3"]]
    for row, unit in zip(rows, ("单位", "人", "万元", ""), strict=True):
        row.insert(units, unit)
    firms = read(tmp_path, knowledge, *rows)
    assert [row.name for row in firms.rows] == ["甲厂", "乙厂"]
    assert values(firms, "A2", "H1") == [(120, 900_000), (80, 500_000)]


@pytest.mark.parametrize("cell", ["EUR 40.000", "€1.200", "1.200 EUR", "EUR 40.000-50.000", "1.200-1.500"])
def test_three_digits_behind_a_point_are_asked_in_any_currency(knowledge, cell):
    with pytest.raises(RefusedError) as caught:
        answer_to(knowledge.questions["initial_budget"], cell, knowledge)
    assert caught.value.code == "A155"


def test_a_refused_sum_is_quoted_as_it_was_written(knowledge):
    with pytest.raises(RefusedError) as caught:
        answer_to(knowledge.questions["initial_budget"], "half a million", knowledge)
    assert caught.value.values["value"] == "half a million"


def test_a_firm_named_as_a_note_begins_is_kept_with_its_answer(tmp_path, knowledge):
    names = ["注册会计师事务所", "说明书印刷厂", "备注文化传媒", "制表机械厂", "Notes Inc"]
    rows = [
        ["企业名称", "A2"],
        *([name, "50"] for name in names),
        ["填表人", "1"],
        ["备注：见附件", "1"],
        ["注：数据截至年底", ""],
    ]
    firms = read(tmp_path, knowledge, *rows)
    assert values(firms, "A2") == [(50,)] * len(names)


def test_a_code_beside_the_words_of_another_question_is_told(tmp_path, knowledge):
    heads = ["企业名称", "A2 首期预算", "G1 流程", "H1 现有员工多少人？"]
    firms = read(tmp_path, knowledge, heads, ["甲", "120", "4", "90"])
    assert [note.values["head"] for note in firms.notes if note.key == "note.guessed"] == [heads[1], heads[3]]


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("G1 您的性别", True),
        ("A2 年龄", True),
        ("G1 gender", True),
        ("A2 员工人数", False),
        ("A2 employees in all", False),
        ("G1 流程复杂程度", False),
        ("A2", False),
    ],
)
def test_a_code_beside_words_of_another_matter_is_told(head: str, told: bool, knowledge: Knowledge):
    """A column of other questions that are numbered like ours was read without a word."""
    found = match(head, knowledge)
    assert found is not None and found.guessed is told


def test_a_chinese_comma_keeps_two_numbers_apart(knowledge: Knowledge):
    """120，130 was read as 120,130 people."""
    with pytest.raises(RefusedError):
        answer_to(knowledge.questions["employees"], "120，130", knowledge)
