"""What a firm wrote stands word for word in a document for a client, where our own texts name questions in words."""

from __future__ import annotations

from dataclasses import replace

from advisor.reporting.document import Cell, Chapter, Line, Paragraph, Table
from advisor.reporting.notes import without_codes
from tests.reporting.test_font_cover import document

QUESTIONS = {"A2": "“How many people?”", "H1": "“What budget?”"}


def test_answers_keep_their_codes_and_the_firms_own_words():
    row = (Cell(Line("A2")), Cell(Line("as of 2025 H1, printed on A2", aside="H1 too")))
    answers = Chapter("answers", "Answers", (Table("t", ("Code", "Note"), (1, 2), (row,)),))
    reasons = Chapter("reasons", "Reasons", (Paragraph(Line("A2 and H1 decide")),))
    written = replace(document("x"), chapters=(reasons, answers))
    said = without_codes(written, QUESTIONS)
    assert said.chapters[0].blocks[0].line.text == "“How many people?” and “What budget?” decide"
    assert said.chapters[1].blocks[0].rows == (row,)
