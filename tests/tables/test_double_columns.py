"""Two columns, rows or keys that ask the same: equal answers are one, different ones are told with what each says."""

from __future__ import annotations

import csv

import pytest

from advisor.batch.readers import read_firms
from advisor.batch.score_table import score_table
from advisor.errors import AnswersError
from advisor.interview.answer_files import parse_answers
from tests.batch.conftest import write_csv

HEADS = ["企业名称", "员工人数", "H1（万元）", "A2 Employees", "首期预算"]
SAME = ["甲", "120", "90", "120人", "900000"]
OTHER = ["乙", "120", "90", "130", "900000"]
HALF = ["丙", "", "90", "130", ""]
TOLD = "'A2 Employees' says 130 and '员工人数' says 120; both columns ask the same."


def table(*rows: list[str]) -> bytes:
    return "\n".join(",".join(row) for row in rows).encode()


def test_in_a_batch_each_firm_with_two_answers_is_told_and_the_others_are_read(tmp_path, knowledge):
    firms = read_firms(write_csv(tmp_path / "f.csv", [HEADS, SAME, OTHER, HALF]), knowledge)
    same, other, half = firms.rows
    assert (same.answers.value("employees"), same.answers.value("initial_budget")) == (120, 900_000)
    assert [(p.code, p.place.line, p.place.column, p.message("en")) for p in other.problems] == [("B113", 3, 4, TOLD)]
    assert half.answers.value("employees") == 130
    assert [note.values["first"] for note in firms.notes if note.key == "note.double"] == ["员工人数", "H1（万元）"]


def test_scores_tell_the_same(tmp_path, knowledge):
    path = write_csv(tmp_path / "f.csv", [HEADS, SAME, OTHER, HALF])
    result = score_table(path, tmp_path / "out", knowledge, "en")
    rows = list(csv.DictReader(result.path.read_text("utf-8-sig").splitlines()))
    assert (result.scored, result.failed) == (2, 1)
    assert [TOLD in row["To be corrected"] for row in rows] == [False, True, False]


def test_scores_of_a_frame_tell_the_same(knowledge):
    frames = pytest.importorskip("advisor.frames")
    pandas = pytest.importorskip("pandas")
    with pytest.warns(UserWarning, match="ask the same"):
        found = frames.assess_frame(pandas.DataFrame([SAME, OTHER, HALF], columns=HEADS), knowledge, "en")
    assert [TOLD in told for told in found["problems"].fillna("")] == [False, True, False]


def test_of_three_columns_the_one_with_an_answer_is_named(tmp_path, knowledge):
    rows = [["企业名称", "员工人数", "A2", "employees"], ["甲", "", "120", "130"]]
    (row,) = read_firms(write_csv(tmp_path / "f.csv", rows), knowledge).rows
    assert [p.message("en") for p in row.problems] == ["'employees' says 130 and 'A2' says 120; both columns ask the same."]


def test_a_code_of_two_questions_and_one_of_them_may_agree(tmp_path, small):
    rows = [["A5", "A5a"], ["1 / 2", "1"], ["1 / 2", "2"]]
    same, other = read_firms(write_csv(tmp_path / "f.csv", rows), small).rows
    assert same.answers is not None and [p.code for p in other.problems] == ["B113"]


def test_the_table_of_one_firm_is_read_alike(knowledge):
    assert parse_answers(table(HEADS, SAME), "f.csv", knowledge).value("employees") == 120
    with pytest.raises(AnswersError) as caught:
        parse_answers(table(HEADS, OTHER), "f.csv", knowledge)
    assert [(p.code, p.place.column, p.message("en")) for p in caught.value.problems] == [("B113", 4, TOLD)]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("A2: {}\nemployees: {}", "f.yaml"),
        ('{{"A2": {}, "employees": {}}}', "f.json"),
        ("code,answer\nA2,{}\nemployees,{}", "f.csv"),
        ("code,answer\nA2,{}\nA2,{}", "f.csv"),
    ],
)
def test_two_keys_or_rows_for_one_question_are_read_where_they_agree(knowledge, content, name):
    assert parse_answers(content.format(120, 120).encode(), name, knowledge).value("employees") == 120
    with pytest.raises(AnswersError):
        parse_answers(content.format(120, 130).encode(), name, knowledge)
