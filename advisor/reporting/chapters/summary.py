"""Chapter 1: the verdict on one page."""

from __future__ import annotations

from advisor.assessment.model import HurdleItem, ScoreItem
from advisor.reporting.chapters import titles
from advisor.reporting.chapters.regions import verdict_regions
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
    Paragraph,
)


def chapter(words: Words) -> Chapter:
    """Verdict, how sure, need × ability, the strongest reasons on either side, and what must come first."""
    a = words.assessment
    need, ability = a.scores[a.need], a.scores[a.ability]
    hurdles = (*a.blockers, *a.conditions)
    blocks: list[Block | Heading] = [
        Callout(
            words.verdict_title(a.verdict.name),
            (Line(words.of(a.verdict.sentence)), Line(words.of(a.verdict.certainty_text))),
            VERDICT_TONES[a.verdict.name],
        ),
        KeyFigures(
            (
                _figure(words, "need", need),
                _figure(words, "ability", ability),
                KeyFigure(
                    words("summary.hurdles"),
                    str(len(hurdles)),
                    words("summary.hurdles_note", blockers=len(a.blockers), conditions=len(a.conditions)),
                ),
                KeyFigure(
                    words("summary.coverage"),
                    str(a.coverage.answered),
                    words(
                        "summary.coverage_note",
                        applicable=a.coverage.applicable,
                        need=f"{a.coverage.need:.0%}",
                        ability=f"{a.coverage.ability:.0%}",
                    ),
                ),
            )
        ),
    ]
    if need.points is not None and ability.points is not None:
        blocks.append(need_ability_map(words, need, ability))
    blocks += _reasons(words, None, words("summary.reasons"))
    blocks += _reasons(words, "for", words("summary.for"))
    against = words(f"summary.against.{a.verdict.name}")
    if hurdles and a.verdict.name in ("conditional", "not_yet"):
        note = Paragraph(Line(words("summary.to_lift", count=len(hurdles))), "quiet")
        blocks += [Heading(against), note, Bullets(tuple(Line(_where_lifted(words, h), about=h.id) for h in hurdles))]
    else:
        blocks += _reasons(words, "against", against)
    return Chapter("verdict", words("summary.title"), tuple(blocks), page=True)


def _reasons(words: Words, side: str | None, title: str) -> list[Block | Heading]:
    """The three strongest reasons on one side under their heading; nothing where there are none.

    An earlier version did not keep on which side a reason is: those have the side None.
    """
    reasons = [reason for reason in words.assessment.verdict.reasons if reason.side == side][:3]
    lines = tuple(Line(words.of(reason.text), reason.sources) for reason in reasons)
    return [Heading(title), Bullets(lines, numbered=len(lines) > 1)] if lines else []


def _where_lifted(words: Words, hurdle: HurdleItem) -> str:
    """A condition or blocker with the tasks of the plan that lift it, or in words what does."""
    tasks = words("join").join(words.task(number) for number in words.lifted_by(hurdle.id))
    return words("titled", title=words.of(hurdle.title), text=tasks or words.of(hurdle.lifted_by))


def _figure(words: Words, key: str, score: ScoreItem) -> KeyFigure:
    note = words("summary.score_note", grade=words.grade(score), span=words.may_lie(score.low, score.high))
    return KeyFigure(words(f"summary.{key}"), words.points(score.points), note)


def need_ability_map(words: Words, need: ScoreItem, ability: ScoreItem) -> Chart:
    """Where the firm stands between need and ability, with the interval missing answers leave open."""
    regions = verdict_regions(words.assessment.verdict.cutoffs, words.verdict_name)
    assert need.points is not None and ability.points is not None
    point = MapPoint(words("summary.here"), ability.points, need.points, (ability.low, ability.high), (need.low, need.high))
    alternative = words(
        "summary.map_text",
        need=words.points(need.points),
        need_span=words.may_lie(need.low, need.high),
        ability=words.points(ability.points),
        ability_span=words.may_lie(ability.low, ability.high),
    )
    drawing = MapChart(words("summary.ability"), words("summary.need"), regions, (point,))
    return Chart(titles.standing(words, need, ability), alternative, drawing)
