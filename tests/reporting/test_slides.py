"""Slides: charts and tables that can be edited, fonts of both scripts, nothing outside the slide or over its box."""

from __future__ import annotations

import io
import time
import zipfile
from itertools import pairwise

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu

from advisor.reporting import render
from advisor.reporting.look import Look, Theme
from advisor.reporting.slides.fitting import LINE, height_of
from advisor.text import LANGS, Text

CLIENT = Look("client")


@pytest.fixture(scope="module")
def assessed(assessed_firm):
    return {name: assessed_firm(name) for name in ("machine_tool_maker", "small_haulier")}


@pytest.fixture(scope="module")
def decks(assessed):
    return {
        (name, lang): Presentation(io.BytesIO(render(assessment, "pptx", lang, CLIENT)))
        for name, assessment in assessed.items()
        for lang in LANGS
    }


def shapes_of(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            yield slide, shape


def test_a_deck_is_wide_and_has_a_title_on_every_slide_and_few_slides(decks):
    for deck in decks.values():
        assert round(deck.slide_width / deck.slide_height, 2) == 1.78
        assert 5 <= len(deck.slides) <= 20
        assert all(slide.shapes.title.text_frame.text for slide in deck.slides)


def test_charts_and_tables_can_be_edited_and_each_says_what_it_shows(decks):
    kinds = set()
    for deck in decks.values():
        for _, shape in shapes_of(deck):
            if shape.has_chart or shape.has_table:
                kinds.add("chart" if shape.has_chart else "table")
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr")
    assert kinds == {"chart", "table"}


def test_nothing_leaves_the_slide(decks):
    for deck in decks.values():
        for _, shape in shapes_of(deck):
            if shape.rotation:
                continue
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width + Emu(9000), shape.name
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height + Emu(9000), shape.name


def test_text_fits_its_box(decks):
    for deck in decks.values():
        for slide, shape in shapes_of(deck):
            if not shape.has_text_frame or shape.is_placeholder or not shape.text_frame.text:
                continue
            width, height = shape.width / 914400, shape.height / 914400
            paragraphs = [p for p in shape.text_frame.paragraphs if p.runs]
            needed = sum(height_of(p.text, p.runs[0].font.size.pt, width) for p in paragraphs)
            assert needed <= height + 0.06, (slide.shapes.title.text_frame.text, shape.text_frame.text[:60], needed, height)


def test_boxes_of_a_column_do_not_lie_over_one_another(decks):
    for deck in decks.values():
        for slide in deck.slides:
            boxes = sorted(
                (s.left, s.top, s.top + s.height)
                for s in slide.shapes
                if s.has_table or (s.has_text_frame and not s.is_placeholder)
            )
            for (left, _, bottom), (other, top, _) in pairwise(boxes):
                if left == other:
                    assert top >= bottom - Emu(9000)


def test_runs_name_the_fonts_of_both_scripts(decks):
    for deck in decks.values():
        for _, shape in shapes_of(deck):
            for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else ():
                for run in paragraph.runs:
                    assert run._r.rPr.find(qn("a:ea")).get("typeface") == "Microsoft YaHei"


def test_no_code_stands_on_a_slide_and_the_grounds_stand_in_the_notes(decks):
    deck = decks["machine_tool_maker", "en"]
    for slide, shape in shapes_of(deck):
        assert "P4-" not in (shape.text_frame.text if shape.has_text_frame else ""), slide
    assert any("Grounds:" in slide.notes_slide.notes_text_frame.text for slide in list(deck.slides)[1:])


def test_the_same_assessment_gives_the_same_bytes_in_the_colours_of_a_theme(assessed):
    assessment = assessed["small_haulier"]
    themed = Look("client", Theme(Text(zh="某某咨询", en="Example Consulting"), "#7a1f3d"))
    first = render(assessment, "pptx", "en", themed)
    time.sleep(2.1)  # a file in a zip is dated by steps of two seconds
    again = render(assessment, "pptx", "en", themed)
    assert first == again != render(assessment, "pptx", "en", CLIENT)
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        assert b"7A1F3D" in file.read("ppt/theme/theme1.xml")
        assert any(b"Example Consulting" in file.read(name) for name in file.namelist() if "slides/slide" in name)


def test_wide_characters_take_twice_the_room_and_words_stay_whole():
    line = 18 * LINE / 72
    assert height_of("客户" * 20, 18, 4.0) == pytest.approx(3 * line)
    assert height_of("one two three", 18, 4.0) == pytest.approx(line)
    assert height_of("unbreakable" * 12, 18, 4.0) > 3 * line
