"""The chapter on what CRM would have to do for a firm."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.assessment.model.selection import DroppedItem, WantedItem
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Block, Cell, Chapter, Heading, Line, Paragraph, Table
from advisor.reporting.tones import Tone

PRIORITY_TONES: dict[str, Tone] = {"must": "bad", "should": "caution", "could": "quiet"}


def functions_chapter(words: ReportWording) -> Chapter | None:
    """What the firm needs of CRM, and the functions that follow: must, should, could."""
    a = words.assessment
    if not a.needs and not a.functions:
        return None
    blocks: list[Block | Heading] = []
    if a.verdict.name in ("not_yet", "not_needed_now"):
        blocks.append(Paragraph(Line(words("functions.later")), "caution"))
    elif a.verdict.name == "not_enough_answers":
        blocks.append(Paragraph(Line(words("functions.unanswered")), "caution"))
    if a.needs:
        rows = tuple(
            (
                Cell(Line(words.of(need.title)), strong=True),
                Cell(Line(words(f"functions.scope.{need.scope}"))),
                Cell(words.why(need)),
            )
            for need in a.needs
        )
        columns = (words("functions.need"), words("functions.kind"), words("functions.why"))
        blocks.append(Table(words("functions.needs_table"), columns, (24, 14, 62), rows))
    if a.functions:
        rows = tuple(
            (
                Cell(Line(words(f"functions.priority.{f.priority}")), PRIORITY_TONES[f.priority]),
                Cell(Line(words.of(f.title)), strong=True),
                Cell(words.line(f)),
            )
            for f in a.functions
        )
        columns = (words("functions.priority.title"), words("functions.function"), words("functions.what"))
        blocks.append(Table(words("functions.table"), columns, (13, 25, 62), rows))
    if a.selection:
        blocks += _provisional(words, a.selection.wanted)
        blocks += _not_asked_for(words, a.selection.dropped)
    return Chapter("functions", words("functions.title"), tuple(blocks))


def _provisional(words: ReportWording, wanted: tuple[WantedItem, ...]) -> Iterator[Paragraph]:
    """The functions whose priority a missing answer could still take away, each with the questions it hangs on."""
    items = [
        words("functions.hangs_on", title=words.of(item.title), codes=words("join").join(item.open))
        for item in wanted
        if item.open and item.priority in ("must", "should")
    ]
    if items:
        yield Paragraph(Line(words("functions.provisional", items=words("list").join(items))), "caution")


def _not_asked_for(words: ReportWording, dropped: tuple[DroppedItem, ...]) -> Iterator[Table]:
    """The functions not asked for, each with the reason; and those undecided, each with the questions it waits for."""
    decided = [item for item in dropped if item.state != "undecided"]
    undecided = [item for item in dropped if item.state == "undecided"]
    columns = (words("functions.function"), words("functions.left_out_why"))
    if decided:
        rows = tuple(
            (
                Cell(Line(words.of(item.title)), "quiet"),
                Cell(Line(words.of(item.reason) if item.reason else "–", words.cite(*item.sources))),
            )
            for item in decided
        )
        yield Table(words("functions.left_out"), columns, (25, 75), rows, small=True)
    if undecided:
        rows = tuple(
            (
                Cell(Line(words.of(item.title)), "quiet"),
                Cell(Line(words("functions.open", codes=words("join").join(item.open)))),
            )
            for item in undecided
        )
        columns = (words("functions.function"), words("functions.waits_for"))
        yield Table(words("functions.undecided"), columns, (25, 75), rows, small=True)
