"""Cells merged with others, and rows, columns and sheets that nobody sees: told, and never guessed."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from advisor.batch.readers import read_firms
from advisor.batch.score_table import score_table
from advisor.errors import AnswersError
from advisor.interview import read_answers
from advisor.interview.firm_table import TableNote
from tests.tables.test_files import flat

HEADS = ["企业名称", "A2", "G1", "G2", "G3"]
FIRM = ["甲厂", 120, 4]


def book(path, *rows, merged: str = "", title: str = "S"):
    made = Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    if merged:
        made.active.merge_cells(merged)
    made.save(path)
    return made


def test_cells_that_one_answer_covers_beside_it_are_asked(tmp_path, knowledge):
    book(tmp_path / "x.xlsx", HEADS, FIRM, ["乙厂", 80, 3, 2, 1], merged="C2:E2")
    first, second = read_firms(tmp_path / "x.xlsx", knowledge).rows
    assert [(problem.code, problem.place.cell) for problem in first.problems] == [("B107", "D2"), ("B107", "E2")]
    assert second.answers is not None
    failed = score_table(tmp_path / "x.xlsx", tmp_path, knowledge, "en").failed
    assert failed == 1
    book(tmp_path / "y.xlsx", HEADS, FIRM, merged="C2:E2")
    with pytest.raises(AnswersError) as caught:
        read_answers(tmp_path / "y.xlsx", knowledge)
    assert [problem.code for problem in caught.value.problems] == ["A127", "A127"]


def test_an_answer_merged_over_two_firms_side_by_side_is_asked(tmp_path, knowledge):
    book(tmp_path / "x.xlsx", ["题目", "甲厂", "乙厂"], ["A2", 120, 80], ["G1", 4], ["G2", 3, 2], merged="B3:C3")
    first, second = read_firms(tmp_path / "x.xlsx", knowledge).rows
    assert first.answers is not None
    assert [(problem.code, problem.place.cell) for problem in second.problems] == [("B107", "C3")]


@pytest.mark.parametrize(
    ("row", "merged"),
    [(["合计", None, None], "A3:B3"), (["注：人数按年末计"], "A3:E3"), (["乙厂", 80, None], "C3:E3")],
)
def test_merged_cells_of_titles_notes_and_blanks_are_no_fault(tmp_path, knowledge, row, merged):
    book(tmp_path / "x.xlsx", HEADS, FIRM, row, merged=merged)
    assert [problem for firm in read_firms(tmp_path / "x.xlsx", knowledge).rows for problem in firm.problems] == []


def test_hidden_rows_and_columns_are_read_and_told(tmp_path, knowledge):
    made = book(tmp_path / "x.xlsx", HEADS, FIRM, ["乙厂", 80, 3], ["丙厂", 70, 2])
    made.active.row_dimensions[3].hidden = True
    made.active.row_dimensions[99].hidden = True
    made.active.column_dimensions["C"].hidden = True
    made.active.column_dimensions["Z"].hidden = True
    made.save(tmp_path / "x.xlsx")
    firms = read_firms(tmp_path / "x.xlsx", knowledge)
    assert len(firms.readable) == 3
    told = {note.key: note.values for note in firms.notes}
    assert told["note.hidden_rows"] == {"count": 1, "rows": (TableNote("note.row", {"row": 3}),)}
    assert told["note.hidden_columns"] == {"count": 1, "names": "C"}


def test_hidden_rows_of_an_open_document_are_told(tmp_path, knowledge):
    def row(*cells: object, more: str = "") -> str:
        each = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{said}</text:p></table:table-cell>' for said in cells
        )
        return f"<table:table-row{more}>{each}</table:table-row>"

    columns = '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>'
    rows = [row(*HEADS[:3]), row(*FIRM), row("乙厂", 80, 3, more=' table:visibility="filter"')]
    (tmp_path / "x.fods").write_bytes(flat(columns + "".join(rows)))
    told = {note.key: note.values for note in read_firms(tmp_path / "x.fods", knowledge).notes}
    assert told["note.hidden_rows"] == {"count": 1, "rows": (TableNote("note.row", {"row": 3}),)}
    assert told["note.hidden_columns"] == {"count": 1, "names": "B"}
