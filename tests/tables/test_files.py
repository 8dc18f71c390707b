"""Files as programs write them: each kind with the right values, and of every other kind its name and how to save it."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import struct
import subprocess
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from advisor.batch.mapping import proposed_mapping
from advisor.batch.readers import firm_table, read_firms
from advisor.batch.score_table import score_table
from advisor.errors import AdvisorError, AnswersError, ProblemsError
from advisor.interview import read_answers
from advisor.interview.answer_files import parse_answers
from advisor.interview.table_options import TableOptions, read_mapping
from advisor.sheets.old_formats import old_formats
from advisor.tables import read_sheets
from tests.batch.conftest import write_csv

HEADS = ["企业名称", "A2", "G1", "H1", "F3", "I4"]
FIRM = ["甲厂", 120, 4, 500_000, "是", "ERP"]
ASKED = ("employees", "process_complexity", "initial_budget", "crm_goals", "existing_systems")
READ = (120, 4, 500_000, "yes", frozenset({"erp"}))


def workbook(*rows: list[object], formats: dict[str, str] | None = None, cover: bool = False) -> bytes:
    book = Workbook()
    sheet = book.active
    if cover:
        sheet.title = "封面"
        sheet.append(["2026年度调查"])
        sheet = book.create_sheet("数据")
    for row in rows:
        sheet.append(row)
    for place, code in (formats or {}).items():
        sheet[place].number_format = code
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(content: bytes, part: str, *changes: tuple[str, str]) -> bytes:
    """A workbook with the text of some parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if re.search(part, name):
                text = data.decode()
                for pattern, to in changes:
                    text = re.sub(pattern, to, text)
                data = text.encode()
            new.writestr(name, data)
    return out.getvalue()


OOXML = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
ODS_CELLS = "".join(
    f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    if isinstance(cell, int)
    else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
    for cell in FIRM
)
ODS_HEADS = "".join(
    f'<table:table-cell office:value-type="string"><text:p>{head}</text:p></table:table-cell>' for head in HEADS
)
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def flat(rows: str, root: str = "document") -> bytes:
    table = f'<table:table table:name="S">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    return f'<?xml version="1.0"?><office:{root} {NAMES}>{body}</office:{root}>'.encode()


def packed(rows: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", flat(rows, "document-content"))
    return out.getvalue()


BLANKS = '<table:table-cell table:number-columns-repeated="16000"/>'
ODS_ROWS = (
    f"<table:table-row>{ODS_HEADS}{BLANKS}</table:table-row><table:table-row>{ODS_CELLS}</table:table-row>"
    f'<table:table-row table:number-rows-repeated="1048000">{BLANKS}</table:table-row>'
)
PLAIN = workbook(HEADS, FIRM)
TEXT = "企业名称,A2,G1,H1,F3,I4\r\n甲厂,120,4,500000,是,ERP\r\n"
FILES = {
    "plain.xlsx": PLAIN,
    "macros.xlsm": PLAIN,
    "wps.et": PLAIN,
    "cover.xlsx": workbook(HEADS, FIRM, cover=True),
    "strict.xlsx": changed(PLAIN, r"\.xml$", (re.escape(OOXML), STRICT)),
    "prefixed.xlsx": changed(PLAIN, "sheet1.xml", ("xmlns=", "xmlns:x="), (r"<(/?)(?=[a-zA-Z])", r"<\1x:")),
    "bad_fill.xlsx": changed(PLAIN, "styles.xml", ("<patternFill[^>]*/>", "")),
    "turned.xlsx": workbook(*([head, cell] for head, cell in zip(HEADS, FIRM, strict=True))),
    "flat.fods": flat(ODS_ROWS),
    "packed.ods": packed(ODS_ROWS),
    "comma.csv": TEXT.encode(),
    "mark.csv": TEXT.encode("utf-8-sig"),
    "gb.csv": TEXT.encode("gb18030"),
    "tabs.tsv": TEXT.replace(",", "\t").encode(),
    "sixteen.csv": TEXT.replace(",", "\t").encode("utf-16"),
    "sixteen_unmarked.csv": TEXT.encode("utf-16-le"),
    "service.csv": (
        "序号,1、企业名称,*A2 员工,【必填】G1,H1（元）,F3,I4┋\r\n1,甲厂,120名,4分,５００，０００,√,ERP┋\r\n"
    ).encode(),
}  # fmt: skip


def answers_of(row) -> tuple[object, ...]:
    return tuple(row.answers.value(name) for name in ASKED)


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_file_gives_the_same_values(tmp_path, knowledge, name):
    path = tmp_path / name
    path.write_bytes(FILES[name])
    (row,) = read_firms(path, knowledge).rows
    assert not row.problems and answers_of(row) == READ and row.answers.firm.name.zh == "甲厂"
    alone = read_answers(path, knowledge)
    assert tuple(alone.value(asked) for asked in ASKED) == READ and alone.firm.name.zh == "甲厂"
    encoded = name in ("gb.csv", "sixteen.csv", "sixteen_unmarked.csv")
    assert any("编码" in note.message("zh") for note in alone.notes) == encoded
    if "turned" not in name:
        assert score_table(path, tmp_path / "out", knowledge, "en").scored == 1


def test_a_form_that_one_firm_filled_in_is_a_batch_of_one(tmp_path, knowledge):
    rows = [["编号", "问题", "答案", "单位"], ["A2", "现有员工多少人？", 3, "百人"], ["H1", "首期预算", 90, "万元"]]
    (tmp_path / "f.xlsx").write_bytes(workbook(*rows))
    (row,) = read_firms(tmp_path / "f.xlsx", knowledge).rows
    assert (row.answers.value("employees"), row.answers.value("initial_budget")) == (300, 900_000)


def test_a_sheet_with_many_firms_is_no_firms_own(tmp_path, knowledge):
    with pytest.raises(AnswersError, match="A157"):
        parse_answers(workbook(HEADS, FIRM, ["乙厂", *FIRM[1:]]), "f.xlsx", knowledge)


FORMATS = {"B2": '0"百人"', "D2": '0"万元"', "D3": '0!.0,"万"', "D4": "[$$-409]#,##0.00", "D5": '0.0,,"M"'}


def test_a_unit_in_a_number_format_counts_and_one_that_scales_is_not_multiplied_again(tmp_path, knowledge):
    path = tmp_path / "f.xlsx"
    rows = [["甲", 3, 4, 80], ["乙", 30, 4, 800_000], ["丙", 30, 4, 50_000], ["丁", 30, 4, 1_200_000]]
    path.write_bytes(workbook(HEADS[:4], *rows, formats=FORMATS))
    firms = read_firms(path, knowledge)
    usd = knowledge.facts["initial_budget"].rates["USD"]
    assert [row.answers.value("initial_budget") for row in firms.rows] == [800_000, 800_000, 50_000 * usd, 1_200_000]
    assert firms.rows[0].answers.value("employees") == 300
    assert {"note.formats", "note.scaled"} <= {note.key for note in firms.notes}


def test_cells_with_nothing_to_rely_on_are_told_and_dates_where_steps_were_meant(tmp_path, knowledge):
    import datetime

    path = tmp_path / "f.xlsx"
    rows = [
        ["甲", 30, datetime.date(2026, 1, 5), 80],
        ["乙", "=1+1", 4, 80],
        ["丙_x000D_", "\u200b120\u200e", "4.0", "1.2E+06"],
    ]
    path.write_bytes(
        changed(workbook(HEADS[:4], *rows), "sheet1", ('<c r="D3"[^>]*><v>80</v>', '<c r="D3" t="e"><v>#REF!</v>'))
    )
    first, second, third = read_firms(path, knowledge).rows
    assert [problem.code for problem in first.problems] == ["A154"]
    assert [problem.code for problem in second.problems] == ["B104", "B105"]
    assert answers_of(third)[:3] == (120, 4, 1_200_000) and third.answers.firm.name.zh == "丙"


def test_another_encoding_is_shown_and_asked_and_then_read(tmp_path, knowledge):
    path = tmp_path / "f.csv"
    path.write_bytes("Firm,A2,H1\r\nMüller GmbH,100,500000\r\nBäcker,20,1000\r\n".encode("cp1252"))
    with pytest.raises(ProblemsError, match=r"C114 .*cp1252.*Müller GmbH") as caught:
        read_firms(path, knowledge)
    assert "--encoding cp1252" in caught.value.problems[0].hint("en")
    with pytest.raises(ProblemsError, match="C114"):
        score_table(path, tmp_path, knowledge, "en")
    firms = read_firms(path, knowledge, encoding="cp1252")
    assert firms.rows[0].answers.firm.name.en == "Müller GmbH"
    assert score_table(path, tmp_path, knowledge, "en", encoding="cp1252").scored == 2
    with pytest.raises(ProblemsError, match="C115"):
        read_firms(path, knowledge, encoding="klingon")


OTHERS = {
    "a.pdf": (b"%PDF-1.7\n\0", "a PDF"), "a.png": (b"\x89PNG\r\n\x1a\n\0", "a picture"),
    "a.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument\0".encode("utf-16-le"), "word processor"),
    "a.htm": (b"<html><table>", "a web page"), "a.7z": (b"7z\xbc\xaf\x27\x1c\0", "an archive"),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_files_of_other_kinds_are_named_with_how_to_save_them(tmp_path, knowledge, name):
    content, said = OTHERS[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ProblemsError, match=f"C113 .*{said}"):
        read_firms(tmp_path / name, knowledge)
    (tmp_path / "as.xlsx").write_bytes(content)
    with pytest.raises(AnswersError, match=f"C113 .*{said}"):
        read_answers(tmp_path / "as.xlsx", knowledge)


@pytest.mark.parametrize("far", ["XFD3", "ZZ900000"])
def test_a_cell_far_away_costs_nothing_and_is_not_lost(tmp_path, knowledge, far):
    content = changed(
        PLAIN, "sheet1.xml", ("</sheetData>", f'<row r="{far.lstrip("XFDZ")}"><c r="{far}"><v>1</v></c></row></sheetData>')
    )
    (tmp_path / "f.xlsx").write_bytes(content)
    with pytest.raises(ProblemsError, match=r"B101|C103"):
        read_firms(tmp_path / "f.xlsx", knowledge)
    with pytest.raises(AnswersError, match=r"C109|C103"):
        read_answers(tmp_path / "f.xlsx", knowledge)


def test_cells_repeated_without_end_in_an_open_document_are_refused(tmp_path, knowledge):
    rows = f'<table:table-row table:number-rows-repeated="1048576">{ODS_CELLS}</table:table-row>'
    (tmp_path / "f.ods").write_bytes(packed(rows))
    with pytest.raises(ProblemsError, match="C109"):
        read_firms(tmp_path / "f.ods", knowledge)


def test_a_proposed_mapping_is_corrected_and_used_again(tmp_path, knowledge):
    path = write_csv(tmp_path / "f.csv", [["Firm", "H1（万元）", "Kopfzahl", "Phone"], ["A", "90", "30", "1"]])
    table, headings = firm_table(path, knowledge, TableOptions())
    text = proposed_mapping(table, headings, knowledge, "en")
    assert '"H1（万元）": {question: H1, unit: "万元"}' in text
    mapping = tmp_path / "map.yaml"
    mapping.write_text(text.replace('"Kopfzahl":', '"Kopfzahl": A2').replace('unit: "万元"', "unit: k"), "utf-8")
    read = read_firms(path, knowledge, mapping=read_mapping(mapping, knowledge))
    assert answers_of(read.rows[0])[0] == 30 and read.rows[0].answers.value("initial_budget") == 90_000
    mapping.write_text("columns: {Kopfzahl: A222}", "utf-8")
    with pytest.raises(ProblemsError, match="B112"):
        read_mapping(mapping, knowledge)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, len(PLAIN) - 1), st.binary(min_size=1, max_size=8), st.sampled_from(["plain.xlsx", "flat.fods", "gb.csv"])
)
def test_a_file_with_bytes_changed_is_read_or_refused_in_time(tmp_path, small, place, change, name):
    content = FILES[name]
    place %= len(content)
    path = tmp_path / name
    path.write_bytes(content[:place] + change + content[place + len(change) :])
    begun = time.process_time()
    with contextlib.suppress(AdvisorError):
        read_firms(path, small)
    assert time.process_time() - begun < 5


LIBREOFFICE = Path(__file__).parent / "libreoffice"
"""A workbook written by hand (a cover, a unit in a number format, formulas, a comment, a total), and what LibreOffice 7.4
made of it by the command below; into a CSV it writes
numbers without what their formats add, into a flat ODS no comments."""
CSV_AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
KINDS = {"xlsx": 500_000, "ods": 500_000, "fods": 500_000, "xls": 500_000, "csv": 50}
"""The budget by kind: a CSV has no formats. Comments of XLS are not seen, which is told."""


def made_by_libreoffice(path: Path, knowledge) -> None:
    firms = read_firms(path, knowledge)
    (row,) = firms.rows
    kind = path.suffix.removeprefix(".")
    assert answers_of(row) == (120, 4, KINDS[kind], "yes", frozenset({"erp"})) and row.answers.firm.name.zh == "甲厂"
    told = {note.key for note in firms.notes}
    assert "note.rows_total" in told and ("note.no_comments" in told) == (kind == "xls")
    assert ("note.formats" in told) == (KINDS[kind] > 50) and ("note.sheets" in told) == (kind != "csv")
    alone = read_answers(path, knowledge)
    assert tuple(alone.value(name) for name in ASKED) == answers_of(row)
    said = [answers.annotations.get("process_complexity") for answers in (row.answers, alone)]
    assert [one and (one.note, one.by) for one in said] == [("问过车间", "王敏") if kind in ("xlsx", "ods") else None] * 2
    assert [
        key for key in ("旧式工作簿", "数字格式里写有单位", "封面") if key in " ".join(n.message("zh") for n in alone.notes)
    ] == [
        *(["旧式工作簿"] if kind == "xls" else []),
        *(["数字格式里写有单位"] if KINDS[kind] > 50 else []),
        *(["封面"] if kind != "csv" else []),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_what_libreoffice_saved_is_read(knowledge, kind):
    made_by_libreoffice(LIBREOFFICE / f"firms.{kind}", knowledge)


def test_the_numbers_of_an_old_workbook_count_as_their_cells_show_them(knowledge):
    firms = read_firms(LIBREOFFICE / "formats.xls", knowledge)
    given = [
        row.answers and [row.answers.value(name) for name in ("initial_budget", "referral_share")] for row in firms.rows
    ]
    usd = knowledge.facts["initial_budget"].rates["USD"]
    assert given == [[900_000, 35], [90 * usd, 100], [900_000, 4.5], [900_000, 40], None]
    assert [(problem.code, problem.place.cell) for problem in firms.rows[4].problems] == [("B107", "C6")]
    assert {"note.formats", "note.scaled"} <= {note.key for note in firms.notes}
    assert not {"note.no_formats", "note.no_comments"} & {note.key for note in firms.notes}


def test_the_formats_of_an_old_workbook_with_a_byte_changed_are_read_or_not_seen():
    sound = (LIBREOFFICE / "formats.xls").read_bytes()
    for place in range(len(sound)):
        content = bytearray(sound)
        content[place] ^= 0xFF
        old_formats(bytes(content))
    for end in range(0, len(sound), 100):
        old_formats(sound[:end])
    assert old_formats(sound) is not None


@pytest.mark.parametrize("extent", [(0, 0xFFFFFF, 0, 0xFFFF), (0, 0xFFFFFFFF, 0, 0xFFFF)])
def test_an_old_workbook_that_asks_for_more_memory_than_there_is_is_refused(tmp_path, knowledge, extent):
    content = bytearray((LIBREOFFICE / "firms.xls").read_bytes())
    place = content.rindex(struct.pack("<HH", 0x200, 14)) + 4  # the extent of a sheet, for which its reader makes room
    struct.pack_into("<IIHH", content, place, *extent)
    (tmp_path / "f.xls").write_bytes(content)
    with pytest.raises(ProblemsError, match=r"C109|C101"):
        read_firms(tmp_path / "f.xls", knowledge)
    with pytest.raises(AnswersError, match=r"C109|C101"):
        read_answers(tmp_path / "f.xls", knowledge)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
@pytest.mark.parametrize("kind", KINDS)
def test_what_libreoffice_saves_here_is_read(tmp_path: Path, knowledge, kind):
    (tmp_path / "firms.fods").write_bytes((LIBREOFFICE / "source.fods").read_bytes())
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/home", "--headless", "--convert-to"]
    command += [CSV_AS_SHOWN if kind == "csv" else kind, "--outdir", str(tmp_path / "out"), str(tmp_path / "firms.fods")]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    (made,) = (tmp_path / "out").iterdir()
    made_by_libreoffice(made.rename(tmp_path / "out" / f"firms.{kind}"), knowledge)


ROW = '<row r="2"><c r="B2"><v>80</v></c></row>'


@pytest.mark.parametrize(
    "row",
    [
        ROW,
        "<row r='2'><c r='B2'><v>80</v></c></row>",
        '<row spans="1:3" r="2"></row>',
        '<row r="5"><c r="B5"><v>1</v></c><c r="B5"><v>2</v></c></row>',
    ],
)
def test_a_row_or_a_cell_that_stands_in_a_workbook_twice_is_damage_and_the_last_does_not_win(tmp_path, knowledge, row):
    (tmp_path / "x.xlsx").write_bytes(changed(PLAIN, "sheet1.xml", ("</sheetData>", f"{row}</sheetData>")))
    with pytest.raises(ProblemsError) as caught:
        read_firms(tmp_path / "x.xlsx", knowledge)
    assert [problem.code for problem in caught.value.problems] == ["C101"]
    with pytest.raises(ProblemsError, match="C101"):
        read_sheets((tmp_path / "x.xlsx").read_bytes(), "x.xlsx")


def test_rows_out_of_order_are_read_where_none_stands_twice(tmp_path, knowledge):
    content = changed(PLAIN, "sheet1.xml", ("</sheetData>", '<row r="4"></row><row r="3"></row></sheetData>'))
    (tmp_path / "x.xlsx").write_bytes(content)
    assert [row.answers.value("employees") for row in read_firms(tmp_path / "x.xlsx", knowledge).rows] == [120]
