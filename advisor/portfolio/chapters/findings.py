"""What stands in the way most often, and which risks threaten most firms."""

from __future__ import annotations

from advisor.portfolio.chapters.blocks import (
    MAX_BARS,
    MAX_ROWS,
    bars_in_words,
    more_rows_note,
    number_cell,
    share_bars,
    text_cell,
)
from advisor.portfolio.figures import FindingCount, PortfolioFigures
from advisor.portfolio.formats import percent
from advisor.portfolio.wording import PortfolioWording
from advisor.reporting.document import Block, Chapter, Chart, Heading, Line, Paragraph, Table
from advisor.reporting.tones import Tone


def hurdles_chapter(words: PortfolioWording, figures: PortfolioFigures) -> Chapter | None:
    """Blockers and conditions, the commonest first."""
    n, blockers = figures.firms, {tally.id for tally in figures.blockers}
    hurdles = sorted((*figures.blockers, *figures.conditions), key=lambda tally: (-tally.firms, tally.id not in blockers))
    if not hurdles:
        return None

    def tone(tally: FindingCount) -> Tone:
        return "bad" if tally.id in blockers else "caution"

    def label(tally: FindingCount) -> str:
        title = words.finding(tally.id)
        return words("hurdles.blocker", title=title) if tally.id in blockers else title

    chart = share_bars(words, ((label(tally), tally.firms, tone(tally)) for tally in hurdles[:MAX_BARS]), n)
    title = words("hurdles.chart", title=words.finding(hurdles[0].id), of=words.of(hurdles[0].firms, n))
    rows = tuple(
        (
            text_cell(words.finding(tally.id), words.sources(tally.id), strong=True),
            text_cell(words("hurdles.one.blocker" if tally.id in blockers else "hurdles.one.condition"), tone=tone(tally)),
            number_cell(tally.firms),
            number_cell(percent(tally.firms, n)),
        )
        for tally in hurdles[:MAX_ROWS]
    )
    columns = (words("hurdles.table"), words("hurdles.kind"), words("sheet.firms_column"), words("sheet.share"))
    blocks: list[Block | Heading] = [
        Paragraph(Line(words("hurdles.intro", n=f"{n:,}"))),
        Chart(title, bars_in_words(words, chart), chart),
    ]
    if not blockers:
        blocks.append(Paragraph(Line(words("hurdles.no_blockers"))))
    blocks += [Table(words("hurdles.table"), columns, (60, 14, 13, 13), rows), *more_rows_note(words, hurdles)]
    return Chapter("hurdles", words("hurdles.title"), tuple(blocks), page=True)


def risks_chapter(words: PortfolioWording, figures: PortfolioFigures) -> Chapter | None:
    """Risks, the commonest first, with how often each is high."""
    n, risks = figures.firms, figures.risks
    if not risks:
        return None
    chart = share_bars(words, ((words.finding(risk.id), risk.firms, _tone(risk)) for risk in risks[:MAX_BARS]), n)
    title = words("risks.chart", title=words.finding(risks[0].id), of=words.of(risks[0].firms, n))
    rows = tuple(
        (
            text_cell(words.finding(risk.id), words.sources(risk.id), strong=True),
            number_cell(risk.firms),
            number_cell(percent(risk.firms, n)),
            number_cell(risk.high),
        )
        for risk in risks[:MAX_ROWS]
    )
    columns = (words("risks.table"), words("sheet.firms_column"), words("sheet.share"), words("risks.high"))
    blocks: list[Block | Heading] = [
        Paragraph(Line(words("risks.intro", n=f"{n:,}"))),
        Chart(title, bars_in_words(words, chart), chart),
        Table(words("risks.table"), columns, (61, 13, 13, 13), rows),
        *more_rows_note(words, risks),
    ]
    return Chapter("risks", words("risks.title"), tuple(blocks), page=True)


def _tone(risk: FindingCount) -> Tone:
    """Red where it is high for most of the firms that have it."""
    return "bad" if 2 * risk.high > risk.firms else "caution"
