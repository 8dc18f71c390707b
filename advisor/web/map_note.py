"""The note under a map on a page: why the verdict may differ from the region the firm lies in."""

from __future__ import annotations

from flask import g

from advisor.assessment import Assessment
from advisor.assessment.verdict import verdict_of
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.charts import MapChart
from advisor.reporting.document import Chart
from advisor.web.i18n import has_text, lang, t


def map_note(chart: Chart) -> str:
    """Why the verdict differs from the region on a map; empty where it does not, or for another chart."""
    if not isinstance(chart.drawing, MapChart) or "result" not in g:
        return ""
    return difference(chart.drawing, g.result.assessment)


def difference(drawing: MapChart, assessment: Assessment) -> str:
    """Why the verdict is not that of the region the firm lies in; empty where it is, or for a map of something else.

    Blockers, conditions and lighter ways are not part of the scores the map is drawn from.
    """
    words, name = ReportWording(assessment, lang()), assessment.verdict.name
    verdict = words.verdict_name(name)
    need, ability = assessment.scores[assessment.need].points, assessment.scores[assessment.ability].points
    regions = {region.label for region in drawing.regions}
    if need is None or ability is None or words.verdict_name("feasible") not in regions:
        return ""
    region = words.verdict_name(verdict_of(assessment.verdict.cutoffs, need, ability))
    if verdict == region:
        return ""
    return t(f"result.map.{name}", place=region, verdict=verdict) if has_text(f"result.map.{name}") else ""
