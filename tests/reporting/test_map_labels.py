"""The name of a firm on a map is crossed by no line of its range, wherever the firm lies."""

from __future__ import annotations

import itertools

import pytest

from advisor.reporting.chart_geometry import GAP, LETTER, geometry, measure
from advisor.reporting.charts import MapChart, MapPoint
from advisor.web.narrow_charts import layout


@pytest.mark.parametrize("frame", [geometry, layout])
@pytest.mark.parametrize("label", ["This firm", "本企业"])
def test_no_edge_of_its_range_crosses_the_name_of_a_firm(frame, label: str):
    for x, y, reach in itertools.product((4, 35, 50, 72, 97), (5, 50, 96), (1, 8, 20, 40)):
        ranges = [(max(0, at - reach), min(100, at + reach)) for at in (x, y)]
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
        assert places.left - GAP - width < start < places.right


def test_a_firm_whose_answers_are_all_known_is_named_beside_its_point():
    point = MapPoint("This firm", 40, 60)
    assert geometry(MapChart(regions=(), points=(point,), x_label="x", y_label="y")).label_place(point)[2] == "start"
