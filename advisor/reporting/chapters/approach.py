"""How to go about it: advice by the time it is taken up, and the weightiest of it for the owner's page."""

from __future__ import annotations

from typing import get_args

from advisor.assessment.course import staying_course
from advisor.assessment.model import ApproachItem
from advisor.assessment.plan import ENDING_IN_A_SYSTEM
from advisor.knowledge.schema import Timing
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Block, Bullets, Cell, Chapter, Heading, Line, Paragraph, Table


def approach_chapter(words: ReportWording) -> Chapter | None:
    """Every piece of advice with its grounds, by the time it is taken up."""
    blocks: list[Block | Heading] = [Paragraph(Line(words("approach.note")), "quiet")]
    for timing in get_args(Timing):
        if items := [item for item in words.assessment.approaches if item.timing == timing]:
            title = words(f"approach.timing.{timing}")
            columns = (words("approach.column.advice"), words("approach.column.why"))
            blocks += [Heading(title), Table(title, columns, (50, 50), tuple(_row(words, item) for item in items))]
    return Chapter("approach", words("approach.title"), tuple(blocks)) if words.assessment.approaches else None


TOLD_WHOLE = 2
"""So many pieces of advice for this week have room for their sentence, where the page has no cost to tell."""


def advice_for_now(words: ReportWording, most: int) -> list[Block | Heading]:
    """Of the advice a firm would miss most, what needs no system and can be done this week: by title alone, in one
    paragraph, where the page has a cost to tell."""
    heading = Heading(words("owner.stays.now" if staying_course(words.assessment) else "approach.timing.now"))
    items = _weightiest(words, True)[:most]
    if not items:
        return []
    if words.assessment.verdict.name in ENDING_IN_A_SYSTEM:
        return [heading, Paragraph(Line(words("approach.join").join(words.of(item.title) for item in items)))]
    told = [
        words("titled", title=words.of(item.title), text=words.of(item.text)) if place < TOLD_WHOLE else words.of(item.title)
        for place, item in enumerate(items)
    ]
    return [heading, Bullets(tuple(map(Line, told)))]


def advice_for_later(words: ReportWording) -> list[Block | Heading]:
    """Of the advice a firm would miss most, what is for the project or outside it: by title, the page has no more room."""
    titles = [words.of(item.title) for item in _weightiest(words, False)]
    return [Heading(words("approach.title")), Paragraph(Line(words("approach.join").join(titles)))] if titles else []


def points_of_law(words: ReportWording) -> list[Block | Heading]:
    """What has to be settled with counsel, by title: a duty of law is nothing to come upon in an appendix."""
    titles = [words.of(check.title) for check in words.assessment.first_checks]
    return [Paragraph(Line(words("approach.law", titles=words("approach.join").join(titles))))] if titles else []


def _weightiest(words: ReportWording, now: bool) -> list[ApproachItem]:
    return [item for item in words.assessment.first_approaches if (item.timing == "now") == now]


def _row(words: ReportWording, item: ApproachItem) -> tuple[Cell, ...]:
    return (Cell(Line(words("titled", title=words.of(item.title), text=words.of(item.text)))), Cell(words.why(item)))
