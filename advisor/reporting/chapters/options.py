"""The chapter on which kind of CRM suits a firm, and how to get and run it."""

from __future__ import annotations

from advisor.assessment.model.selection import OptionItem
from advisor.phrases import detailed
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Block, Cell, Chapter, Heading, Line, Paragraph, Table
from advisor.reporting.tones import Tone
from advisor.selection.recommended_way import provisional_way
from advisor.text import Text


def options_chapter(words: ReportWording) -> Chapter | None:
    """Which kind of CRM, and how to get and run it: points, reasons, and what rules a way out."""
    selection = words.assessment.selection
    if selection is None:
        return None
    blocks: list[Block | Heading] = []
    if words.assessment.verdict.name == "not_enough_answers":
        blocks.append(Paragraph(Line(words("functions.unanswered")), "caution"))
    for group in ("crm_type", "system", "deployment"):
        options = [option for option in selection.options if option.group == group]
        if not options:  # earlier versions weighed no kinds of system
            continue
        blocks.append(Heading(words(f"options.{group}")))
        blocks.append(Paragraph(Line(words(f"options.{group}_intro")), "quiet"))
        columns = tuple(words(f"options.column.{name}") for name in ("option", "points", "why"))
        rows = tuple(_option_row(words, option) for option in options)
        blocks.append(Table(words(f"options.{group}_table"), columns, (24, 14, 62), rows))
    if provisional := provisional_way(words.assessment):
        blocks.append(Paragraph(Line(words.of(provisional)), "caution"))
    return Chapter("options", words.chapter_title("options"), tuple(blocks), page=True)


def _option_row(words: ReportWording, option: OptionItem) -> tuple[Cell, ...]:
    reasons = [reason for reason in option.reasons if reason.hard] or list(option.reasons)
    sources = tuple(dict.fromkeys(name for reason in reasons for name in reason.sources))
    lines = [words.of(reason.text if reason.hard else detailed(reason.text, [_signed(reason.points)])) for reason in reasons]
    if option.state == "undecided":
        lines.append(words("options.undecided", codes=words("join").join(option.hard_open)))
    if others := [code for code in option.open if option.state != "undecided" or code not in option.hard_open]:
        lines.append(words("options.open", codes=words("join").join(others)))
    points = words("options.out") if option.hard else f"{option.points:.0f}"
    span = "" if option.hard or option.low == option.high else words.interval(option.low, option.high)
    tone: Tone = "bad" if option.hard else "plain"
    return (
        Cell(Line(words.of(option.title), aside=words.of(option.text), about=option.id), strong=not option.hard),
        Cell(Line(points, aside=span), tone, strong=True),
        Cell(Line(words.join_sentences(*lines) if lines else words("options.none"), words.cite(*sources))),
    )


def _signed(points: float) -> Text:
    """Points with their sign."""
    number = f"{points:+.0f}".replace("-", "−")
    return Text(zh=number, en=number)
