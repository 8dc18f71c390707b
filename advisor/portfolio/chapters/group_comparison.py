"""Groups of firms beside one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.portfolio.chapters.blocks import number_cell, quartile_bar, quartile_bar_in_words, quartile_cells, text_cell
from advisor.portfolio.entry import PortfolioEntry
from advisor.portfolio.figures import PortfolioFigures
from advisor.portfolio.formats import points_text
from advisor.portfolio.groups import GROUPINGS, FirmGroup, Grouping, scored_entries
from advisor.portfolio.quartiles import MIN_FIRMS
from advisor.portfolio.wording import PortfolioWording
from advisor.reporting.charts import BarChart
from advisor.reporting.document import Block, Chapter, Chart, Heading, Line, Paragraph, Table

MOST_BARS = 10
ALIKE = 5.0
"""Medians that lie this close together are called alike."""


def chapter(words: PortfolioWording, figures: PortfolioFigures, entries: Sequence[PortfolioEntry]) -> Chapter:
    """By model, size and industry, no group under five firms."""
    n = len(scored_entries(entries))
    if n < 2 * MIN_FIRMS:
        return Chapter("groups", words("groups.title"), (Paragraph(Line(words("groups.too_few"))),))
    blocks: list[Block | Heading] = [Paragraph(Line(words("groups.intro", n=f"{n:,}")))]
    for grouping in GROUPINGS:
        if groups := figures.groups[grouping]:
            blocks += _grouping_blocks(words, grouping, groups)
    if without_groups := [words.kind(grouping).lower() for grouping in GROUPINGS if not figures.groups[grouping]]:
        blocks.append(Paragraph(Line(words("groups.none", kinds=words.join(without_groups))), "quiet"))
    return Chapter("groups", words("groups.title"), tuple(blocks), page=True)


def _grouping_blocks(
    words: PortfolioWording, grouping: Grouping, groups: tuple[FirmGroup, ...]
) -> Iterator[Block | Heading]:
    name = words.kind(grouping)
    yield Heading(words("groups.heading", kind=name.lower()))
    labels = [(words.group(grouping, group), group) for group in groups]
    bars = tuple(
        quartile_bar(words("groups.labelled", group=label, n=f"{group.n:,}"), group.ability)
        for label, group in labels[:MOST_BARS]
    )
    text = words("list").join(quartile_bar_in_words(words, label, group.ability) for label, group in labels)
    chart = BarChart(bars, (), span_label=words("groups.quartiles"))
    yield Chart(_chart_title(words, labels), text, chart)
    columns = (
        words("groups.group"), words("sheet.n"),
        words("groups.need"), words("groups.quartiles"), words("groups.ability"), words("groups.quartiles"),
    )  # fmt: skip
    rows = tuple(
        (
            text_cell(label, strong=group.single),
            number_cell(group.n),
            *quartile_cells(group.need),
            *quartile_cells(group.ability),
        )
        for label, group in labels
    )
    yield Table(words("groups.table", kind=name.lower()), columns, (34, 8, 14, 15, 14, 15), rows)


def _chart_title(words: PortfolioWording, labels: Sequence[tuple[str, FirmGroup]]) -> str:
    """What the chart shows: who stands highest and lowest, or that all are alike."""
    (worst, low), (best, high) = (end(labels, key=lambda pair: pair[1].ability.median) for end in (min, max))
    ends = {"low": points_text(low.ability.median), "high": points_text(high.ability.median)}
    if high.ability.median - low.ability.median < ALIKE:
        return words("groups.level", **ends)
    return words("groups.chart", best=best, best_points=ends["high"], worst=worst, worst_points=ends["low"])
