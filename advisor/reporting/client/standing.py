"""Where the firm stands, and why a system pays there or does not."""

from __future__ import annotations

from advisor.assessment.model import ScoreItem
from advisor.assessment.reasons import telling_answers
from advisor.assessment.verdict import ability_level, least_for
from advisor.knowledge.schema import factor_names
from advisor.reporting.chapters import chart_titles
from advisor.reporting.chapters.need_ability_map import need_ability_map
from advisor.reporting.chapters.scores import factor_chart
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.client.plain import brief, cell, strong, why
from advisor.reporting.document import Block, Cell, Chapter, Heading, Line, Paragraph, Table
from advisor.reporting.tones import ABILITY_TONES

MAX_NEEDS = 4
MAX_ASPECTS = 5
"""So many aspects of need are argued, highest first; the chart has them all."""


def standing(words: ReportWording) -> Chapter | None:
    """Need against readiness, and each factor of readiness today against what the project needs."""
    a = words.assessment
    need, ability = a.scores[a.need], a.scores[a.ability]
    if need.points is None or ability.points is None:
        return None
    factors = [a.scores[name] for name in factor_names(a.ability, a.scores)]
    blocks: list[Block | Heading] = [
        need_ability_map(words, need, ability),
        Paragraph(Line(words("client.scorecard_note", enough=words.points(least_for(a.verdict.cutoffs, "feasible")[1])))),
        Table(
            words("client.scorecard"),
            tuple(words(f"client.column.{name}") for name in ("factor", "today", "why")),
            (27, 15, 58),
            tuple(_factor_row(words, factor) for factor in factors),
        ),
    ]
    return Chapter("standing", chart_titles.need_and_ability(words, need, ability), tuple(blocks), page=True)


def _factor_row(words: ReportWording, factor: ScoreItem) -> tuple[Cell, ...]:
    """A factor with its points, and the answers that push it furthest down or, of a sound one, up."""
    cut = words.assessment.verdict.cutoffs
    tone = "quiet" if factor.points is None else ABILITY_TONES[ability_level(cut, factor.points)]
    told = words.join_sentences(*(words.of(text) for text in telling_answers(factor, words.assessment.scores)))
    points = Line(words.points(factor.points), aside=words.interval_note(factor.low, factor.high))
    return (
        strong(words.of(factor.label)),
        Cell(points, tone),
        cell(told or words("client.nothing_answered" if factor.points is None else "client.few_answered"), factor.sources),
    )


def reasons_for_need(words: ReportWording) -> Chapter | None:
    """What drives need, aspect by aspect, and the needs that follow, each with why it holds for this firm."""
    a = words.assessment
    need = a.scores[a.need]
    if need.points is None:
        return None
    parts = [a.scores[name] for name in factor_names(a.need, a.scores)]
    chart = factor_chart(words, "need", parts)
    blocks: list[Block | Heading] = [chart]
    aspects = sorted((part for part in parts if part.points is not None), key=lambda part: -(part.points or 0.0))
    rows = tuple(
        (strong(words.of(part.label), aside=words.points(part.points)), cell(told, part.sources))
        for part in aspects
        if (told := words.join_sentences(*(words.of(text) for text in telling_answers(part, a.scores))))
    )
    if rows:
        columns = (words("client.column.aspect"), words("client.column.why"))
        blocks.append(Table(words("client.aspects"), columns, (27, 73), rows[:MAX_ASPECTS]))
    if a.needs and not brief(words):
        columns = (words("functions.need"), words("functions.why"))
        rows = tuple((strong(words.of(item.title)), Cell(why(words, item))) for item in a.needs[:MAX_NEEDS])
        blocks.append(Table(words("functions.needs_table"), columns, (27, 73), rows))
    return Chapter("reasons", _need_title(words, need), tuple(blocks))


def _need_title(words: ReportWording, need: ScoreItem) -> str:
    """Whether need pays for a system; where too little is answered for a verdict, only how far it may lie."""
    name = words.assessment.verdict.name
    if name == "not_enough_answers":
        return words("client.need_open", span=words.interval(need.low, need.high))
    key = "client.need_pays" if name in ("feasible", "conditional", "not_yet") else "client.need_not"
    return words(key, points=words.points(need.points), grade=words.grade(need).lower())
