"""The report as blocks: the same facts in both languages, every source resolvable, drawings with words beside them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from advisor.assessment import assess
from advisor.insight.examine import examine
from advisor.reporting import build_document
from advisor.reporting.chart_geometry import geometry
from advisor.reporting.charts import GanttChart, MapChart
from advisor.reporting.document import Chart, Line
from advisor.reporting.html import render_html
from advisor.reporting.text_width import measure, wrap
from advisor.reporting.tones import TONE_COLOURS
from tests.document_parts import walk

FULL = "firm: {name: 小店}\nA1: shop\npeople: 3\nA3: 2\nA4: 2\nA5: 5 / 3\nbudget: 30万\nsponsor: no\ntools: none\n"


@pytest.fixture(params=["", "wish: 5", FULL, FULL.replace("A5: 5", "A5: 1"), FULL.replace("30万", "0")])
def assessment(request, small, answers):
    firm = answers(request.param)
    return examine(assess(firm, small, date(2026, 11, 23)), firm, small)


def test_both_languages_have_the_same_chapters_and_blocks(assessment):
    zh, en = build_document(assessment, "zh", "evidence"), build_document(assessment, "en", "evidence")
    assert [c.id for c in zh.chapters] == [c.id for c in en.chapters]
    for zh_chapter, en_chapter in zip(zh.chapters, en.chapters, strict=True):
        assert [type(b) for b in zh_chapter.blocks] == [type(b) for b in en_chapter.blocks]


def test_every_citation_is_in_the_bibliography(assessment):
    document = build_document(assessment, "en", "evidence")
    listed = {name for entry in document.sources for name, _, _ in entry.claims}
    cited = {name for node in walk(document) if isinstance(node, Line) for name in node.cites}
    assert cited <= listed


def test_every_drawing_says_in_words_what_it_shows(assessment):
    for lang in ("zh", "en"):
        for node in walk(build_document(assessment, lang, "evidence")):
            if isinstance(node, Chart):
                assert node.title
                assert re.search(r"\d", node.alternative)


def test_every_drawing_is_drawn(assessment):
    document = build_document(assessment, "en", "evidence")
    drawings = [node for node in walk(document) if isinstance(node, Chart)]
    pictures = re.findall(r"<svg.*?</svg>", render_html(document), re.S)
    assert len(pictures) == len(drawings)
    assert all(re.search(r"<(rect|circle) ", picture) for picture in pictures)


def test_the_date_is_written_as_each_language_does(assessment):
    assert build_document(assessment, "zh", "evidence").date == "2026年11月23日"
    assert build_document(assessment, "en", "evidence").date == "23 November 2026"


def test_hostile_text_is_shown_and_never_run(small, answers):
    nasty = '<script>alert(1)</script>{{ 7*7 }}"onload=x'
    document = build_document(
        assess(answers(f"firm: {{name: '{nasty}'}}\nnotes: ['{nasty}']\nwish: 5"), small), "en", "evidence"
    )
    html = render_html(document)
    assert "<script>" not in html
    assert html.count("{{ 7*7 }}") >= 3
    assert "&lt;script&gt;" in html


def contrast(one: str, two: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tone", TONE_COLOURS)
def test_every_tone_can_be_read_on_its_wash_and_on_white(tone):
    stroke, fill = TONE_COLOURS[tone]
    assert contrast(stroke, fill) >= 4.5
    assert contrast(stroke, "#ffffff") >= 4.5


def test_labels_break_into_two_lines_at_most():
    assert wrap("软硬件与人才", 30) == ["软硬件与人才"]
    assert wrap("架构与流程的适应能力", 12) == ["架构与流程的", "适应能力"]
    assert len(wrap("word " * 30, 20)) == 2
    assert all(measure(line) <= 20 for line in wrap("架构与流程的适应能力" * 4, 20))


def test_places_in_a_drawing_run_from_edge_to_edge():
    g = geometry(MapChart("x", "y", (), ()))
    assert (g.x(0), g.x(100), g.y(0), g.y(100)) == (g.left, g.right, g.bottom, g.top)
    assert geometry(GanttChart((), 4, "week", "later")).height > 0


def test_every_column_width_has_its_style(assessment):
    from advisor.knowledge import data_folder
    from advisor.reporting.document import Table

    css = (data_folder("templates") / "report" / "report.css").read_text("utf-8")
    for node in walk(build_document(assessment, "en", "evidence")):
        if isinstance(node, Table):
            assert sum(node.widths) == 100
            assert all(f".w{width} {{ width: {width}%; }}" in css for width in node.widths)


def test_not_needed_now_is_explained_by_its_reasons_and_not_by_conditions(knowledge, firms):
    from advisor.assessment import assess
    from advisor.reporting import build_document
    from advisor.reporting.document import Bullets

    assessment = assess(firms["small_haulier"], knowledge)
    assert assessment.verdict.name == "not_needed_now" and assessment.waiting and not assessment.conditions
    first = build_document(assessment, "en", "evidence").chapters[0]
    texts = [line.text for block in first.blocks if isinstance(block, Bullets) for line in block.lines]
    assert texts == [reason.text.en for reason in assessment.verdict.reasons[:3]]
