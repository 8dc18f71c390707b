"""The way: the plan in time, how sure all of this is, and the next steps."""

from __future__ import annotations

from advisor.reporting.chapters import chart_titles
from advisor.reporting.chapters.owner_certainty import certainty_lines
from advisor.reporting.chapters.plan import gantt_chart, season_block
from advisor.reporting.chapters.sensitivity import likely_verdicts
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.client.plain import brief, cell, strong
from advisor.reporting.document import Block, Bullets, Cell, Chapter, Heading, Line, Paragraph, Table
from advisor.reporting.tones import VERDICT_TONES

MAX_BARS, FEW_BARS = 18, 10
MAX_STEPS, FEW_STEPS = 6, 4
MAX_QUICK = 3
MAX_TURNS = 5
MONTH = 4.5
"""Weeks: what is done by then is done in the first month."""


def plan(words: ReportWording) -> Chapter | None:
    """The tasks in time; those that are done in the first month; what ends the plan."""
    tasks = words.assessment.plan
    if not tasks:
        return None
    bars = FEW_BARS if brief(words) else MAX_BARS
    blocks: list[Block | Heading] = [gantt_chart(words, tasks[:bars], words("client.gantt"))]
    if len(tasks) > bars:
        blocks.append(Paragraph(Line(words("client.more_tasks", count=len(tasks) - bars)), "quiet"))
    blocks += season_block(words)
    quick = [task for task in tasks if task.start + task.weeks <= MONTH and not task.later][:MAX_QUICK]
    if quick and not brief(words):
        lines = tuple(Line(words("titled", title=words.of(task.title), text=words.of(task.done_when))) for task in quick)
        blocks += [Heading(words("client.month")), Bullets(lines)]
    return Chapter("plan", chart_titles.plan_duration(words, tasks), tuple(blocks))


def certainty(words: ReportWording) -> Chapter | None:
    """How sure this is, which answers would change it, and what to find out."""
    a = words.assessment
    lines = [*certainty_lines(words), *likely_verdicts(words)]
    blocks: list[Block | Heading] = [Bullets(tuple(lines))]
    sensitivity = a.insight.sensitivity if a.insight else None
    if sensitivity and sensitivity.answers:
        rows = tuple(
            (
                cell(words.of(turn.text)),
                cell(words("path.arrow", before=words.of(turn.before), after=words.of(turn.after))),
                Cell(Line(words.verdict_name(turn.verdict)), VERDICT_TONES[turn.verdict]),
            )
            for turn in sensitivity.answers[:MAX_TURNS]
        )
        columns = tuple(words(f"rests.column.{name}") for name in ("question", "change", "verdict"))
        blocks.append(Table(words("rests.answers"), columns, (42, 40, 18), rows))
    if a.remarks:
        lines = [Line(words.of(remark.text)) for remark in a.remarks]
        blocks += [Heading(words("unknown.clarify")), Bullets(tuple(lines))]
    return Chapter("certainty", words(f"client.certainty.{a.verdict.certainty}"), tuple(blocks))


def next_steps(words: ReportWording) -> Chapter | None:
    """The first tasks: who, when, with what effort, done when; or whom to ask what."""
    a = words.assessment
    tasks = a.plan[: FEW_STEPS if brief(words) else MAX_STEPS]
    if tasks:
        rows = tuple(
            (
                Cell(Line(str(number)), numeric=True),
                strong(words.of(task.title), about=task.id),
                cell(words.role(task.owner)),
                cell(words.task_weeks(task)),
                cell(words.of(task.done_when)),
            )
            for number, task in enumerate(tasks, 1)
        )
        columns = tuple(words(f"owner.column.{name}") for name in ("number", "step", "who", "when", "done"))
        blocks: tuple[Block | Heading, ...] = (Table(words("owner.steps_table"), columns, (6, 27, 14, 12, 41), rows),)
    elif a.verdict.deciding:
        blocks = (Bullets(tuple(Line(words.of(question.text)) for question in a.verdict.deciding), numbered=True),)
    else:
        return None
    key = "ask" if not tasks else "step" if len(tasks) == 1 else "steps"
    return Chapter("next", words(f"client.next.{key}", count=len(tasks)), blocks)
