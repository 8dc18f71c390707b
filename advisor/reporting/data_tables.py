"""The numbers behind every drawing as a table, for whoever cannot see the picture or wants to go on working with them."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.reporting.charts import Bar, BarChart, GanttChart, MapChart, MatrixChart, SwingChart, weeks_in_use
from advisor.reporting.document import Cell, Chart, Line, Table
from advisor.rounding import plain_number
from advisor.text import Lang, say

TableRow = tuple[Cell, ...]


def data_table(chart: Chart, lang: Lang) -> Table:
    """What a chart shows, row by row, in the words and units the drawing itself uses."""
    drawing = chart.drawing
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[TableRow, ...]
    match drawing:
        case MapChart(legend=legend) if legend:
            columns, widths = (_say("map.what", lang), _say("map.count", lang)), (70, 30)
            rows = tuple((_text(key.label), _number(f"{key.count:,}")) for key in legend)
        case MapChart():
            across, along = drawing.x_label, drawing.y_label
            columns = (_say("map.what", lang), across, _span_of(across, lang), along, _span_of(along, lang))
            widths, rows = (28, 18, 18, 18, 18), tuple(_map(drawing, lang))
        case BarChart():
            columns = (_say("bars.what", lang), _say("bars.value", lang), drawing.span_label or _say("bars.span", lang))
            widths, rows = (50, 25, 25), tuple(_bars(drawing))
        case SwingChart():
            columns = tuple(_say(f"swings.{name}", lang) for name in ("what", "span"))
            widths, rows = (60, 40), tuple(_swings(drawing, lang))
        case MatrixChart():
            corner = _say("matrix.corner", lang, rows=drawing.row_title, columns=drawing.column_title)
            columns = (corner, *drawing.columns)
            widths, rows = (28, 24, 24, 24), tuple(_matrix(drawing))
        case GanttChart():
            columns = tuple(_say(f"gantt.{name}", lang) for name in ("what", "phase", "first", "last"))
            widths, rows = (50, 26, 12, 12), tuple(_gantt(drawing, lang))
    return Table(_say("caption", lang, title=chart.title), columns, widths, rows, small=True)


def _map(drawing: MapChart, lang: Lang) -> Iterator[TableRow]:
    for point in drawing.points:
        x, y = (f"{value:.0f}" for value in (point.x, point.y))
        x_range, y_range = (_span(*edges) if edges else "" for edges in (point.x_range, point.y_range))
        yield _text(point.label), _number(x), _number(x_range), _number(y), _number(y_range)
    for region in drawing.regions:
        across, along = _span(region.x0, region.x1), _span(region.y0, region.y1)
        yield _text(_say("map.region", lang, name=region.label)), _number(""), _number(across), _number(""), _number(along)


def _bars(drawing: BarChart) -> Iterator[TableRow]:
    for bar in drawing.bars:
        yield _text(bar.label), _number(bar.value), _number(_reach(bar))
    for limit, name in drawing.limits:
        yield _text(name), _number(plain_number(limit)), _number("")


def _reach(bar: Bar) -> str:
    """The interval of a bar: in its own words where it measures something else than points."""
    return _span(bar.low, bar.high) if bar.span is None else bar.span


def _swings(drawing: SwingChart, lang: Lang) -> Iterator[TableRow]:
    yield _text(_say("swings.now", lang)), _number(drawing.now_value)
    for swing in drawing.bars:
        yield _text(swing.label), _number(swing.value)
    for limit, name in drawing.limits:
        yield _text(name or _say("swings.limit", lang)), _number(plain_number(limit))


def _matrix(drawing: MatrixChart) -> Iterator[TableRow]:
    for name, numbers, tones in zip(drawing.rows, drawing.cells, drawing.tones, strict=True):
        cells = zip(numbers, tones, strict=True)
        yield _text(name), *(Cell(Line(", ".join(map(str, cell))), tone) for cell, tone in cells)


def _gantt(drawing: GanttChart, lang: Lang) -> Iterator[TableRow]:
    later = say("report", "plan.later", lang)
    for bar in drawing.bars:
        phase = bar.group + (later if bar.later else "")
        first, last = weeks_in_use(bar.start, bar.weeks)
        yield _text(bar.label), _text(phase), _number(str(first)), _number(str(last))


def _say(key: str, lang: Lang, **values: str) -> str:
    return say("report", f"data.{key}", lang, **values)


def _span_of(axis: str, lang: Lang) -> str:
    """The title of the column with the range on an axis: two columns of one name could not be told apart."""
    return _say("map.span", lang, axis=axis)


def _span(low: float, high: float) -> str:
    """An interval; nothing where it has no width, since the value says it already."""
    return f"{low:.0f}–{high:.0f}" if f"{low:.0f}" != f"{high:.0f}" else ""


def _text(text: str) -> Cell:
    return Cell(Line(text))


def _number(text: str) -> Cell:
    return Cell(Line(text), numeric=True)
