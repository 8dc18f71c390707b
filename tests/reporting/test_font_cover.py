"""Long words stay in their cells, and what no font has is named: on paper, in both engines, and with the firm."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from advisor.errors import Place
from advisor.interview.answer_files import parse_answers
from advisor.reporting import font_cover
from advisor.reporting.document import Cell, Chapter, Document, Line, Paragraph, Table
from advisor.reporting.font_cover import sign_name, texts_of, with_named_signs, without_a_font
from advisor.reporting.formats import document_to_pdf
from advisor.reporting.look import ENGINE_NAMES, Look

ADDRESS = "https://www.example.com/en/history?" + "&".join(f"utm_{n}=autumn-2026" for n in range(9))
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2


@pytest.fixture
def without_emoji(monkeypatch: pytest.MonkeyPatch):
    """A machine whose fonts have no emoji and no Thai."""
    monkeypatch.setattr(font_cover, "in_a_font", lambda char: not ("\u0e00" <= char <= "\u0e7f" or char >= "\U0001f000"))


def document(*cells: str) -> Document:
    rows = (tuple(Cell(Line(text)) for text in cells), tuple(Cell(Line(f"next {n}")) for n in range(len(cells))))
    table = Table("A table", tuple(f"Column {n}" for n in range(len(cells))), (1,) * len(cells), rows)
    chapter = Chapter("answers", "The answers given", (Paragraph(Line("text")), table))
    empty = dict.fromkeys(
        ("about", "date", "verdict", "sentence", "footer", "contents_title", "page_word", "sources_title", "sources_note"),
        "x",
    )
    return Document(
        lang="en",
        title="Report",
        firm="Acme",
        tone="plain",
        chapters=(chapter,),
        sources=(),
        version="1",
        brief=True,
        **empty,
    )


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINE_NAMES)
def test_a_long_word_or_address_stays_in_its_cell_and_moves_no_other(engine):
    pdf = document_to_pdf(document("A1", ADDRESS, LONG, "last"), Look(edition="summary", engine=engine))
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    flat = "".join(text.split())
    assert ADDRESS in flat and LONG in flat
    assert "next0next1next2next3" in flat


def test_what_no_font_has_is_named_once_for_what_belongs_together(without_emoji):
    named, signs = with_named_signs(document("甲🚀厂", "👍🏽 🇨🇳", "ร้าน ok"), "en")
    rows = named.chapters[0].blocks[1].rows
    assert [cell.line.text for cell in rows[0]] == [
        "甲[emoji: rocket]厂",
        "[emoji: thumbs up sign] [flag: CN]",
        "[Thai: 3 characters] ok",
    ]
    assert signs == ("[emoji: rocket]", "[emoji: thumbs up sign]", "[flag: CN]", "[Thai: 3 characters]")
    assert [cell.line.text for cell in rows[1]] == ["next 0", "next 1", "next 2"]


def test_a_document_of_ordinary_words_is_left_as_it_is():
    plain = document("Größe 10 m² – 约120人", "Компания", "「甲」①")
    assert with_named_signs(plain, "en")[0] is plain


def test_the_note_names_the_signs_in_either_language(without_emoji, small):
    answers = parse_answers("firm: 🚀\nanswers: {wish: {value: 5, note: ร้าน}}".encode(), "firm.yaml", small)
    note = without_a_font(texts_of(answers), Place("firm.yaml"))
    assert "[emoji: rocket] [Thai: 3 characters]" in note.message("en") and "[表情：rocket]" in note.message("zh")
    assert without_a_font(["plain"], Place("")) is None
    assert sign_name("\u200d", "en") == ""
