"""Numbers as their cells show them: with a unit, in a currency, divided by something, or as words."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from advisor.batch.readers import read_firms
from advisor.errors import AnswersError
from advisor.interview.answer_files import parse_answers
from advisor.tables import read_sheets
from tests.tables.test_files import flat


def shown(number: float | str, code: str) -> str:
    """What a cell with a number says under a format."""
    book, out = Workbook(), io.BytesIO()
    book.active.append([number])
    book.active["A1"].number_format = code
    book.save(out)
    return read_sheets(out.getvalue(), "x.xlsx")[0].rows[0][0]


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (90, 'General"万元"', "90 万元"),
        (90, 'G/通用格式"万元"', "90 万元"),
        (90, "0万元", "90 万元"),
        (90, '[Red]General"万元";-General"万元"', "90 万元"),
        (-90, '0"万元";(0"千元")', "-90 千元"),
        (90, "[$₽-419] #,##0", "₽90"),
        (90, "#,##0 [$₩-412]", "90 ₩"),
        (90, "[$¥-411]#,##0", "JPY90"),
        (90, "[$¥-804]#,##0", "¥90"),
        (90, "[$$-404]#,##0", "TWD90"),
        (90, "[$$-C04]#,##0", "HKD90"),
        (90, "[$$-en-CA]#,##0", "CAD90"),
        (90, "[$$-409]#,##0", "$90"),
        (90_000, '[$USD] #,##0,"k"', "USD90000"),
        (90_000, '#,##0,"千美元"', "90000 美元"),
        (900_000, '0.0,,"M€"', "900000 €"),
        (900_000, '0.0,,"M"', "900000"),
        (900_000, '0!.0,"万元"', "900000 元"),
        (90, '">"0"万"', ">90 万"),
        (90, '0"+"', "90 +"),
        (2, '[=1]"是";[=2]"否"', "否"),
        (1, '[=1]"否";[=2]"是"', "否"),
        (0, '"有";;"无"', "无"),
        (900_000, '"暂无"', "暂无"),
        (0, '#,##0;-#,##0;"-"', "0"),
        (4, '"★"0', "4"),
    ],
)
def test_a_number_reads_as_its_format_shows_it(number, code, text):
    assert shown(number, code) == text


@pytest.mark.parametrize(
    ("typed", "code", "text"),
    [
        ("90", '@"万元"', "90 万元"),
        ("约90", '0"元";-0"元";0;@"万元"', "约90 万元"),
        ("80-90", "[$USD] @", "USD80-90"),
        ("九十", "@万元", "九十 万元"),
        ("90万元", '0"千元"', "90万元"),
        ("90", '0"千元"', "90"),
        ("90", '@"@"', "90"),
        ("不知道", '@"万元"', "不知道"),
        ("甲厂", '@"（集团）"', "甲厂"),
        ("H1", '@"万元"', "H1"),
        ("RMB 90", '@"万元"', "RMB 90 万元"),
        ("一般", '@"万元"', "一般"),
    ],
)
def test_a_number_typed_as_text_reads_as_its_format_shows_it(typed, code, text):
    assert shown(typed, code) == text


def test_texts_under_a_format_of_an_old_workbook_read_as_they_show():
    content = (Path(__file__).parent / "libreoffice" / "texts.xls").read_bytes()
    (sheet,) = read_sheets(content, "texts.xls")
    assert sheet.rows == [["企业名称", "A2", "H1"], ["甲", "120", "90 万元"], ["乙", "120", "不知道"]]


def test_texts_under_a_format_are_told_and_read_in_its_unit(tmp_path, knowledge):
    book = Workbook()
    for row in (["企业名称", "A2", "H1"], ["甲", 120, "90"], ["乙", 120, "不知道"]):
        book.active.append(row)
        book.active.cell(book.active.max_row, 3).number_format = '@"万元"'
    book.save(tmp_path / "x.xlsx")
    firms = read_firms(tmp_path / "x.xlsx", knowledge)
    assert [row.answers.value("initial_budget") for row in firms.rows] == [900_000, None]
    assert [note.values["cell"] for note in firms.notes if note.key == "note.formats"] == ["C2"]


def cell(kind: str, number: float, said: str, currency: str = "") -> str:
    named = f' office:currency="{currency}"' if currency else ""
    text = f"<text:p>{said}</text:p>" if said else ""
    return f'<table:table-cell office:value-type="{kind}" office:value="{number}"{named}>{text}</table:table-cell>'


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (cell("float", 90, "90万元"), "90 万元"),
        (cell("float", 900_000, "90.0万元"), "900000 元"),
        (cell("float", 900_000, "900000!.0000万元"), "900000 元"),
        (cell("currency", 90, "¥90万", "CNY"), "CNY 90 万"),
        (cell("currency", 1234.5, "1.234,50 €", "EUR"), "EUR 1234.5"),
        (cell("currency", 90_000, "$90k", "USD"), "USD 90000"),
        (cell("currency", 90, "", "USD"), "USD 90"),
        (cell("float", 90, "90 ₽"), "90 ₽"),
        (cell("float", 1, "否"), "否"),
        (cell("float", 900_000, "玖拾万元"), "900000"),
        ('<table:table-cell office:value-type="string" office:string-value="120"/>', "120"),
        (
            '<table:table-cell office:value-type="string" office:string-value="90">'
            "<text:p>90万元</text:p></table:table-cell>",
            "90万元",
        ),
        (
            '<table:table-cell office:value-type="string" office:string-value="无">'
            "<text:p>无万元</text:p></table:table-cell>",
            "无",
        ),
        (
            '<table:table-cell office:value-type="string"><text:p>ERP<text:line-break/>CRM<text:s/>x</text:p>'
            "</table:table-cell>",
            "ERP\nCRM x",
        ),
    ],
)
def test_a_cell_of_an_open_document_reads_as_it_shows(node, text):
    assert read_sheets(flat(f"<table:table-row>{node}</table:table-row>"), "x.fods")[0].rows == [[text]]


def test_a_formula_of_an_open_document_without_a_result_is_told_in_a_form_too(knowledge):
    heads = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{head}</text:p></table:table-cell>'
        for head in ("企业名称", "A2", "H1")
    )
    cells = [cell("float", 1, "甲"), cell("float", 120, "120"), '<table:table-cell table:formula="of:=1"/>']
    content = flat(f"<table:table-row>{heads}</table:table-row><table:table-row>{''.join(cells)}</table:table-row>")
    with pytest.raises(AnswersError) as caught:
        parse_answers(content, "x.fods", knowledge)
    assert [problem.code for problem in caught.value.problems] == ["A126"]


@pytest.mark.parametrize(("number", "code", "currency"), [(90, 'General"万元"', ""), (90_000, '0,"k USD"', "USD")])
def test_a_budget_under_a_format_is_what_its_cell_shows(tmp_path, knowledge, number, code, currency):
    book = Workbook()
    for row in (["企业名称", "A2", "H1"], ["甲", 120, number]):
        book.active.append(row)
    book.active["C2"].number_format = code
    book.save(tmp_path / "x.xlsx")
    expected = 90_000 * knowledge.facts["initial_budget"].rates[currency] if currency else 900_000
    assert read_firms(tmp_path / "x.xlsx", knowledge).rows[0].answers.value("initial_budget") == expected
