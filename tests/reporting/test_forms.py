"""Forms a consultant hands out: all that a person needs stands in them, and they come back unchanged."""

from __future__ import annotations

import io
import itertools
import json
import random
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from advisor.interview import Answer, Answers, Firm
from advisor.interview.answer_files import parse_answers
from advisor.interview.answer_parsing import parse_answer
from advisor.interview.answers import NOT_APPLICABLE, UNKNOWN
from advisor.interview.yaml_form import LAYOUTS
from advisor.reporting.forms import answer_file
from advisor.reporting.forms.cell_styles import height
from advisor.reporting.forms.paper_form import paper_html
from advisor.reporting.forms.workbook import sheet_title
from advisor.reporting.source_marks import source_mark
from advisor.text import LANGS, Text, say
from tests.random_firms import random_firm

ALL_WAYS = list(itertools.product(LANGS, LAYOUTS, ("quick", "full")))


def opened(knowledge, answers: Answers, lang="en", edition="full", by="section") -> Any:
    return load_workbook(io.BytesIO(answer_file(knowledge, answers, "xlsx", lang, edition, by)[0]))


@pytest.fixture(scope="module", params=LANGS)
def empty(request, knowledge) -> tuple[str, Any]:
    """The full questionnaire in one language, empty."""
    return request.param, opened(knowledge, Answers(), request.param)


def parts_of(book: Any) -> list[Any]:
    return [sheet for sheet in book.worksheets[1:] if sheet.sheet_state == "visible"]


@pytest.mark.parametrize(("lang", "by", "edition"), ALL_WAYS)
def test_any_answers_come_back_as_they_were(lang, by, edition, knowledge):
    draw = random.Random(f"{lang} {by} {edition}")
    answers = Answers(random_firm(knowledge, draw).given, Firm(Text(zh="甲公司", en="A Ltd"), Text(zh="一", en="一")))
    content, _ = answer_file(knowledge, answers, "xlsx", lang, edition, by)
    assert parse_answers(content, "form.xlsx", knowledge) == answers


@pytest.mark.parametrize("name", ["machine_tool_maker", "city_bank", "building_contractor"])
def test_sample_firms_come_back_as_they_were(name: str, knowledge, firms):
    for kind in ("xlsx", "csv", "jsonl", "yaml"):
        content, _ = answer_file(knowledge, firms[name], kind, "zh", "quick")
        assert parse_answers(content, f"form.{kind}", knowledge) == firms[name], kind


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=30)
NAMES = WORDS.filter(lambda text: " ".join(text.split()) == text)
LINES = st.lists(NAMES.filter(lambda text: text.lower() not in ("none", "无", "没有")), max_size=7).map(tuple)
VALUES = {
    "trade": st.sampled_from(["shop", "builder"]),
    "people": st.integers(0, 10**9).map(float),
    "product": st.integers(1, 5),
    "budget": st.decimals(0, 10**12, places=2).map(float),
    "sponsor": st.sampled_from(["yes", "no"]),
    "tools": st.frozensets(st.sampled_from(["phone", "mail", "web"])),
    "online": st.decimals(0, 100, places=3).map(float),
    "notes": LINES,
}
GIVEN = st.fixed_dictionaries(
    {},
    optional={
        name: st.one_of(st.sampled_from([UNKNOWN, NOT_APPLICABLE]), value.map(lambda v: Answer("known", v)))
        for name, value in VALUES.items()
    },
)
TEXTS = st.one_of(st.none(), st.builds(Text, zh=NAMES, en=NAMES), NAMES.map(lambda name: Text(zh=name, en=name)))


@settings(max_examples=60, deadline=None)
@given(given=GIVEN, name=TEXTS, about=TEXTS, way=st.sampled_from(ALL_WAYS), kind=st.sampled_from(["xlsx", "csv", "jsonl"]))
def test_whatever_a_firm_says_comes_back_word_for_word(given, name, about, way, kind, small):
    lang, by, edition = way
    answers = Answers(dict(sorted(given.items(), key=lambda item: list(small.questions).index(item[0]))), Firm(name, about))
    content, _ = answer_file(small, answers, kind, lang, edition, by)
    assert parse_answers(content, f"form.{kind}", small) == answers


@pytest.mark.parametrize("said", ["=1+1", "'=x", "+7", "@home", "-", "_x0041_", "&amp;<b>", "1 · 2", "\u2028x"])
def test_words_that_mean_something_to_a_program_stay_words(said: str, small):
    clean = said.replace("\u2028", "")
    answers = Answers({"notes": Answer("known", (clean, clean))}, Firm(Text(zh=clean, en=clean)))
    for kind in ("xlsx", "csv"):
        content, _ = answer_file(small, answers, kind, "en")
        assert parse_answers(content, f"form.{kind}", small) == answers


def test_the_same_answers_give_the_same_bytes(knowledge, firms):
    once, again = (answer_file(knowledge, firms["city_bank"], "xlsx", "zh")[0] for _ in range(2))
    assert once == again


def test_there_is_a_sheet_for_each_section_with_every_question_once(empty, knowledge):
    lang, book = empty
    assert [sheet.title[0] for sheet in parts_of(book)] == [section.code for section in knowledge.sections]
    codes = [row[0].value for sheet in parts_of(book) for row in sheet.iter_rows(min_row=5) if row[6].value]
    assert sorted(codes) == sorted(question.code for question in knowledge.questions.values())
    assert book.worksheets[0].title == say("forms", "cover", lang)


def test_a_sheet_for_each_role_holds_what_that_role_answers(knowledge):
    book = opened(knowledge, Answers(), "en", "quick", "role")
    roles = {question.code: question.role for question in knowledge.questions.values()}
    edition_codes = {question.code for question in knowledge.edition_questions("quick")}
    all_codes = set()
    for sheet in parts_of(book):
        codes = {row[0].value for row in sheet.iter_rows(min_row=5) if row[6].value}
        assert len({roles[code] for code in codes}) == 1, sheet.title
        all_codes |= codes
    assert all_codes == edition_codes
    assert parts_of(book)[0].title == "Chief executive"


def test_only_the_cells_to_answer_in_can_be_changed(empty):
    _, book = empty
    for sheet in book.worksheets:
        assert sheet.protection.sheet and not sheet.protection.password
        unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
        assert all(at[0] in "CHIJKLMN" for at in unlocked)
        assert bool(unlocked) == (sheet.sheet_state == "visible")
    for sheet in parts_of(book):
        answers = {row[2].coordinate for row in sheet.iter_rows(min_row=5) if row[1].value}
        assert answers == {row[2].coordinate for row in sheet.iter_rows() if not row[2].protection.locked}
        beside = {c.row for row in sheet.iter_rows(min_col=8) for c in row if not c.protection.locked}
        assert {row[0].row for row in sheet.iter_rows(min_row=5) if row[6].value} == beside


def test_no_cell_is_a_formula(knowledge, firms):
    book = opened(knowledge, Answers(firms["seed_company"].given, Firm(Text(zh="=1+1", en="=cmd|' /C calc'!A0"))))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(cell.value == "=1+1" and cell.data_type == "s" for cell in cells)


def offered(sheet: Any, at: str) -> list[str]:
    """What may be chosen in a cell."""
    rules = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list" and at in rule.sqref]
    if not rules:
        return []
    title, _, cells = rules[0].formula1.partition("!")
    return [row[0].value for row in sheet.parent[title.strip("'")][cells.replace("$", "")]] if ":" in cells else []


def test_every_choice_offered_is_read_as_the_answer_it_says(empty, knowledge):
    lang, book = empty
    by_code = {question.code: question for question in knowledge.questions.values()}
    missing = {say("interview", f"table.{status}", lang): status for status in ("unknown", "not_applicable")}
    for sheet in parts_of(book):
        for row in sheet.iter_rows(min_row=5):
            question = by_code.get(row[0].value)
            if question is None or question.answer_type.several or not knowledge.facts[question.id].values:
                continue
            words = offered(sheet, row[2].coordinate)
            read = [parse_answer(question, word, knowledge, None) for word in words]
            values = [str(a.value) if a.value is not None else a.status for a in read]
            steps = [*knowledge.facts[question.id].values]
            between = [f"{low}-{high}" for low, high in itertools.pairwise(steps)] if question.type == "scale" else []
            assert values == [*steps, *between, *missing.values()], question.code


def test_questions_of_several_answers_have_a_row_an_option(empty, knowledge):
    lang, book = empty
    tick, none = say("interview", "table.tick", lang), say("interview", "table.none_of_these", lang)
    for question in (q for q in knowledge.questions.values() if q.type == "multi"):
        sheet = next(s for s in parts_of(book) if s.title[0] == question.code[0])
        rows = [row for row in sheet.iter_rows(min_row=5) if row[0].value == question.code]
        assert [row[1].value for row in rows[1:]] == [text[lang] for text in knowledge.facts[question.id].values.values()]
        assert offered(sheet, rows[0][2].coordinate)[0] == none
        assert offered(sheet, rows[1][2].coordinate) == [tick]


def test_numbers_are_held_to_their_range(empty, knowledge):
    _, book = empty
    numbers = [q for q in knowledge.questions.values() if q.type in ("number", "percent", "money")]
    for question in numbers:
        sheet = next(s for s in parts_of(book) if s.title[0] == question.code[0])
        at = next(row[2] for row in sheet.iter_rows(min_row=5) if row[0].value == question.code)
        rule = next(r for r in sheet.data_validations.dataValidation if at.coordinate in r.sqref)
        fact = knowledge.facts[question.id]
        share = 100 if question.type == "percent" else 1
        assert f"{at.coordinate}<={fact.high / share:.15g}" in rule.formula1
        assert (f"INT({at.coordinate})" in rule.formula1) == question.integer
        assert ("%" in at.number_format) == (question.type == "percent")
        assert rule.prompt and rule.error


def test_messages_and_lists_are_within_what_spreadsheets_allow(empty):
    _, book = empty
    rules = [rule for sheet in book.worksheets for rule in sheet.data_validations.dataValidation]
    assert rules
    for rule in rules:
        assert len(rule.prompt or "") <= 255 and len(rule.error or "") <= 225
        assert len(rule.promptTitle or "") <= 32 and len(rule.errorTitle or "") <= 32
        assert len(rule.formula1) <= 255
        assert rule.type == "custom" or "!$" in rule.formula1, "a list stands on the hidden sheet, not in the rule"
    assert all(len(sheet.title) <= 31 for sheet in book.worksheets)
    assert [sheet.sheet_state for sheet in book.worksheets].count("hidden") == 1


def test_each_question_says_why_it_is_asked_and_when_to_skip_it(empty, knowledge):
    lang, book = empty
    notes = {row[0].value: row for sheet in parts_of(book) for row in sheet.iter_rows(min_row=5) if row[6].value}
    for question in knowledge.questions.values():
        row = notes[question.code]
        assert question.why[lang] in row[6].value
        assert all(source_mark(claim) in row[6].value for claim in question.claims)
        assert (question.help[lang] if question.help else "") in (row[5].value or "")
    start = {"zh": "仅在此情况下回答：", "en": "Only if: "}[lang]
    conditional_codes = {code for code, row in notes.items() if (row[5].value or "").startswith(start)}
    assert conditional_codes == {knowledge.questions[name].code for name in knowledge.asked_if}
    assert notes["A4b"][5].value.startswith(f"{start}A4a ")


def test_sheets_are_set_up_to_be_read_and_printed(empty):
    _, book = empty
    for sheet in parts_of(book):
        assert sheet.freeze_panes == "B5"
        assert sheet.print_title_rows == "$4:$4"
        setup = sheet.page_setup
        assert (setup.orientation, int(setup.paperSize), setup.fitToHeight) == ("landscape", 9, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddHeader.right.text == "&A" and "&P" in sheet.oddFooter.right.text
        assert all(sheet.row_dimensions[row].height for row in range(4, sheet.max_row + 1)), "no program guesses a height"


def test_long_words_make_high_rows_and_long_titles_are_cut_between_words():
    assert height([("字" * 200, 40, 10)], "zh") > 10 * height([("字", 40, 10)], "zh") * 0.5
    assert height([("x " * 9000, 10, 10)], "en") == 409
    assert sheet_title("a/b: [c] what is so long that it has to be cut somewhere") == "a b c what is so long that it…"
    assert sheet_title("很" * 40) == "很" * 31


def test_the_cover_counts_what_is_filled_in_and_leads_to_each_sheet(knowledge, firms):
    book = opened(knowledge, firms["machine_tool_maker"], "zh")
    cover = book.worksheets[0]
    rows = [row for row in cover.iter_rows() if isinstance(row[3].value, int)]
    assert sum(row[3].value for row in rows) == len(knowledge.questions)
    assert sum(row[4].value for row in rows) == len(firms["machine_tool_maker"].given)
    assert [row[0].hyperlink.location for row in rows] == [f"'{sheet.title}'!A1" for sheet in parts_of(book)]


def test_a_line_of_json_has_every_question(knowledge):
    content, kind = answer_file(knowledge, Answers(), "jsonl", "en")
    assert kind.startswith("application/jsonl")
    assert list(json.loads(content)) == ["firm", *knowledge.questions]


@pytest.mark.parametrize("lang", LANGS)
def test_the_paper_form_has_a_box_for_every_answer(lang, knowledge):
    page = paper_html(knowledge, Firm(), lang, "full")
    for question in knowledge.questions.values():
        assert f'<span class="code">{question.code}</span>' in page
    options = sum(len(knowledge.facts[name].values) for name in knowledge.questions)
    several = sum(question.type == "multi" for question in knowledge.questions.values())
    assert page.count('class="box"') == options + 2 * len(knowledge.questions) + several
    assert page.count("<b>") == len(knowledge.questions), "each question says why it is asked"


def test_on_paper_each_role_begins_a_page_of_its_own(knowledge):
    roles = {question.role for question in knowledge.edition_questions("quick")}
    assert paper_html(knowledge, Firm(), "en", "quick", "role").count('class="part apart"') == len(roles)
    assert 'class="part apart"' not in paper_html(knowledge, Firm(), "en", "quick")


def test_nothing_in_a_name_is_taken_for_markup(small):
    page = paper_html(small, Firm(Text(zh="<script>x</script>", en="{{ 7*7 }}")), "zh", "full")
    assert "&lt;script&gt;" in page and "<script>" not in page


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_the_paper_form_is_a_tagged_pdf(lang, small, tmp_path):
    name = Text(zh="某机床制造企业", en="A machine-tool maker")
    once, again = (answer_file(small, Answers({}, Firm(name)), "pdf", lang)[0] for _ in range(2))
    assert once == again
    reader = PdfReader(io.BytesIO(once))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"].startswith(lang)
    assert reader.xmp_metadata is not None and b"pdfuaid:part" in reader.xmp_metadata.stream.get_data()
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))
    assert name[lang].replace(" ", "") in text
    for question in small.questions.values():
        assert re.sub(r"\s", "", question.text[lang]) in text
