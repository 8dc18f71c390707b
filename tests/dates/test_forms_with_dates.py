"""Dates in every form there is: written, filled in by people, read back; alone and many firms at a time."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from openpyxl import Workbook, load_workbook

from advisor.batch.readers import read_firms
from advisor.batch.score_table import score_table
from advisor.errors import AnswersError
from advisor.interview import Answer, Answers
from advisor.interview.answer_files import parse_answers
from advisor.interview.answers import UNKNOWN
from advisor.reporting.forms import answer_file
from advisor.reporting.forms.batch_template import batch_template
from advisor.reporting.forms.paper_form import paper_html
from advisor.text import LANGS
from tests.filling_in import Filled

END = datetime.date(2027, 3, 31)
GIVEN = Answers({"contract_end": Answer("known", END)})


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", ["xlsx", "csv", "jsonl", "yaml"])
@pytest.mark.parametrize("answer", [Answer("known", END), UNKNOWN, None])
def test_a_date_comes_back_from_every_form_it_was_written_to(kind, lang, answer, dated):
    answers = Answers({"contract_end": answer} if answer else {})
    content, _ = answer_file(dated, answers, kind, lang)
    assert parse_answers(content, f"form.{kind}", dated) == answers


def test_a_workbook_holds_a_real_date_that_only_days_within_bounds_replace(dated):
    form = Filled(answer_file(dated, GIVEN, "xlsx", "en")[0])
    cell = form.cell("A12")
    assert (cell.value, cell.number_format) == (datetime.datetime(2027, 3, 31), "yyyy-mm-dd")
    rule = next(r for r in cell.parent.data_validations.dataValidation if cell.coordinate in r.sqref)
    at = cell.coordinate
    limits = f"AND({at}>=DATE(2026,1,1),{at}<=DATE(2035,12,31),{at}=INT({at}))"
    assert rule.formula1 == f'IF(ISNUMBER({at}),{limits},OR({at}="I don\'t know",{at}="not applicable"))'
    assert "a date, 2026-01-01 to 2035-12-31" in rule.prompt


@pytest.mark.parametrize(
    ("value", "number_format"),
    [
        (datetime.date(2027, 3, 31), "dd/mm/yyyy"),
        (datetime.datetime(2027, 3, 31, 8, 15), 'yyyy"年"m"月"d"日"'),
        (46477, "yyyy-mm-dd"),
        ("2027年3月31日", "@"),
        ("31 March 2027", "General"),
    ],
)
def test_a_cell_filled_in_by_hand_is_read_as_the_day_it_shows(value, number_format, dated):
    form = Filled(answer_file(dated, Answers(), "xlsx", "zh")[0])
    form.put("A12", value, number_format=number_format)
    assert parse_answers(form.saved(), "form.xlsx", dated) == GIVEN


@pytest.mark.parametrize(
    ("value", "number_format", "code"),
    [
        (46477, "General", "A142"), ("03/04/2027", "General", "A144"), ("2027-02-30", "General", "A145"),
        ("March 2027", "General", "A143"), (46477, "mmm-yy", "A143"), (2958466, "yyyy-mm-dd", "A142"),
        (60, "yyyy-mm-dd", "A145"),
    ],
)  # fmt: skip
def test_a_cell_that_says_no_single_day_is_named(value, number_format, code, dated):
    form = Filled(answer_file(dated, Answers(), "xlsx", "en")[0])
    place = form.put("A12", value, number_format=number_format)
    with pytest.raises(AnswersError) as caught:
        parse_answers(form.saved(), "form.xlsx", dated)
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.place)) == (code, f"form.xlsx: {place}")


def test_forms_of_words_say_how_a_date_is_written(dated):
    said = {kind: answer_file(dated, GIVEN, kind, "en")[0].decode("utf-8-sig") for kind in ("yaml", "csv", "jsonl")}
    assert "  #   a date, such as 2027-03-31 or 31 March 2027\n  contract_end: 2027-03-31\n" in said["yaml"]
    assert 'A12,When does the contract for the present system end?,2027-03-31,"a date, such as' in said["csv"]
    assert '"contract_end": "2027-03-31"' in said["jsonl"]


def test_on_paper_there_is_a_line_for_each_part_of_a_date(dated):
    line = '<span class="writing-part"></span>'
    pages = {lang: paper_html(dated, GIVEN.firm, lang, "full") for lang in LANGS}
    assert f"{line}day{line}month{line}year" in pages["en"] and f"{line}年{line}月{line}日" in pages["zh"]
    assert "a date, 2026-01-01 to 2035-12-31, such as 2027-03-31" in pages["en"]
    assert answer_file(dated, GIVEN, "pdf", "zh")[0].startswith(b"%PDF")


def test_the_table_for_many_firms_bounds_dates_and_explains_them(dated):
    book = load_workbook(io.BytesIO(batch_template(dated, "xlsx", "en", "full")))
    sheet, guide = book.worksheets[:2]
    head = next(cell for cell in sheet[1] if cell.value.startswith("A12 "))
    first = f"{head.column_letter}2"
    rule = next(rule for rule in sheet.data_validations.dataValidation if first in rule.sqref)
    assert f"{first}>=DATE(2026,1,1)" in rule.formula1
    assert any("a date, 2026-01-01 to" in str(cell.value) for row in guide.iter_rows() for cell in row)


ROWS = [
    ["Firm", "A1", "contract_end"],
    ["one", "shop", "2027-03-31"],
    ["two", "shop", "2027年3月31日"],
    ["three", "shop", "31 March 2027"],
]
BAD = [["four", "shop", "03/04/2027"], ["five", "shop", "46477"]]


def check_batch(path, dated, tmp_path):
    firms = read_firms(path, dated)
    assert [row.answers.value("contract_end") for row in firms.readable] == [END] * 3
    problems = [problem for row in firms.unreadable for problem in row.problems]
    assert [(problem.code, problem.place.cell) for problem in problems] == [("A144", "C5"), ("A142", "C6")]
    scored = score_table(path, tmp_path / "out", dated, "en")
    assert (scored.scored, scored.failed) == (3, 2)


def test_a_batch_reads_dates_of_a_csv_and_marks_those_that_are_none(dated, tmp_path):
    path = tmp_path / "firms.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([*ROWS, *BAD])
    check_batch(path, dated, tmp_path)


def test_a_batch_reads_real_dates_of_a_workbook(dated, tmp_path):
    book = Workbook()
    for row in ROWS:
        book.active.append([END if cell == "2027-03-31" else cell for cell in row])
    for name, trade, text in BAD:
        book.active.append([name, trade, int(text) if text.isdigit() else text])
    book.save(tmp_path / "firms.xlsx")
    check_batch(tmp_path / "firms.xlsx", dated, tmp_path)
