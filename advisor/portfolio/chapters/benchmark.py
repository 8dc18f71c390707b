"""The whole group as a benchmark for any firm of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from advisor.portfolio.chapters.lines import bar_in_words, number, quartiles, spread_bar, text
from advisor.portfolio.figures import Figures
from advisor.portfolio.spreads import Spread
from advisor.portfolio.standing import ABILITY, NEED, Place
from advisor.portfolio.words import Words, points
from advisor.reporting.charts import BarChart
from advisor.reporting.document import Block, Cell, Chapter, Chart, Heading, Line, Paragraph, Table
from advisor.reporting.tones import Tone

BAND_TONES: dict[str | None, Tone] = {"lowest": "caution", "middle": "plain", "highest": "good", None: "quiet"}


def chapter(words: Words, figures: Figures) -> Chapter | None:
    """Median and quartiles of every score; left out where fewer than five firms are known by any."""
    if not any(figures.spreads.values()):
        return None
    scheme, scores = words.knowledge.verdict, words.knowledge.scores
    ability = [item.name for item in scores[scheme.ability].inputs]
    need = [item.name for item in scores[scheme.need].inputs]
    blocks: list[Block | Heading] = [Paragraph(Line(words("benchmark.intro")))]
    blocks += _factors(words, "chart", _known(figures, ability), min)
    blocks += _factors(words, "need_chart", _known(figures, need), max)
    columns = (words("benchmark.factor"), words("sheet.n"), words("sheet.middle"), words("groups.quartiles"))
    rows = tuple(
        (
            text(words.score(name), strong=name in (NEED, ABILITY)),
            number(group.n if (group := figures.spreads.get(name)) else words("sheet.too_few")),
            *quartiles(group),
        )
        for name in (ABILITY, *ability, NEED, *need)
    )
    blocks.append(Table(words("benchmark.table"), columns, (50, 18, 16, 16), rows, together=True))
    return Chapter("benchmark", words("benchmark.title"), tuple(blocks), page=True)


def _known(figures: Figures, names: Sequence[str]) -> dict[str, Spread]:
    return {name: group for name in names if (group := figures.spreads.get(name))}


def _factors(words: Words, key: str, known: dict[str, Spread], end: Callable[..., str]) -> list[Chart]:
    """Factors as bars, titled by the one that stands out."""
    if not known:
        return []
    chosen = end(known, key=lambda name: known[name].middle)
    title = words(f"benchmark.{key}", factor=words.score(chosen), points=points(known[chosen].middle))
    bars = tuple(spread_bar(words.score(name), group) for name, group in known.items())
    said = words("list").join(bar_in_words(words, words.score(name), group) for name, group in known.items())
    return [Chart(title, said, BarChart(bars, (), span_label=words("groups.quartiles")))]


def benchmark(words: Words, places: Sequence[Place]) -> Table:
    """A firm beside its group, as a block for the firm's own report: points, the group's figures, and its place."""
    columns = (
        words("benchmark.factor"), words("benchmark.own"), words("sheet.middle"), words("groups.quartiles"),
        words("sheet.n"), words("benchmark.place"),
    )  # fmt: skip
    rows = tuple(_row(words, place) for place in places)
    n = max((place.group.n for place in places if place.group), default=0)
    return Table(words("benchmark.own_title", n=n), columns, (36, 12, 12, 14, 8, 18), rows, together=True)


def _row(words: Words, place: Place) -> tuple[Cell, ...]:
    known = number(place.group.n) if place.group else number("–")
    said = words(f"band.{place.band}") if place.band else words("sheet.too_few") if place.group is None else "–"
    cells = (number(points(place.points)), *quartiles(place.group), known)
    return (
        text(words.score(place.score), strong=place.score in (NEED, ABILITY)),
        *cells,
        text(said, tone=BAND_TONES[place.band]),
    )
