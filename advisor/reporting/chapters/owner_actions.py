"""The second page of the owner's edition: what to do next and how, what it costs, the risks, and how sure all of it is."""

from __future__ import annotations

from advisor.assessment.course import staying_course
from advisor.assessment.model.assessment import FIRST_STEPS
from advisor.reporting.chapters.approach import advice_for_later, advice_for_now, points_of_law
from advisor.reporting.chapters.owner_certainty import certainty_on_second_page
from advisor.reporting.chapters.owner_cost import owner_cost
from advisor.reporting.chapters.owner_risks import biggest_risks, risks_come_first
from advisor.reporting.chapters.owner_room import ROOM, Sizes, height, sizes
from advisor.reporting.chapters.plan import afterwards_block, season_block
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import (
    Block,
    Cell,
    Chapter,
    Heading,
    Line,
    Paragraph,
    Table,
)
from advisor.text import LANGS

MAX_STEPS, STEPS_STAYING = FIRST_STEPS, 9
"""How many are told at most; a firm that stays with its CRM system reads less on cost. The full report has the rest."""


def action_page(words: ReportWording) -> Chapter:
    """What to do next, what it costs, the biggest risks, and how sure all of this is: as much as one page has room for in
    either language."""
    verdict = words.assessment.verdict
    key = "action_provisional" if verdict.certainty == "leaning" else "action"
    stays = staying_course(words.assessment)
    both = [ReportWording(words.assessment, lang) for lang in LANGS]
    tried = sizes(STEPS_STAYING if stays else MAX_STEPS)
    chosen = next((size for size in tried if all(height(_blocks(one, size)) <= ROOM for one in both)), tried[-1])
    title = "owner.stays.next" if stays else f"owner.{key}.{verdict.name}"
    return Chapter("next", words(title), tuple(_blocks(words, chosen)), page=True)


def _blocks(words: ReportWording, size: Sizes) -> list[Block | Heading]:
    """The page with so many lines of each kind."""
    later = size.later and not staying_course(words.assessment)
    return [
        *advice_for_now(words, size.advice),
        *_steps(words, size.steps, size.further),
        *(advice_for_later(words) if later else []),
        *points_of_law(words),
        *owner_cost(words, size.details),
        *([] if risks_come_first(words) else biggest_risks(words, size.risks)),
        *certainty_on_second_page(words, size.turns),
        Paragraph(Line(words("owner.rest")), "quiet"),
    ]


def _steps(words: ReportWording, most: int, further: bool) -> list[Block | Heading]:
    """The first tasks of the plan; or the answers to give."""
    a = words.assessment
    tasks = list(enumerate(a.plan, 1))[:most]
    blocks: list[Block | Heading] = [Heading(words("owner.steps"))]
    if not tasks:
        blocks.append(Paragraph(Line(words(f"owner.no_steps.{'ask' if a.verdict.deciding else 'wait'}"))))
        return blocks
    rows = tuple(
        (
            Cell(Line(str(number)), numeric=True),
            Cell(Line(words.of(task.title)), strong=True),
            Cell(Line(words.role(task.owner))),
            Cell(Line(words.task_weeks(task))),
            Cell(Line(words.days(task.own_days, (), "owner.days") if task.own_days else words("owner.days_open"))),
        )
        for number, task in tasks
    )
    columns = tuple(words(f"owner.column.{name}") for name in ("number", "step", "who", "when", "effort"))
    blocks.append(Table(words("owner.steps_table"), columns, (6, 46, 18, 17, 13), rows))
    blocks += [*season_block(words), *afterwards_block(words)]
    if rest := len(a.plan) - len(tasks):
        more = words("owner.more_steps", count=rest, takes=words.plan_takes(a.plan))
        named = dict.fromkeys(
            task.title for task in (*a.plan[most:FIRST_STEPS], *a.further_steps) if task not in a.plan[:most]
        )
        titles = words("approach.join").join(map(words.of, named))
        among = [words("owner.among_them", titles=titles)] if titles and further else []
        blocks.append(Paragraph(Line(words.join_sentences(more, *among)), "quiet"))
    return blocks
