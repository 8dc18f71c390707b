"""Charts of a report as charts, shapes and tables of a slide that can be edited there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches, Pt

from advisor.office import printable
from advisor.reporting.charts import BarChart, GanttChart, MapChart, MatrixChart, SwingChart
from advisor.reporting.document import Chart
from advisor.reporting.slides.deck import DARK, QUIET, Deck, colour, describe
from advisor.reporting.tones import TONE_COLOURS, Tone

Box = tuple[float, float, float, float]
"""Left, top, width and height in inches."""
PHASE_COLOURS = ("#2f5d8a", "#2b6e4f", "#96620b", "#6b4c8a", "#a23b33", "#5d6875", "#3b7f86", "#8a6d3b")
MAX_BARS = 16
"""More bars could not be read from the back of a room."""
LABEL = 10


def draw(deck: Deck, slide: Any, chart: Chart, box: Box) -> None:
    """One chart of a report in a box on a slide."""
    match chart.drawing:
        case MapChart() as drawing:
            shape = _map(deck, slide, drawing, box)
        case MatrixChart() as drawing:
            shape = _matrix(deck, slide, drawing, box)
        case BarChart() as drawing:
            shape = _bars(slide, drawing, box)
        case GanttChart() as drawing:
            shape = _gantt(slide, drawing, box)
        case SwingChart() as drawing:
            shape = _swings(slide, drawing, box)
    describe(shape, f"{chart.title}. {chart.alternative}")


def fill(tone: Tone) -> RGBColor:
    """The light colour of a tone."""
    return colour(TONE_COLOURS[tone][1])


def stroke(tone: Tone) -> RGBColor:
    """The dark colour of a tone."""
    return colour(TONE_COLOURS[tone][0])


def _bars(slide: Any, drawing: BarChart, box: Box) -> Any:
    bars = drawing.bars[:MAX_BARS]
    shape = _chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, [bar.label for bar in bars], [[bar.points or 0 for bar in bars]], box)
    series = shape.chart.plots[0].series[0]
    for place, bar in enumerate(bars):
        point = series.points[place]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = stroke(bar.tone)
        _label(point, bar.value, XL_LABEL_POSITION.OUTSIDE_END)
    return shape


def _gantt(slide: Any, drawing: GanttChart, box: Box) -> Any:
    bars = drawing.bars[:MAX_BARS]
    values = [[bar.start for bar in bars], [bar.weeks for bar in bars]]
    shape = _chart(slide, XL_CHART_TYPE.BAR_STACKED, [bar.label for bar in bars], values, box, drawing.weeks)
    waiting, working = shape.chart.plots[0].series
    waiting.format.fill.background()
    for place, bar in enumerate(bars):
        point = working.points[place]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = colour(PHASE_COLOURS[drawing.groups.index(bar.group) % len(PHASE_COLOURS)])
    axis = shape.chart.value_axis
    axis.visible, axis.tick_label_position = True, XL_TICK_LABEL_POSITION.HIGH
    axis.tick_labels.font.size = Pt(LABEL)
    axis.has_title = True
    axis.axis_title.text_frame.text = printable(drawing.week_label)
    axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(LABEL)
    return shape


def _swings(slide: Any, drawing: SwingChart, box: Box) -> Any:
    bars = drawing.bars[:MAX_BARS]
    values = [[bar.low for bar in bars], [bar.high - bar.low for bar in bars]]
    shape = _chart(slide, XL_CHART_TYPE.BAR_STACKED, [bar.label for bar in bars], values, box)
    below, swing = shape.chart.plots[0].series
    below.format.fill.background()
    for place, bar in enumerate(bars):
        point = swing.points[place]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = stroke("plain")
        _label(point, bar.value, XL_LABEL_POSITION.INSIDE_END, RGBColor(0xFF, 0xFF, 0xFF))
    return shape


def _chart(
    slide: Any, kind: Any, names: Sequence[str], series: Sequence[Sequence[float]], box: Box, most: float = 100
) -> Any:
    """A chart of horizontal bars, the first one on top, without lines that say nothing."""
    data = CategoryChartData()
    data.categories = [printable(name) for name in names]
    for number, values in enumerate(series, 1):
        data.add_series(str(number), values)
    shape = slide.shapes.add_chart(kind, *map(Inches, box), data)
    chart = shape.chart
    chart.has_legend = chart.has_title = False
    chart.plots[0].gap_width, chart.plots[0].overlap = 45, 100
    chart.font.size, chart.font.color.rgb = Pt(LABEL), DARK
    categories, values_axis = chart.category_axis, chart.value_axis
    categories.reverse_order, categories.major_tick_mark = True, XL_TICK_MARK.NONE
    categories.format.line.color.rgb = QUIET
    values_axis.minimum_scale, values_axis.maximum_scale = 0, most
    values_axis.has_major_gridlines = values_axis.visible = False
    return shape


def _label(point: Any, text: str, position: Any, tone: RGBColor = DARK) -> None:
    label = point.data_label
    label.has_text_frame = True
    label.text_frame.text = printable(text)
    label.position = position
    font = label.text_frame.paragraphs[0].runs[0].font
    font.size, font.color.rgb = Pt(LABEL), tone


def _map(deck: Deck, slide: Any, drawing: MapChart, box: Box) -> Any:
    """Regions as rectangles and points as dots, in one group."""
    left, top, width, height = box
    side = min(width - 0.5, height - 0.5)
    x0, y0 = left + 0.5, top
    group = slide.shapes.add_group_shape()

    def placed(x: float, y: float) -> tuple[float, float]:
        return x0 + side * x / 100, y0 + side * (100 - y) / 100

    for region in drawing.regions:
        (a, b), (c, d) = placed(region.x0, region.y1), placed(region.x1, region.y0)
        rectangle = group.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Inches, (a, b, c - a, d - b)))
        rectangle.fill.solid()
        rectangle.fill.fore_color.rgb = fill(region.tone)
        rectangle.line.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
        frame = rectangle.text_frame
        frame.word_wrap = True
        deck.run(frame.paragraphs[0], region.label, 11, bold=True, tone=stroke(region.tone))
    for point in drawing.points:
        if point.x_range and point.y_range:
            (a, b), (c, d) = placed(point.x_range[0], point.y_range[1]), placed(point.x_range[1], point.y_range[0])
            span = group.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Inches, (a, b, max(c - a, 0.02), max(d - b, 0.02))))
            span.fill.background()
            span.line.color.rgb = DARK
        x, y = placed(point.x, point.y)
        dot = group.shapes.add_shape(MSO_SHAPE.OVAL, *map(Inches, (x - 0.08, y - 0.08, 0.16, 0.16)))
        dot.fill.solid()
        dot.fill.fore_color.rgb = DARK
        name = group.shapes.add_textbox(*map(Inches, (min(x + 0.1, x0 + side - 1.6), max(y - 0.38, y0), 1.6, 0.3)))
        deck.run(name.text_frame.paragraphs[0], point.label, 11, bold=True)
    across = group.shapes.add_textbox(*map(Inches, (x0, y0 + side + 0.05, side, 0.35)))
    deck.run(across.text_frame.paragraphs[0], f"{drawing.x_label} → 100", 11, tone=QUIET)
    along = group.shapes.add_textbox(*map(Inches, (left - 0.5, y0 + side / 2 - 0.18, 1.4, 0.35)))
    along.rotation = -90
    deck.run(along.text_frame.paragraphs[0], f"{drawing.y_label} → 100", 11, tone=QUIET)
    return group


def _matrix(deck: Deck, slide: Any, drawing: MatrixChart, box: Box) -> Any:
    left, top, width, height = box
    shape = slide.shapes.add_table(4, 4, *map(Inches, (left, top, width, min(height, 3.4))))
    table = shape.table
    table.horz_banding = False
    heads = (f"{drawing.row_title} ↑ · {drawing.column_title} →", *drawing.columns)
    for column, text in enumerate(heads):
        write_cell(deck, table.cell(0, column), text, 11, "quiet", bold=True)
    for row, name in enumerate(drawing.rows):
        write_cell(deck, table.cell(row + 1, 0), name, 11, "quiet", bold=True)
        for column, numbers in enumerate(drawing.cells[row]):
            tone = drawing.tones[row][column]
            write_cell(deck, table.cell(row + 1, column + 1), ", ".join(map(str, numbers)), 16, tone, bold=True)
    return shape


def write_cell(deck: Deck, cell: Any, text: str, size: float, tone: Tone | None = None, *, bold: bool = False) -> None:
    """Text in a cell of a table, on the light colour of a tone or on white."""
    cell.fill.solid()
    cell.fill.fore_color.rgb = fill(tone) if tone else RGBColor(0xFF, 0xFF, 0xFF)
    cell.margin_left = cell.margin_right = Inches(CELL_PADDING)
    cell.margin_top = cell.margin_bottom = Inches(CELL_PADDING / 2)
    deck.run(cell.text_frame.paragraphs[0], text, size, bold=bold, tone=stroke(tone) if tone else DARK)


CELL_PADDING = 0.08
