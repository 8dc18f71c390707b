"""What stands under a map on a page: why the verdict may be another than the place the firm has on it."""

from __future__ import annotations

from flask import g

from advisor.assessment import Assessment
from advisor.assessment.verdict import verdict_of
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.charts import MapChart
from advisor.reporting.document import Chart
from advisor.web.words import has, lang, t


def note(chart: Chart) -> str:
    """Why the verdict differs from the place on a map; nothing where it does not, or under another chart."""
    return why_it_differs(chart.drawing, g.seen.assessment) if isinstance(chart.drawing, MapChart) and "seen" in g else ""


def why_it_differs(drawing: MapChart, assessment: Assessment) -> str:
    """Why the verdict is not that of the region the firm lies in; empty where it is, or where the map is of something else.

    Blockers, conditions and lighter ways stand outside the scores the map is drawn from.
    """
    words, name = ReportWording(assessment, lang()), assessment.verdict.name
    verdict = words.verdict_name(name)
    need, ability = assessment.scores[assessment.need].points, assessment.scores[assessment.ability].points
    shown = {region.label for region in drawing.regions}
    if need is None or ability is None or words.verdict_name("feasible") not in shown:
        return ""
    place = words.verdict_name(verdict_of(assessment.verdict.cutoffs, need, ability))
    if verdict == place:
        return ""
    return t(f"result.map.{name}", place=place, verdict=verdict) if has(f"result.map.{name}") else ""
