"""Chapters for the IT manager: data and interfaces as they are, what is technical among risks and conditions, and the
plan as far as it is IT's."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.assessment.model import AnswerItem, FindingItem, RiskItem, TaskItem
from advisor.reporting.chapters.hurdles import hurdle_cards
from advisor.reporting.chapters.plan import gantt_chart, phase_tables
from advisor.reporting.chapters.risks import risk_cards
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Block, Cell, Chapter, Heading, Line, Paragraph, Table

IT_QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "data": (
        "customer_files",
        "customer_data_home",
        "customer_data_shared",
        "channel_consistency",
        "data_analysis",
        "data_safeguards",
        "data_notice",
        "data_requirements",
    ),
    "interfaces": (
        "existing_systems",
        "suite_maker",
        "system_fragmentation",
        "billing_link",
        "partner_collaboration",
        "vendor_dependence",
    ),
    "means": (
        "infrastructure",
        "it_staff",
        "it_project_experience",
        "deployment_preference",
        "crm_users",
        "first_stage_users",
    ),
}
"""The questions about data, interfaces and technical means, by group; questions a questionnaire lacks are passed over."""
FINDING_KINDS = ("blocker", "condition", "risk", "function", "task")
"""The kinds of finding shown to follow from an answer."""
MAX_FINDINGS = 5


def it_estate_chapter(words: ReportWording) -> Chapter | None:
    """What there is: the answers on data, interfaces and means, each with what follows from it."""
    blocks: list[Block | Heading] = []
    for group, questions in IT_QUESTIONS.items():
        items = [words.answers[name] for name in questions if name in words.answers]
        if rows := tuple(_answer_row(words, item) for item in items):
            columns = tuple(words(f"it.column.{name}") for name in ("code", "question", "answer", "follows"))
            blocks.append(Table(words(f"it.{group}"), columns, (8, 31, 25, 36), rows, small=True))
    if not blocks:
        return None
    return Chapter("estate", words("it.estate"), (Paragraph(Line(words("it.estate_intro"))), *blocks), page=True)


def _answer_row(words: ReportWording, item: AnswerItem) -> tuple[Cell, ...]:
    titles = dict.fromkeys(
        words.titles[name]
        for support in words.assessment.trace
        if support.kind in FINDING_KINDS and item.question in support.answers
        for name in support.concludes
        if name in words.titles
    )
    shown_titles = list(titles)[:MAX_FINDINGS]
    more = words("it.more", count=len(titles) - MAX_FINDINGS) if len(titles) > MAX_FINDINGS else ""
    return (
        Cell(Line(item.code)),
        Cell(Line(words.of(item.text))),
        Cell(Line(words.of(item.shown)), "plain" if item.status == "known" else "quiet", strong=item.status == "known"),
        Cell(Line(words("list").join(shown_titles) or "–", aside=more)),
    )


def it_risks_chapter(words: ReportWording) -> Chapter:
    """Blockers, conditions and risks that rest on technical answers or are IT's to deal with; the others only counted."""
    a = words.assessment
    blocks: list[Block | Heading] = []
    blocks += hurdle_cards(words, "blockers", [item for item in a.blockers if _is_technical(words, item)], "bad")
    blocks += hurdle_cards(words, "conditions", [item for item in a.conditions if _is_technical(words, item)], "caution")
    if risks := [risk for risk in a.risks if _is_technical(words, risk)]:
        blocks += [Heading(words("risks.title")), risk_cards(words, risks)]
    others = (
        len(a.blockers)
        + len(a.conditions)
        + len(a.risks)
        - sum(_is_technical(words, item) for item in _hurdles_and_risks(words))
    )
    note = words("it.risks_intro" if blocks else "it.no_risks", others=others)
    return Chapter("technical", words("it.risks"), (Paragraph(Line(note)), *blocks), page=True)


def _hurdles_and_risks(words: ReportWording) -> tuple[FindingItem, ...]:
    a = words.assessment
    return (*a.blockers, *a.conditions, *a.risks)


def _is_technical(words: ReportWording, item: FindingItem) -> bool:
    """Whether IT has to deal with it, or it rests on an answer about data, interfaces or means."""
    if isinstance(item, RiskItem) and item.owner == "it":
        return True
    questions = {name for group in IT_QUESTIONS.values() for name in group}
    return any(questions & set(words.rules[rule].answers) for rule in item.supports)


def it_plan_chapter(words: ReportWording) -> Chapter | None:
    """The tasks of IT, when they are due, and what must be done by others before."""
    plan = words.assessment.plan
    it_tasks = [task for task in plan if task.owner == "it"]
    if not it_tasks:
        return None
    note = words("it.plan_intro", count=len(it_tasks), all=len(plan))
    first, last = min(task.start for task in it_tasks), max(task.start + task.weeks for task in it_tasks)
    weeks = words.weeks_of(first, last - first)
    picture = gantt_chart(words, it_tasks, words("it.gantt", weeks=weeks))
    blocks: list[Block | Heading] = [Paragraph(Line(note)), picture, *phase_tables(words, it_tasks)]
    if before := _prerequisites(it_tasks, plan):
        rows = tuple(
            (
                Cell(Line(words.of(task.title)), strong=True),
                Cell(Line(words.role(task.owner))),
                Cell(Line(words.task_weeks(task))),
                Cell(Line(words.of(task.done_when))),
            )
            for task in before
        )
        columns = tuple(words(f"owner.column.{name}") for name in ("step", "who", "when", "done"))
        blocks.append(Table(words("it.before"), columns, (28, 16, 16, 40), rows, small=True))
    return Chapter("plan", words("it.plan"), tuple(blocks), page=True)


def _prerequisites(it_tasks: list[TaskItem], plan: tuple[TaskItem, ...]) -> list[TaskItem]:
    """The tasks of others that a task of IT waits for."""
    awaited = {name for task in it_tasks for name in task.after}
    return [task for task in plan if task.id in awaited and task.owner != "it"]
