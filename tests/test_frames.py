"""Many firms as a pandas DataFrame, in and out."""

from __future__ import annotations

import datetime
import sys
import warnings

import numpy
import pandas
import pytest

import advisor
from advisor.frames import ASSESSMENT_COLUMNS, CHUNK_ROWS, RESULT_COLUMNS, SHARED_COLUMNS
from advisor.interview.serialization import plain
from tests.conftest import SAMPLES


@pytest.fixture(scope="module")
def answers(knowledge, firms) -> pandas.DataFrame:
    """The sample firms as rows, a column a question, with the values that programs hold."""
    rows = [{name: plain(knowledge.questions[name], a) for name, a in firm.given.items()} for firm in firms.values()]
    return pandas.DataFrame(rows, index=list(firms))


def test_rows_of_answers_come_out_as_their_assessments_do(answers):
    verdicts = advisor.assess_frame(answers)
    assert list(verdicts.index) == list(answers.index)
    assert list(verdicts.columns) == list(RESULT_COLUMNS) and set(verdicts.problems) == {""}
    table = advisor.frame(advisor.assess(SAMPLES / f"{name}.yaml") for name in answers.index)
    assert list(table.columns) == list(ASSESSMENT_COLUMNS)
    shared = [column for column in SHARED_COLUMNS if column != "firm"]
    pandas.testing.assert_frame_equal(verdicts[shared].reset_index(drop=True), table[shared])
    assert table.firm[2] == "A machine-tool maker" and "sponsor_at_the_top" in table.conditions[2]


def test_a_row_that_cannot_be_read_keeps_its_place_and_says_why(answers):
    spoilt = answers.astype(object).iloc[:3].copy()
    spoilt.iloc[1, list(spoilt.columns).index("process_complexity")] = 9
    spoilt.iloc[1, list(spoilt.columns).index("sponsor_level")] = "nobody"
    verdicts = advisor.assess_frame(spoilt, lang="en")
    assert [bool(problem) for problem in verdicts.problems] == [False, True, False]
    said = sorted(verdicts.problems.iloc[1].split("\n"))
    assert [line.partition(".")[0] for line in said] == [
        "F2 (sponsor_level): 'nobody' is not one of the answers",
        "G1 (process_complexity): '9' is not one of the answers",
    ]
    assert pandas.isna(verdicts.verdict.iloc[1]) and pandas.isna(verdicts.need.iloc[1])
    assert "不" in advisor.assess_frame(spoilt, lang="zh").problems.iloc[1]
    unspoilt = advisor.assess_frame(answers.iloc[[0, 2]])
    pandas.testing.assert_frame_equal(verdicts.iloc[[0, 2]], unspoilt)


def test_cells_are_read_whatever_type_they_have():
    mixed = pandas.DataFrame(
        {
            "Firm": ["North", None, " "],
            "G1": [4, numpy.nan, "4"],
            "employees": [180.0, pandas.NA, numpy.int64(180)],
            "buyers": [["firms", "consumers"], {"firms"}, "firms; consumers"],
            "F3": [True, None, False],
        }
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        verdicts = advisor.assess_frame(mixed)
    assert list(verdicts.problems) == ["", "", ""]
    assert verdicts.firm.tolist()[0] == "North" and verdicts.firm.isna().tolist() == [False, True, True]


class Unprintable:
    def __str__(self) -> str:
        raise RuntimeError("no words")

    __repr__ = __str__


def test_a_value_that_no_file_can_hold_costs_its_own_row_alone():
    circle: list[object] = []
    circle.append(circle)
    buyers = ["firms", circle, Unprintable(), {"a": 10**5000}, pandas.NaT, numpy.array(["firms", "consumers"])]
    employees = [180, 12, 12, 12, 10**5000, 12]
    verdicts = advisor.assess_frame(pandas.DataFrame({"buyers": buyers, "employees": employees}), lang="en")
    quoted = [problem.partition("'")[2].partition("'")[0] for problem in verdicts.problems]
    assert quoted == ["", "[[...]]", "<Unprintable>", "{", "1e+5000", ""]


def test_a_column_with_no_words_for_a_head_is_no_question():
    table = pandas.DataFrame([[4, 4, 4]], columns=["G1", Unprintable(), 10**5000])
    with pytest.warns(UserWarning, match="(?s)<Unprintable>.*<int>"):
        assert list(advisor.assess_frame(table, lang="en").problems) == [""]


def test_a_date_is_no_head_count():
    verdicts = advisor.assess_frame(pandas.DataFrame({"employees": [datetime.date(2026, 11, 28), pandas.NaT]}))
    assert "2026-11-28" in verdicts.problems[0] and verdicts.problems[1] == ""


def test_columns_that_are_no_questions_are_named_in_a_warning():
    table = pandas.DataFrame({"G1": [4], "region": ["north"], "employes": [12]})
    with pytest.warns(UserWarning, match=r"(?s)region.*'employes' is not recognised.*A2 'How many people"):
        advisor.assess_frame(table, lang="en")


def test_a_frame_without_a_question_is_refused():
    with pytest.raises(advisor.ProblemsError, match="DataFrame"):
        advisor.assess_frame(pandas.DataFrame([[1, 2]], columns=["region", "postcode"]))


@pytest.mark.parametrize("what", [None, [{"G1": 4}], {"G1": [4]}])
def test_what_is_no_frame_is_refused(what: object):
    with pytest.raises(advisor.InputError, match="DataFrame with a row a firm"):
        advisor.assess_frame(what)


def test_a_frame_without_rows_has_the_columns_all_the_same(answers):
    for empty, columns in (
        (advisor.assess_frame(answers.iloc[:0]), RESULT_COLUMNS),
        (advisor.frame([]), ASSESSMENT_COLUMNS),
    ):
        assert list(empty.columns) == list(columns) and len(empty) == 0


def test_many_rows_are_judged_piece_by_piece_in_their_order(answers):
    count = CHUNK_ROWS // len(answers) + 2
    many = advisor.assess_frame(pandas.concat([answers] * count, ignore_index=True))
    few = advisor.assess_frame(answers)
    assert len(many) == count * len(answers) > CHUNK_ROWS
    assert many.verdict.tolist() == few.verdict.tolist() * count


def test_without_pandas_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(advisor.InputError, match=r"pip install '\.\[pandas\]'"):
        advisor.frame([])


def test_words_that_are_no_option_are_told_beside_the_result():
    read = advisor.assess_frame(pandas.DataFrame({"A2": [30], "I4": ["ERP、金蝶云"]}), lang="en")
    assert "金蝶云" in read.problems[0] and read.verdict[0]
