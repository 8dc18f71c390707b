"""The chapter on what the verdict rests on, and what would turn it."""

from __future__ import annotations

from advisor.assessment.model.insight import SensitivityItem
from advisor.assessment.verdict import limits
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.charts import SwingBar, SwingChart
from advisor.reporting.document import (
    Block,
    Bullets,
    Callout,
    Cell,
    Chapter,
    Chart,
    Heading,
    Line,
    Paragraph,
    Table,
)
from advisor.reporting.tones import VERDICT_TONES
from advisor.rounding import plain_number

MAX_TURNS = 8
MAX_SWINGS = 6


def sensitivity_chapter(words: ReportWording) -> Chapter | None:
    """What the verdict rests on: in words, as a picture, and the answers and weights that would turn it."""
    insight = words.assessment.insight
    if insight is None or (insight.sensitivity is None and not insight.near):
        return None
    blocks: list[Block | Heading] = []
    if sensitivity := insight.sensitivity:
        lines = [Line(words.of(sensitivity.sentence)), *likely_verdicts(words)]
        blocks.append(Callout(words("rests.callout"), tuple(lines), VERDICT_TONES[words.assessment.verdict.name]))
        if weighting := words.assessment.weighting:
            blocks.append(
                Paragraph(Line(words("rests.weighting", title=words.of(weighting.title), about=words.of(weighting.about))))
            )
        blocks += _swing_charts(words, sensitivity)
        blocks += _turning_points(words, sensitivity)
    if insight.near:
        blocks += [Heading(words("rests.near")), Bullets(tuple(_near_misses(words)))]
    return Chapter("rests", words("rests.title"), tuple(blocks), page=True)


def likely_verdicts(words: ReportWording) -> list[Line]:
    """How often random completions of the missing answers lead to each verdict; nothing where it is settled."""
    likely = words.assessment.insight.likely if words.assessment.insight else ()
    shares = [
        words("rests.likely_share", verdict=words.verdict_name(item.verdict), share=words.share(item.share))
        for item in likely
    ]
    return [Line(words("rests.likely", shares=words("join").join(shares)))] if shares else []


def _swing_charts(words: ReportWording, sensitivity: SensitivityItem) -> list[Block | Heading]:
    a = words.assessment
    blocks: list[Block | Heading] = []
    for part, cuts in limits(a.verdict.cutoffs).items():
        name = a.need if part == "need" else a.ability
        swings = [swing for swing in sensitivity.swings if swing.score == part][:MAX_SWINGS]
        now = a.scores[name].points
        if not swings or now is None:
            continue
        label = words.of(a.scores[name].label)
        bars = tuple(
            SwingBar(f"{swing.code} {words.of(swing.text)}", swing.low, swing.high, words.interval(swing.low, swing.high))
            for swing in swings
        )
        alternative = words("score.and").join(
            words("rests.swing_text", code=s.code, span=words.interval(s.low, s.high)) for s in swings
        )
        title = words("rests.swings", score=label, code=swings[0].code, width=words.points(swings[0].high - swings[0].low))
        marks = tuple((cut, "") for cut in cuts)
        drawing = SwingChart(bars, now, f"{words('rests.now')} {now:.0f}", f"{now:.0f}", marks)
        blocks.append(Chart(title, alternative, drawing))
    return blocks


def _turning_points(words: ReportWording, sensitivity: SensitivityItem) -> list[Block | Heading]:
    blocks: list[Block | Heading] = []
    if sensitivity.answers:
        rows = tuple(
            (
                Cell(Line(turn.code)),
                Cell(Line(words.of(turn.text))),
                Cell(Line(words("path.arrow", before=words.of(turn.before), after=words.of(turn.after)))),
                Cell(Line(words.verdict_name(turn.verdict)), VERDICT_TONES[turn.verdict]),
            )
            for turn in sensitivity.answers[:MAX_TURNS]
        )
        columns = tuple(words(f"rests.column.{name}") for name in ("code", "question", "change", "verdict"))
        blocks.append(Table(words("rests.answers"), columns, (8, 38, 38, 16), rows, small=True))
    if sensitivity.weights:
        weights = tuple(
            (
                Cell(Line(words("titled", title=words.of(turn.score), text=words.of(turn.input)))),
                Cell(Line(plain_number(turn.now)), numeric=True),
                Cell(Line(plain_number(turn.then, 3)), numeric=True),
                Cell(Line(words.verdict_name(turn.verdict)), VERDICT_TONES[turn.verdict]),
            )
            for turn in sensitivity.weights[:MAX_TURNS]
        )
        columns = tuple(words(f"rests.column.{name}") for name in ("weight", "now", "then", "verdict"))
        blocks.append(Table(words("rests.weights"), columns, (60, 12, 12, 16), weights, small=True))
        if any(turn.then < turn.now for turn in sensitivity.weights[:MAX_TURNS]):
            blocks.append(Paragraph(Line(words("rests.weights_note")), "quiet"))
    return blocks


def _near_misses(words: ReportWording) -> list[Line]:
    insight = words.assessment.insight
    assert insight is not None
    lines = []
    for item in insight.near:
        failed = words("list").join(words.of(text) for text in item.failed)
        text = words("rests.near_item", kind=words(f"kind_one.{item.kind}"), title=words.of(item.title), failed=failed)
        lines.append(Line(text, words.cite(*item.sources)))
    return lines
