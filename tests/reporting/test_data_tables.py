"""The numbers behind drawings: every value of a picture is in its table, in the picture's own unit and language."""

from __future__ import annotations

import math

import pytest

from advisor.insight.full_assessment import assess_fully
from advisor.interview import Answer
from advisor.knowledge import data_folder
from advisor.reporting import build_document
from advisor.reporting.charts import Bar, BarChart, GanttChart, MapChart, MatrixChart, SwingBar, SwingChart
from advisor.reporting.data_tables import data_table
from advisor.reporting.document import Chart
from advisor.text import LANGS

KINDS = {MapChart, BarChart, SwingChart, MatrixChart, GanttChart}


@pytest.fixture(scope="module")
def whole(knowledge, firms):
    answers = firms["machine_tool_maker"]
    for name, value in (("buyers", frozenset({"firms"})), ("customer_accounts", 2100.0)):  # so that its cost is known
        answers = answers.with_answer(name, Answer("known", value))
    return assess_fully(answers, knowledge, None)


def charts(whole, lang):
    return [
        block
        for chapter in build_document(whole, lang, "evidence").chapters
        for block in chapter.blocks
        if isinstance(block, Chart)
    ]


def drawn(whole, kind, lang="en"):
    return [chart for chart in charts(whole, lang) if isinstance(chart.drawing, kind)]


def rows(chart, lang="en"):
    return [[cell.line.text for cell in row] for row in data_table(chart, lang).rows]


@pytest.mark.parametrize("lang", LANGS)
def test_every_kind_of_drawing_has_a_table_that_fits_the_page(whole, lang):
    css = (data_folder("templates") / "report" / "report.css").read_text("utf-8")
    assert {type(chart.drawing) for chart in charts(whole, lang)} == KINDS
    for chart in charts(whole, lang):
        table = data_table(chart, lang)
        assert chart.title in table.caption
        assert sum(table.widths) == 100
        assert all(f".w{width} {{ width: {width}%; }}" in css for width in table.widths)
        assert len(table.widths) == len(table.columns) == len(set(table.columns))
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_both_languages_tell_the_same_number_of_rows_under_titles_of_their_own(whole):
    for zh, en in zip(charts(whole, "zh"), charts(whole, "en"), strict=True):
        assert len(rows(zh, "zh")) == len(rows(en, "en"))
        assert data_table(zh, "zh").columns != data_table(en, "en").columns


def test_a_map_tells_its_points_and_its_areas(whole):
    for chart in drawn(whole, MapChart):
        table_rows = rows(chart)
        for point in chart.drawing.points:
            row = next(row for row in table_rows if row[0] == point.label)
            assert (row[1], row[3]) == (f"{point.x:.0f}", f"{point.y:.0f}")
            if point.x_range:
                assert row[2] == f"{point.x_range[0]:.0f}–{point.x_range[1]:.0f}"
        for region in chart.drawing.regions:
            row = next(row for row in table_rows if row[0].endswith(region.label))
            assert row[2::2] == [f"{region.x0:.0f}–{region.x1:.0f}", f"{region.y0:.0f}–{region.y1:.0f}"]


def test_bars_tell_what_stands_beside_them_their_intervals_and_the_cut_offs(whole):
    for chart in drawn(whole, BarChart):
        table_rows, bars = rows(chart), chart.drawing.bars
        assert [row[:2] for row in table_rows[: len(bars)]] == [[bar.label, bar.value] for bar in bars]
        assert [row[:2] for row in table_rows[len(bars) :]] == [[name, f"{limit:g}"] for limit, name in chart.drawing.limits]
    points = [bar for chart in drawn(whole, BarChart) for bar in chart.drawing.bars if bar.span is None]
    assert any(bar.points is None for bar in points)


@pytest.mark.parametrize("lang", LANGS)
def test_a_cost_and_its_interval_are_both_money_and_not_places_on_the_page(whole, lang):
    cost = next(c for c in build_document(whole, lang, "evidence").chapters if c.id == "cost")
    pictures = [block for block in cost.blocks if isinstance(block, Chart)]
    assert {type(chart.drawing) for chart in pictures} == {BarChart, SwingChart}
    money = {"zh": "元", "en": "RMB"}[lang]
    for chart in pictures:
        assert all(money in value for row in rows(chart, lang) for value in row[1:])


def test_points_have_an_interval_only_where_it_has_a_width():
    bars = (
        Bar("one", 40, 30, 55, "plain", "40"),
        Bar("two", 40, 40, 40, "plain", "40"),
        Bar("no", None, 0, 100, "quiet", "–"),
    )
    assert rows(Chart("t", "a", BarChart(bars, ()))) == [["one", "40", "30–55"], ["two", "40", ""], ["no", "–", "0–100"]]


def test_swings_tell_the_value_as_it_stands_every_swing_and_the_cut_offs(whole):
    for chart in drawn(whole, SwingChart):
        drawing = chart.drawing
        table_rows = rows(chart)
        assert table_rows[0][1] == drawing.now_value
        assert drawing.now_value in drawing.now_label
        assert table_rows[1 : 1 + len(drawing.bars)] == [[swing.label, swing.value] for swing in drawing.bars]
        assert [row[1] for row in table_rows[1 + len(drawing.bars) :]] == [f"{limit:g}" for limit, _ in drawing.limits]


def test_a_cut_off_without_a_name_is_given_one():
    drawing = SwingChart((SwingBar("A1", 30, 50, "30–50"),), 40, "now 40", "40", ((60, ""), (30, "floor")))
    assert [row[0] for row in rows(Chart("t", "a", drawing))[2:]] == ["Cut-off", "floor"]


def test_a_matrix_tells_which_risks_are_in_which_cell(whole):
    [chart] = drawn(whole, MatrixChart)
    drawing = chart.drawing
    table = data_table(chart, "en")
    assert table.columns[1:] == drawing.columns
    assert drawing.row_title in table.columns[0] and drawing.column_title in table.columns[0]
    for row, name, numbers in zip(rows(chart), drawing.rows, drawing.cells, strict=True):
        assert row == [name, *(", ".join(map(str, cell)) for cell in numbers)]


@pytest.mark.parametrize("name", ["machine_tool_maker", "small_haulier", "city_bank"])
def test_every_drawing_has_something_in_it_and_is_told_in_words(assessed_firm, name):
    drawings = charts(assessed_firm(name), "en")
    assert drawings and all(chart.alternative.strip() and rows(chart) for chart in drawings)


@pytest.mark.parametrize("name", ["machine_tool_maker", "seed_company", "small_haulier", "online_retailer"])
def test_a_plan_tells_the_first_and_last_week_of_every_task(assessed_firm, name):
    assessment = assessed_firm(name)
    for chart in drawn(assessment, GanttChart):
        bars = chart.drawing.bars
        assert [(row[0], int(row[2]), int(row[3])) for row in rows(chart)] == [
            (bar.label, math.floor(bar.start) + 1, math.ceil(bar.start + bar.weeks)) for bar in bars
        ]
        for row, bar in zip(rows(chart), bars, strict=True):
            assert row[1].startswith(bar.group)
            assert ("after a new assessment" in row[1]) == bar.later
