"""Rows that are no firm, as people write them: second heads, totals with more words, examples, signatures."""

from __future__ import annotations

import pytest

from advisor.batch.score_table import score_table
from advisor.errors import AnswersError, ProblemsError
from advisor.interview.answer_files import parse_answers
from tests.batch.conftest import write_csv
from tests.tables.test_units_and_rows import keys, read, values

HEADS = ["企业名称", "A2", "H1", "G1", "I4"]
FIRMS = [["甲厂", "120", "90万", "4", "ERP"], ["乙厂", "80", "50万", "3", ""]]


@pytest.mark.parametrize(
    "heads",
    [
        ["企业名称", "A2", "G1", "H1"],
        ["企业名称", "A2", "H1", "G2", "I4"],
        ["单位名称", "C1", "C2"],
        ["企业名称", "首期预算", "员工人数"],
        ["序号", "企业名称", "A2", "H1", "G1"],
    ],
)
def test_a_second_table_with_its_columns_in_another_order_is_told_and_not_read_under_the_first(tmp_path, knowledge, heads):
    rows = [HEADS, FIRMS[0], heads, ["丙厂", "3", "2", "1", "2"]]
    with pytest.raises(ProblemsError) as caught:
        read(tmp_path, knowledge, *rows)
    assert [(problem.code, problem.place.line) for problem in caught.value.problems] == [("B115", 3)]
    with pytest.raises(ProblemsError, match="B115"):
        score_table(write_csv(tmp_path / "f.csv", rows), tmp_path, knowledge, "en")
    with pytest.raises(AnswersError, match="B115"):
        parse_answers("\n".join(map(",".join, rows)).encode(), "f.csv", knowledge)


def test_the_same_heads_again_are_set_aside(tmp_path, knowledge):
    firms = read(tmp_path, knowledge, HEADS, FIRMS[0], HEADS, FIRMS[1])
    assert values(firms, "A2", "G1") == [(120, 4), (80, 3)]
    assert "note.rows_head" in keys(firms)


@pytest.mark.parametrize(
    "row",
    [
        ["合　计", "200", "140万", "—", "—"],
        ["合计：2家", "200", "140万"],
        ["总计（2家）", "200"],
        ["Total (2 firms)", "200", "1400000"],
        ["华东小计", "200", "140万", "", ""],
        ["占比", "60%", "90%"],
        ["平均值", "100", "70万", "3.5", "/"],
    ],
)
def test_a_row_of_totals_with_more_words_or_dashes_is_no_firm(tmp_path, knowledge, row):
    firms = read(tmp_path, knowledge, HEADS, *FIRMS, row)
    assert values(firms, "A2") == [(120,), (80,)]
    assert "note.rows_total" in keys(firms)


@pytest.mark.parametrize(
    "row",
    [
        ["示例：某某公司", "100", "50万", "3", "ERP"],
        ["（示例）", "100", "50万", "3", "ERP"],
        ["例", "100", "50万", "3", ""],
        ["填写示例", "100", "50万", "3", ""],
        ["Example", "100", "500000", "3", ""],
        ["填表人", "张三", "审核人", "李四", "2026-05-01"],
        ["制表：王五", "审核：赵六", "2026年5月1日"],
    ],
)
def test_a_row_that_shows_how_to_fill_in_or_that_somebody_signs_is_no_firm(tmp_path, knowledge, row):
    firms = read(tmp_path, knowledge, HEADS, *FIRMS, row)
    assert values(firms, "A2") == [(120,), (80,)]
    assert "note.rows_note" in keys(firms)


@pytest.mark.parametrize(
    "name", ["合计科技有限公司", "示例科技", "例外贸易", "日期食品厂", "审核通科技（上海）", "Sum Trading", "总和文化"]
)
def test_a_firm_whose_name_begins_as_such_a_row_does_is_kept(tmp_path, knowledge, name):
    firms = read(tmp_path, knowledge, HEADS, *FIRMS, [name, "100", "50万", "3", "ERP"])
    assert values(firms, "A2") == [(120,), (80,), (100,)]


def test_a_firm_named_as_totals_with_answers_in_words_is_kept(tmp_path, knowledge):
    firms = read(tmp_path, knowledge, HEADS, *FIRMS, ["合计（上海）", "100", "50万", "3", "ERP"])
    assert values(firms, "A2") == [(120,), (80,), (100,)]
