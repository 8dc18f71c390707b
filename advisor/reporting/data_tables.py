"""The numbers behind every drawing as a table, for whoever cannot see the picture or wants to go on working with them."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.reporting.document import BarChart, Cell, Chart, GanttChart, Line, MapChart, MatrixChart, SwingChart, Table
from advisor.text import Lang, say


def data_table(chart: Chart, lang: Lang) -> Table:
    """What a chart shows, row by row."""
    drawing = chart.drawing
    match drawing:
        case MapChart():
            rows = [(p.label, *_number(p.x, p.x_range), *_number(p.y, p.y_range)) for p in drawing.points]
            heads = [_w("point", lang), drawing.x_label, _w("span", lang), drawing.y_label, _w("span", lang)]
            return _table(chart, heads, (28, 18, 18, 18, 18), rows)
        case BarChart():
            bars = [(b.label, b.value, _span(b.low, b.high)) for b in drawing.bars]
            limits = [(name, f"{limit:g}", "") for limit, name in drawing.limits]
            return _table(chart, [_w("what", lang), _w("value", lang), _w("span", lang)], (50, 25, 25), bars + limits)
        case SwingChart():
            swings = [(s.label, s.value, _span(s.low, s.high)) for s in drawing.bars]
            now = [(drawing.now_label, f"{drawing.now:.0f}", "")]
            return _table(chart, [_w("what", lang), _w("value", lang), _w("span", lang)], (50, 25, 25), now + swings)
        case MatrixChart():
            cells = [
                (row, *(", ".join(map(str, numbers)) for numbers in line))
                for row, line in zip(drawing.rows, drawing.cells, strict=True)
            ]
            head = f"{drawing.row_title} / {drawing.column_title}"
            return _table(chart, [head, *drawing.columns], (28, 24, 24, 24), cells)
        case GanttChart():
            tasks = [(b.label, b.group, str(b.start + 1), str(b.start + b.weeks)) for b in drawing.bars]
            heads = [_w("task", lang), _w("phase", lang), _w("from", lang), _w("to", lang)]
            return _table(chart, heads, (50, 26, 12, 12), tasks)


def _w(key: str, lang: Lang) -> str:
    return say("report", f"data.{key}", lang)


def _number(value: float, span: tuple[float, float] | None) -> tuple[str, str]:
    return f"{value:.0f}", _span(*span) if span else ""


def _span(low: float, high: float) -> str:
    return f"{low:.0f}–{high:.0f}" if f"{low:.0f}" != f"{high:.0f}" else ""


def _table(chart: Chart, columns: Sequence[str], widths: tuple[int, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    cells = tuple(tuple(Cell(Line(text)) for text in row) for row in rows)
    return Table(chart.title, tuple(columns), widths, cells, small=True)
