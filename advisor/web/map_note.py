"""The note under a map on a page: what beside the scores decides where its regions lie."""

from __future__ import annotations

from flask import g

from advisor.assessment import Assessment
from advisor.assessment.verdict import VERDICTS, verdict_of
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.charts import MapChart
from advisor.reporting.document import Chart
from advisor.web.i18n import has_text, lang, t


def map_note(chart: Chart) -> str:
    """What beside the scores made the verdict; empty where they alone did, or for another chart."""
    if not isinstance(chart.drawing, MapChart) or "result" not in g:
        return ""
    return difference(chart.drawing, g.result.assessment)


def difference(drawing: MapChart, assessment: Assessment) -> str:
    """Which region the firm would lie in by its scores alone, and why it does not; empty where scores alone decide, or for a
    map of something else.

    The map is drawn with the blockers, conditions and simpler alternatives of the firm.
    """
    words, name = ReportWording(assessment, lang()), assessment.verdict.name
    verdict = words.verdict_name(name)
    need, ability = assessment.scores[assessment.need].points, assessment.scores[assessment.ability].points
    regions = {region.label for region in drawing.regions}
    if need is None or ability is None or not regions <= {words.verdict_name(verdict) for verdict in VERDICTS}:
        return ""
    region = words.verdict_name(verdict_of(assessment.verdict.cutoffs, need, ability))
    if verdict == region:
        return ""
    return t(f"result.map.{name}", place=region, verdict=verdict) if has_text(f"result.map.{name}") else ""
