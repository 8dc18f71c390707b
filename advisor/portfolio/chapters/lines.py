"""What chapters share: cells, bars of shares, and lists that are cut where they grow long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from advisor.portfolio.spreads import Spread
from advisor.portfolio.words import Words, points, share
from advisor.reporting.charts import Bar, BarChart
from advisor.reporting.document import Cell, Line, Paragraph
from advisor.reporting.tones import Tone

ROWS = 12
"""How many rows of a table of findings are shown; the rest is in the workbook."""
BARS = 8
PERCENT = ((0.0, "0%"), (50.0, "50%"), (100.0, "100%"))


def text(said: str, cites: tuple[str, ...] = (), tone: Tone = "plain", strong: bool = False) -> Cell:
    """A cell of words."""
    return Cell(Line(said, cites), tone, strong=strong)


def number(said: str | int) -> Cell:
    """A cell of figures."""
    return Cell(Line(f"{said:,}" if isinstance(said, int) else said), numeric=True)


def shares(words: Words, parts: Iterable[tuple[str, int, Tone]], n: int) -> BarChart:
    """Bars for so many of ``n``, each with its number and share."""
    bars = []
    for label, k, tone in parts:
        part = 100 * k / n if n else 0.0
        bars.append(Bar(label, part, part, part, tone, words("counted", k=f"{k:,}", share=share(k, n)), span=""))
    return BarChart(tuple(bars), (), PERCENT)


def in_words(words: Words, drawing: BarChart) -> str:
    """What bars say."""
    return words("list").join(words("overview.bar_text", verdict=bar.label, value=bar.value) for bar in drawing.bars)


def rest(words: Words, all_: Sequence[object]) -> list[Paragraph]:
    """That there are more than the table shows, where there are."""
    more = len(all_) - ROWS
    return [Paragraph(Line(words("report.more", count=more)), "quiet")] if more > 0 else []


def spread_bar(label: str, group: Spread) -> Bar:
    """A bar to the median, with the quartiles as its interval."""
    said = f"{points(group.middle)} ({points(group.low)}–{points(group.high)})"
    return Bar(label, group.middle, group.low, group.high, "plain", said)


def bar_in_words(words: Words, label: str, group: Spread) -> str:
    """What such a bar says."""
    ends = {"low": points(group.low), "high": points(group.high)}
    return words("groups.bar_text", group=label, points=points(group.middle), n=f"{group.n:,}", **ends)


def quartiles(group: Spread | None) -> tuple[Cell, Cell]:
    """Median and quartiles as two cells; dashes where too few are known."""
    if group is None:
        return number("–"), number("–")
    return number(points(group.middle)), number(f"{points(group.low)}–{points(group.high)}")
