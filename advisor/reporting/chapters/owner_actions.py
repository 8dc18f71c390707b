"""The second page of the owner's edition: what to do next, what it costs, the risks, and how sure all of it is."""

from __future__ import annotations

from advisor.reporting.chapters.owner_certainty import certainty_on_second_page
from advisor.reporting.chapters.owner_cost import owner_cost
from advisor.reporting.chapters.owner_risks import biggest_risks, risks_come_first
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

MAX_STEPS = 6
"""How many a page has room for; the full report has the rest."""


def action_page(words: ReportWording) -> Chapter:
    """What to do next, what it costs, the biggest risks, and how sure all of this is."""
    verdict = words.assessment.verdict
    key = "action_provisional" if verdict.certainty == "leaning" else "action"
    rest = Paragraph(Line(words("owner.rest")), "quiet")
    risks = [] if risks_come_first(words) else biggest_risks(words)
    blocks = (*_steps(words), *owner_cost(words), *risks, *certainty_on_second_page(words), rest)
    return Chapter("next", words(f"owner.{key}.{verdict.name}"), blocks, page=True)


def _steps(words: ReportWording) -> list[Block | Heading]:
    """The first tasks of the plan; or the answers to give."""
    a = words.assessment
    tasks = list(enumerate(a.plan, 1))[:MAX_STEPS]
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
    if rest := len(a.plan) - len(tasks):
        blocks.append(Paragraph(Line(words("owner.more_steps", count=rest, takes=words.plan_takes(a.plan))), "quiet"))
    return blocks
