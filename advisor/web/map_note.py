"""What stands under a map on a page: why the verdict may be another than the place the firm has on it."""

from __future__ import annotations

from flask import g

from advisor.assessment import Assessment
from advisor.reporting.chapters.words import Words
from advisor.reporting.document import Chart, MapChart, Region
from advisor.web.words import has, lang, t


def note(chart: Chart) -> str:
    """Why the verdict differs from the place on a map; nothing where it does not, or under another chart."""
    return why_it_differs(chart.drawing, g.seen.assessment) if isinstance(chart.drawing, MapChart) and "seen" in g else ""


def why_it_differs(drawing: MapChart, assessment: Assessment) -> str:
    """Why the verdict is not that of the region the firm lies in; empty where it is, or where the map is of something else.

    Blockers, conditions and lighter ways stand outside the scores the map is drawn from.
    """
    words, name = Words(assessment, lang()), assessment.verdict.name
    verdict = words.verdict_name(name)
    place = next((r.label for p in drawing.points for r in drawing.regions if _holds(r, p.x, p.y)), "")
    if verdict == place or words.verdict_name("feasible") not in {region.label for region in drawing.regions}:
        return ""
    return t(f"result.map.{name}", place=place, verdict=verdict) if has(f"result.map.{name}") else ""


def _holds(region: Region, x: float, y: float) -> bool:
    """Whether a point lies in a region; what lies on a border belongs to the better side of it."""
    spans = ((region.x0, x, region.x1), (region.y0, y, region.y1))
    return all(low <= value < high or value == high == 100 for low, value, high in spans)
