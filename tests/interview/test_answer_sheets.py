"""A form of many sheets read back: whoever saved it, and whatever was done to it on the way."""

from __future__ import annotations

import datetime
import io
import re
import zipfile

import pytest

from advisor.errors import AnswersError, ProblemsError
from advisor.interview import Answer, Answers, Firm
from advisor.interview.answer_files import parse_answers
from advisor.interview.answers import NOT_APPLICABLE, UNKNOWN
from advisor.interview.serialization import json_line
from advisor.reporting.forms import answer_file
from advisor.tables import read_sheets
from advisor.text import Text
from tests.filling_in import Filled
from tests.test_tables import LAUGHS, SHEET, repacked, workbook


@pytest.fixture
def form(small) -> Filled:
    """The tiny questionnaire as an empty workbook in English, a sheet for each role."""
    return Filled(answer_file(small, Answers(), "xlsx", "en", "full", "role")[0])


def read(form: Filled, small) -> Answers:
    return parse_answers(form.saved(), "form.xlsx", small)


def told(form: Filled, small) -> list[str]:
    """Code and cell of every mistake."""
    with pytest.raises(AnswersError) as caught:
        read(form, small)
    return [f"{p.code} {p.place.sheet}!{p.place.cell}" for p in caught.value.problems]


def test_what_people_enter_is_understood(form, small):
    form.put("A1", "Builder")
    form.put("A2", "12 people")
    form.put("A3", 4)
    form.put("A4", "2 · low")
    form.put("A5a", "5")
    form.put("A5b", "很高")
    form.put("A6", "30万")
    form.put("A7", True)
    form.put("A9", 0.35)
    form.put("firm", "Example Ltd")
    assert {name: answer.value for name, answer in read(form, small).given.items()} == {
        "trade": "builder", "people": 12, "product": 4, "deciders": 2, "wish": 5, "means": 5, "budget": 300_000,
        "sponsor": "yes", "online": 35,
    }  # fmt: skip
    assert read(form, small).firm == Firm(Text(zh="Example Ltd", en="Example Ltd"))


@pytest.mark.parametrize(
    ("value", "number_format", "share"),
    [
        (0.35, "0%", 35),
        (0.07, "0.0##%", 7),
        (1, "0%", 100),
        (35, "General", 35),
        ("35%", "0%", 35),
        ("35", "@", 35),
        (35, '0"%"', 35),
        (0.125, "0%;[Red]-0%", 12.5),
    ],
)
def test_a_percentage_is_what_the_cell_shows(form, small, value, number_format, share):
    form.put("A9", value, number_format=number_format)
    assert read(form, small).value("online") == share


def test_a_bare_part_of_one_is_asked_about(form, small):
    place = form.put("A9", 0.35, number_format="General")
    assert told(form, small) == [f"A115 {place}"]


def test_every_mistake_is_told_at_once_with_its_sheet_and_cell(form, small):
    expected = [
        f"A109 {form.put('A2', 2.5)}",
        f"A102 {form.put('A3', 'middlng')}",
        f"A154 {form.put('A6', datetime.datetime(2026, 3, 5))}",
        f"A128 {form.put('A8', 'perhaps', words='Mail')}",
        f"A104 {form.put('A9', 3, number_format='0%')}",
    ]
    assert sorted(told(form, small)) == sorted(expected)
    with pytest.raises(AnswersError) as caught:
        read(form, small)
    lines = str(caught.value)
    assert "The nearest is: middling" in lines
    assert re.search(r"form\.xlsx: Head of sales!C\d+: A102", lines)


def test_options_are_ticked_in_rows_of_their_own(form, small):
    form.put("A8", "Yes", words="Phone")
    form.put("A8", "✓", words="Web")
    form.put("A8", "no", words="Mail")
    assert read(form, small).value("tools") == {"phone", "web"}


def test_no_to_every_option_is_none_of_them(form, small):
    for words in ("Phone", "Mail", "Web"):
        form.put("A8", False, words=words)
    assert read(form, small).given["tools"] == Answer("known", frozenset())


def test_the_questions_own_cell_takes_what_stands_for_all_or_a_list(form, small):
    form.put("A8", "none of these")
    form.put("A11", "Projects, Key accounts")
    assert read(form, small).value("tools") == frozenset()
    assert read(form, small).value("other_line_models") == {"project", "key_account"}
    form.put("A8", "I don't know")
    form.put("A11", "not applicable")
    assert list(read(form, small).given.values()) == [UNKNOWN, NOT_APPLICABLE]


def test_ticks_that_leave_it_open_are_told(form, small):
    first = form.put("A8", "no", words="Phone")
    assert told(form, small) == [f"A130 {first}"]
    form.put("A8", "yes", words="Phone")
    form.put("A8", "none of these", words="Which tools?")
    assert told(form, small) == [f"A129 {first}"]


def test_free_lines_stand_a_row_each_or_in_one_cell(form, small):
    form.put("A10", "first\nsecond")
    assert read(form, small).given["notes"].value == ("first", "second")
    form.put("A10", "third", words="(another)")
    assert read(form, small).given["notes"].value == ("first", "second", "third")
    form.put("A10", "unknown")
    form.put("A10", None, words="(another)")
    assert read(form, small).given["notes"] == UNKNOWN


@pytest.mark.parametrize("lone", ["unknown", "?", "不适用"])
@pytest.mark.parametrize("kind", ["xlsx", "csv", "jsonl", "yaml"])
def test_a_line_that_reads_like_no_answer_stays_a_line(small, lone: str, kind: str):
    answers = Answers({"notes": Answer("known", (lone,))})
    assert parse_answers(answer_file(small, answers, kind, "zh")[0], f"f.{kind}", small) == answers


def test_a_question_answered_twice_is_told_with_both_cells(form, small):
    form.put("A1", "Shop")
    extra = form.book.create_sheet("zz")
    for row in (["code", "answer"], ["trade", "Builder"], ["A1", "Builder"], ["firm", "x"], ["firm", "y"]):
        extra.append(row)
    assert told(form, small) == ["A131 zz!B2", "A131 zz!B3", "A131 zz!B5"]
    with pytest.raises(AnswersError, match=r"the other answer is in Head of sales!C\d+"):
        read(form, small)


def test_sheets_of_ones_own_are_passed_over_and_hidden_ones_read(form, small):
    form.put("A1", "Shop")
    own = form.book.create_sheet("my notes")
    own["A1"], own["C1"] = "remember", "A1 is the shop in town"
    place = form.cell("A1")
    place.parent.sheet_state = "hidden"
    place.parent.row_dimensions[place.row].hidden = True
    assert read(form, small).value("trade") == "shop"


def test_a_sheet_that_lost_its_heads_is_told_and_not_passed_over(form, small):
    sheet = form.cell("A1").parent
    for cell in sheet[4]:
        cell.value = None
    assert told(form, small) == [f"A121 {sheet.title}!1"]


def test_a_workbook_without_any_heads_is_told(small):
    with pytest.raises(AnswersError, match="lacks a column"):
        parse_answers(workbook(["a", "b"]), "a.xlsx", small)


def test_the_table_of_one_sheet_is_read_as_before(small):
    content = workbook(["编号", "说明", "答案"], ["A1", "", "商店"], ["A8", "", "phone、web"], ["firm", "", "小店"])
    answers = parse_answers(content, "a.xlsx", small)
    assert answers.value("tools") == {"phone", "web"}
    assert answers.firm.name == Text(zh="小店", en="小店")


def changed(content: bytes, cell: str, xml: str) -> bytes:
    """A workbook with one cell of its first sheet written as another program might."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    made = re.sub(rf'<c r="{cell}"[^>]*?(/>|>.*?</c>)', xml, sheet, count=1)
    assert made != sheet
    return repacked(content, xl_worksheets_sheet1_xml=made.encode())


ROWS = (["code", "answer"], ["A2", 7], ["A3", 1])


@pytest.mark.parametrize(
    ("xml", "people"),
    [
        ('<c r="B2" t="inlineStr"><is><t>12</t></is></c>', 12),
        ('<c r="B2" t="inlineStr"><is><r><t>1</t></r><r><t>2</t></r></is></c>', 12),
        ('<c r="B2" t="str"><v>12 people</v></c>', 12),
        ('<c r="B2"><f>6*2</f><v>12</v></c>', 12),
        ('<c r="B2" t="str"><f>"1"&amp;"2"</f><v>12</v></c>', 12),
        ('<c r="B2"><v>1.2E1</v></c>', 12),
        ('<c r="B2" t="n"/>', None),
    ],
)
def test_cells_as_other_programs_write_them(small, xml: str, people: int | None):
    assert parse_answers(changed(workbook(*ROWS), "B2", xml), "a.xlsx", small).value("people") == people


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ('<c r="B2" t="e"><v>#REF!</v></c>', "A125"),
        ('<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "A125"),
        ('<c r="B2"><f>6*2</f></c>', "A126"),
        ('<c r="B2"><f>6*2</f><v></v></c>', "A126"),
        ('<c r="B2" t="b"><v>1</v></c>', "A103"),
    ],
)
def test_cells_that_show_no_answer_are_told(small, xml: str, code: str):
    with pytest.raises(AnswersError) as caught:
        parse_answers(changed(workbook(*ROWS), "B2", xml), "a.xlsx", small)
    assert [(p.code, p.place.cell) for p in caught.value.problems] == [(code, "B2")]


def test_an_answer_merged_over_two_questions_is_told(small):
    form = Filled(workbook(*ROWS))
    form.book.worksheets[0].merge_cells("B2:B3")
    assert told(form, small) == ["A127 Sheet!B2"]


def test_an_error_beside_the_answers_harms_nothing(small):
    content = changed(workbook(["code", "answer", "sum"], ["A2", 7, 0]), "C2", '<c r="C2" t="e"><v>#N/A</v></c>')
    assert parse_answers(content, "a.xlsx", small).value("people") == 7


def test_a_form_with_other_names_for_its_namespaces_is_read(small):
    content = workbook(*ROWS)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    named = re.sub(r"<(/?)([a-zA-Z])", r"<\1x:\2", sheet).replace("xmlns=", "xmlns:x=")
    assert parse_answers(repacked(content, xl_worksheets_sheet1_xml=named.encode()), "a.xlsx", small).value("people") == 7


def sheets(count: int) -> bytes:
    form = Filled(workbook(*ROWS))
    for number in range(count - 1):
        form.book.create_sheet(f"s{number}")
    return form.saved()


def test_more_sheets_than_a_person_keeps_are_refused(small):
    assert len(read_sheets(sheets(60), "a.xlsx")) == 60
    with pytest.raises(ProblemsError, match="C109"):
        read_sheets(sheets(61), "a.xlsx")


def test_one_part_named_by_many_sheets_is_refused():
    content = sheets(2)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        relations = archive.read("xl/_rels/workbook.xml.rels").decode()
    twice = relations.replace("worksheets/sheet2.xml", "worksheets/sheet1.xml")
    assert twice != relations
    with pytest.raises(ProblemsError, match="C109"):
        read_sheets(repacked(content, xl__rels_workbook_xml_rels=twice.encode()), "a.xlsx")


def test_rows_of_all_sheets_count_together():
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 25_002))
    whole = f"{head}{rows}</sheetData></worksheet>".encode()
    content = repacked(sheets(2), xl_worksheets_sheet1_xml=whole, xl_worksheets_sheet2_xml=whole)
    with pytest.raises(ProblemsError, match="C103"):
        read_sheets(content, "a.xlsx")


def test_entities_are_refused_in_every_sheet():
    with pytest.raises(ProblemsError, match="C101"):
        read_sheets(repacked(sheets(2), xl_worksheets_sheet2_xml=LAUGHS + SHEET % b"i"), "a.xlsx")


def test_one_firm_as_a_line_of_json_comes_back(small, firms, knowledge):
    answers = Answers(
        {"people": Answer("known", 3.0), "tools": UNKNOWN}, Firm(Text(zh="甲", en="A"), Text(zh="乙", en="乙"))
    )
    assert parse_answers(json_line(answers, small).encode(), "a.jsonl", small) == answers
    assert parse_answers(json_line(Answers(), small).encode(), "a.jsonl", small) == Answers()
    for firm in firms.values():
        assert parse_answers(json_line(firm, knowledge).encode(), "a.jsonl", knowledge) == firm
    with pytest.raises(AnswersError, match="2 firms"):
        parse_answers(b'{"people": 1}\n\n{"people": 2}\n', "a.jsonl", small)
