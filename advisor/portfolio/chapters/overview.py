"""The group on one page: how many firms, how the verdicts are spread, and what stands out in words."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.knowledge.schema import factor_names
from advisor.portfolio.benchmark import ABILITY, NEED
from advisor.portfolio.chapters.blocks import bars_in_words, share_bars
from advisor.portfolio.figures import VERDICTS, PortfolioFigures
from advisor.portfolio.formats import percent, points_text
from advisor.portfolio.wording import PortfolioWording
from advisor.reporting.document import Block, Bullets, Chapter, Chart, Heading, KeyFigure, KeyFigures, Line
from advisor.reporting.tones import VERDICT_TONES

NAMED_STEPS = 3


def chapter(words: PortfolioWording, figures: PortfolioFigures) -> Chapter:
    """Chapter 1."""
    n = figures.firms
    blocks: list[Block | Heading] = [KeyFigures(tuple(_key_figures(words, figures)))]
    if n:
        commonest = max(VERDICTS, key=lambda name: figures.verdicts[name])
        parts = ((words.verdict_title(name), figures.verdicts[name], VERDICT_TONES[name]) for name in VERDICTS)
        chart = share_bars(words, parts, n)
        of = words.of(figures.verdicts[commonest], n)
        title = words("overview.chart", verdict=words.verdict(commonest), of=of)
        blocks.append(Chart(title, bars_in_words(words, chart), chart))
    if highlights := tuple(_highlights(words, figures)):
        blocks += [Heading(words("overview.stands_out")), Bullets(highlights)]
    return Chapter("overview", words("overview.title"), tuple(blocks), page=True)


def _key_figures(words: PortfolioWording, figures: PortfolioFigures) -> Iterator[KeyFigure]:
    n, feasible = figures.firms, figures.verdicts["feasible"]
    yield KeyFigure(words("overview.firms"), f"{n:,}", words("overview.firms_note", failed=figures.failed))
    conditional = figures.verdicts["conditional"]
    note = words("overview.feasible_note", share=percent(feasible, n), conditional=conditional)
    yield KeyFigure(words("overview.feasible"), f"{feasible:,}", note, "good")
    for name in (NEED, ABILITY):
        group = figures.quartiles.get(name)
        note = words("overview.too_few")
        if group:
            note = words("overview.spread_note", low=points_text(group.low), high=points_text(group.high), n=group.n)
        yield KeyFigure(words(f"overview.{name}"), points_text(group.median if group else None), note)


def _highlights(words: PortfolioWording, figures: PortfolioFigures) -> Iterator[Line]:
    n, common_steps = figures.firms, figures.common_steps
    if hurdles := sorted((*figures.blockers, *figures.conditions), key=lambda tally: -tally.firms):
        first = hurdles[0]
        sentence = words("overview.hurdle", title=words.finding(first.id), of=words.of(first.firms, n))
        yield Line(sentence, words.sources(first.id))
    if figures.blocked:
        yield Line(words("overview.blocked", of=words.of(figures.blocked, n)))
    if figures.risks:
        risk = figures.risks[0]
        of = words.of(risk.firms, n)
        yield Line(words("overview.risk", title=words.finding(risk.id), of=of, high=risk.high), words.sources(risk.id))
    ability = factor_names(words.knowledge.verdict.ability, words.knowledge.scores)
    if known := {name: group.median for name in ability if (group := figures.quartiles.get(name))}:
        low, high = min(known, key=known.__getitem__), max(known, key=known.__getitem__)
        values = {"factor": words.score(low), "best": words.score(high)}
        yield Line(words("overview.weakest", points=points_text(known[low]), best_points=points_text(known[high]), **values))
    if common_steps.with_path:
        together = common_steps.together
        steps = words.join(step.title[words.lang] for step in together[:NAMED_STEPS])
        of = words.of(common_steps.with_path, common_steps.examined)
        yield Line(words("overview.lifted", of=of, steps=steps, count=len(together), reached=together[-1].firms))
    if figures.unsettled:
        yield Line(words("overview.unsettled", of=words.of(figures.unsettled, n)))
    if undecided := figures.verdicts["not_enough_answers"]:
        yield Line(words("overview.open", of=words.of(undecided, n)))
