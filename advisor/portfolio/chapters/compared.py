"""Groups of firms beside one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.portfolio.chapters.lines import bar_in_words, number, quartiles, spread_bar, text
from advisor.portfolio.entry import Entry
from advisor.portfolio.figures import Figures
from advisor.portfolio.groups import KINDS, Group, Kind, rated
from advisor.portfolio.spreads import FEWEST
from advisor.portfolio.words import Words, points
from advisor.reporting.charts import BarChart
from advisor.reporting.document import Block, Chapter, Chart, Heading, Line, Paragraph, Table

MOST_BARS = 10
ALIKE = 5.0
"""Medians that lie this close together are called alike."""


def chapter(words: Words, figures: Figures, entries: Sequence[Entry]) -> Chapter:
    """By model, size and industry, no group under five firms."""
    n = len(rated(entries))
    if n < 2 * FEWEST:
        return Chapter("groups", words("groups.title"), (Paragraph(Line(words("groups.too_few"))),))
    blocks: list[Block | Heading] = [Paragraph(Line(words("groups.intro", n=f"{n:,}")))]
    for kind in KINDS:
        if groups := figures.groups[kind]:
            blocks += _kind(words, kind, groups)
    if bare := [words.kind(kind).lower() for kind in KINDS if not figures.groups[kind]]:
        blocks.append(Paragraph(Line(words("groups.none", kinds=words.join(bare))), "quiet"))
    return Chapter("groups", words("groups.title"), tuple(blocks), page=True)


def _kind(words: Words, kind: Kind, groups: tuple[Group, ...]) -> Iterator[Block | Heading]:
    name = words.kind(kind)
    yield Heading(words("groups.heading", kind=name.lower()))
    labels = [(words.group(kind, group), group) for group in groups]
    bars = tuple(
        spread_bar(words("groups.labelled", group=label, n=f"{group.n:,}"), group.ability)
        for label, group in labels[:MOST_BARS]
    )
    said = words("list").join(bar_in_words(words, label, group.ability) for label, group in labels)
    drawing = BarChart(bars, (), span_label=words("groups.quartiles"))
    yield Chart(_finding(words, labels), said, drawing)
    columns = (
        words("groups.group"), words("sheet.n"),
        words("groups.need"), words("groups.quartiles"), words("groups.ability"), words("groups.quartiles"),
    )  # fmt: skip
    rows = tuple(
        (text(label, strong=group.alone), number(group.n), *quartiles(group.need), *quartiles(group.ability))
        for label, group in labels
    )
    yield Table(words("groups.table", kind=name.lower()), columns, (34, 8, 14, 15, 14, 15), rows)


def _finding(words: Words, labels: Sequence[tuple[str, Group]]) -> str:
    """What the chart shows: who stands highest and lowest, or that all are alike."""
    (worst, low), (best, high) = (end(labels, key=lambda pair: pair[1].ability.middle) for end in (min, max))
    ends = {"low": points(low.ability.middle), "high": points(high.ability.middle)}
    if high.ability.middle - low.ability.middle < ALIKE:
        return words("groups.level", **ends)
    return words("groups.chart", best=best, best_points=ends["high"], worst=worst, worst_points=ends["low"])
