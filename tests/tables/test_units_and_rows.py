"""Tables as people fill them in: numbers in other units, rows that are no firms, and heads in words of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from advisor.batch.readers import read_firms
from advisor.batch.score_table import score_table
from advisor.errors import ProblemsError
from advisor.interview.head_words import match
from advisor.knowledge.answer_types.shared.numerals import UNITS, digits, parse_number
from tests.batch.conftest import write_csv


def read(tmp_path: Path, knowledge, *rows: list[str], encoding: str = "utf-8-sig"):
    return read_firms(write_csv(tmp_path / "f.csv", rows, encoding), knowledge)


NAMES = {
    "A2": "employees", "A3": "annual_revenue", "B6": "decision_weeks", "G1": "process_complexity", "H1": "initial_budget",
    "H10": "payback_within", "I4": "existing_systems",
}  # fmt: skip


def values(firms, *codes: str):
    """What each firm answered to some questions; None where it cannot be read."""
    return [row.answers and tuple(row.answers.value(NAMES[code]) for code in codes) for row in firms.rows]


def keys(firms) -> list[str]:
    return [note.key for note in firms.notes]


@pytest.mark.parametrize(
    ("head", "cell", "code", "value", "said"),
    [
        ("H1 首期预算（万元）", "90", "H1", 900_000, "90 → RMB 900,000"),
        ("H1 首期预算/万元", "90", "H1", 900_000, "90 → RMB 900,000"),
        ("首期预算（单位：万元）", "90", "H1", 900_000, "90 → RMB 900,000"),
        ("H1（含税，万元）", "90", "H1", 900_000, "90 → RMB 900,000"),
        ("H1（单位：万元，保留两位小数）", "90", "H1", 900_000, "90 → RMB 900,000"),
        ("H1（税前万元）", "90", "H1", 900_000, "90 → RMB 900,000"),
        ("A3（万元/年）", "90", "A3", 900_000, "90 → RMB 900,000"),
        ("A3（2025年，人民币、亿元）", "3", "A3", 300_000_000, "3 → RMB 300 million"),
        ("A2（百人，含外包）", "3", "A2", 300, "3 → 300 people"),
        ("Revenue (RMB m)", "12.5", "A3", 12_500_000, "12.5 → RMB 12.5 million"),
        ("H1 (RMB 10k)", "90", "H1", 900_000, "90 → RMB 900,000"),
        ("A2 员工（百人）", "3", "A2", 300, "3 → 300 people"),
        ("B6 时间（天）", "14", "B6", 2, "14 → 2 weeks"),
        ("H10 (years)", "2", "H10", 24, "2 → 24 months"),
    ],
)
def test_a_unit_in_the_head_is_brought_to_ours_and_told_once(tmp_path, knowledge, head, cell, code, value, said):
    firms = read(tmp_path, knowledge, ["Firm", head], ["A", cell], ["B", cell])
    assert values(firms, code) == [(value,), (value,)]
    told = [note.message("en") for note in firms.notes if note.key == "note.unit"]
    assert len(told) == 1 and said in told[0]


def test_a_cell_with_a_unit_of_its_own_is_read_in_it(tmp_path, knowledge):
    cells = ["50", "50万", "约50", "50-80", "$50k", "不知道", "五十"]
    firms = read(
        tmp_path, knowledge, ["Firm", "H1（万元）"], *([name, cell] for name, cell in zip("ABCDEFG", cells, strict=True))
    )
    answers = [row.answers.given["initial_budget"] for row in firms.rows]
    assert [answer.value for answer in answers[:2]] == [500_000, 500_000] and answers[6].value == 500_000
    assert [str(answer.value) for answer in answers[2:4]] == ["400000-600000", "500000-800000"]
    assert answers[4].value == 50_000 * knowledge.facts["initial_budget"].rates["USD"]
    assert answers[5].status == "unknown"


@pytest.mark.parametrize(
    "head", ["H1（万元/年）", "A3（月均，万元）", "H1（吨）", "H1 首期预算（日元）", "H1 (JPY)", "H1 单位：石", "A2（小时）"]
)
def test_a_unit_that_cannot_be_brought_to_ours_refuses_the_column_in_words(tmp_path, knowledge, head):
    with pytest.raises(ProblemsError) as caught:
        read(tmp_path, knowledge, ["Firm", head], ["A", "90"])
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.column) == ("B108", 2)
    assert "RMB" in problem.hint("en") or "people" in problem.hint("en")


def test_a_column_of_units_gives_each_number_its_own(tmp_path, knowledge):
    rows = [["A", "90", "万元", "3"], ["B", "90", "k€", "4"], ["C", "90000", "", "4"], ["D", "90", "石", "4"]]
    firms = read(tmp_path, knowledge, ["Firm", "H1", "单位", "G1"], *rows)
    rate = knowledge.facts["initial_budget"].rates["EUR"]
    assert values(firms, "H1") == [(900_000,), (90_000 * rate,), (90_000,), None]
    assert [problem.code for problem in firms.rows[3].problems] == ["B110"]
    assert "note.unit_column" in keys(firms)


def test_words_in_a_head_that_say_nothing_are_told_and_no_unit(tmp_path, knowledge):
    firms = read(tmp_path, knowledge, ["Firm", "H1（估计）", "A2（必填）", "G1（1-5分）"], ["A", "90000", "30", "4分"])
    assert values(firms, "H1", "A2", "G1") == [(90_000, 30, 4)]
    assert [note.values["words"] for note in firms.notes if note.key == "note.unread"] == ["估计"]


def test_a_point_is_asked_about_where_it_may_keep_thousands_apart(tmp_path, knowledge):
    path = tmp_path / "f.csv"
    path.write_text("Firm;A2;H1\nI;1.200;1.200\nA;1 200;1.200.000\nB;1'200;1 200 000,50\n", "utf-8")
    firms = read_firms(path, knowledge)
    assert [problem.code for problem in firms.rows[0].problems] == ["B109", "B109"]
    assert "1,200" in firms.rows[0].problems[0].hint("en")
    assert values(firms, "A2", "H1")[1:] == [(1200, 1_200_000), (1200, 1_200_000.5)]
    assert score_table(path, tmp_path, knowledge, "en").failed == 1


ROWS = [
    ["甲厂", "100", "50万"], ["乙厂", "300", "90万"], ["", "", ""], ["企业名称", "A2 员工人数", "H1 首期预算"],
    ["丙厂", "", ""], ["丁厂", "-", "—"], ["乙厂", "20", "1万"], ["甲厂", "100", "50万"],
    ["合计", "400", "140万"], ["平均", "200", "70万"], ["注：以上数据由各企业自报", "", ""], ["制表人：张三", "", ""],
]  # fmt: skip


def test_rows_that_are_no_firm_are_set_aside_and_told(tmp_path, knowledge):
    path = write_csv(tmp_path / "f.csv", [["企业名称", "A2 员工人数", "H1 首期预算"], *ROWS])
    firms = read_firms(path, knowledge)
    assert [row.number for row in firms.rows] == [2, 3, 8, 9]
    told = {note.key: note.message("en") for note in firms.notes}
    assert "10 “合计”, 11 “平均”" in told["note.rows_total"]
    assert "12 “注：以上数据由各企业自报”, 13 “制表人：张三”" in told["note.rows_note"]
    assert "5 “企业名称”" in told["note.rows_head"]
    assert "6 “丙厂”, 7 “丁厂”" in told["note.rows_empty"]
    assert "9 = 2" in told["note.rows_same"] and "8 = 3 “乙厂”" in told["note.names_same"]
    assert [note.key for note in score_table(path, tmp_path, knowledge, "en").notes] == list(told)


def test_a_firm_called_total_that_answers_in_words_is_a_firm(tmp_path, knowledge):
    firms = read(tmp_path, knowledge, ["Firm", "A2", "F3"], ["Total", "300", "yes"], ["Total", "300", ""])
    assert [row.number for row in firms.rows] == [2]


HEADS = [
    ("Ａ２ 员工人数", "employees"), ("How many people do you employ? (A2)", "employees"),
    ("*G1 复杂度", "process_complexity"),
    ("1. F3 目标", "crm_goals"), ("3、现有员工多少人？", "employees"), ("【必填】G1", "process_complexity"),
    ("（单选）I1", "infrastructure"), ("F3*", "crm_goals"), ("A2\n员工", "employees"), ("Q3. A2", "employees"),
    ("第3题 现有员工多少人？", "employees"), ("员工人数", "employees"), ("1、企业名称", "firm.name"), ("Phone", None),
    ("Revenue H1", None), ("提交答卷时间", None),
]  # fmt: skip


@pytest.mark.parametrize(("head", "key"), HEADS)
def test_a_head_is_known_however_it_is_dressed(knowledge, head, key):
    found = match(head, knowledge)
    assert (found.key if found else None) == key


def test_another_word_for_a_question_is_read_and_told_loudly(tmp_path, knowledge):
    firms = read(tmp_path, knowledge, ["企业", "员工人数"], ["甲", "120名"])
    assert values(firms, "A2") == [(120,)]
    (note,) = (note for note in firms.notes if note.key == "note.guessed")
    assert "A2" in note.message("zh") and knowledge.questions["employees"].text.zh in note.message("zh")


@pytest.mark.parametrize(
    "heads", [["I4/erp", "I4/crm"], ["I4[erp]", "I4[crm]"], ["4、目前在用哪些信息系统？:ERP", "I4_crm"]]
)
def test_options_in_columns_of_their_own_are_one_question(tmp_path, knowledge, heads):
    rows = [["A", "1", "0"], ["B", "√", "是"], ["C", "", ""], ["D", "0", "0"], ["E", "vielleicht", ""]]
    firms = read(tmp_path, knowledge, ["Firm", *heads], *rows)
    assert values(firms, "I4") == [(frozenset({"erp"}),), (frozenset({"erp", "crm"}),), (frozenset(),), None]
    assert "note.split" in keys(firms) and "note.rows_empty" in keys(firms)
    assert score_table(tmp_path / "f.csv", tmp_path, knowledge, "en").failed == 1


def test_a_cell_with_all_options_and_a_column_for_each_must_agree(tmp_path, knowledge):
    head = ["Firm", "I4", "I4/erp", "I4/crm", "I4/xyz"]
    rows = [
        ["A", "erp crm", "1", "1", "0"],
        ["B", "ERP┋CRM", "", "", ""],
        ["C", "erp", "1", "1", "0"],
        ["D", "", "1", "0", "1"],
    ]
    firms = read(tmp_path, knowledge, head, *rows)
    assert values(firms, "I4") == [(frozenset({"erp", "crm"}),), (frozenset({"erp", "crm"}),), None, None]


def test_options_and_units_in_a_second_row_of_heads(tmp_path, knowledge):
    rows = [
        ["企业名称", "I4 目前在用哪些信息系统", "", "H1 首期预算", "A2"],
        ["", "ERP", "CRM", "万元", "人"],
        ["甲", "1", "0", "90", "30"],
    ]
    firms = read(tmp_path, knowledge, *rows)
    assert values(firms, "I4", "H1", "A2") == [(frozenset({"erp"}), 900_000, 30)]


SIGNS = [scale for scale in UNITS if scale]


@given(st.integers(1, 9_999), st.sampled_from(SIGNS), st.sampled_from(["", " "]))
def test_a_number_and_what_multiplies_it_are_read_exactly(number, sign, blank):
    assert parse_number(f"{number}{blank}{sign}") == number * UNITS[sign]


@given(st.integers(0, 10**12), st.sampled_from([",", " ", "'", "’", "\u00a0"]))
def test_thousands_are_read_whatever_keeps_them_apart(number, apart):
    assert parse_number(digits(number, ",").replace(",", apart)) == number


def test_any_head_at_all_is_looked_at_without_an_error(knowledge):
    @given(st.text(max_size=60))
    def holds(text):
        match(text, knowledge)

    holds()


def test_a_total_of_some_rows_and_a_line_of_signatures_are_no_firms(tmp_path, knowledge):
    heads = ["序号", "企业名称", "A2 员工人数", "H1 首期预算", "F3"]
    rows = [
        ["1", "甲厂", "100", "50万", "是"], ["小计（制造业）", "", "400", "140万", ""], ["", "服务业小计", "20", "", ""],
        ["合计（2家）：", "", "420", "140万", ""], ["", "小计（北京）食品厂", "30", "", ""], ["", "合计", "30", "", "是"],
        ["制表人：王晓东", "", "", "审核人：李科长", "日期：2026年11月25日"],
    ]  # fmt: skip
    path = write_csv(tmp_path / "f.csv", [heads, *rows])
    firms = read_firms(path, knowledge)
    assert [row.number for row in firms.rows] == [2, 6, 7]
    told = {note.key: note.message("zh") for note in firms.notes}
    assert "第3行“小计（制造业）”、第4行“服务业小计”、第5行“合计（2家）：”" in told["note.rows_total"]
    assert "第8行“制表人：王晓东”" in told["note.rows_note"]
    assert score_table(path, tmp_path, knowledge, "zh").scored == 3


def test_a_total_that_was_never_calculated_is_no_firm_in_a_table_of_scores_either(tmp_path, knowledge):
    book = Workbook()
    for row in (["企业名称", "A2", "H1"], ["甲厂", 100, 500000], ["合计", "=SUM(B2:B2)", "=SUM(C2:C2)"]):
        book.active.append(row)
    book.save(tmp_path / "f.xlsx")
    assert [row.number for row in read_firms(tmp_path / "f.xlsx", knowledge).rows] == [2]
    result = score_table(tmp_path / "f.xlsx", tmp_path, knowledge, "en")
    assert (result.scored, result.failed) == (1, 0) and "note.rows_total" in [note.key for note in result.notes]


def test_a_number_that_is_asked_about_is_not_shown_as_read(tmp_path, knowledge):
    path = tmp_path / "f.csv"
    path.write_text("Firm;A2;Revenue (EUR k)\nA;12;18.500\nB;20;2.5\n", "utf-8")
    told = {note.key: note.message("en") for note in read_firms(path, knowledge).notes}
    assert "2.5 → " in told["note.unit"] and "18.500" not in told["note.unit"]
    scored = {note.key: note.message("en") for note in score_table(path, tmp_path, knowledge, "en").notes}
    assert scored["note.unit"] == told["note.unit"]


@pytest.mark.parametrize(
    ("head", "key", "unit"),
    [
        ("上年营业收入（万元）", "annual_revenue", "万元"), ("CRM首期预算（万元）", "initial_budget", "万元"),
        ("每年运维预算", "running_budget", ""), ("成交周期（天）", "decision_weeks", "天"),
        ("外勤业务员", "field_staff", ""), ("牵头人", "sponsor_level", ""), ("市场竞争程度\n（1-5）", "competition", ""),
        ("现用信息系统", "existing_systems", ""),
        ("信息化人员数（人）", "it_staff", ""), ("Who leads the project?", "sponsor_level", ""),
    ],
)  # fmt: skip
def test_heads_as_offices_write_them_are_read_and_told(head, key, unit, knowledge):
    found = match(head, knowledge)
    assert found is not None and (found.key, found.guessed) == (key, True)
    assert not unit or found.unit.written == unit


def test_sums_in_a_currency_of_their_own_are_told_once_a_column(tmp_path, knowledge):
    rows = [[f"甲{n}厂", "30", "50万", "4周"] for n in range(300)]
    rows += [["A", "30", "USD 20,000", "28天"], ["B", "30", "EUR 10000", "4周"], ["C", "30", "$many", "4周"]]
    path = write_csv(tmp_path / "f.csv", [["Firm", "A2", "H1", "B6"], *rows])
    told = [note for note in read_firms(path, knowledge).notes if note.key == "note.converted"]
    assert [(note.values["head"], note.values["cell"]) for note in told] == [("H1", "USD 20,000"), ("B6", "28天")]
    assert "USD 20,000 → RMB 142,000" in told[0].message("en") and "USD 20,000" in told[0].message("zh")
