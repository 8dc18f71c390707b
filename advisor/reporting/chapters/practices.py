"""The chapter on how the firm deals with customers and with its own people: profiles and practices."""

from __future__ import annotations

from itertools import groupby

from advisor.assessment.model import PracticeItem, ScoreItem
from advisor.reporting.chapters import chart_titles
from advisor.reporting.chapters.scores import score_table
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.charts import Bar, BarChart
from advisor.reporting.document import Block, Cell, Chapter, Chart, Heading, Line, Paragraph, Table
from advisor.reporting.tones import Tone

USE_TONES: dict[bool | None, Tone] = {True: "good", False: "caution", None: "quiet"}
USE_WORDS: dict[bool | None, str] = {True: "in_use", False: "missing", None: "not_shown"}


def practices_chapter(words: ReportWording) -> Chapter | None:
    """Profiles answered well enough, with their weakest part; then practices: in use, missing, or not shown by answers."""
    blocks: list[Block | Heading] = []
    enough = words.assessment.verdict.cutoffs.enough_answers
    for score in words.assessment.scores.values():
        if score.profile and score.points is not None and score.answered >= enough:
            blocks += _profile(words, score)
    if words.assessment.practices:
        blocks.append(Heading(words("practice.heading")))
        blocks.append(Paragraph(Line(words("practice.note")), "quiet"))
        for group, items in groupby(words.assessment.practices, key=lambda item: item.group):
            blocks.append(_practice_table(words, group, list(items)))
    return Chapter("practice", words("practice.title"), tuple(blocks), page=True) if blocks else None


def _profile(words: ReportWording, score: ScoreItem) -> list[Block | Heading]:
    scores = words.assessment.scores
    parts = [scores[item.name] for item in score.inputs if item.name in scores]
    fine = [scores[item.name] for part in parts for item in part.inputs if item.name in scores] or parts
    profile_scores = {part.name: part for part in (*parts, *fine)}.values()
    bars = tuple(
        Bar(words.of(part.label), part.points, part.low, part.high, "plain", words.points(part.points))
        for part in profile_scores
    )
    alternative = words("score.and").join(
        words("score.bar_text", factor=bar.label, points=bar.value, span=words.interval_note(bar.low, bar.high))
        for bar in bars
    )
    known = [(item.points, item) for part in (score, *parts) for item in part.inputs if item.points is not None]
    blocks: list[Block | Heading] = [
        Heading(words("practice.profile", name=words.of(score.label), points=words.points(score.points))),
        Paragraph(Line(words.of(score.about), score.sources)),
    ]
    if bars:
        title = chart_titles.weakest_part(words, words.of(score.label), list(profile_scores))
        blocks.append(Chart(title, alternative, BarChart(bars, ())))
    else:
        blocks.append(score_table(words, score))
    leaves = [(points, item) for points, item in known if item.name not in scores]
    if leaves:
        points, weakest = min(leaves, key=lambda pair: pair[0])
        text = words(
            "practice.weakest",
            link=words.of(weakest.label).rstrip("？?"),
            answer=words.of(weakest.shown),
            points=words.points(points),
        )
        blocks.append(Paragraph(Line(text, weakest.sources), "caution"))
    return blocks


def _practice_table(words: ReportWording, group: str, items: list[PracticeItem]) -> Table:
    rows = tuple(
        (
            Cell(Line(words.of(item.title), about=item.id), strong=True),
            Cell(Line(words(f"practice.{USE_WORDS[item.in_use]}")), USE_TONES[item.in_use]),
            Cell(words.why(item)),
        )
        for item in items
    )
    columns = (words("practice.what"), words("practice.state"), words("functions.why"))
    return Table(words(f"practice.group.{group}"), columns, (24, 14, 62), rows)
