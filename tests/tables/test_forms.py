"""Forms that one firm fills in, a question a row: what heads their columns, the notes beside answers, and their units."""

from __future__ import annotations

import pytest

from advisor.batch.readers import read_firms
from advisor.batch.score_table import score_table
from advisor.errors import ProblemsError
from advisor.interview.answer_files import parse_answers
from advisor.interview.answers import Annotation
from tests.batch.conftest import write_csv, write_xlsx

NOTES = {"employees": Annotation(note="含外包"), "initial_budget": Annotation(note="待批")}


def csv_of(*rows: list[str]) -> bytes:
    return "\n".join(",".join(row) for row in rows).encode()


def told(answers) -> str:
    return " ".join(note.message("en") for note in answers.notes)


@pytest.mark.parametrize(
    "head", ["编号", "代码", "题号", "序号", "编码", "问题代码", "Code", "code", "ID", "No.", "Question code", "Ref."]
)
def test_the_column_of_codes_goes_by_many_names(knowledge, head):
    rows = [
        [head, "问题", "答案"],
        ["A2", "现有员工多少人？", "120"],
        ["employees", "", ""],
        ["H1", "预算", "90万"],
        ["G1", "", "4"],
    ]
    read = parse_answers(csv_of(*rows), "f.csv", knowledge)
    assert [read.value(name) for name in ("employees", "initial_budget", "process_complexity")] == [120, 900_000, 4]


def test_numbers_of_rows_are_no_codes_where_the_questions_stand_in_words(knowledge):
    rows = [["序号", "问题", "答案", "备注"], ["1", "现有员工多少人？", "120", "含外包"], ["2", "H1 预算", "90万", "待批"]]
    read = parse_answers(csv_of(*rows), "f.csv", knowledge)
    assert (read.value("employees"), read.value("initial_budget")) == (120, 900_000)
    assert read.annotations == NOTES


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["问题", "答案", "备注"],
            ["企业名称", "甲公司", ""],
            ["现有员工多少人？", "120", "含外包"],
            ["H1", "90万", "待批"],
        ],
        [
            ["题目", "回答", "说明"],
            ["企业名称", "甲公司", ""],
            ["A2 现有员工多少人？", "120", "含外包"],
            ["H1", "90万", "待批"],
        ],
        [["企业名称", "甲公司", "备注"], ["A2", "120", "含外包"], ["H1", "90万", "待批"]],
        [["", "甲公司", "Notes"], ["A2", "120", "含外包"], ["H1", "90万", "待批"]],
        [
            ["代码", "问题", "答案", "备注"],
            ["firm", "", "甲公司", ""],
            ["A2", "", "120", "含外包"],
            ["H1", "", "90万", "待批"],
        ],
        [
            ["Code", "Question", "Answer", "Comments"],
            ["firm", "", "甲公司", ""],
            ["A2", "", "120", "含外包"],
            ["H1", "", "90万", "待批"],
        ],
    ],
)
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_notes_beside_the_answers_of_one_firm_are_kept(tmp_path, knowledge, rows, suffix):
    path = (write_csv if suffix == "csv" else write_xlsx)(tmp_path / f"f.{suffix}", rows)
    (row,) = read_firms(path, knowledge).rows
    for read in (row.answers, parse_answers(path.read_bytes(), path.name, knowledge)):
        assert read.firm.name.zh == "甲公司"
        assert (read.value("employees"), read.value("initial_budget")) == (120, 900_000)
        assert read.annotations == NOTES


def test_notes_to_the_right_of_each_of_several_firms_are_its_own(tmp_path, knowledge):
    rows = [["题目", "甲", "备注", "乙", "备注"], ["A2", "120", "含外包", "130", "不含"], ["H1", "90万", "待批", "80万", ""]]
    first, second = read_firms(write_csv(tmp_path / "f.csv", rows), knowledge).rows
    assert (first.answers.annotations, second.answers.annotations) == (NOTES, {"employees": Annotation(note="不含")})


def test_notes_that_may_be_any_firms_are_told(tmp_path, knowledge):
    rows = [["题目", "甲", "乙", "备注"], ["A2", "120", "130", "不含"], ["H1", "90万", "80万", ""]]
    path = write_csv(tmp_path / "f.csv", rows)
    firms = read_firms(path, knowledge)
    assert [row.answers.annotations for row in firms.rows] == [{}, {}]
    assert "note.beside_nobody" in [note.key for note in firms.notes]
    assert score_table(path, tmp_path / "out", knowledge, "en").scored == 2


def test_a_note_that_is_too_long_is_told_where_it_stands(tmp_path, knowledge):
    rows = [["题目", "甲公司", "备注"], ["A2", "120", "长" * 4001], ["H1", "90万", ""]]
    (row,) = read_firms(write_csv(tmp_path / "f.csv", rows), knowledge).rows
    assert [(p.code, p.place.line, p.place.column) for p in row.problems] == [("A162", 2, 3)]


def test_a_note_on_no_question_and_a_column_that_is_read_for_nothing_are_told(knowledge):
    rows = [["编号", "负责部门", "答案", "备注"], ["firm", "", "甲公司", "新名"], ["A2", "人事", "120", ""]]
    said = told(parse_answers(csv_of(*rows), "f.csv", knowledge))
    assert "'新名' stands beside no question" in said and "not used: 负责部门" in said
    rows = [["题目", "答案", "备注"], ["企业名称", "甲公司", "新名"], ["A2", "120", ""], ["H1", "90万", ""]]
    assert "'新名' stands beside no question" in told(parse_answers(csv_of(*rows), "f.csv", knowledge))


@pytest.mark.parametrize(
    "rows",
    [
        [["编号", "问题", "答案（万元）"], ["A2", "", "120"], ["H1", "", "90"]],
        [["单位：万元"], ["编号", "问题", "答案"], ["A2", "", "120"], ["H1", "", "90"]],
        [["编号", "问题", "答案"], ["A2", "", "120"], ["H1", "", "90"], ["单位：万元"]],
        [["编号", "问题", "答案（金额单位：万元）"], ["A2", "", "120人"], ["H1", "", "90"]],
    ],
)
def test_a_unit_that_a_form_names_counts_for_its_sums(knowledge, rows):
    read = parse_answers(csv_of(*rows), "f.csv", knowledge)
    assert (read.value("employees"), read.value("initial_budget")) == (120, 900_000)
    assert "was read as" in told(read)


def test_the_unit_of_an_answer_goes_before_that_of_the_form(knowledge):
    rows = [
        ["编号", "问题", "答案（万元）", "单位"],
        ["A3", "", "3亿", ""],
        ["H1", "", "900", "千元"],
        ["H2", "", "5万元", ""],
    ]
    read = parse_answers(csv_of(*rows), "f.csv", knowledge)
    names = ("annual_revenue", "initial_budget", "running_budget")
    assert [read.value(name) for name in names] == [300_000_000, 900_000, 50_000]


def test_a_form_is_read_by_a_batch_and_refused_by_name_where_scores_alone_are_wanted(tmp_path, knowledge):
    path = write_csv(tmp_path / "f.csv", [["代码", "问题", "答案"], ["A2", "现有员工多少人？", "many"]])
    (row,) = read_firms(path, knowledge).rows
    assert [problem.code for problem in row.problems] == ["A103"]
    with pytest.raises(ProblemsError, match="B114"):
        score_table(path, tmp_path / "out", knowledge, "en")


def test_a_list_of_questions_without_heads_is_no_table_of_firms(tmp_path, knowledge):
    rows = [["A2", "现有员工多少人？", "120"], ["H1", "CRM的首期预算（一次性投入）是多少？", "90万"]]
    with pytest.raises(ProblemsError, match="B102"):
        read_firms(write_csv(tmp_path / "f.csv", rows), knowledge)
