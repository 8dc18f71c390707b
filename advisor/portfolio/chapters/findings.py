"""What stands in the way most often, and which risks threaten most firms."""

from __future__ import annotations

from advisor.portfolio.chapters.lines import BARS, ROWS, in_words, number, rest, shares, text
from advisor.portfolio.figures import Figures, Tally
from advisor.portfolio.words import Words, share
from advisor.reporting.document import Block, Chapter, Chart, Heading, Line, Paragraph, Table
from advisor.reporting.tones import Tone


def hurdles_chapter(words: Words, figures: Figures) -> Chapter | None:
    """Blockers and conditions, the commonest first."""
    n, blockers = figures.firms, {tally.id for tally in figures.blockers}
    hurdles = sorted((*figures.blockers, *figures.conditions), key=lambda tally: (-tally.firms, tally.id not in blockers))
    if not hurdles:
        return None

    def tone(tally: Tally) -> Tone:
        return "bad" if tally.id in blockers else "caution"

    def label(tally: Tally) -> str:
        title = words.finding(tally.id)
        return words("hurdles.blocker", title=title) if tally.id in blockers else title

    drawing = shares(words, ((label(tally), tally.firms, tone(tally)) for tally in hurdles[:BARS]), n)
    title = words("hurdles.chart", title=words.finding(hurdles[0].id), of=words.of(hurdles[0].firms, n))
    rows = tuple(
        (
            text(words.finding(tally.id), words.sources(tally.id), strong=True),
            text(words("hurdles.one.blocker" if tally.id in blockers else "hurdles.one.condition"), tone=tone(tally)),
            number(tally.firms),
            number(share(tally.firms, n)),
        )
        for tally in hurdles[:ROWS]
    )
    columns = (words("hurdles.table"), words("hurdles.kind"), words("sheet.firms_column"), words("sheet.share"))
    blocks: list[Block | Heading] = [
        Paragraph(Line(words("hurdles.intro", n=f"{n:,}"))),
        Chart(title, in_words(words, drawing), drawing),
    ]
    if not blockers:
        blocks.append(Paragraph(Line(words("hurdles.no_blockers"))))
    blocks += [Table(words("hurdles.table"), columns, (60, 14, 13, 13), rows), *rest(words, hurdles)]
    return Chapter("hurdles", words("hurdles.title"), tuple(blocks), page=True)


def risks_chapter(words: Words, figures: Figures) -> Chapter | None:
    """Risks, the commonest first, with how often each is high."""
    n, risks = figures.firms, figures.risks
    if not risks:
        return None
    drawing = shares(words, ((words.finding(risk.id), risk.firms, _tone(risk)) for risk in risks[:BARS]), n)
    title = words("risks.chart", title=words.finding(risks[0].id), of=words.of(risks[0].firms, n))
    rows = tuple(
        (
            text(words.finding(risk.id), words.sources(risk.id), strong=True),
            number(risk.firms),
            number(share(risk.firms, n)),
            number(risk.high),
        )
        for risk in risks[:ROWS]
    )
    columns = (words("risks.table"), words("sheet.firms_column"), words("sheet.share"), words("risks.high"))
    blocks: list[Block | Heading] = [
        Paragraph(Line(words("risks.intro", n=f"{n:,}"))),
        Chart(title, in_words(words, drawing), drawing),
        Table(words("risks.table"), columns, (61, 13, 13, 13), rows),
        *rest(words, risks),
    ]
    return Chapter("risks", words("risks.title"), tuple(blocks), page=True)


def _tone(risk: Tally) -> Tone:
    """Red where it is high for most of the firms that have it."""
    return "bad" if 2 * risk.high > risk.firms else "caution"
