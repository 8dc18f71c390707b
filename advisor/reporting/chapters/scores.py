"""Chapters on need and ability: the factors as bars, and the worked calculation of each."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.assessment.model import ScoreItem
from advisor.assessment.verdict import ability_level, least_for
from advisor.inference.shares import shares
from advisor.knowledge.schema import factor_names, room
from advisor.reporting.chapters import chart_titles
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.charts import Bar, BarChart
from advisor.reporting.document import Block, Cell, Chapter, Chart, Heading, Line, Paragraph, Table
from advisor.reporting.tones import ABILITY_TONES, Tone
from advisor.rounding import plain_number


def need_chapter(words: ReportWording) -> Chapter:
    """Need: factors and working."""
    return _chapter(words, "need", words.assessment.need)


def ability_chapter(words: ReportWording) -> Chapter:
    """Ability: factors and working."""
    return _chapter(words, "ability", words.assessment.ability)


def _chapter(words: ReportWording, key: str, name: str) -> Chapter:
    scores = words.assessment.scores
    score = scores[name]
    parts = [scores[part] for part in factor_names(name, scores)]
    intro = words(
        f"score.{key}_intro",
        points=words.points(score.points),
        grade=words.grade(score),
        span=words.interval_note(score.low, score.high),
    )
    blocks: list[Block | Heading] = [
        Paragraph(Line(words.join_sentences(words.of(score.about), intro), score.sources, about=score.name)),
        factor_chart(words, key, parts),
        Heading(words("score.working")),
        Paragraph(Line(words("score.working_note")), "quiet"),
    ]
    for part in _with_parts(parts, scores):
        blocks.append(score_table(words, part))
    if steps := [scores[item.name] for item in score.inputs if scores[item.name].working or item.limit]:
        blocks += [score_table(words, step) for step in (*steps, score)]
    return Chapter(key, words(f"score.{key}_title"), tuple(blocks), page=True)


def _with_parts(factors: list[ScoreItem], scores: dict[str, ScoreItem]) -> Iterator[ScoreItem]:
    """Each factor, preceded by the scores it is made of; parts of which nothing is known are left out."""
    for factor in factors:
        parts = [scores[item.name] for item in factor.inputs if item.name in scores]
        yield from _with_parts([part for part in parts if part.points is not None], scores)
        yield factor


def factor_chart(words: ReportWording, key: str, factors: list[ScoreItem]) -> Chart:
    """The aspects of need or the factors of ability (``key``) as bars, with the limits they are held against."""
    cut = words.assessment.verdict.cutoffs
    (least_need, least_ability), (_, enough) = least_for(cut, "conditional"), least_for(cut, "feasible")
    marks = {"need": [(least_need, "low")], "ability": [(least_ability, "low"), (enough, "high")]}[key]
    limits = tuple((points, words(f"score.limit_{end}")) for points, end in marks)
    bars = tuple(
        Bar(
            words.of(factor.label),
            factor.points,
            factor.low,
            factor.high,
            _tone(words, key, factor),
            words.points(factor.points),
        )
        for factor in factors
    )
    alternative = words("score.and").join(
        words("score.bar_text", factor=bar.label, points=bar.value, span=words.interval_note(bar.low, bar.high))
        for bar in bars
    )
    title = chart_titles.decisive_factor(words, key, factors, enough)
    return Chart(title, alternative, BarChart(bars, limits))


def _tone(words: ReportWording, key: str, score: ScoreItem) -> Tone:
    if score.points is None:
        return "quiet"
    if key == "need":
        return "plain"
    return ABILITY_TONES[ability_level(words.assessment.verdict.cutoffs, score.points)]


def _shares(words: ReportWording, score: ScoreItem) -> list[str]:
    """What part each input has: its weight among all that apply, or how it counts where only the strongest do."""
    parts = zip(score.inputs, _parts(words, score), strict=True)
    return [words("score.limit") if item.limit else share for item, share in parts]


def _parts(words: ReportWording, score: ScoreItem) -> list[str]:
    if score.combine == "max":
        return [words("score.largest")] * len(score.inputs)
    if score.combine == "mean":
        whole = sum(item.weight for item in score.inputs if item.status != "not_applicable" and not item.limit)
        return [f"{item.weight / whole:.0%}" if whole else "" for item in score.inputs]
    parts = zip(score.inputs, shares(score.combine, score.inputs, room(score.strongest, score.inputs)), strict=True)
    weaker = words("score.not_strongest")
    return [f"{share:.0%}" if share else "" if item.points is None else weaker for item, share in parts]


def score_table(words: ReportWording, score: ScoreItem) -> Table:
    """The worked calculation of a score: every input with its answer, points and weight; the result below."""
    rows = []
    for item, share in zip(score.inputs, _shares(words, score), strict=True):
        tone: Tone = "plain" if item.points is not None else "quiet"
        label = words.of(item.label).rstrip("？?")
        label = label if item.times == 1 else words("score.times", input=label, times=plain_number(item.times))
        rows.append(
            (
                Cell(Line(label, item.sources, about=item.name), tone),
                Cell(Line(words.of(item.shown), aside=words.grounds(item.name)), tone),
                Cell(Line(words.points(item.points)), tone, numeric=True),
                Cell(Line(share if item.status != "not_applicable" else ""), tone, numeric=True),
            )
        )
    total = words.with_interval("score.total", score.low, score.high)
    missing = sum(item.points is None and item.status != "not_applicable" for item in score.inputs)
    if missing and score.points is not None and score.combine != "max":
        total += words("score.over_answered", count=len(score.inputs) - missing, missing=missing)
    rows.append(
        (
            Cell(Line(total, about=score.name), strong=True),
            Cell(Line("")),
            Cell(Line(words.points(score.points)), numeric=True, strong=True),
            Cell(Line("")),
        )
    )
    columns = (
        words("score.column.input"),
        words("score.column.answer"),
        words("score.column.points"),
        words("score.column.weight"),
    )
    return Table(words.of(score.label), columns, (46, 32, 11, 11), tuple(rows), small=True, together=True)
