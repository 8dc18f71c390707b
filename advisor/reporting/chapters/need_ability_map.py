"""The map of need and ability: where a firm stands, and the verdict of each region."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from advisor.assessment import Assessment
from advisor.assessment.model import ScoreItem
from advisor.assessment.verdict import VerdictCutoffs, VerdictRegion, regions, verdict_name
from advisor.knowledge.schema import VerdictName
from advisor.phrases import alternatives
from advisor.reporting.chapters import chart_titles
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.charts import MapChart, MapPoint, Region
from advisor.reporting.document import Chart
from advisor.reporting.tones import VERDICT_TONES


def need_ability_map(words: ReportWording, need: ScoreItem, ability: ScoreItem) -> Chart:
    """Where the firm stands between need and ability, with the interval missing answers leave open."""
    regions = _named(firm_regions(words.assessment), words.verdict_name)
    assert need.points is not None and ability.points is not None
    point = MapPoint(words("summary.here"), ability.points, need.points, (ability.low, ability.high), (need.low, need.high))
    alternative = _in_words(words, need, ability)
    alternative = words.join_sentences(alternative, *_moved_regions(words, need, ability))
    drawing = MapChart(words("summary.ability"), words("summary.need"), regions, (point,))
    return Chart(chart_titles.need_and_ability(words, need, ability), alternative, drawing)


def _in_words(words: ReportWording, need: ScoreItem, ability: ScoreItem) -> str:
    """Where the firm stands in words; where too little is answered for a verdict, only how far it may lie."""
    if words.assessment.verdict.name == "not_enough_answers":
        spans = {name: words.interval(score.low, score.high) for name, score in (("need", need), ("ability", ability))}
        return words("summary.map_open", **spans)
    return words(
        "summary.map_text",
        need=words.points(need.points),
        need_span=words.interval_note(need.low, need.high),
        ability=words.points(ability.points),
        ability_span=words.interval_note(ability.low, ability.high),
    )


def _moved_regions(words: ReportWording, need: ScoreItem, ability: ScoreItem) -> list[str]:
    """The verdicts still possible that the firm's range does not reach: missing answers move the regions as well."""
    ranges = (need.low, need.high), (ability.low, ability.high)
    reached = {region.verdict for region in firm_regions(words.assessment) if region.meets(*ranges)}
    others = [verdict_name(name) for name in words.assessment.verdict.possible if name not in reached]
    return [words("summary.map_moves", others=words.of(alternatives(others)))] if others else []


def firm_regions(assessment: Assessment) -> tuple[VerdictRegion, ...]:
    """The verdict of this firm, with its blockers, conditions and simpler alternatives, wherever need and ability lay."""
    drawn = {support.kind for support in assessment.trace}
    return regions(
        assessment.verdict.cutoffs,
        blocked="blocker" in drawn,
        conditions="condition" in drawn,
        lighter=bool(assessment.lighter),
    )


def verdict_regions(cutoffs: VerdictCutoffs, name: Callable[[VerdictName], str]) -> tuple[Region, ...]:
    """The regions of a firm that has no finding beside its scores, with their names and colours."""
    return _named(regions(cutoffs), name)


def _named(areas: Iterable[VerdictRegion], name: Callable[[VerdictName], str]) -> tuple[Region, ...]:
    """Regions with their names and colours, ability across and need upwards."""
    return tuple(
        Region(name(area.verdict), area.ability[0], area.need[0], area.ability[1], area.need[1], VERDICT_TONES[area.verdict])
        for area in areas
    )
