"""Blocks that chapters share: cells, bars of shares, and the note under a table that is cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from advisor.portfolio.formats import percent, points_text
from advisor.portfolio.quartiles import Quartiles
from advisor.portfolio.wording import PortfolioWording
from advisor.reporting.charts import Bar, BarChart
from advisor.reporting.document import Cell, Line, Paragraph
from advisor.reporting.tones import Tone

MAX_ROWS = 12
"""How many rows of a table of findings are shown; the rest is in the workbook."""
MAX_BARS = 8
PERCENT = ((0.0, "0%"), (50.0, "50%"), (100.0, "100%"))


def text_cell(text: str, cites: tuple[str, ...] = (), tone: Tone = "plain", strong: bool = False) -> Cell:
    """A cell of words."""
    return Cell(Line(text, cites), tone, strong=strong)


def number_cell(value: str | int) -> Cell:
    """A cell of figures."""
    return Cell(Line(f"{value:,}" if isinstance(value, int) else value), numeric=True)


def share_bars(words: PortfolioWording, parts: Iterable[tuple[str, int, Tone]], n: int) -> BarChart:
    """Bars for so many of ``n``, each with its number and share."""
    bars = []
    for label, k, tone in parts:
        share = 100 * k / n if n else 0.0
        bars.append(Bar(label, share, share, share, tone, words("counted", k=f"{k:,}", share=percent(k, n)), span=""))
    return BarChart(tuple(bars), (), PERCENT)


def bars_in_words(words: PortfolioWording, chart: BarChart) -> str:
    """What bars say."""
    return words("list").join(words("overview.bar_text", verdict=bar.label, value=bar.value) for bar in chart.bars)


def more_rows_note(words: PortfolioWording, rows: Sequence[object]) -> list[Paragraph]:
    """A note that there are more rows than the table shows, where there are."""
    hidden = len(rows) - MAX_ROWS
    return [Paragraph(Line(words("report.more", count=hidden)), "quiet")] if hidden > 0 else []


def quartile_bar(label: str, group: Quartiles) -> Bar:
    """A bar to the median, with the quartiles as its interval."""
    text = f"{points_text(group.median)} ({points_text(group.low)}–{points_text(group.high)})"
    return Bar(label, group.median, group.low, group.high, "plain", text)


def quartile_bar_in_words(words: PortfolioWording, label: str, group: Quartiles) -> str:
    """What such a bar says."""
    ends = {"low": points_text(group.low), "high": points_text(group.high)}
    return words("groups.bar_text", group=label, points=points_text(group.median), n=f"{group.n:,}", **ends)


def quartile_cells(group: Quartiles | None) -> tuple[Cell, Cell]:
    """Median and quartiles as two cells; dashes where too few are known."""
    if group is None:
        return number_cell("–"), number_cell("–")
    return number_cell(points_text(group.median)), number_cell(f"{points_text(group.low)}–{points_text(group.high)}")
