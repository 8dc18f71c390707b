"""How sure the owner can be: how much was answered, how the verdict may still turn, and what to answer or clarify first."""

from __future__ import annotations

import math

from advisor.assessment.model import HurdleItem
from advisor.reporting.chapters.sensitivity import likely_verdicts
from advisor.reporting.chapters.summary import earlier_format_note
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.chart_geometry import measure
from advisor.reporting.document import Block, Bullets, Heading, Line

MAX_REMARKS = 1
FEW_LINES = 8
"""Beside more lines on hurdles the first page has no room left."""
LINE = 58
"""The width of a line on a hurdle, a wide character being 2."""


def certainty_on_first_page(words: ReportWording) -> list[Block | Heading]:
    """How sure the verdict is, where the page that tells it has the room."""
    return [Heading(words("owner.how_sure")), Bullets(tuple(_how_sure(words)))] if _has_room(words) else []


def certainty_on_second_page(words: ReportWording) -> list[Block | Heading]:
    """What would turn the verdict and what to clarify; with how sure it is, where the first page does not tell."""
    heading, lines = ("owner.turns", []) if _has_room(words) else ("owner.how_sure", _how_sure(words))
    lines += _what_turns_it(words)
    blocks: list[Block | Heading] = [Heading(words(heading)), Bullets(tuple(lines))] if lines else []
    return [*blocks, *earlier_format_note(words)]


def _has_room(words: ReportWording) -> bool:
    return sum(lines_on(words, hurdle) for hurdle in (*words.assessment.blockers, *words.assessment.conditions)) <= FEW_LINES


def lines_on(words: ReportWording, hurdle: HurdleItem) -> int:
    """How many lines the first page takes to say when a hurdle counts as met."""
    return math.ceil(measure(words.of(hurdle.lifted_by)) / LINE)


def _how_sure(words: ReportWording) -> list[Line]:
    """How much was answered, how often the rest would turn the verdict, and what to answer first."""
    a = words.assessment
    lines = [Line(words("owner.coverage", answered=a.coverage.answered, applicable=a.coverage.applicable))]
    lines += likely_verdicts(words)
    if a.verdict.certainty == "leaning" and (first := words.first_questions()):
        questions = words("list").join(words.question(question.code) for question in first)
        lines.append(Line(words("owner.would_settle", questions=questions)))
    return lines


def _what_turns_it(words: ReportWording) -> list[Line]:
    """Which answers and weights the verdict rests on, and the answers that do not go together."""
    a = words.assessment
    lines = [Line(words.of(a.insight.sensitivity.sentence))] if a.insight and a.insight.sensitivity else []
    remarks = [remark for remark in a.remarks if remark.matters][:MAX_REMARKS]
    return [*lines, *(Line(words("owner.clarify", text=words.of(remark.text))) for remark in remarks)]
