"""Tables from outside at their limits: what is just within is read, what is one beyond is refused, each with its place."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest
from openpyxl import Workbook

from advisor.batch.table_reader import read_firm_table
from advisor.errors import Problem, ProblemsError
from advisor.sheets.cells import value_text
from advisor.sheets.kinds import OLE_SIGNATURE
from advisor.tables import (
    FORMULA_STARTS,
    decode_csv,
    detect_separator,
    escape_formula,
    read_sheets,
    read_table,
    unescape_formula,
)
from advisor.workbooks import WorkbookSheet, read_workbook
from tests.test_tables import repacked, workbook

HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def problem(action, *arguments: object) -> Problem:
    with pytest.raises(ProblemsError) as caught:
        action(*arguments)
    return caught.value.problems[0]


def sheet(rows: str) -> bytes:
    return HEAD + rows.encode() + b"</sheetData></worksheet>"


def _rows(count: int) -> str:
    return "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in range(1, count + 1))


def with_parts(count: int) -> bytes:
    """A workbook of so many parts."""
    out = io.BytesIO(workbook(["a"]))
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(count - len(archive.namelist())):
            archive.writestr(f"xl/more{number}.xml", b"")
    return out.getvalue()


def test_five_megabytes_of_fifty_thousand_rows_are_read_and_not_a_byte_or_a_row_more():
    content = (b"x" * 99 + b"\n") * 50_000
    assert len(read_table(content, "t.csv")) == 50_000
    assert problem(read_table, content + b"x", "t.csv").code == "C109"
    refused = problem(read_table, b"x\n" * 50_001, "t.csv")
    assert (refused.code, refused.values) == ("C103", {"limit": 50_000})


def test_a_workbook_may_unpack_to_its_limit():
    content = workbook(["a"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
    assert read_table(content, "t.xlsx", unpacked) == [["a"]]
    assert problem(read_table, content, "t.xlsx", unpacked - 1).code == "C109"


def test_fifty_megabytes_may_be_unpacked_where_nothing_else_is_said():
    content = workbook(["a"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        rest = 50_000_000 - sum(member.file_size for member in archive.infolist())
    for size, refused in ((rest, False), (rest + 1, True)):
        out = io.BytesIO(content)
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr("xl/more.xml", b"0" * size)
        if refused:
            assert problem(read_table, out.getvalue(), "t.xlsx").code == "C109"
        else:
            assert read_table(out.getvalue(), "t.xlsx") == [["a"]]


def test_a_form_with_a_document_type_is_refused_even_without_entities():
    part = b"<!DOCTYPE worksheet []>" + sheet('<row r="1"><c r="A1"><v>1</v></c></row>')
    content = repacked(workbook(["a"]), xl_worksheets_sheet1_xml=part)
    assert problem(read_sheets, content, "t.xlsx").code == "C101"


def test_a_workbook_may_have_two_hundred_parts():
    assert read_table(with_parts(200), "t.xlsx") == [["a"]]
    assert problem(read_table, with_parts(201), "t.xlsx").code == "C109"


def test_fifty_columns_are_read_and_those_beyond_passed_over():
    content = workbook([*range(60)])
    assert read_table(content, "t.xlsx") == [[str(number) for number in range(50)]]


def test_fifty_thousand_rows_of_a_workbook_are_read_and_not_one_more():
    whole = repacked(workbook(["a"]), xl_worksheets_sheet1_xml=sheet(_rows(50_000)))
    assert len(read_table(whole, "t.xlsx")) == 50_000
    beyond = repacked(workbook(["a"]), xl_worksheets_sheet1_xml=sheet(_rows(50_001)))
    assert (problem(read_table, beyond, "t.xlsx").code, problem(read_table, beyond, "t.xlsx").values) == (
        "C103",
        {"limit": 50_000},
    )


def test_only_the_first_sheet_is_a_table_and_every_sheet_a_form():
    book = Workbook()
    book.active.title = "one"
    book.active.append(["a"])
    book.create_sheet("two").append(["b"])
    out = io.BytesIO()
    book.save(out)
    assert read_table(out.getvalue(), "t.xlsx") == [["a"]]
    assert [(part.name, part.rows) for part in read_sheets(out.getvalue(), "t.xlsx")] == [("one", [["a"]]), ("two", [["b"]])]
    assert read_sheets(b"a,b\n", "t.csv") == [WorkbookSheet("", [["a", "b"]], {})]


def test_a_share_is_one_in_a_form_and_a_number_in_a_table():
    book = Workbook()
    for place, (value, shown) in enumerate([(0.125, "0.0%"), (0.1, '0"%"'), (1, "0%"), (True, "0%"), ("x", "0%")], 1):
        book.active.cell(1, place, value).number_format = shown
    out = io.BytesIO()
    book.save(out)
    assert read_sheets(out.getvalue(), "t.xlsx")[0].rows == [["12.5 %", "0.1 %", "100 %", "yes", "x"]]
    assert read_table(out.getvalue(), "t.xlsx") == [["0.125", "0.1", "1", "yes", "x"]]


def test_a_share_keeps_ten_digits_after_the_point():
    book = Workbook()
    for place, value in enumerate([0.123456789012, 0.0123456789012345, 0.07], 1):
        book.active.cell(1, place, value).number_format = "0%"
    out = io.BytesIO()
    book.save(out)
    assert read_sheets(out.getvalue(), "t.xlsx")[0].rows == [["12.3456789012 %", "1.2345678901 %", "7 %"]]


def test_sheets_behind_the_first_are_not_looked_at_for_a_table():
    book = Workbook()
    book.create_sheet("two")
    out = io.BytesIO()
    book.save(out)
    rows = sheet(_rows(25_001))
    content = repacked(out.getvalue(), xl_worksheets_sheet1_xml=rows, xl_worksheets_sheet2_xml=rows)
    assert len(read_table(content, "t.xlsx")) == 25_001
    assert problem(read_sheets, content, "t.xlsx").code == "C103"


def test_cells_are_text_as_people_write_it():
    moment = datetime.datetime(2026, 5, 1, 13, 30)
    assert [value_text(value) for value in (3.0, 3, 2.5, True, False, moment, "x")] == [
        "3", "3", "2.5", "yes", "no", "2026-05-01", "x"
    ]  # fmt: skip


SHOWN = [
    (46477, "yyyy-mm-dd", "2027-03-31"), (46477, "mmm-yy", "2027-03"), (46477, '[$-804]yyyy"年"m"月"', "2027-03"),
    (46477, 'yyyy"年"m"月"d"日"', "2027-03-31"), (46477.75, "yyyy-mm-dd hh:mm", "2027-03-31"), (46477, "General", "46477"),
    (46477, '"d"0', "46477"), (59, "yyyy-mm-dd", "1900-02-28"), (60, "yyyy-mm-dd", "1900-02-29"),
    (61, "yyyy-mm-dd", "1900-03-01"), (2958465, "yyyy-mm-dd", "9999-12-31"), (2958466, "yyyy-mm-dd", "2958466"),
    (0.5, "h:mm", "12:00:00"), (0.08, "0%", "8 %"),
]  # fmt: skip


def test_a_cell_reads_as_it_shows_whichever_format_it_has(tmp_path, recwarn):
    book = Workbook()
    for row, (value, number_format, _) in enumerate(SHOWN, 1):
        book.active.cell(row, 1, value).number_format = number_format
    book.save(tmp_path / "firms.xlsx")
    shown = [text for *_, text in SHOWN]
    (read_sheet,) = read_workbook((tmp_path / "firms.xlsx").read_bytes(), "firms.xlsx")
    assert [cell for (cell,) in read_sheet.rows] == shown
    assert [cell for (cell,) in read_firm_table(tmp_path / "firms.xlsx").cells] == shown
    assert not recwarn.list


FAULTY = (
    '<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1"><f>1+1</f></c><c r="C1"><f>1+1</f><v>2</v></c></row>'
    '<row r="2"><c r="A2"><v>1</v></c></row></sheetData><mergeCells>{merged}</mergeCells></worksheet>'
)


@pytest.mark.parametrize(
    ("merged", "places"),
    [
        ("A2:B3", {(2, 1): "merged", (2, 2): "merged"}),
        ("A2:D2", {}),
        ("OJ2:OJ3", {(2, 400): "merged"}),
        ("OJ2:OK3", {}),
        ("A2:A50000", {(2, 1): "merged"}),
        ("A2:A50001", {}),
    ],
)
def test_cells_that_show_nothing_to_rely_on_are_faults(merged: str, places: dict[tuple[int, int], str]):
    part = HEAD + FAULTY.format(merged=f'<mergeCell ref="{merged}"/>').encode()
    content = repacked(workbook(["a"]), xl_worksheets_sheet1_xml=part)
    assert read_sheets(content, "t.xlsx")[0].faults == {(1, 1): "error", (1, 2): "formula", **places}


def test_a_cell_without_an_address_is_read_and_stands_behind_the_one_before():
    content = repacked(
        workbook(["a"]), xl_worksheets_sheet1_xml=sheet('<row><c t="e"><v>#REF!</v></c><c><v>2</v></c></row>')
    )
    [part] = read_sheets(content, "t.xlsx")
    assert (part.rows, part.faults) == ([["#REF!", "2"]], {(1, 1): "error"})


def test_the_separator_is_looked_for_in_twelve_rows_and_sixty_thousand_characters():
    assert detect_separator("title\n" * 11 + "a;b\n") == ";"
    assert detect_separator("title\n" * 12 + "a;b\n") == ","
    assert detect_separator("x" * 59_998 + "\n;") == ";"
    assert detect_separator("x" * 59_999 + "\n;") == ","


def test_the_separator_gives_the_most_cells_in_rows_of_one_length():
    assert detect_separator("a,b\nc;d;e\nf;g;h\n") == ";"
    assert detect_separator("a;b,c,d\ne;f\ng;h\n") == ";"
    assert detect_separator("a\tb\nc\td\n") == "\t"
    assert detect_separator("a,b\nc;d\n") == ","


def test_what_a_spreadsheet_might_calculate_is_kept_from_it_and_comes_back():
    for start in (*FORMULA_STARTS, "'"):
        assert escape_formula(f"{start}x") == f"'{start}x"
        assert unescape_formula(f"'{start}x") == f"{start}x"
    for plain in ("x", "1=1", "", "x'"):
        assert escape_formula(plain) == unescape_formula(plain) == plain
    assert unescape_formula("'tis") == "'tis"


def test_a_file_must_be_what_its_name_says():
    assert problem(read_table, OLE_SIGNATURE + b"x", "t.xlsx").code == "C112"
    assert problem(read_table, b"a,b", "t.xlsx").values == {"found": "CSV"}
    assert problem(read_table, workbook(["a"]), "t.csv").values == {"found": "XLSX"}
    assert read_table(workbook(["a"]), "T.XLSX") == [["a"]]


def test_a_mistake_in_a_csv_is_told_with_its_row_or_byte():
    assert problem(read_table, b'a\nb\n"c', "t.csv").place.file == "t.csv:3"
    assert problem(decode_csv, b"ab\xff\xff\xff", "t.csv").code == "C114"
    assert problem(decode_csv, b"a\0", "t.csv").values == {"detail": "NUL"}


def test_no_workbook_at_all_is_told_by_what_went_wrong():
    found = problem(read_table, b"PK\x03\x04junk", "t.xlsx")
    assert (found.code, found.values) == ("C101", {"detail": "BadZipFile"})
    empty = problem(read_table, repacked(workbook(["a"]), xl_workbook_xml=b"<x"), "t.xlsx")
    assert empty.code == "C101"
