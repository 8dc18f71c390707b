"""The whole group as a benchmark for any firm of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from advisor.knowledge.schema import factor_names
from advisor.portfolio.benchmark import ABILITY, NEED, BenchmarkPosition
from advisor.portfolio.chapters.blocks import number_cell, quartile_bar, quartile_bar_in_words, quartile_cells, text_cell
from advisor.portfolio.figures import PortfolioFigures
from advisor.portfolio.formats import points_text
from advisor.portfolio.quartiles import Quartiles
from advisor.portfolio.wording import PortfolioWording
from advisor.reporting.charts import BarChart
from advisor.reporting.document import Block, Cell, Chapter, Chart, Heading, Line, Paragraph, Table
from advisor.reporting.tones import Tone

BAND_TONES: dict[str | None, Tone] = {"lowest": "caution", "middle": "plain", "highest": "good", None: "quiet"}


def chapter(words: PortfolioWording, figures: PortfolioFigures) -> Chapter | None:
    """Median and quartiles of every score; left out where fewer than five firms are known by any."""
    if not any(figures.quartiles.values()):
        return None
    scheme, scores = words.knowledge.verdict, words.knowledge.scores
    ability = factor_names(scheme.ability, scores)
    need = factor_names(scheme.need, scores)
    blocks: list[Block | Heading] = [Paragraph(Line(words("benchmark.intro")))]
    blocks += _factors(words, "chart", _known(figures, ability), min)
    blocks += _factors(words, "need_chart", _known(figures, need), max)
    columns = (words("benchmark.factor"), words("sheet.n"), words("sheet.middle"), words("groups.quartiles"))
    rows = tuple(
        (
            text_cell(words.score(name), strong=name in (NEED, ABILITY)),
            number_cell(group.n if (group := figures.quartiles.get(name)) else words("sheet.too_few")),
            *quartile_cells(group),
        )
        for name in (ABILITY, *ability, NEED, *need)
    )
    blocks.append(Table(words("benchmark.table"), columns, (50, 18, 16, 16), rows, together=True))
    return Chapter("benchmark", words("benchmark.title"), tuple(blocks), page=True)


def _known(figures: PortfolioFigures, names: Sequence[str]) -> dict[str, Quartiles]:
    return {name: group for name in names if (group := figures.quartiles.get(name))}


def _factors(words: PortfolioWording, key: str, known: dict[str, Quartiles], pick: Callable[..., str]) -> list[Chart]:
    """Factors as bars, titled by the one that stands out."""
    if not known:
        return []
    outlier = pick(known, key=lambda name: known[name].median)
    title = words(f"benchmark.{key}", factor=words.score(outlier), points=points_text(known[outlier].median))
    bars = tuple(quartile_bar(words.score(name), group) for name, group in known.items())
    text = words("list").join(quartile_bar_in_words(words, words.score(name), group) for name, group in known.items())
    return [Chart(title, text, BarChart(bars, (), span_label=words("groups.quartiles")))]


def firm_benchmark(words: PortfolioWording, positions: Sequence[BenchmarkPosition]) -> Table:
    """A firm beside its group, as a block for the firm's own report: points, the group's figures, and its place."""
    columns = (
        words("benchmark.factor"), words("benchmark.own"), words("sheet.middle"), words("groups.quartiles"),
        words("sheet.n"), words("benchmark.place"),
    )  # fmt: skip
    rows = tuple(_row(words, position) for position in positions)
    n = max((position.group_quartiles.n for position in positions if position.group_quartiles), default=0)
    return Table(words("benchmark.own_title", n=n), columns, (36, 12, 12, 14, 8, 18), rows, together=True)


def _row(words: PortfolioWording, position: BenchmarkPosition) -> tuple[Cell, ...]:
    firm_count = number_cell(position.group_quartiles.n) if position.group_quartiles else number_cell("–")
    band = (
        words(f"band.{position.band}")
        if position.band
        else words("sheet.too_few")
        if position.group_quartiles is None
        else "–"
    )
    cells = (number_cell(points_text(position.points)), *quartile_cells(position.group_quartiles), firm_count)
    return (
        text_cell(words.score(position.score), strong=position.score in (NEED, ABILITY)),
        *cells,
        text_cell(band, tone=BAND_TONES[position.band]),
    )
