"""The report for Word: everything of the report is in it, links lead somewhere, and hostile text stays text."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from advisor import assess
from advisor.interview import Answers
from advisor.reporting import build_document, render
from advisor.reporting.data_tables import data_table
from advisor.reporting.document import BarChart, Chart, GanttChart, MapChart, MatrixChart, SwingChart
from advisor.text import LANGS, Text
from advisor.web.judging import judge


@pytest.fixture(scope="module")
def whole(knowledge, firms):
    return judge(firms["machine_tool_maker"], knowledge, None)


def text_of(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml").decode()


@pytest.mark.parametrize("lang", LANGS)
def test_every_chapter_is_a_heading_and_every_link_leads_to_a_place(whole, lang):
    content = render(whole, "docx", lang)
    document = build_document(whole, lang)
    read = docx.Document(io.BytesIO(content))
    headings = [p.text for p in read.paragraphs if p.style.name == "Heading 1"]
    assert headings == [*(chapter.title for chapter in document.chapters), document.sources_title]
    places = {mark.get(qn("w:name")) for mark in read.element.iter(qn("w:bookmarkStart"))}
    links = {link.get(qn("w:anchor")) for link in read.element.iter(qn("w:hyperlink"))}
    assert len(links) > 60
    assert links <= places
    assert f"a_c_{next(iter(whole.citations)).replace('-', '_')}" in places


@pytest.mark.parametrize("lang", LANGS)
def test_every_chart_has_its_numbers_in_a_table(whole, lang):
    document = build_document(whole, lang)
    charts = [block for chapter in document.chapters for block in chapter.blocks if isinstance(block, Chart)]
    assert {type(c.drawing) for c in charts} == {MapChart, BarChart, SwingChart, MatrixChart, GanttChart}
    tables = [
        [cell.text for row in t.rows for cell in row.cells]
        for t in docx.Document(io.BytesIO(render(whole, "docx", lang))).tables
    ]
    for chart in charts:
        table = data_table(chart, lang)
        assert sum(table.widths) == 100
        assert len(table.widths) == len(table.columns)
        assert all(len(row) == len(table.columns) for row in table.rows)
        flat = [*table.columns, *(cell.line.text for row in table.rows for cell in row)]
        assert flat in tables


def test_the_numbers_are_those_of_the_drawing(whole):
    document = build_document(whole, "en")
    [gantt] = [b for c in document.chapters for b in c.blocks if isinstance(b, Chart) and isinstance(b.drawing, GanttChart)]
    rows = [[cell.line.text for cell in row] for row in data_table(gantt, "en").rows]
    assert [(r[0], int(r[2]), int(r[3])) for r in rows] == [
        (b.label, b.start + 1, b.start + b.weeks) for b in gantt.drawing.bars
    ]  # type: ignore[union-attr]


def test_the_same_assessment_gives_the_same_bytes(whole):
    assert render(whole, "docx", "zh") == render(whole, "docx", "zh")


@pytest.mark.parametrize("name", ["<b>&amp;]]></b>", "{{7*7}} {% raw %} ${x} %(y)s", "MERGEFIELD x \\* MERGEFORMAT", "=1+1"])
def test_a_hostile_name_is_written_as_it_is(knowledge, firms, name):
    answers: Answers = firms["machine_tool_maker"]
    assessment = assess(answers, knowledge)
    firm = assessment.firm.model_copy(update={"name": Text(zh=name, en=name)})
    content = render(assessment.model_copy(update={"firm": firm}), "docx", "en")
    read = docx.Document(io.BytesIO(content))
    assert name in read.core_properties.title
    assert any(name in paragraph.text for paragraph in read.paragraphs)
    assert set(re.findall(r"<w:instrText[^>]*>([^<]*)", text_of(content))) <= {"PAGE"}


def test_chinese_is_set_in_a_chinese_font(whole):
    with zipfile.ZipFile(io.BytesIO(render(whole, "docx", "zh"))) as archive:
        styles = archive.read("word/styles.xml").decode()
    assert styles.count('w:eastAsia="Microsoft YaHei"') >= 5
    assert 'w:eastAsia="zh-CN"' in styles
