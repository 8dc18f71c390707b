"""The first page of the owner's edition: the verdict and why."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from advisor.assessment.course import staying_course
from advisor.assessment.model import HurdleItem, TaskItem
from advisor.reporting.chapters.lines import lines_block
from advisor.reporting.chapters.need_ability_map import need_ability_map
from advisor.reporting.chapters.owner_certainty import certainty_on_first_page, lines_on
from advisor.reporting.chapters.owner_risks import biggest_risks, risks_come_first
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
from advisor.reporting.text_width import lines_filled
from advisor.text import LANGS

MAX_REASONS = 3
MAX_HURDLES = 5
MAX_LINES = 17
"""So many lines on hurdles the first page has room for."""
OPENING_LINES, OPENING_LINE, TITLE_LINE = 4, 104, 62
"""So many lines title and opening have, of these widths, a wide character being 2; longer ones leave hurdles less room."""


def verdict_page(words: ReportWording) -> Chapter:
    """Whether to go ahead, where the firm stands, the strongest reasons, and what must come first."""
    a = words.assessment
    need, ability = a.scores[a.need], a.scores[a.ability]
    lines = (Line(words.of(a.verdict.sentence)), Line(words.of(a.verdict.certainty_text)))
    heading = words("owner.stays.advice") if staying_course(a) else words.verdict_heading()
    blocks: list[Block | Heading] = [Callout(heading, lines, words.verdict_tone())]
    if need.points is not None and ability.points is not None:
        blocks.append(need_ability_map(words, need, ability))
    blocks += lines_block(words)
    reasons = a.verdict.reasons[:MAX_REASONS]
    if reasons:
        blocks.append(Heading(words(f"owner.reasons.{len(reasons)}")))
        blocks.append(Bullets(tuple(Line(words.of(reason.text)) for reason in reasons), numbered=len(reasons) > 1))
    blocks += _first_things(words) + certainty_on_first_page(words)
    return Chapter("verdict", headline(words), tuple(blocks))


def headline(words: ReportWording) -> str:
    """The verdict as the title of a page, which asks for the missing answers where they could turn it."""
    a = words.assessment
    asked = len(words.first_questions())
    ask = words(f"owner.provisional.ask.{min(asked, 2)}", questions=asked)
    if stays := staying_course(a):
        title = words(f"owner.stays.{stays}")
        return words("owner.stays.provisional", title=title, ask=ask) if a.verdict.certainty == "leaning" else title
    count = len(a.blockers) + len(a.conditions)
    key = "conditional_one" if a.verdict.name == "conditional" and count == 1 else a.verdict.name
    if a.verdict.certainty != "leaning":
        return words(f"owner.verdict.{key}", count=count)
    return words(f"owner.provisional.{key}", count=count, ask=ask)


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
        rows = tuple(_hurdle_row(words, hurdle, blocker) for hurdle, blocker in _hurdles_with_room(words))
        names, widths = (
            (("hurdle", "lifted"), (25, 75)) if a.lacks("lifted_hurdles") else (("hurdle", "lifted", "by"), (25, 50, 25))
        )
        columns = tuple(words(f"owner.column.{name}") for name in names)
        blocks.append(Table(words("owner.hurdles"), columns, widths, tuple(row[: len(names)] for row in rows)))
        if more := len(hurdles) - len(rows):
            blocks.append(Paragraph(Line(words("owner.more_hurdles", count=more)), "quiet"))
    else:
        blocks.append(Paragraph(Line(words("owner.nothing_first"))))
        blocks += biggest_risks(words) if risks_come_first(words) else []
    return blocks


def _hurdles_with_room(words: ReportWording) -> list[tuple[HurdleItem, bool]]:
    """Blockers, then conditions, each with whether it is a blocker: as many as the page has room for."""
    a = words.assessment
    by_gravity = [*((item, True) for item in a.blockers), *((item, False) for item in a.conditions)]
    ends = list(accumulate(lines_on(hurdle) for hurdle, _ in by_gravity))
    room = MAX_LINES - _lines_beyond(words)
    if len(ends) > MAX_HURDLES or (ends and ends[-1] > room):
        room -= 1  # for the line that says how many more there are
    return [pair for pair, end in zip(by_gravity, ends, strict=True) if end <= room][:MAX_HURDLES]


def _lines_beyond(words: ReportWording) -> int:
    """How many lines title and opening take beyond those that the page has for them, in the longer of both languages."""
    verdict = words.assessment.verdict
    taken = []
    for lang in LANGS:
        title = headline(ReportWording(words.assessment, lang))
        told = (verdict.sentence[lang], verdict.certainty_text[lang])
        taken.append(sum(lines_filled(text, OPENING_LINE) for text in told) + lines_filled(title, TITLE_LINE))
    return max(0, max(taken) - OPENING_LINES)


def _hurdle_row(words: ReportWording, hurdle: HurdleItem, blocker: bool) -> tuple[Cell, ...]:
    tasks = [words.assessment.plan[number - 1] for number in words.lifted_by(hurdle.id)]
    badge = words("hurdles.badge.blockers") if blocker else ""
    return (
        Cell(Line(words.of(hurdle.title), aside=badge), strong=True),
        Cell(Line(words.of(hurdle.lifted_by))),
        Cell(Line(_owners_and_weeks(words, tasks) if tasks else "–")),
    )


def _owners_and_weeks(words: ReportWording, tasks: Sequence[TaskItem]) -> str:
    """Who does some tasks, and the weeks from the first of them to the last."""
    owners = dict.fromkeys(words.role(task.owner) for task in tasks)
    return words("join").join((*owners, words.weeks_of_all(tasks)))


def _questions(words: ReportWording, most: int) -> tuple[Line, ...]:
    return tuple(Line(words.of(question.text)) for question in words.assessment.verdict.deciding[:most])


def _titled_line(words: ReportWording, title: str, text: str) -> Line:
    return Line(words("titled", title=title, text=text))
