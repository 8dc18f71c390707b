"""The chapter on what was not known: what was answered, what waits for missing answers, and answers to clarify."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.assessment.model import OpenQuestion, RemarkItem
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

WAITING = ("blocker", "condition", "lighter", "risk")
"""The kinds of finding whose absence must not be taken for granted, gravest first."""


def unknowns_chapter(words: ReportWording) -> Chapter:
    """How much was answered, which answers would decide, what waits for them, what to clarify, and the cut-offs."""
    a = words.assessment
    cut = a.verdict.cutoffs
    coverage = words(
        "unknown.coverage",
        answered=a.coverage.answered,
        applicable=a.coverage.applicable,
        need=f"{a.coverage.need:.0%}",
        ability=f"{a.coverage.ability:.0%}",
    )
    blocks: list[Block | Heading] = [
        Paragraph(Line(coverage)),
        Paragraph(Line(words.of(a.verdict.certainty_text))),
    ]
    if a.verdict.deciding:
        rows = tuple(
            (
                Cell(Line(question.code)),
                Cell(Line(words.of(question.text))),
                Cell(Line(_settles(words, question)), numeric=True),
                Cell(Line(str(len(question.decides)) if question.decides else "–"), numeric=True),
            )
            for question in a.verdict.deciding
        )
        columns = tuple(words(f"unknown.column.{name}") for name in ("code", "question", "settles", "waits"))
        blocks.append(Table(words("unknown.table"), columns, (9, 61, 15, 15), rows))
    if lines := tuple(_waiting(words)):
        blocks += [Heading(words("unknown.waiting")), Bullets(lines)]
    if a.remarks:
        blocks += [Heading(words("unknown.clarify")), Paragraph(Line(words("unknown.clarify_about")), "quiet")]
        blocks.append(Bullets(tuple(_remark(words, remark) for remark in a.remarks)))
    blocks.append(Heading(words("unknown.method")))
    limits = words(
        "unknown.cutoffs",
        need_low=words.points(cut.need_too_low),
        need_open=words.points(cut.need_open),
        ability_low=words.points(cut.ability_too_low),
        ability_enough=words.points(cut.ability_enough),
        enough=f"{cut.enough_answers:.0%}",
    )
    equal = Line(words("unknown.equal_weights"), words.cite("P4-31", "P1-37"))
    blocks.append(Bullets((Line(words.of(cut.note)), Line(limits), equal, Line(words("unknown.marks")))))
    return Chapter("unknown", words("unknown.title"), tuple(blocks), page=True)


def _settles(words: ReportWording, question: OpenQuestion) -> str:
    """The share of what is open that an answer may close; of a gate that closes none, what it may bring."""
    return (
        words("unknown.gate")
        if question.settles == 0
        else "–"
        if question.settles is None
        else words.share(question.settles)
    )


def _remark(words: ReportWording, remark: RemarkItem) -> Line:
    marks = (words("unknown.leans_on_it"),) if remark.matters else ()
    return Line(words("titled", title=words("join").join(remark.codes), text=words.of(remark.text)), marks=marks)


def _waiting(words: ReportWording) -> Iterator[Line]:
    """What could not be decided, by kind, each finding once with the questions it waits for."""
    for kind in WAITING:
        lines = [
            words("unknown.item" if codes else "unknown.item_follows", title=title, codes=words("join").join(codes))
            for title, codes in words.undecided(kind).items()
        ]
        if lines:
            yield Line(words("titled", title=words(f"kind.{kind}"), text=words("list").join(lines)))
