"""What would bring most firms to feasible."""

from __future__ import annotations

from advisor.portfolio.chapters.lines import BARS, ROWS, in_words, number, rest, shares, text
from advisor.portfolio.figures import Figures
from advisor.portfolio.words import Words, share
from advisor.reporting.document import Block, Chapter, Chart, Heading, Line, Paragraph, Table


def chapter(words: Words, figures: Figures) -> Chapter:
    """The commonest steps, and how far the few that go together best reach; or why there is nothing to count."""
    lifting = figures.lifting
    blocks: list[Block | Heading] = []
    if not lifting.waiting:
        blocks.append(Paragraph(Line(words("lifts.nobody"))))
    elif not lifting.examined:
        blocks.append(Paragraph(Line(words("lifts.not_examined"))))
    elif not lifting.found:
        blocks.append(Paragraph(Line(words("lifts.none", waiting=lifting.examined))))
    else:
        blocks += _steps(words, figures)
    return Chapter("lifts", words("lifts.title"), tuple(blocks), page=bool(lifting.found))


def _steps(words: Words, figures: Figures) -> list[Block | Heading]:
    lifting, lang = figures.lifting, words.lang
    found = lifting.found
    intro = words("lifts.intro", waiting=lifting.examined, found=found, rest=lifting.examined - found)
    common = shares(words, ((step.title[lang], step.firms, "plain") for step in lifting.steps[:BARS]), found)
    title = words("lifts.chart", title=lifting.steps[0].title[lang], found=found, k=lifting.steps[0].firms)
    parts = [
        (words("lifts.numbered", number=place, title=step.title[lang]), step.firms)
        for place, step in enumerate(lifting.together, 1)
    ]
    reached = shares(words, ((label, firms, "good") for label, firms in parts), found)
    together = words("lifts.together", count=len(parts), found=found, k=parts[-1][1])
    rows = tuple(
        (
            text(step.title[lang], _sources(words, step.question), strong=True),
            number(step.firms),
            number(share(step.firms, found)),
        )
        for step in lifting.steps[:ROWS]
    )
    columns = (words("sheet.step"), words("sheet.on_way"), words("sheet.share"))
    return [
        Paragraph(Line(intro)),
        Chart(title, in_words(words, common), common),
        Chart(together, in_words(words, reached), reached),
        Paragraph(Line(words("lifts.together_note")), "quiet"),
        Table(words("lifts.table"), columns, (62, 22, 16), rows),
        *rest(words, lifting.steps),
    ]


def _sources(words: Words, question: str) -> tuple[str, ...]:
    lever = words.knowledge.levers.get(question)
    return tuple(lever.sources) if lever else ()
