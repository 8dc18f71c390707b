"""An assessment as a client may have it: without what was noted beside answers for the house alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from advisor.assessment.model import AnnotationItem, AnswerItem, Assessment
from advisor.assessment.model.lines import LineItem, LinesItem
from advisor.interview.annotations import open_part
from advisor.interview.answers import Annotation


def for_client(assessment: Assessment) -> Assessment:
    """The same without internal notes; ``notes_left_out`` says beside how many answers some were."""
    count = len(internal_notes(assessment))
    if not count:
        return assessment
    lines = assessment.lines and _lines(assessment.lines)
    left_out = assessment.notes_left_out + count
    return assessment.model_copy(update={"answers": _open(assessment.answers), "lines": lines, "notes_left_out": left_out})


def internal_notes(assessment: Assessment) -> list[AnswerItem]:
    """The answers beside which something stands that a client may not see, those of a second line of business included."""
    return [item for item in all_answers(assessment) if item.annotation and annotation_of(item.annotation).internal]


def all_answers(assessment: Assessment) -> Iterator[AnswerItem]:
    """Every answer; of two lines of business that of the one that leads, and then those of the other."""
    yield from assessment.answers
    if assessment.lines:
        yield from assessment.lines.of("other" if assessment.lines.leads == "main" else "main").answers


def annotation_of(item: AnnotationItem) -> Annotation:
    """What stands beside an answer, as a sheet has it."""
    return Annotation(**item.model_dump())


def _open(items: Iterable[AnswerItem]) -> tuple[AnswerItem, ...]:
    return tuple(_open_item(item) for item in items)


def _open_item(item: AnswerItem) -> AnswerItem:
    if item.annotation is None:
        return item
    shown = open_part(annotation_of(item.annotation))
    return item.model_copy(update={"annotation": AnnotationItem(**asdict(shown)) if shown else None})


def _lines(lines: LinesItem) -> LinesItem:
    main, other = (_open_line(line) for line in (lines.main, lines.other))
    return lines.model_copy(update={"main": main, "other": other})


def _open_line(line: LineItem) -> LineItem:
    return line.model_copy(update={"answers": _open(line.answers)})
