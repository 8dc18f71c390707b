"""Chapter 1: the verdict on one page."""

from __future__ import annotations

from advisor.assessment.model import ScoreItem
from advisor.reporting.chapters.words import VERDICT_TONES, Words
from advisor.reporting.document import (
    Block,
    Bullets,
    Callout,
    Chapter,
    Chart,
    Heading,
    KeyFigure,
    KeyFigures,
    Line,
    MapChart,
    MapPoint,
    Region,
)


def chapter(words: Words) -> Chapter:
    """Verdict, how sure, need × ability, strongest reasons, what must come first."""
    a = words.assessment
    need, ability = a.scores[a.need], a.scores[a.ability]
    reasons = Bullets(tuple(Line(words.of(r.text), r.sources) for r in a.verdict.reasons[:3]), numbered=True)
    blocks: list[Block | Heading] = [
        Callout(
            words.verdict_name(a.verdict.name),
            (Line(words.of(a.verdict.sentence)), Line(words.of(a.verdict.certainty_text))),
            VERDICT_TONES[a.verdict.name],
        ),
        KeyFigures(
            (
                _figure(words, "need", need),
                _figure(words, "ability", ability),
                KeyFigure(
                    words("summary.hurdles"), f"{len(a.blockers)} / {len(a.conditions)}", words("summary.hurdles_note")
                ),
                KeyFigure(
                    words("summary.coverage"),
                    f"{a.coverage.answered} / {a.coverage.applicable}",
                    words("summary.coverage_note", need=f"{a.coverage.need:.0%}", ability=f"{a.coverage.ability:.0%}"),
                ),
            )
        ),
    ]
    if need.points is not None and ability.points is not None:
        blocks.append(need_ability_map(words, need, ability))
    blocks += [Heading(words("summary.reasons")), reasons]
    return Chapter("verdict", words("summary.title"), tuple(blocks), page=True)


def _figure(words: Words, key: str, score: ScoreItem) -> KeyFigure:
    note = words("summary.score_note", grade=words.grade(score), span=words.span(score.low, score.high))
    return KeyFigure(words(f"summary.{key}"), words.points(score.points), note)


def need_ability_map(words: Words, need: ScoreItem, ability: ScoreItem) -> Chart:
    """Where the firm stands between need and ability, with the interval missing answers leave open."""
    cut = words.assessment.verdict.cutoffs
    name = words.verdict_name
    regions = (
        Region(name("not_needed_now"), 0, 0, 100, cut.need_too_low, "quiet"),
        Region(name("not_yet"), 0, cut.need_too_low, cut.ability_too_low, 100, "bad"),
        Region(name("conditional"), cut.ability_too_low, cut.need_too_low, cut.ability_enough, 100, "caution"),
        Region(name("feasible"), cut.ability_enough, cut.need_too_low, 100, 100, "good"),
    )
    assert need.points is not None and ability.points is not None
    point = MapPoint(words("summary.here"), ability.points, need.points, (ability.low, ability.high), (need.low, need.high))
    alternative = words(
        "summary.map_text",
        need=words.points(need.points),
        need_span=words.span(need.low, need.high),
        ability=words.points(ability.points),
        ability_span=words.span(ability.low, ability.high),
    )
    drawing = MapChart(words("summary.ability"), words("summary.need"), regions, (point,))
    return Chart(words("summary.map_title"), alternative, drawing)
