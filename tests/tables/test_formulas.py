"""Results of formulas: stored ones count, an empty one is no answer, and one that nobody calculated is asked for."""

from __future__ import annotations

import pytest
import xlsxwriter

from advisor.batch.readers import read_firms
from advisor.errors import AnswersError
from advisor.interview import read_answers
from advisor.tables import read_sheets
from tests.tables.test_files import changed, flat


def saved(path, *formulas: tuple[str, object]) -> None:
    """A table of one firm with formulas and the result stored with each, where there is one."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["企业名称", "A2", "H1", "G1"])
    sheet.write_row(1, 0, ["甲", 120])
    for column, (formula, *result) in enumerate(formulas, 2):
        sheet.write_formula(1, column, formula, None, *result)
    book.close()


def test_a_formula_that_shows_nothing_is_no_answer(tmp_path, knowledge):
    saved(tmp_path / "x.xlsx", ('=IF(Z1="","",Z1)', ""), ("=2+2", 4))
    stored = changed((tmp_path / "x.xlsx").read_bytes(), "sheet1.xml", ('<c r="C2">', '<c r="C2" t="str">'))
    (tmp_path / "x.xlsx").write_bytes(stored)
    firms = read_firms(tmp_path / "x.xlsx", knowledge)
    assert [row.problems for row in firms.rows] == [()]
    assert dict(firms.rows[0].answers.given).keys() == {"employees", "process_complexity"}
    assert read_answers(tmp_path / "x.xlsx", knowledge).given == firms.rows[0].answers.given


def test_a_nought_that_a_program_wrote_without_calculating_is_asked_for(tmp_path, knowledge):
    saved(tmp_path / "x.xlsx", ("=90*10000",), ("=2+2", 4))
    (firm,) = read_firms(tmp_path / "x.xlsx", knowledge).rows
    assert [(problem.code, problem.place.column) for problem in firm.problems] == [("B104", 3)]
    with pytest.raises(AnswersError) as caught:
        read_answers(tmp_path / "x.xlsx", knowledge)
    assert [problem.code for problem in caught.value.problems] == ["A126"]


def test_a_nought_that_a_spreadsheet_calculated_counts(tmp_path, knowledge):
    saved(tmp_path / "x.xlsx", ("=1-1",))
    content = changed((tmp_path / "x.xlsx").read_bytes(), "workbook.xml$", (' fullCalcOnLoad="1"', ""))
    (tmp_path / "x.xlsx").write_bytes(content)
    assert read_firms(tmp_path / "x.xlsx", knowledge).rows[0].answers.value("initial_budget") == 0


@pytest.mark.parametrize("error", ["#SPILL!", "#GETTING_DATA", "#CALC!", "#BUSY!", "#N/A", "#LATER!"])
def test_an_error_of_any_program_is_told_at_its_cell_and_the_others_are_read(tmp_path, knowledge, error):
    saved(tmp_path / "x.xlsx", ("=1+1", 2), ("=2+2", 4))
    stored = ('<c r="C2">(.*?)<v>2', rf'<c r="C2" t="e">\1<v>{error}')
    (tmp_path / "x.xlsx").write_bytes(changed((tmp_path / "x.xlsx").read_bytes(), "sheet1.xml", stored))
    (firm,) = read_firms(tmp_path / "x.xlsx", knowledge).rows
    assert [(problem.code, problem.place.cell, problem.values["value"]) for problem in firm.problems] == [
        ("B105", "C2", error)
    ]
    with pytest.raises(AnswersError) as caught:
        read_answers(tmp_path / "x.xlsx", knowledge)
    assert [(problem.code, problem.place.cell) for problem in caught.value.problems] == [("A125", "C2")]


@pytest.mark.parametrize("shown", ["#SPILL!", "Err:502", "#CRM"])
def test_an_error_of_an_open_document_is_one_and_words_behind_a_number_sign_are_none(shown):
    failed = "" if shown == "#CRM" else 'calcext:value-type="error" '
    said = f'office:value-type="string" {failed}office:string-value=""'
    content = flat(
        f"<table:table-row><table:table-cell {said}><text:p>{shown}</text:p></table:table-cell></table:table-row>"
    )
    content = content.replace(b"<office:document ", b'<office:document xmlns:calcext="c" ')
    assert read_sheets(content, "x.fods")[0].faults == ({(1, 1): "error"} if failed else {})
