"""The first page of the owner's edition: the verdict and why."""

from __future__ import annotations

from advisor.assessment.model import HurdleItem, TaskItem
from advisor.reporting.chapters.need_ability_map import need_ability_map
from advisor.reporting.chapters.owner_certainty import certainty_on_first_page
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import (
    Block,
    Bullets,
    Callout,
    Cell,
    Chapter,
    Heading,
    Line,
    Paragraph,
    Table,
)
from advisor.reporting.tones import VERDICT_TONES

MAX_REASONS = 3
MAX_HURDLES = 5


def verdict_page(words: ReportWording) -> Chapter:
    """Whether to go ahead, where the firm stands, the strongest reasons, and what must come first."""
    a = words.assessment
    need, ability = a.scores[a.need], a.scores[a.ability]
    lines = (Line(words.of(a.verdict.sentence)), Line(words.of(a.verdict.certainty_text)))
    blocks: list[Block | Heading] = [Callout(words.verdict_title(a.verdict.name), lines, VERDICT_TONES[a.verdict.name])]
    if need.points is not None and ability.points is not None:
        blocks.append(need_ability_map(words, need, ability))
    reasons = a.verdict.reasons[:MAX_REASONS]
    if reasons:
        blocks.append(Heading(words(f"owner.reasons.{len(reasons)}")))
        blocks.append(Bullets(tuple(Line(words.of(reason.text)) for reason in reasons), numbered=len(reasons) > 1))
    blocks += _first_things(words) + certainty_on_first_page(words)
    return Chapter("verdict", headline(words), tuple(blocks))


def headline(words: ReportWording) -> str:
    """The verdict as the title of a page."""
    a = words.assessment
    count = len(a.blockers) + len(a.conditions)
    key = "conditional_one" if a.verdict.name == "conditional" and count == 1 else a.verdict.name
    return words(f"owner.verdict.{key}", count=count)


def _first_things(words: ReportWording) -> list[Block | Heading]:
    """What must come first: what lifts the blockers and conditions, a lighter way, or the answers that are missing."""
    a = words.assessment
    hurdles = (*a.blockers, *a.conditions)
    blocks: list[Block | Heading] = [Heading(words(f"owner.first.{a.verdict.name}"))]
    if a.verdict.name == "not_needed_now" and a.lighter:
        blocks.append(Bullets(tuple(_titled_line(words, words.of(way.title), words.of(way.text)) for way in a.lighter)))
        looks = dict.fromkeys(words.of(way.revisit) for way in a.lighter)
        blocks.append(Paragraph(Line(words("hurdles.revisit") + words.join_sentences(*looks))))
    elif a.verdict.name == "not_enough_answers":
        blocks.append(Bullets(_questions(words, MAX_HURDLES)))
    elif hurdles:
        rows = tuple(_hurdle_row(words, hurdle, blocker) for hurdle, blocker in _hurdles_by_gravity(words)[:MAX_HURDLES])
        names, widths = (
            (("hurdle", "lifted"), (25, 75)) if a.lacks("lifted_hurdles") else (("hurdle", "lifted", "by"), (25, 50, 25))
        )
        columns = tuple(words(f"owner.column.{name}") for name in names)
        blocks.append(Table(words("owner.hurdles"), columns, widths, tuple(row[: len(names)] for row in rows)))
        if len(hurdles) > MAX_HURDLES:
            blocks.append(Paragraph(Line(words("owner.more_hurdles", count=len(hurdles) - MAX_HURDLES)), "quiet"))
    else:
        blocks.append(Paragraph(Line(words("owner.nothing_first"))))
    return blocks


def _hurdles_by_gravity(words: ReportWording) -> list[tuple[HurdleItem, bool]]:
    """Blockers, then conditions, each with whether it is a blocker."""
    a = words.assessment
    return [*((item, True) for item in a.blockers), *((item, False) for item in a.conditions)]


def _hurdle_row(words: ReportWording, hurdle: HurdleItem, blocker: bool) -> tuple[Cell, ...]:
    numbers = words.lifted_by(hurdle.id)
    by = words("list").join(_owner_and_weeks(words, words.assessment.plan[number - 1]) for number in numbers[:1])
    badge = words("hurdles.badge.blockers") if blocker else ""
    return (
        Cell(Line(words.of(hurdle.title), aside=badge), strong=True),
        Cell(Line(words.of(hurdle.lifted_by))),
        Cell(Line(by or "–")),
    )


def _owner_and_weeks(words: ReportWording, task: TaskItem) -> str:
    return words("join").join((words(f"role.{task.owner}"), words.task_weeks(task)))


def _questions(words: ReportWording, most: int) -> tuple[Line, ...]:
    return tuple(Line(words.of(question.text)) for question in words.assessment.verdict.deciding[:most])


def _titled_line(words: ReportWording, title: str, text: str) -> Line:
    return Line(words("titled", title=title, text=text))
