"""The chapter with the answers given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from advisor.assessment.for_client import all_answers, annotation_of, internal_notes
from advisor.assessment.model import AnswerItem
from advisor.interview.annotations import choice_word
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import (
    Block,
    Cell,
    Chapter,
    Heading,
    Line,
    Paragraph,
    Table,
)


def answers_chapter(words: ReportWording) -> Chapter:
    """The answers given, in catalogue order; what was not answered is counted, not listed."""
    rows = tuple(
        (
            Cell(Line(item.code)),
            Cell(Line(words.of(item.text))),
            Cell(_shown(item, words), "plain" if item.status == "known" else "quiet"),
        )
        for item in words.assessment.answers
        if item.status != "unanswered"
    )
    columns = tuple(words(f"answers.column.{name}") for name in ("code", "question", "answer"))
    missing = sum(item.status == "unanswered" for item in words.assessment.answers)
    note = Paragraph(Line(words("answers.note", missing=missing)), "quiet")
    return Chapter(
        "answers",
        words("answers.title"),
        (note, Table(words("answers.table"), columns, (8, 58, 34), rows, small=True), *_evidence(words)),
        page=True,
    )


def _shown(item: AnswerItem, words: ReportWording) -> Line:
    """An answer in words; of one that is known within bounds with what was said."""
    said = item.annotation.words if item.annotation else ""
    return Line(words.of(item.shown), aside=words("evidence.words", words=said) if said else "")


def _evidence(words: ReportWording) -> Iterator[Block | Heading]:
    """What stands beside answers: notes and what shows them, where they come from, who may see them."""
    rows = tuple(_evidence_row(item, words) for item in all_answers(words.assessment) if _says_more(item))
    if not rows and not words.assessment.notes_left_out:
        return
    yield Heading(words("evidence.title"))
    internal = len(internal_notes(words.assessment))
    if internal:
        yield Paragraph(Line(words("evidence.internal", count=internal)), "quiet")
    if left_out := words.assessment.notes_left_out:
        yield Paragraph(Line(words("evidence.left_out", count=left_out)), "quiet")
    if rows:
        columns = tuple(words(f"evidence.column.{name}") for name in ("code", "note", "origin"))
        yield Table(words("evidence.table"), columns, (8, 58, 34), rows, small=True)


def _says_more(item: AnswerItem) -> bool:
    return bool(item.annotation and replace(annotation_of(item.annotation), words="", visible=""))


def _evidence_row(item: AnswerItem, words: ReportWording) -> tuple[Cell, ...]:
    assert item.annotation is not None
    beside = annotation_of(item.annotation)
    between = words("evidence.between")
    said = [words(f"evidence.{name}", text=text) for name in ("note", "evidence") if (text := getattr(beside, name))]
    said[:-1] = [text.rstrip(" 。.;；") for text in said[:-1]]
    origin = [words(f"evidence.{name}", text=text) for name in ("source", "by", "on") if (text := getattr(beside, name))]
    if beside.confidence:
        origin.append(words("evidence.confidence", text=choice_word("confidence", beside.confidence, words.lang)))
    marks = (words("evidence.mark"),) if beside.internal else ()
    text = Line(between.join(said) or "–", marks=marks, aside=words.of(item.text))
    return Cell(Line(item.code)), Cell(text), Cell(Line(between.join(origin)))
