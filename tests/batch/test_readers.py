"""Reading tables, lines and folders of firms: every column found, every mistake told, nothing done with formulas."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart
from openpyxl.styles import PatternFill

from advisor.batch.readers import read_firms
from advisor.batch.score_table import score_table
from advisor.errors import InputError, ProblemsError
from advisor.interview.headings_reader import read_headings
from tests.batch.conftest import GOOD, HEADS, write_csv, write_xlsx


def notes_of(firms) -> list[str]:
    return [note.key for note in firms.notes]


@pytest.mark.parametrize(
    ("head", "key"),
    [
        ("A2", "people"),
        ("a2", "people"),
        ("people", "people"),
        ("多少人？", "people"),
        ("How many people", "people"),
        ("A2 多少人？（必填）", "people"),
        ("A2：人数", "people"),
        ("Ａ２", "people"),
        ("企业名称", "firm.name"),
        ("Company", "firm.name"),
        ("编号", "firm.id"),
        ("Phone", None),
    ],
)
def test_a_column_is_found_by_code_id_or_words_in_either_language(small, head, key):
    headings = read_headings([[head, "A1"]], small, "f.csv")
    assert headings.keys.get(0) == key


def test_heads_may_stand_under_a_title_and_columns_of_the_users_own_are_named(tmp_path, small):
    rows = [["Survey of 2026"], [], [*HEADS, "Phone", "budgett"], [*GOOD[0], "123", "9"]]
    firms = read_firms(write_csv(tmp_path / "f.csv", rows), small)
    assert [row.number for row in firms.rows] == [4]
    assert notes_of(firms) == ["note.ignored", "note.nearly"]
    assert firms.notes[0].values == {"names": ("Phone",)}
    assert "'budgett' is not recognised" in firms.notes[1].message("en") and "A6 'What is the budget?'" in firms.notes[
        1
    ].message("en")
    assert "是不是A6“预算多少？”？" in firms.notes[1].message("zh")


def test_the_same_firms_come_out_of_csv_xlsx_lines_and_a_folder(tmp_path, small):
    from advisor.batch.tasks import answers_as_data

    table = read_firms(write_csv(tmp_path / "f.csv", [HEADS, *GOOD]), small)
    sheets = [answers_as_data(row.answers, small) for row in table.rows]
    (tmp_path / "f.jsonl").write_text("\n\n".join(json.dumps(sheet, ensure_ascii=False) for sheet in sheets), "utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    for number, sheet in enumerate(sheets):
        (folder / f"{number}.json").write_text(json.dumps(sheet), "utf-8")
    (folder / "0.scenarios.yaml").write_text("scenarios: {}", "utf-8")
    sources = [write_xlsx(tmp_path / "f.xlsx", [HEADS, *GOOD]), tmp_path / "f.jsonl", folder]
    for source in sources:
        read = read_firms(source, small)
        assert [answers_as_data(row.answers, small) for row in read.rows] == sheets, source
    assert [row.number for row in read_firms(tmp_path / "f.jsonl", small).rows] == [1, 3, 5]


def test_every_mistake_of_every_row_is_told_with_its_cell_and_good_rows_go_on(tmp_path, small):
    bad = ["坏", "shopp", "many", "9", "2", "5 / 3", "30万", "no", "none"]
    firms = read_firms(write_csv(tmp_path / "f.csv", [HEADS, GOOD[0], bad, GOOD[1]]), small)
    assert [row.number for row in firms.readable] == [2, 4]
    (row,) = firms.unreadable
    assert [(p.place.line, p.place.column, p.code) for p in row.problems] == [(3, 2, "A102"), (3, 3, "A103"), (3, 4, "A102")]


def test_a_mistake_in_a_workbook_is_named_by_its_cell_as_the_marked_copy_shows_it(tmp_path, small):
    bad = ["坏", "shop", "many", "2", "2", "5 / 3", "30万", "no", "none"]
    (row,) = read_firms(write_xlsx(tmp_path / "firms.xlsx", [HEADS, *GOOD, bad]), small).unreadable
    assert [str(problem.place) for problem in row.problems] == [f"{tmp_path}/firms.xlsx: Sheet!C5"]


def test_gb18030_is_read_and_said(tmp_path, small):
    firms = read_firms(write_csv(tmp_path / "f.csv", [HEADS, *GOOD], encoding="gb18030"), small)
    assert notes_of(firms) == ["note.gb18030"]
    assert firms.rows[0].answers.firm.name.zh == "小店"


def test_hidden_sheets_are_passed_over_and_others_named(tmp_path, small):
    book = Workbook()
    book.active.title = "secret"
    book.active.append(HEADS)
    book.active.append(["hidden firm", *GOOD[0][1:]])
    book.active.sheet_state = "hidden"
    for name in ("firms", "more"):
        sheet = book.create_sheet(name)
        sheet.append(HEADS)
        sheet.append([name, *GOOD[0][1:]])
    book.save(tmp_path / "f.xlsx")
    firms = read_firms(tmp_path / "f.xlsx", small)
    assert [row.answers.firm.name.en for row in firms.rows] == ["firms"]
    assert notes_of(firms) == ["note.hidden", "note.sheets"]
    assert read_firms(tmp_path / "f.xlsx", small, "more").rows[0].answers.firm.name.en == "more"
    with pytest.raises(InputError, match="no sheet 'none'"):
        read_firms(tmp_path / "f.xlsx", small, "none")


def test_of_a_formula_the_saved_value_is_taken_and_without_one_the_cell_is_told(tmp_path, small):
    path = write_xlsx(tmp_path / "f.xlsx", [HEADS, GOOD[0]])
    book = load_workbook(path)
    book.active["C2"] = "=1+2"
    book.save(path)
    firms = read_firms(path, small)
    assert notes_of(firms) == ["note.formulas"]
    assert [(p.code, p.place.line, p.place.column) for p in firms.rows[0].problems] == [("B104", 2, 3)]


def test_an_error_in_a_cell_is_no_answer(tmp_path, small):
    firms = read_firms(write_csv(tmp_path / "f.csv", [HEADS, [*GOOD[0][:2], "#REF!", *GOOD[0][3:]]]), small)
    assert [p.code for p in firms.rows[0].problems] == ["B105"]


def test_a_table_without_heads_is_refused(tmp_path, small):
    with pytest.raises(ProblemsError, match="B102"):
        read_firms(write_csv(tmp_path / "f.csv", [["x", "y"], ["1", "2"]]), small)


def test_names_of_files_are_safe_unique_and_the_same_every_time(tmp_path, small):
    names = ["../../etc/passwd", "CON", "同名", "同名", "", "a" * 200, "<b>", "Portfolio"]
    rows = [HEADS, *([name, *GOOD[0][1:]] for name in names)]
    read = [row.name for row in read_firms(write_csv(tmp_path / "f.csv", rows), small).rows]
    assert read == ["etc-passwd", "CON_", "同名", "同名-2", "firm-0006", "a" * 60, "b", "Portfolio_"]


def test_rows_without_any_answer_are_passed_over(tmp_path, small):
    firms = read_firms(write_csv(tmp_path / "f.csv", [HEADS, [], ["", ""], GOOD[0]]), small)
    assert [row.number for row in firms.rows] == [4]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[1]",
        '{"answers": {"A2": {"x": 1}}}',
        '{"A2": ' + "9" * 50 + "}",
        '{"A2": 1, "A2": 2}',
        "\ufeff{]",
        '{"A2": NaN}',
    ],
)
def test_a_bad_line_of_json_is_told_with_its_number(tmp_path, small, line):
    path = tmp_path / "f.jsonl"
    path.write_text('{"A2": 3}\n' + line + "\n", "utf-8")
    firms = read_firms(path, small)
    assert [row.answers is None for row in firms.rows] == [False, True]
    assert {p.place.line for p in firms.rows[1].problems} == {2}


def test_a_folder_without_sheets_and_a_file_of_another_kind_are_refused(tmp_path, small):
    with pytest.raises(InputError, match="holds no answer sheets"):
        read_firms(tmp_path, small)
    (tmp_path / "f.txt").write_text("x")
    with pytest.raises(InputError, match="cannot be read as a batch"):
        read_firms(tmp_path / "f.txt", small)


def test_a_bad_sheet_in_a_folder_does_not_stop_the_others(tmp_path, small):
    (tmp_path / "a.yaml").write_text("A2: 3\n", "utf-8")
    (tmp_path / "b.yaml").write_text("A2: many\n", "utf-8")
    (tmp_path / "c.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    firms = read_firms(tmp_path, small)
    assert [(row.name, row.answers is not None) for row in firms.rows] == [("a", True), ("b", False), ("c", False)]


def test_cells_beyond_bounds_are_refused(tmp_path, small):
    with pytest.raises(ProblemsError, match="B101"):
        read_firms(write_csv(tmp_path / "f.csv", [HEADS, ["x" * 10_001]]), small)
    with pytest.raises(ProblemsError, match="B101"):
        read_firms(write_csv(tmp_path / "f.csv", [HEADS, ["x"] * 401]), small)
    with pytest.raises(ProblemsError, match="B101"):
        read_firms(write_xlsx(tmp_path / "f.xlsx", [HEADS, [None] * 400 + ["lost"]]), small)


@pytest.mark.parametrize("title", ["会员企业", "Members, 2026, all of them", "sep=;"])
@pytest.mark.parametrize("mark", [";", "\t", ","])
def test_a_csv_under_a_title_is_read_whatever_stands_between_its_cells(tmp_path, small, title, mark):
    path = tmp_path / "f.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"{title}\n\n")
        csv.writer(file, delimiter=mark).writerows([HEADS, *GOOD])
    assert [row.number for row in read_firms(path, small).readable] == [4, 5, 6]
    assert score_table(path, tmp_path, small, "en").scored == 3


@pytest.mark.parametrize("torn", ['"Open,shop', '"Open" AG,shop'])
def test_a_quotation_mark_without_its_fellow_is_told_and_swallows_no_firms(tmp_path, small, torn):
    path = tmp_path / "f.csv"
    path.write_text(f'Firm,A1,A8\n小店,shop,none\n{torn},none\nA,shop,none\nB,shop,"phone, mail"\n', "utf-8")
    with pytest.raises(ProblemsError, match=r"f\.csv:3: C111"):
        read_firms(path, small)
    with pytest.raises(ProblemsError, match=r"f\.csv:3: C111"):
        score_table(path, tmp_path, small, "en")


def test_what_is_no_text_is_no_table(tmp_path, small):
    path = tmp_path / "f.csv"
    path.write_bytes("Firm,A1\n小店,shop\n".encode() + b"\0\0")
    with pytest.raises(ProblemsError, match="NUL"):
        read_firms(path, small)
    with pytest.raises(ProblemsError, match="NUL"):
        score_table(path, tmp_path, small, "en")


def test_names_of_files_fit_on_every_disk_and_are_free_on_every_system(tmp_path, small):
    rows = [HEADS, *([name, *GOOD[0][1:]] for name in ("𠀀" * 90, "汉" * 90, "COM¹", "ＣＯＮ"))]
    read = [row.name for row in read_firms(write_csv(tmp_path / "f.csv", rows), small).rows]
    assert read == ["𠀀" * 45, "汉" * 60, "COM¹_", "ＣＯＮ_"]


def test_a_second_name_or_number_is_passed_over_and_private_notes_go_into_no_report(tmp_path, small):
    rows = [["序号", "编号", *HEADS, "公司名称", "备注"], ["1", "77", *GOOD[0], "别名", "老板欠费"]]
    firms = read_firms(write_csv(tmp_path / "f.csv", rows), small)
    assert (firms.rows[0].name, firms.rows[0].answers.firm.about) == ("1-小店", None)
    assert [(note.key, note.values) for note in firms.notes] == [("note.ignored", {"names": ("编号", "公司名称", "备注")})]


@pytest.mark.parametrize("name", ["f.xlsx", "f.csv"])
def test_an_old_workbook_or_one_with_a_password_is_told_as_such(tmp_path, small, name):
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(ProblemsError, match=r"C112 .*password"):
        read_firms(tmp_path / name, small)


def test_a_sheet_that_is_a_chart_is_no_table(tmp_path, small):
    path = write_xlsx(tmp_path / "f.xlsx", [HEADS, *GOOD])
    book = load_workbook(path)
    book.create_chartsheet("Chart", 0).add_chart(BarChart())
    book.save(path)
    assert len(read_firms(path, small).readable) == 3
    with pytest.raises(InputError, match="no sheet 'Chart'; it has: Sheet"):
        read_firms(path, small, "Chart")


def test_an_answer_merged_over_several_firms_is_told_and_not_taken_for_one_left_open(tmp_path, small):
    path = write_xlsx(tmp_path / "f.xlsx", [["Survey"], HEADS, *GOOD, [], ["end"]])
    book = load_workbook(path)
    for area in ("A1:I1", "B3:B4", "A7:I9", "K3:K5"):
        book.active.merge_cells(area)
    book.save(path)
    firms = read_firms(path, small)
    assert [(p.code, p.place.line, p.place.column) for row in firms.unreadable for p in row.problems] == [("B107", 4, 2)]
    assert [row.number for row in firms.readable] == [3, 5]


def test_a_firm_far_below_the_last_row_that_is_read_is_not_lost(tmp_path, small, monkeypatch):
    from advisor.batch import table_reader

    monkeypatch.setattr(table_reader, "MAX_ROWS", 10)
    path = write_xlsx(tmp_path / "f.xlsx", [HEADS, *GOOD])
    book = load_workbook(path)
    book.active["A900"].fill = PatternFill("solid", fgColor="FF0000")
    book.save(path)
    assert len(read_firms(path, small).readable) == 3
    book.active["A900"] = "far away"
    book.save(path)
    with pytest.raises(ProblemsError, match="C103"):
        read_firms(path, small)


def _replace_in_sheet(path: Path, before: bytes, after: bytes) -> None:
    """Change the XML of the first sheet of a workbook."""
    with ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert before in parts[sheet]
    parts[sheet] = parts[sheet].replace(before, after)
    with ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)


def test_merged_cells_beyond_reason_are_refused(tmp_path, small, monkeypatch):
    from advisor.batch import table_reader

    monkeypatch.setattr(table_reader, "MAX_MERGED_CELLS", 20)
    path = write_xlsx(tmp_path / "f.xlsx", [HEADS, *GOOD])
    book = load_workbook(path)
    book.active.merge_cells("J2:K3")
    book.save(path)
    _replace_in_sheet(path, b'"J2:K3"', b'"J2:XFD900"')  # openpyxl would take minutes over so many cells
    with pytest.raises(ProblemsError, match="C109"):
        read_firms(path, small)


def test_a_list_in_a_note_is_written_as_its_language_writes_it_and_heads_stand_on_one_line(tmp_path, small):
    rows = [[*HEADS, "联系人", "电话\n（手机）"], [*GOOD[0], "张三", "1"], [*GOOD[0], "李四", "2"]]
    rows[2][HEADS.index("A1")] = GOOD[1][HEADS.index("A1")]
    firms = read_firms(write_csv(tmp_path / "f.csv", rows), small)
    told = {note.key: note for note in firms.notes}
    assert "联系人、电话 （手机）。" in told["note.ignored"].message("zh")
    assert "联系人, 电话 （手机）" in told["note.ignored"].message("en")
    assert "第3行同第2行“小店”" in told["note.names_same"].message("zh")
    assert "3 = 2 “小店”" in told["note.names_same"].message("en")
