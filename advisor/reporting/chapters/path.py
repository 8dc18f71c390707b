"""The chapter on the least that would make CRM feasible."""

from __future__ import annotations

from advisor.assessment.model.insight import PathItem, StepItem, WayItem
from advisor.insight.why import STEP_PREFIX
from advisor.knowledge.currency import HOME
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import (
    Block,
    Bullets,
    Cell,
    Chapter,
    Heading,
    Line,
    Paragraph,
    Table,
)
from advisor.rounding import days_in_words, whole_weeks


def path_chapter(words: ReportWording) -> Chapter | None:
    """The least that makes a firm feasible, step by step, and other ways; or what no step can bring about."""
    insight = words.assessment.insight
    path = insight.path if insight else None
    if path is None or words.assessment.verdict.name not in ("conditional", "not_yet"):
        return None
    blocks: list[Block | Heading] = [Paragraph(Line(words.of(path.sentence)))]
    if path.obstacles:
        blocks.append(Bullets(tuple(Line(words.of(text)) for text in path.obstacles)))
    if path.ways:
        blocks += _way_blocks(words, path)
    return Chapter("path", words.chapter_title("path"), tuple(blocks), page=bool(path.ways))


def _way_blocks(words: ReportWording, path: PathItem) -> list[Block | Heading]:
    best, *others = path.ways
    rows = tuple(
        (
            Cell(Line(words.weeks_of(step.start, step.weeks))),
            Cell(Line(words.of(step.title), about=f"{STEP_PREFIX}{step.task}"), strong=True),
            Cell(Line(words.of(step.what), words.cite(*step.sources))),
            Cell(Line(_change(words, step))),
            Cell(Line(_effort(words, step))),
        )
        for step in best.steps
    )
    columns = tuple(words(f"path.column.{name}") for name in ("weeks", "step", "what", "change", "effort"))
    blocks: list[Block | Heading] = [
        Paragraph(Line(words("path.intro")), "quiet"),
        Table(words("path.table"), columns, (12, 17, 31, 25, 15), rows, small=True),
    ]
    if others:
        blocks.append(Heading(words("path.others")))
        blocks.append(Bullets(tuple(Line(_other_way(words, best, way)) for way in others)))
    if path.note:
        blocks.append(Paragraph(Line(words.of(path.note)), "quiet"))
    return blocks


def _change(words: ReportWording, step: StepItem) -> str:
    change = words("list").join(
        words("path.change", code=change.code, before=words.of(change.before), after=words.of(change.after))
        for change in step.changes
    )
    questions = words("list").join(words.question(code) for code in step.find_out)
    first = words("path.find_out", questions=questions) if questions else ""
    return (change or words("path.comes_first")) + first


def _effort(words: ReportWording, step: StepItem) -> str:
    money = words("path.and_money", rmb=words.estimate(step.rmb, HOME)) if step.rmb else ""
    return words("path.effort", owner=words.role(step.owner), days=days_in_words(step.days), money=money)


def _other_way(words: ReportWording, best: WayItem, way: WayItem) -> str:
    """Another way told by what it does differently from the best."""
    ours, theirs = {step.task for step in best.steps}, {step.task for step in way.steps}
    joined = words("list").join
    instead = joined(words.of(step.title) for step in way.steps if step.task not in ours)
    spared = joined(words.of(step.title) for step in best.steps if step.task not in theirs)
    money = words("path.and_money", rmb=words.estimate(way.rmb, HOME)) if way.rmb else ""
    key = "path.other" if instead else "path.other_less"
    return words(key, spared=spared, instead=instead, days=f"{way.days:.0f}", money=money, weeks=whole_weeks(way.weeks))
