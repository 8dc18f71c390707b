"""What stands beside an answer goes with it through every file, is read wherever people write it, and decides nothing."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from advisor.assessment import Assessment, assess
from advisor.assessment.for_client import for_client
from advisor.errors import AnswersError
from advisor.insight.replay import answers_of, replay
from advisor.interview import Answers
from advisor.interview.annotations import CHOICES, TYPED, carried
from advisor.interview.answer_files import parse_answers
from advisor.interview.answers import Annotation
from advisor.interview.yaml_form import KINDS
from advisor.knowledge import Knowledge
from advisor.reporting import render
from advisor.reporting.attachment import read_attachment
from advisor.reporting.forms import answer_file
from advisor.reporting.look import Look
from advisor.text import LANGS
from tests.filling_in import Filled

FULL = Annotation("counted in May", "payroll", "HR", "Wang", "2026-05-31", "high", "client")
SHEET = """
firm: Acme
answers:
  A2: {value: 约120, note: counted in May, evidence: payroll, source: HR, by: Wang, on: 2026-05-31,
       confidence: 高, visible: 客户}
  F2: chief
  F2_note: says the owner
  H1: {note: asked twice}
  G1: 4
"""


@pytest.fixture(scope="module")
def sheet(knowledge: Knowledge) -> Answers:
    return parse_answers(SHEET.encode(), "firm.yaml", knowledge)


def test_each_part_is_read_and_the_words_stay_beside_the_bounds(sheet: Answers):
    assert sheet.annotations["employees"] == replace(FULL, words="约120")
    assert sheet.given["employees"].status == "within"
    assert sheet.annotations["sponsor_level"] == Annotation(note="says the owner")
    assert "initial_budget" not in sheet.given and sheet.annotations["initial_budget"].note == "asked twice"
    assert "process_complexity" not in sheet.annotations


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "pdf"])
@pytest.mark.parametrize("lang", LANGS)
def test_every_file_gives_back_what_it_was_written_with(knowledge: Knowledge, sheet: Answers, kind: str, lang):
    content, _ = answer_file(knowledge, sheet, kind, lang, "quick")
    assert parse_answers(content, f"firm.{kind}", knowledge) == sheet


def test_a_second_line_keeps_what_stands_beside_its_own_answers(knowledge: Knowledge):
    text = "answers: {B3: 900k, B3_note: main}\nline_b: {answers: {B3: {value: 40k, note: other}}}"
    read = parse_answers(text.encode(), "firm.yaml", knowledge)
    assert (read.annotation("order_value").note, read.of_line("other").annotation("order_value").note) == ("main", "other")
    for kind in ("yaml", "jsonl"):
        assert parse_answers(answer_file(knowledge, read, kind, "en")[0], f"f.{kind}", knowledge) == read
    saved = Assessment.from_json(assess(read, knowledge).to_json())
    assert {answers_of(saved, knowledge).of_line(line).annotation("order_value").note for line in ("main", "other")} == {
        "main", "other",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("nte: x", "A160"),
        ("note: [a]", "A161"),
        (f"by: {'x' * 501}", "A162"),
        ("visible: all", "A163"),
        ("on: soon", "A141"),
    ],
)
def test_what_cannot_be_read_beside_an_answer_is_asked(knowledge: Knowledge, part: str, code: str):
    with pytest.raises(AnswersError) as caught:
        parse_answers(f"A2: {{value: 120, {part}}}".encode(), "firm.yaml", knowledge)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_comments_on_cells_and_a_remark_without_a_head_are_notes_and_a_stray_comment_is_told(knowledge: Knowledge):
    form = Filled(answer_file(knowledge, Answers(), "xlsx", "zh", "quick")[0])
    form.put("A2", 600)
    form.cell("A2").comment = Comment("李:\nHR口径", "李")
    form.put("G1", "4")
    line = form.cell("G1")
    line.parent.cell(line.row, 15).value = "备注：去年的口径"
    line.parent["A1"].comment = Comment("whose sheet is this?", "openpyxl")
    read = parse_answers(form.saved(), "form.xlsx", knowledge)
    assert read.annotations == {
        "employees": Annotation(note="HR口径", by="李"), "process_complexity": Annotation(note="去年的口径"),
    }  # fmt: skip
    assert [(note.code, note.place.cell) for note in read.notes] == [("A164", "A1")]


def test_a_note_on_a_question_of_an_earlier_sheet_goes_where_its_answer_goes():
    moved = carried(
        {"old": Annotation(note="n", visible="client", words="x"), "new": Annotation(note="m")},
        lambda _: ["new"],
        {"new": 1},
    )
    assert moved == {"new": Annotation(note="m\nn", visible="internal")}


PARTS = {
    name: st.sampled_from(["", *CHOICES[name]]) if name in CHOICES else st.sampled_from(["", "甲", "x\ny"]) for name in TYPED
}


@settings(max_examples=8, deadline=None)
@given(st.dictionaries(st.sampled_from(["wish", "budget", "people"]), st.builds(Annotation, **{**PARTS, "on": st.just("")})))
def test_notes_never_change_a_result(small: Knowledge, beside: dict[str, Annotation]):
    known = {name: one for name, one in beside.items() if name in small.questions}
    bare = parse_answers(b"wish: 5", "firm.yaml", small)
    noted, plain = (json.loads(assess(replace(bare, annotations=a), small).to_json()) for a in (known, {}))
    for item in noted["answers"]:
        item["annotation"] = None
    assert noted == plain


def test_a_saved_assessment_keeps_notes_and_what_a_client_gets_keeps_none_that_are_internal(
    knowledge: Knowledge, sheet: Answers
):
    made = assess(sheet, knowledge)
    again = replay(Assessment.from_json(made.to_json()), knowledge)
    assert again.identical
    assert answers_of(again.then, knowledge).annotations == sheet.annotations
    opened = for_client(made)
    assert (opened.notes_left_out, for_client(opened)) == (2, opened)
    assert "says the owner" not in opened.to_json() and "counted in May" in opened.to_json()
    assert replay(opened, knowledge).identical


@pytest.mark.slow
@pytest.mark.parametrize(("edition", "told"), [("evidence", True), ("summary", False), ("it", False)])
def test_the_full_report_prints_notes_and_the_editions_for_clients_carry_none(
    knowledge, sheet: Answers, edition, told: bool
):
    made = assess(sheet, knowledge)
    page = render(made, "html", "en", Look(edition=edition)).decode()
    look = Look(edition=edition, engine="typst", attach="full" if told else "assessment")
    carried_data = read_attachment(render(made, "pdf", "en", look), "report.pdf")
    assert [(b"says the owner" in carried_data), ("says the owner" in page), ("约120" in page)] == [told] * 3
    assert io.BytesIO(carried_data).read().count(b"counted in May") == 1


def test_a_note_and_what_shows_it_are_kept_apart_on_paper(knowledge, sheet: Answers):
    made = assess(sheet, knowledge)
    pages = {lang: render(made, "html", lang, Look(edition="evidence")).decode() for lang in LANGS}
    assert "counted in May; Evidence: payroll" in pages["en"] and "counted in May；佐证：payroll" in pages["zh"]
