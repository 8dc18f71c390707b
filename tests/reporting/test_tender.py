"""Papers for vendors: everything asked for is in them, nothing a firm wrote is a formula, and budgets stay at home."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from openpyxl import load_workbook

from advisor.assessment import assess
from advisor.interview import Answer, Answers
from advisor.interview.answers import Firm
from advisor.reporting.tender import TENDER_DOCUMENTS
from advisor.selection import select
from advisor.text import Text

EVIL = ('=HYPERLINK("http://x")', "+1+1", "-2", "@SUM(A1)", "{{7*7}}", "<b>x</b>")


@pytest.fixture(scope="module")
def maker(firms, knowledge):
    answers = firms["machine_tool_maker"]
    answers = answers.with_answer("distinctive_processes", Answer("known", EVIL))
    answers = Answers(answers.given, Firm(Text(zh=EVIL[0], en=EVIL[0]), None))
    assessment = assess(answers, knowledge)
    return assessment.model_copy(update={"selection": select(assessment, answers, knowledge)})


def text_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", list(TENDER_DOCUMENTS))
def test_the_same_assessment_gives_the_same_bytes(maker, name, lang):
    assert TENDER_DOCUMENTS[name](maker, lang) == TENDER_DOCUMENTS[name](maker, lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_matrix_asks_for_every_function_with_its_reason_and_claims(maker, lang):
    book = load_workbook(io.BytesIO(TENDER_DOCUMENTS["requirements.xlsx"](maker, lang)))
    sheet = book.worksheets[0]
    listed = {row[1]: row for row in sheet.iter_rows(min_row=5, values_only=True) if isinstance(row[0], int)}
    assert set(listed) == {item.title[lang] for item in maker.selection.wanted}
    for item in maker.selection.wanted:
        row = listed[item.title[lang]]
        assert row[4] == item.weight and row[5] and re.search(r"P\d-\d+|CRM Advisor", row[6])


def test_only_our_own_formulas_calculate_and_they_reach_every_line(maker):
    book = load_workbook(io.BytesIO(TENDER_DOCUMENTS["requirements.xlsx"](maker, "en")))
    formulas = [cell for s in book.worksheets for row in s.iter_rows() for cell in row if cell.data_type == "f"]
    assert all(re.match(r"=(IF|SUM|COUNTA|COUNTIFS)\(", cell.value) for cell in formulas)
    lines = len(maker.selection.wanted)
    sheet = book.worksheets[0]
    assert sum(cell.column == 11 and cell.row <= 4 + lines for cell in formulas if cell.parent is sheet) == lines
    total = next(c.value for c in formulas if c.parent is sheet and "ROUND" in c.value)
    assert f"K5:K{4 + lines}" in total and f"E5:E{4 + lines}" in total


def test_the_points_come_out_as_the_legend_says(maker):
    """The formulas worked out by hand for two answers."""
    book = load_workbook(io.BytesIO(TENDER_DOCUMENTS["requirements.xlsx"](maker, "en")))
    legend = {row[0]: row[1] for row in book["Legend"].iter_rows(min_row=5, max_row=9, values_only=True)}
    assert legend == {"included": 100, "sold apart": 65, "configured": 80, "to be built": 40, "missing": 0}
    choices = book.worksheets[0].data_validations.dataValidation[0]
    assert choices.formula1 == "'Legend'!$A$5:$A$9"


def test_what_a_vendor_fills_in_is_empty_and_takes_numbers(maker):
    book = load_workbook(io.BytesIO(TENDER_DOCUMENTS["requirements.xlsx"](maker, "en")))
    fields = [c for s in book.worksheets for row in s.iter_rows(min_row=5) for c in row if c.fill.fgColor.rgb == "00FFF8E1"]
    assert len(fields) > 3 * len(maker.selection.wanted)
    assert {cell.value for cell in fields if cell.parent.title != "Legend"} == {None}
    assert not any(cell.quotePrefix for cell in fields)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_firm_wrote_stays_text(maker, lang):
    request = text_of(TENDER_DOCUMENTS["rfp.docx"](maker, lang))
    for evil in EVIL:
        assert evil in request
    book = load_workbook(io.BytesIO(TENDER_DOCUMENTS["requirements.xlsx"](maker, lang)))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" or "HYPERLINK" not in cell.value


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_budget_is_in_no_document_for_vendors(maker, lang):
    budget = next(item.shown[lang] for item in maker.answers if item.question == "initial_budget")
    assert budget not in text_of(TENDER_DOCUMENTS["rfp.docx"](maker, lang))
    book = load_workbook(io.BytesIO(TENDER_DOCUMENTS["requirements.xlsx"](maker, lang)))
    assert not any(budget in str(v) for s in book.worksheets for row in s.iter_rows(values_only=True) for v in row if v)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_guide_has_a_script_for_every_must_and_a_question_for_every_quality(maker, lang):
    guide = text_of(TENDER_DOCUMENTS["guide.docx"](maker, lang))
    for demo in maker.selection.demos:
        assert demo.demo[lang] in guide and demo.watch[lang] in guide
    assert len(maker.selection.demos) == sum(item.priority == "must" for item in maker.selection.wanted)
    for one in maker.selection.advisers:
        assert one.ask[lang] in guide and one.good[lang] in guide and one.warning[lang] in guide
    assert sum("P4-83" in quality.sources for quality in maker.selection.advisers) == 5


def test_where_no_product_is_to_be_chosen_none_is_in_the_guide(firms, knowledge):
    answers = firms["building_contractor"]
    assessment = assess(answers, knowledge)
    assessment = assessment.model_copy(update={"selection": select(assessment, answers, knowledge)})
    guide = text_of(TENDER_DOCUMENTS["guide.docx"](assessment, "en"))
    assert not [p.name.en for p in knowledge.products.values() if p.name.en in guide]


def test_a_firm_that_answered_nothing_still_gets_its_documents(knowledge):
    assessment = assess(Answers({}), knowledge)
    assessment = assessment.model_copy(update={"selection": select(assessment, Answers({}), knowledge)})
    for make in TENDER_DOCUMENTS.values():
        assert len(make(assessment, "zh")) > 1000
