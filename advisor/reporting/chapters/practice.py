"""Chapters on how the firm deals with customers and with its own people: profiles and practices; points of law;
disagreements between the sources."""

from __future__ import annotations

from itertools import groupby

from advisor.assessment.model import PracticeItem, ScoreItem
from advisor.reporting.chapters import titles
from advisor.reporting.chapters.words import Words
from advisor.reporting.document import (
    Bar,
    BarChart,
    Block,
    Card,
    Cards,
    Cell,
    Chapter,
    Chart,
    Heading,
    Line,
    Paragraph,
    Table,
    Tone,
)

USE_TONES: dict[bool | None, Tone] = {True: "good", False: "caution", None: "quiet"}
USE_WORDS: dict[bool | None, str] = {True: "in_use", False: "missing", None: "not_shown"}


def chapter(words: Words) -> Chapter | None:
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
            blocks.append(_practices(words, group, list(items)))
    return Chapter("practice", words("practice.title"), tuple(blocks), page=True) if blocks else None


def _profile(words: Words, score: ScoreItem) -> list[Block | Heading]:
    scores = words.assessment.scores
    parts = [part for item in score.inputs for part in ([scores[item.name]] if item.name in scores else [])]
    fine = [scores[item.name] for part in parts for item in part.inputs if item.name in scores] or parts
    shown = {part.name: part for part in (*parts, *fine)}.values()
    bars = tuple(
        Bar(words.of(part.label), part.points, part.low, part.high, "plain", words.points(part.points)) for part in shown
    )
    said = words("score.and").join(
        words("score.bar_text", factor=bar.label, points=bar.value, span=words.may_lie(bar.low, bar.high)) for bar in bars
    )
    known = [(item.points, item) for part in (score, *parts) for item in part.inputs if item.points is not None]
    blocks: list[Block | Heading] = [
        Heading(words("practice.profile", name=words.of(score.label), points=words.points(score.points))),
        Paragraph(Line(words.of(score.about), score.sources)),
        Chart(titles.weakest(words, words.of(score.label), list(shown)), said, BarChart(bars, ())),
    ]
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


def _practices(words: Words, group: str, items: list[PracticeItem]) -> Table:
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


def law_chapter(words: Words) -> Chapter | None:
    """Points of law to raise with counsel; nothing here is a legal conclusion."""
    checks = words.assessment.legal_checks
    if not checks:
        return None
    rows = tuple(
        (
            Cell(Line(words.of(check.title), (), (), words.of(check.regime)), strong=True),
            Cell(words.line(check)),
            Cell(words.why(check)),
        )
        for check in checks
    )
    columns = (words("law.point"), words("law.check"), words("law.why"))
    blocks = (
        Paragraph(Line(words("law.note")), "caution"),
        Table(words("law.table"), columns, (24, 46, 30), rows, small=True),
    )
    return Chapter("law", words("law.title"), blocks, page=True)


def disagreements_chapter(words: Words) -> Chapter | None:
    """Where the sources cited here pull apart: every side, what the adviser did, and why."""
    cards = []
    for entry in words.assessment.disagreements:
        sides = tuple(
            (
                words("disagreement.side", number=number) if len(entry.sides) > 1 else words("disagreement.text"),
                Line(words.of(side.says), side.claims),
            )
            for number, side in enumerate(entry.sides, 1)
        )
        fields = (
            *sides,
            (words("disagreement.handling"), Line(words.of(entry.handling))),
            (words("disagreement.why"), Line(words.of(entry.why))),
        )
        cards.append(Card(words.of(entry.title), "", "quiet", fields))
    if not cards:
        return None
    intro = Paragraph(Line(words("disagreement.intro")), "quiet")
    return Chapter("disagreements", words("disagreement.title"), (intro, Cards(tuple(cards))), page=True)
