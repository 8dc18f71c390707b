"""The name of a firm on a map is crossed by no line of its range, wherever the firm lies."""

from __future__ import annotations

import itertools

import pytest

from advisor.reporting.chart_geometry import GAP, LETTER, TASK_LETTER, geometry
from advisor.reporting.charts import GanttBar, GanttChart, MapChart, MapPoint
from advisor.reporting.text_width import measure
from advisor.web.narrow_charts import layout


@pytest.mark.parametrize("frame", [geometry, layout])
@pytest.mark.parametrize("label", ["This firm", "本企业"])
def test_no_edge_of_its_range_crosses_the_name_of_a_firm(frame, label: str):
    for x, y, reach, under in itertools.product((4, 35, 50, 72, 97), (5, 50, 96), (1, 8, 20, 40), (1, 40)):
        ranges = [(max(0, x - reach), min(100, x + reach)), (max(0, y - under), min(100, y + reach))]
        point = MapPoint(label, x, y, *ranges)
        places = frame(MapChart(regions=(), points=(point,), x_label="x", y_label="y"))
        at, line, anchor = places.label_place(point)
        width = LETTER * measure(label)
        start = {"start": at, "middle": at - width / 2, "end": at - width}[anchor]
        if anchor == "middle":
            bottom, top = (places.y(end) for end in ranges[1])
            assert line < top or line - 9 > bottom, (x, y, reach)
        else:
            assert not any(start < places.x(edge) < start + width for edge in ranges[0]), (x, y, reach)
            reached = places.x(ranges[0][0]) < start + width and places.x(ranges[0][1]) > start
            assert not reached or not any(line - 9 < places.y(edge) < line + 1 for edge in ranges[1]), (x, y, reach)
        assert places.left - GAP - width < start < places.right


def test_a_firm_whose_answers_are_all_known_is_named_beside_its_point():
    point = MapPoint("This firm", 40, 60)
    assert geometry(MapChart(regions=(), points=(point,), x_label="x", y_label="y")).label_place(point)[2] == "start"


def test_the_longest_name_of_a_task_is_not_clipped():
    """“16 Fix when to measure …” began with its second figure."""
    label = "16 Fix when and how the use of the system is measured"
    places = geometry(GanttChart((GanttBar(label, 0, 2, "Contract", False),), 10, "week", "later"))
    assert places.left - GAP - TASK_LETTER * measure(label) >= 0
