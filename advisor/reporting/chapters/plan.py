"""Chapter on the plan: Gantt chart, then every task with owner, effort and exit criterion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.assessment.model import Task
from advisor.knowledge.schema import PHASES
from advisor.reporting.chapters import chart_titles
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.charts import GanttBar, GanttChart
from advisor.reporting.document import Block, Cell, Chapter, Chart, Heading, Line, Paragraph, Table

WORTH_ASKING = 0.05
"""An answer that may be expected to settle less is not asked for before the plan starts."""


def plan_chapter(words: ReportWording) -> Chapter | None:
    """The plan, or None where nothing is recommended."""
    plan = words.assessment.plan
    if not plan:
        return None
    blocks: list[Block | Heading] = [
        Paragraph(Line(words(f"plan.intro.{words.assessment.verdict.name}"), words.cite("P4-65", "P4-68"))),
        gantt_chart(words, plan),
        Paragraph(Line(words("plan.assumption")), "quiet"),
    ]
    if words.assessment.verdict.certainty == "leaning":
        decisive = [q for q in words.assessment.verdict.deciding[:5] if (q.settles or 0) >= WORTH_ASKING]
        codes = words("join").join(q.code for q in decisive or words.assessment.verdict.deciding[:1])
        blocks.insert(1, Paragraph(Line(words("plan.first_answer", codes=codes)), "caution"))
    return Chapter("plan", words("plan.title"), (*blocks, *phase_tables(words, plan)), page=True)


def phase_tables(words: ReportWording, plan: Sequence[Task]) -> Iterator[Table]:
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
                Cell(Line(_resources(words, task.days, task.weeks, task.owner))),
                Cell(Line(words.of(task.exit))),
            )
            for task in tasks
        )
        later = words("plan.later") if tasks[0].later else ""
        columns = tuple(words(f"plan.column.{name}") for name in ("number", "task", "what", "resources", "exit"))
        yield Table(words(f"phase.{phase}") + later, columns, (5, 16, 36, 15, 28), rows, small=True)


def _title(words: ReportWording, task: Task) -> Line:
    """The task, marked with the conditions it lifts."""
    hurdles = [words.titles[name] for name in task.lifts]
    return Line(words.of(task.title), (), tuple(words("plan.lifts", title=title) for title in hurdles), about=task.id)


def _resources(words: ReportWording, days: tuple[int, int], weeks: int, owner: str) -> str:
    return words(
        "plan.resources",
        owner=words(f"role.{owner}"),
        low=days[0],
        high=days[1],
        weeks=words(f"plan.weeks.{1 if weeks == 1 else 2}", weeks=weeks),
    )


def gantt_chart(words: ReportWording, plan: Sequence[Task], title: str = "") -> Chart:
    """When each task is done, as a Gantt chart."""
    numbers = {task.id: number for number, task in enumerate(words.assessment.plan, 1)}
    bars = tuple(
        GanttBar(
            f"{numbers[task.id]} {words.of(task.title)}",
            task.start,
            task.weeks,
            words(f"phase.{task.phase}"),
            task.later,
        )
        for task in plan
    )
    weeks = max(bar.start + bar.weeks for bar in bars)
    alternative = words("score.and").join(
        words("plan.bar_text", task=bar.label, weeks=words.weeks(bar.start + 1, bar.start + bar.weeks)) for bar in bars
    )
    return Chart(title or chart_titles.plan_duration(words, plan), alternative, GanttChart(bars, weeks, words("plan.week")))
