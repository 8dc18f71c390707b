"""Chapter on the plan: Gantt chart, then every task with owner, effort and exit criterion."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from advisor.assessment.course import staying_course
from advisor.assessment.model import TaskItem
from advisor.knowledge.schema import PHASES
from advisor.reporting.chapters import chart_titles
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.charts import GanttBar, GanttChart
from advisor.reporting.document import Block, Cell, Chapter, Chart, Heading, Line, Paragraph, Table
from advisor.rounding import plain_number

TITLES = 3
"""So many things that are advice for afterwards are named."""


def plan_chapter(words: ReportWording) -> Chapter | None:
    """The plan, or None where nothing is recommended."""
    plan = words.assessment.plan
    if not plan:
        return None
    blocks: list[Block | Heading] = [
        Paragraph(Line(words(f"plan.intro.{_course(words)}"), words.cite("P4-65", "P4-68"))),
        gantt_chart(words, plan),
        *season_block(words),
        *afterwards_block(words),
        Paragraph(Line(words("plan.assumption")), "quiet"),
    ]
    if words.assessment.verdict.certainty == "leaning" and words.first_questions():
        questions = words("join").join(words.coded(question.code) for question in words.first_questions())
        blocks.insert(1, Paragraph(Line(words("plan.first_answer", questions=questions)), "caution"))
    return Chapter("plan", words("plan.title"), (*blocks, *phase_tables(words, plan)), page=True)


def season_block(words: ReportWording) -> Iterator[Paragraph]:
    """That some tasks fall into months in which nobody can be freed; nothing where none does."""
    project = words.assessment.project
    if project and project.season:
        yield Paragraph(Line(words.of(project.season)), "caution")


def afterwards_block(words: ReportWording) -> Iterator[Paragraph]:
    """That the plan is kept small where few people would use the system, and what is advice and no task."""
    if afterwards := words.assessment.afterwards:
        titles = words("join").join(words.of(item.title) for item in afterwards[:TITLES])
        yield Paragraph(Line(words("plan.afterwards", count=len(afterwards), titles=titles)), "quiet")


def _course(words: ReportWording) -> str:
    """What the plan is for: to stay with the CRM system there is, or what the verdict allows."""
    return "stays" if staying_course(words.assessment) else words.assessment.verdict.name


def phase_tables(words: ReportWording, plan: Sequence[TaskItem]) -> Iterator[Table]:
    """The tasks by phase, each with owner, effort and what shows that it is done; numbered as in the whole plan."""
    numbers = {task.id: number for number, task in enumerate(words.assessment.plan, 1)}
    for phase in PHASES:
        tasks = [task for task in plan if task.phase == phase]
        if not tasks:
            continue
        rows = tuple(
            (
                Cell(Line(str(numbers[task.id])), numeric=True),
                Cell(_title(words, task), strong=True),
                Cell(Line(f"{words.of(task.text)}", task.sources)),
                Cell(Line(_resources(words, task))),
                Cell(Line(words.of(task.done_when))),
            )
            for task in tasks
        )
        later = words("plan.later") if tasks[0].later else ""
        columns = tuple(words(f"plan.column.{name}") for name in ("number", "task", "what", "resources", "exit"))
        yield Table(words(f"phase.{phase}") + later, columns, (5, 16, 36, 15, 28), rows, small=True)


def _title(words: ReportWording, task: TaskItem) -> Line:
    """The task, marked with the conditions it lifts."""
    hurdles = [words.titles[name] for name in task.lifts]
    return Line(words.of(task.title), (), tuple(words("plan.lifts", title=title) for title in hurdles), about=task.id)


def _resources(words: ReportWording, task: TaskItem) -> str:
    weeks = plain_number(task.weeks) if not task.open else words("plan.at_least", weeks=plain_number(task.weeks))
    outside = words("plan.outside", days=words.days(task.outside_days)) if task.outside_days and task.outside_days[2] else ""
    return words(
        "plan.resources",
        owner=words.role(task.owner),
        days=words.days(task.own_days, task.open),
        outside=outside,
        weeks=words(f"plan.weeks.{1 if weeks == '1' else 2}", weeks=weeks),
    )


def _numbered(task: TaskItem, numbers: Mapping[str, int], words: ReportWording) -> str:
    return f"{numbers[task.id]} {words.of(task.title)}"


def gantt_chart(words: ReportWording, plan: Sequence[TaskItem], title: str = "") -> Chart:
    """When each task is done, as a Gantt chart."""
    numbers = {task.id: number for number, task in enumerate(words.assessment.plan, 1)}
    tasks = sorted(plan, key=lambda task: task.start)
    bars = tuple(
        GanttBar(
            _numbered(task, numbers, words),
            task.start,
            task.weeks,
            words(f"phase.{task.phase}"),
            task.later,
        )
        for task in tasks
    )
    weeks = math.ceil(max(bar.start + bar.weeks for bar in bars))
    alternative = words("score.and").join(
        words("plan.bar_text", task=_numbered(task, numbers, words), weeks=words.task_weeks(task)) for task in tasks
    )
    drawing = GanttChart(bars, weeks, words("plan.week"), words("plan.after_assessment"))
    return Chart(title or chart_titles.plan_duration(words, plan), alternative, drawing)
