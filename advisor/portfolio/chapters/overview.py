"""The group on one page: how many firms, how the verdicts are spread, and what stands out in words."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.portfolio.chapters.lines import in_words, shares
from advisor.portfolio.figures import VERDICTS, Figures
from advisor.portfolio.standing import ABILITY, NEED
from advisor.portfolio.words import Words, points, share
from advisor.reporting.document import Block, Bullets, Chapter, Chart, Heading, KeyFigure, KeyFigures, Line
from advisor.reporting.tones import VERDICT_TONES

NAMED_STEPS = 3


def chapter(words: Words, figures: Figures) -> Chapter:
    """Chapter 1."""
    n = figures.firms
    blocks: list[Block | Heading] = [KeyFigures(tuple(_key_figures(words, figures)))]
    if n:
        commonest = max(VERDICTS, key=lambda name: figures.verdicts[name])
        parts = ((words.verdict_title(name), figures.verdicts[name], VERDICT_TONES[name]) for name in VERDICTS)
        drawing = shares(words, parts, n)
        of = words.of(figures.verdicts[commonest], n)
        title = words("overview.chart", verdict=words.verdict(commonest), of=of)
        blocks.append(Chart(title, in_words(words, drawing), drawing))
    if said := tuple(_stands_out(words, figures)):
        blocks += [Heading(words("overview.stands_out")), Bullets(said)]
    return Chapter("overview", words("overview.title"), tuple(blocks), page=True)


def _key_figures(words: Words, figures: Figures) -> Iterator[KeyFigure]:
    n, feasible = figures.firms, figures.verdicts["feasible"]
    yield KeyFigure(words("overview.firms"), f"{n:,}", words("overview.firms_note", failed=figures.failed))
    conditional = figures.verdicts["conditional"]
    note = words("overview.feasible_note", share=share(feasible, n), conditional=conditional)
    yield KeyFigure(words("overview.feasible"), f"{feasible:,}", note, "good")
    for name in (NEED, ABILITY):
        group = figures.spreads.get(name)
        note = words("overview.too_few")
        if group:
            note = words("overview.spread_note", low=points(group.low), high=points(group.high), n=group.n)
        yield KeyFigure(words(f"overview.{name}"), points(group.middle if group else None), note)


def _stands_out(words: Words, figures: Figures) -> Iterator[Line]:
    n, lifting = figures.firms, figures.lifting
    if hurdles := sorted((*figures.blockers, *figures.conditions), key=lambda tally: -tally.firms):
        first = hurdles[0]
        said = words("overview.hurdle", title=words.finding(first.id), of=words.of(first.firms, n))
        yield Line(said, words.sources(first.id))
    if figures.blocked:
        yield Line(words("overview.blocked", of=words.of(figures.blocked, n)))
    if figures.risks:
        risk = figures.risks[0]
        of = words.of(risk.firms, n)
        yield Line(words("overview.risk", title=words.finding(risk.id), of=of, high=risk.high), words.sources(risk.id))
    factors = [item.name for item in words.knowledge.scores[words.knowledge.verdict.ability].inputs]
    if known := {name: group.middle for name in factors if (group := figures.spreads.get(name))}:
        low, high = min(known, key=known.__getitem__), max(known, key=known.__getitem__)
        values = {"factor": words.score(low), "best": words.score(high)}
        yield Line(words("overview.weakest", points=points(known[low]), best_points=points(known[high]), **values))
    if lifting.found:
        together = lifting.together
        steps = words.join(step.title[words.lang] for step in together[:NAMED_STEPS])
        of = words.of(lifting.found, lifting.examined)
        yield Line(words("overview.lifted", of=of, steps=steps, count=len(together), reached=together[-1].firms))
    if figures.unsettled:
        yield Line(words("overview.unsettled", of=words.of(figures.unsettled, n)))
    if silent := figures.verdicts["not_enough_answers"]:
        yield Line(words("overview.open", of=words.of(silent, n)))
