"""The steps that would make most firms feasible."""

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
from advisor.portfolio.figures import PortfolioFigures
from advisor.portfolio.formats import percent
from advisor.portfolio.wording import PortfolioWording
from advisor.reporting.document import Block, Chapter, Chart, Heading, Line, Paragraph, Table


def chapter(words: PortfolioWording, figures: PortfolioFigures) -> Chapter:
    """The commonest steps, and how far the few that go together best reach; or why there is nothing to count."""
    common_steps = figures.common_steps
    blocks: list[Block | Heading] = []
    if not common_steps.waiting:
        blocks.append(Paragraph(Line(words("lifts.nobody"))))
    elif not common_steps.examined:
        blocks.append(Paragraph(Line(words("lifts.not_examined"))))
    elif not common_steps.with_path:
        blocks.append(Paragraph(Line(words("lifts.none", waiting=common_steps.examined))))
    else:
        blocks += _steps(words, figures)
    return Chapter("lifts", words("lifts.title"), tuple(blocks), page=bool(common_steps.with_path))


def _steps(words: PortfolioWording, figures: PortfolioFigures) -> list[Block | Heading]:
    common_steps, lang = figures.common_steps, words.lang
    with_path = common_steps.with_path
    intro = words("lifts.intro", waiting=common_steps.examined, found=with_path, rest=common_steps.examined - with_path)
    step_bars = share_bars(
        words, ((step.title[lang], step.firms, "plain") for step in common_steps.steps[:MAX_BARS]), with_path
    )
    title = words("lifts.chart", title=common_steps.steps[0].title[lang], found=with_path, k=common_steps.steps[0].firms)
    parts = [
        (words("lifts.numbered", number=number, title=step.title[lang]), step.firms)
        for number, step in enumerate(common_steps.together, 1)
    ]
    reached_bars = share_bars(words, ((label, firms, "good") for label, firms in parts), with_path)
    together = words("lifts.together", count=len(parts), found=with_path, k=parts[-1][1])
    rows = tuple(
        (
            text_cell(step.title[lang], _sources(words, step.question), strong=True),
            number_cell(step.firms),
            number_cell(percent(step.firms, with_path)),
        )
        for step in common_steps.steps[:MAX_ROWS]
    )
    columns = (words("sheet.step"), words("sheet.on_way"), words("sheet.share"))
    return [
        Paragraph(Line(intro)),
        Chart(title, bars_in_words(words, step_bars), step_bars),
        Chart(together, bars_in_words(words, reached_bars), reached_bars),
        Paragraph(Line(words("lifts.together_note")), "quiet"),
        Table(words("lifts.table"), columns, (62, 22, 16), rows),
        *more_rows_note(words, common_steps.steps),
    ]


def _sources(words: PortfolioWording, question: str) -> tuple[str, ...]:
    tasks = words.knowledge.raised_by.get(question, ())
    return tuple(dict.fromkeys(source for task in tasks for source in task.sources))
